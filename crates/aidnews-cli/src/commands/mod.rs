//! A module a command.

pub(crate) mod eval;
pub(crate) mod extract;
pub(crate) mod manual;
pub(crate) mod schema;
