//! Symmachia: a declarative language for criteria of alliance.
pub mod compare;
pub mod diagnostic;
pub mod engine;
pub mod evidence;
pub mod explain;
pub mod library;
pub mod loading;
pub mod model;
pub mod pages;
pub mod panel;
pub mod render;
pub mod sheet;
pub mod syntax;
pub mod tables;
pub mod text;
pub mod time;
pub mod verdict;
