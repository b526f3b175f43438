//! The command line of Symmachia.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
