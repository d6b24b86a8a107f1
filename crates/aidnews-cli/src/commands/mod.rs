//! A module a command.

pub(crate) mod clean;
pub(crate) mod eval;
pub(crate) mod expressions;
pub(crate) mod extract;
pub(crate) mod manual;
pub(crate) mod schema;
pub(crate) mod trace;
