//! The terminal: streams, colours, widths.

use super::arguments::Format;
use super::status::Status;
use std::io::{self, IsTerminal, Write};
use symmachia::diagnostic::Diagnostic;
use symmachia::render::{Look, diagnostics};
use symmachia::text::Texts;

/// Where results and complaints go, and how they look there.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// On standard output.
    pub output: Look,
    /// On standard error.
    pub errors: Look,
}

impl Terminal {
    /// For a format.
    pub fn new(format: Format) -> Terminal {
        match format {
            Format::Human => Terminal::drawn(),
            Format::Plain | Format::Json => Terminal { output: Look::PLAIN, errors: Look::PLAIN },
        }
    }

    /// Drawn, with colours on a terminal and without `NO_COLOR`.
    pub fn drawn() -> Terminal {
        let has_colour = |choice| choice != anstream::ColorChoice::Never;
        let width = match terminal_size::terminal_size() {
            Some((terminal_size::Width(width), _)) if io::stdout().is_terminal() => usize::from(width),
            _ => Look::HUMAN.width,
        };
        let look = |colour| Look { width, colour, drawn: true };
        Terminal {
            output: look(has_colour(anstream::AutoStream::choice(&io::stdout()))),
            errors: look(has_colour(anstream::AutoStream::choice(&io::stderr()))),
        }
    }

    /// Prints a result, and ends with the status, or with [`Status::Wrong`] where it could not be written.
    pub fn print(&self, text: &str, status: Status) -> Status {
        let mut stream = anstream::stdout().lock();
        match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
            Ok(()) => status,
            // Who reads it has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => status,
            Err(error) => {
                self.complain(&format!("symmachia: the result cannot be written: {error}\n"));
                Status::Wrong
            }
        }
    }

    /// Says something on standard error.
    pub fn complain(&self, text: &str) {
        // There is nobody left to tell where this fails.
        let _ = anstream::stderr().lock().write_all(text.as_bytes());
    }

    /// Says on standard error what is wrong.
    pub fn report(&self, problems: &[Diagnostic], texts: &Texts) -> Status {
        self.complain(&diagnostics::text(problems, texts, &self.errors));
        Status::of(problems)
    }
}
