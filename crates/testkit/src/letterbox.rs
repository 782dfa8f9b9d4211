//! Mail that stays here: what was handed over is looked at, and refusals are told to it.

use std::sync::Mutex;

use nexus_kernel::{BoxFuture, Kind, Letter, Mailer, Problem, Result};

/// Keeps the letters that it was handed; refuses as often as it is told to.
#[derive(Default)]
pub struct Letterbox {
    letters: Mutex<Vec<Letter>>,
    refusals: Mutex<u32>,
}

impl Letterbox {
    /// The letters since the last look.
    pub fn take(&self) -> Vec<Letter> {
        std::mem::take(&mut *self.letters.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// The next letters are refused for the time being.
    pub fn refuse(&self, times: u32) {
        *self.refusals.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = times;
    }
}

impl Mailer for Letterbox {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let mut refusals = self.refusals.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if *refusals > 0 {
                *refusals -= 1;
                return Err(Problem::new(Kind::Away, "the mail server is away"));
            }
            self.letters.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(letter.clone());
            Ok(())
        })
    }
}
