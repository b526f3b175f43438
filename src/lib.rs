//! Symmachia: a declarative language for criteria of alliance.
pub mod diagnostic;
pub mod engine;
pub mod evidence;
pub mod explain;
pub mod library;
pub mod loading;
pub mod model;
pub mod pages;
pub mod render;
pub mod syntax;
pub mod tables;
pub mod text;
pub mod time;
pub mod verdict;
