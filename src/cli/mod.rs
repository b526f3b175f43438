//! The command line: the only door to the terminal and the disk.
//!
//! ```text
//! arguments.rs     what may be written after `symmachia`
//! check.rs         \
//! compare.rs        |
//! compile.rs        |
//! diff.rs           |
//! eval.rs           | one file for each verb
//! explain.rs        |
//! explain_code.rs   |
//! library.rs        |
//! next.rs          /
//! panel.rs         `eval` with rows: panels and their codebooks
//! panel_options.rs what may be said of them
//! output.rs        where results go, and in which format
//! answers.rs       the calls of the engine, in one place
//! workspace.rs     from the arguments to a resolved program
//! words.rs         which words of a command are files
//! when.rs          `--on`, `--in`, `--by`
//! sources.rs       `--according-to`, `--without`, `eval --by source`
//! disk.rs          the disk, for loading
//! terminal.rs      the terminal: streams, colours, widths
//! progress.rs      how far the work is
//! status.rs        exit status
//! fault/           mistakes of the command line
//! ```

mod answers;
mod arguments;
mod check;
mod compare;
mod compile;
mod diff;
mod disk;
mod eval;
mod explain;
mod explain_code;
mod fault;
mod library;
mod next;
mod output;
mod outside_record;
mod panel;
mod panel_options;
mod progress;
mod sources;
mod status;
mod terminal;
mod when;
mod words;
mod workspace;

use arguments::{Arguments, Verb};
use clap::Parser;
use status::Status;
use std::process::ExitCode;
use terminal::Terminal;

/// Trees are as deep as the user nests them, and each phase recurses over them.
const STACK: usize = 256 << 20;

/// Runs the command that was given to the process.
pub fn main() -> ExitCode {
    let worker = std::thread::Builder::new().name("symmachia".to_owned()).stack_size(STACK).spawn(run);
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(status)) => status.into(),
        // The panic has been told on standard error.
        Ok(Err(_)) => ExitCode::from(101),
        // No memory for the stack: without it, then.
        Err(_) => run().into(),
    }
}

fn run() -> Status {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return arguments::refused(error),
    };
    if let Some(code) = &arguments.explain {
        return explain_code::run(code.as_deref());
    }
    match arguments.verb {
        None => Terminal::drawn().print(arguments::FIRST_STEPS, Status::Well),
        Some(Verb::Check(arguments)) => check::run(&arguments),
        Some(Verb::Eval(arguments)) => eval::run(&arguments),
        Some(Verb::Compare(arguments)) => compare::run(&arguments),
        Some(Verb::Compile(arguments)) => compile::run(&arguments),
        Some(Verb::Explain(arguments)) => explain::run(&arguments),
        Some(Verb::ExplainCode { code }) => explain_code::run(code.as_deref()),
        Some(Verb::Diff(arguments)) => diff::run(&arguments),
        Some(Verb::Next(arguments)) => next::run(&arguments),
        Some(Verb::Library(arguments)) => library::run(&arguments),
    }
}
