//! How far the work is: on standard error, on a terminal, for work over a second.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};
use symmachia::loading;

const PATIENCE: Duration = Duration::from_secs(1);
const PAUSE: Duration = Duration::from_millis(100);

/// Tells how far the work is, in one line that it writes over.
pub struct Progress {
    begun: Instant,
    told: Option<Instant>,
    is_terminal: bool,
}

impl Progress {
    /// Begins now.
    pub fn begin() -> Progress {
        Progress { begun: Instant::now(), told: None, is_terminal: std::io::stderr().is_terminal() }
    }

    /// Reading.
    pub fn reading(&mut self, progress: loading::Progress) {
        let megabytes = |bytes: u64| bytes as f64 / 1e6;
        self.tell(|| format!("reading: {:.1} of {:.1} MB", megabytes(progress.done), megabytes(progress.total)));
    }

    /// What is done now.
    pub fn stage(&mut self, what: &str) {
        self.told = None;
        self.tell(|| what.to_owned());
    }

    /// How much of something is done.
    pub fn share(&mut self, what: &str, done: usize, most: usize) {
        self.tell(|| format!("{what}: {done} of {most}"));
    }

    fn tell(&mut self, text: impl FnOnce() -> String) {
        let now = Instant::now();
        let is_soon = now.duration_since(self.begun) < PATIENCE || self.told.is_some_and(|told| now - told < PAUSE);
        if !self.is_terminal || is_soon {
            return;
        }
        self.told = Some(now);
        let _ = write!(std::io::stderr(), "\r\x1b[K{}", text());
    }

    fn clear(&self) {
        if self.told.is_some() {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}
