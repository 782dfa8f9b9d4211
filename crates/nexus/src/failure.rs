//! Why a command failed, and the exit code that says so.

use std::fmt::{Display, Formatter};
use std::process::ExitCode;

use nexus_kernel::Problem;
use nexus_kernel::store::StoreError;
use nexus_mail::MailError;
use nexus_nats::NatsError;

/// A failure of a command.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Called in a way that cannot be meant: exit 2.
    Usage(String),
    /// Refused by the kernel: exit 1.
    Problem(Problem),
    /// Anything else: exit 1.
    Failed(String),
}

impl Failure {
    pub(crate) fn usage(message: impl Into<String>) -> Failure {
        Failure::Usage(message.into())
    }

    pub(crate) fn failed(message: impl Into<String>) -> Failure {
        Failure::Failed(message.into())
    }

    /// What failed, with the file that it was about.
    pub(crate) fn file(doing: &str, path: &std::path::Path, error: &std::io::Error) -> Failure {
        Failure::Failed(format!("cannot {doing} {}: {error}", path.display()))
    }

    pub(crate) fn code(&self) -> ExitCode {
        ExitCode::from(if matches!(self, Failure::Usage(_)) { 2 } else { 1 })
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::Usage(message) | Failure::Failed(message) => f.write_str(message),
            Failure::Problem(problem) => {
                f.write_str(&problem.detail)?;
                // One broken field is in the detail already.
                let many = if problem.errors.len() > 1 { problem.errors.as_slice() } else { &[] };
                many.iter().try_for_each(|error| write!(f, "\n  {}: {} ({})", error.field, error.message, error.rule))
            }
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Failure {
        Failure::Problem(problem)
    }
}

impl From<NatsError> for Failure {
    fn from(error: NatsError) -> Failure {
        match error {
            NatsError::Url => Failure::usage(error.to_string()),
            NatsError::Connect(_) => Failure::failed(error.to_string()),
        }
    }
}

impl From<MailError> for Failure {
    fn from(error: MailError) -> Failure {
        match error {
            MailError::Url | MailError::Open | MailError::From(_) => Failure::usage(error.to_string()),
            MailError::Folder(..) | MailError::Server(_) => Failure::failed(error.to_string()),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        Failure::Failed(error.to_string())
    }
}
