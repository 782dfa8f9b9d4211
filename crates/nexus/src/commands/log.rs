//! `nexus log`: what happened as a file, and proof that nothing of it was changed.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use nexus_kernel::faces::log::LogParams;
use nexus_kernel::model::Timestamp;
use nexus_kernel::store::{Event, LogEnd};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::failure::Failure;
use crate::output;
use crate::place::{Place, Who, wait};

/// Bytes of a line of the file.
const LINE_MAX: u64 = 64 << 20;

/// Export what happened, and check such a file
#[derive(Args)]
pub(crate) struct Log {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Export(Box<Export>),
    Check(Check),
}

/// Write the log as JSON lines, each event chained to the one before by its hash
///
/// What an auditor takes along, and what is kept elsewhere before the log is compacted.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus log export --from 2026-01-01T00:00:00Z --to 2027-01-01T00:00:00Z 2026.jsonl")]
struct Export {
    /// The file to write
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// From this moment; from the beginning when left out
    #[arg(long, value_name = "TIME")]
    from: Option<Timestamp>,
    /// Up to this moment; up to now when left out
    #[arg(long, value_name = "TIME")]
    to: Option<Timestamp>,
    /// Print what was written as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    place: Place,
}

/// Check that the events of a file are those that were written, in their order, with none left out
///
/// Needs no database. The hash that it prints is that of the last event: a file that was exported later, or the log
/// itself, goes on from it. The exit code is 1 when the chain is broken.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus log check 2026.jsonl --ends 9f2c…")]
struct Check {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The hash of its last event, as it was noted elsewhere: so it shows as well when lines are missing at the end, or when
    /// all of them were written anew
    #[arg(long, value_name = "HASH", value_parser = hash)]
    ends: Option<LogEnd>,
    /// Print the outcome as JSON
    #[arg(long)]
    json: bool,
}

/// The first line: what the first event follows.
#[derive(Serialize, Deserialize)]
struct Header {
    tenant: String,
    after: i64,
    hash: String,
}

impl Log {
    pub(crate) fn json(&self) -> bool {
        match &self.what {
            What::Export(command) => command.json,
            What::Check(command) => command.json,
        }
    }

    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        match self.what {
            What::Export(command) => command.run(),
            What::Check(command) => command.run(),
        }
    }
}

/// An end of a log that is known by its hash alone.
fn hash(text: &str) -> Result<LogEnd, String> {
    LogEnd::from_hex(0, text)
}

impl Export {
    fn run(self) -> Result<ExitCode, Failure> {
        let found = self.place.find()?;
        found.log("warn")?;
        let kernel = found.open_existing()?;
        wait(async {
            let (tenant, principal) = self.who.find(&kernel).await?;
            let params = LogParams { from: self.from, to: self.to };
            let mut part = kernel.log_part(&tenant, &principal, params).await?;
            let failed = |error: &std::io::Error| Failure::file("write", &self.file, error);
            let folder = self.file.parent().filter(|folder| !folder.as_os_str().is_empty());
            // A file of the name is whole: what fails in between leaves nothing, nor takes an earlier one away.
            let made = tempfile::Builder::new().prefix(".nexus-log-").tempfile_in(folder.unwrap_or(Path::new(".")));
            let mut out = BufWriter::new(made.map_err(|error| failed(&error))?);
            let header = Header { tenant: tenant.slug.clone(), after: part.end.seq, hash: part.end.to_hex() };
            writeln!(out, "{}", json!(header)).map_err(|error| failed(&error))?;
            let mut count = 0;
            loop {
                let events = kernel.next_events(&tenant, &principal, &mut part).await?;
                if events.is_empty() {
                    break;
                }
                count += events.len();
                for event in &events {
                    writeln!(out, "{}", event.to_line()).map_err(|error| failed(&error))?;
                }
            }
            let out = out.into_inner().map_err(|error| failed(error.error()))?;
            out.as_file().sync_all().map_err(|error| failed(&error))?;
            out.persist(&self.file).map_err(|error| failed(&error.error))?;
            let (last, hash) = (part.end.seq, part.end.to_hex());
            if self.json {
                output::json(&json!({"events": count, "last": last, "hash": hash}));
            } else {
                output::line(format_args!("{count} events, the last {last} with hash {hash}"));
            }
            Ok(ExitCode::SUCCESS)
        })
    }
}

impl Check {
    fn run(self) -> Result<ExitCode, Failure> {
        let checked = check(&self.file)?.and_then(|(count, end)| match &self.ends {
            Some(known) if known.hash != end.hash => {
                let message = format!(
                    "the chain holds, but ends with event {} and hash {}, not with {}: this is another log, or a part of it",
                    end.seq,
                    end.to_hex(),
                    known.to_hex()
                );
                Err((count + 1, message))
            }
            _ => Ok((count, end)),
        });
        match checked {
            Ok((count, end)) => {
                let (last, hash) = (end.seq, end.to_hex());
                if self.json {
                    output::json(&json!({"events": count, "last": last, "hash": hash}));
                } else {
                    output::line(format_args!("the chain of {count} events holds, to {last} with hash {hash}"));
                }
                Ok(ExitCode::SUCCESS)
            }
            Err((line, message)) => {
                if self.json {
                    output::json(&json!({"line": line, "problem": message}));
                } else {
                    output::line(format_args!("{}:{line}: {message}", self.file.display()));
                }
                Ok(ExitCode::from(1))
            }
        }
    }
}

/// How many events hold and where they end, or the line that does not and why.
type Checked = Result<(usize, LogEnd), (usize, String)>;

/// How many events a file has and where they end; or the first line that is not as it was written.
fn check(path: &Path) -> Result<Checked, Failure> {
    let failed = |error: &std::io::Error| Failure::file("read", path, error);
    let mut file = BufReader::new(File::open(path).map_err(|error| failed(&error))?);
    let mut line = String::new();
    let mut next = |line: &mut String| {
        line.clear();
        file.by_ref().take(LINE_MAX).read_line(line).map_err(|error| failed(&error))
    };
    next(&mut line)?;
    let header = serde_json::from_str::<Header>(&line).map_err(|error| error.to_string());
    let (mut count, mut end) = match header.and_then(|header| LogEnd::from_hex(header.after, &header.hash)) {
        Ok(begin) => (0, begin),
        Err(message) => return Ok(Err((1, format!("this is no exported log: {message}")))),
    };
    while next(&mut line)? > 0 {
        let event = match Event::from_line(&line) {
            Ok(event) => event,
            Err(message) => return Ok(Err((count + 2, message))),
        };
        if !event.follows(&end) {
            let message = format!("event {} does not follow {}: one was changed, added or removed", event.seq, end.seq);
            return Ok(Err((count + 2, message)));
        }
        (count, end) = (count + 1, event.end());
    }
    Ok(Ok((count, end)))
}
