//! What an answer means.
pub mod leaves;
pub mod parts;
pub mod texts;
pub mod trail;
pub mod repairs;
