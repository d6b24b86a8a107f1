//! The command as a user runs it: arguments in, streams, files and exit codes out.

mod bad_input;
mod clean;
mod eval;
mod expressions;
mod extract;
mod manual;
mod run;
mod schema;
mod streams;
mod trace;
