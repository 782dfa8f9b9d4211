//! What `nexus doctor` tries, one check a function.

use std::path::Path;
use std::time::{Duration, SystemTime};

use nexus_kernel::model::Timestamp;
use nexus_kernel::store::{Facts, sqlite_version};
use nexus_nats::Nats;
use serde_json::{Value as Json, json};
use tokio::net::TcpListener;

use crate::commands::serve::LISTEN;
use crate::lock::FolderLock;
use crate::place::{Database, Found, INDEXES};

/// Bytes below which a disk is about to be full, and below which it is as good as full.
const DISK_WARN: u64 = 2 << 30;
const DISK_FAIL: u64 = 256 << 20;
/// How far two clocks may be apart, and how far they must not be.
const CLOCK_WARN: Duration = Duration::from_secs(1);
const CLOCK_FAIL: Duration = Duration::from_secs(30);
/// The oldest PostgreSQL that its makers still mend on the day of this release.
const POSTGRES_MIN: u32 = 15;
/// How long one check may take.
const PATIENCE: Duration = Duration::from_secs(15);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    Ok,
    Warn,
    Fail,
}

impl Verdict {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Verdict::Ok => "ok",
            Verdict::Warn => "warn",
            Verdict::Fail => "fail",
        }
    }
}

/// What one check came to.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) check: &'static str,
    pub(crate) verdict: Verdict,
    /// What was found.
    pub(crate) value: String,
    /// What helps, unless all is well.
    pub(crate) remedy: Option<String>,
}

impl Line {
    fn ok(check: &'static str, value: impl Into<String>) -> Line {
        Line { check, verdict: Verdict::Ok, value: value.into(), remedy: None }
    }

    fn warn(check: &'static str, value: impl Into<String>, remedy: &str) -> Line {
        Line { check, verdict: Verdict::Warn, value: value.into(), remedy: Some(remedy.to_owned()) }
    }

    fn fail(check: &'static str, value: impl Into<String>, remedy: &str) -> Line {
        Line { verdict: Verdict::Fail, ..Line::warn(check, value, remedy) }
    }

    pub(crate) fn json(&self) -> Json {
        json!({"check": self.check, "verdict": self.verdict.name(), "value": self.value, "remedy": self.remedy})
    }
}

/// Every check, in the order of what stands on what.
pub(crate) async fn all(found: &Found, unknown_variables: Vec<String>) -> Vec<Line> {
    let mut lines = vec![settings(unknown_variables), disk(&found.folder)];
    lines.extend(database(found));
    lines.extend(found.further().map(|(name, url)| place(found, name, url)));
    let holder = FolderLock::holder(&found.folder);
    lines.push(plans(found));
    lines.push(port(found, holder.as_ref().ok().and_then(Option::as_deref)).await);
    lines.extend(lock(found, holder));
    lines.extend(in_time("files", files(found)).await);
    lines.push(search(&found.folder));
    lines.push(
        in_time("mail", mail(found)).await.unwrap_or_else(|| Line::ok("mail", "there is none: --mail is not set")),
    );
    lines.extend(in_time("scanner", scanner(found)).await);
    lines.extend(in_time("broker", broker(found)).await);
    lines
}

async fn in_time(check: &'static str, work: impl Future<Output = Option<Line>>) -> Option<Line> {
    let late = |_| {
        let value = format!("no answer within {} seconds", PATIENCE.as_secs());
        Some(Line::fail(check, value, "see whether a firewall is in between"))
    };
    tokio::time::timeout(PATIENCE, work).await.unwrap_or_else(late)
}

/// Flags and keys were checked before; variables may be of another program.
fn settings(unknown: Vec<String>) -> Line {
    if unknown.is_empty() {
        return Line::ok("settings", "every NEXUS_ variable is one of Nexus");
    }
    Line::warn("settings", unknown.join("; "), "mend the name, or leave the variable out")
}

fn disk(folder: &Path) -> Line {
    let there = folder.ancestors().find(|path| path.exists()).unwrap_or(Path::new("."));
    let there = if there.as_os_str().is_empty() { Path::new(".") } else { there };
    match rustix::fs::statvfs(there) {
        Err(error) => Line::fail("disk", format!("{}: {error}", there.display()), "choose a folder that can be read"),
        Ok(disk) => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            let value = format!("{} MiB free at {}", free >> 20, there.display());
            let remedy = "make room, or move the data folder to a larger disk";
            match free {
                ..DISK_FAIL => Line::fail("disk", value, remedy),
                DISK_FAIL..DISK_WARN => Line::warn("disk", value, remedy),
                _ => Line::ok("disk", value),
            }
        }
    }
}

/// The database, and the clock against its.
fn database(found: &Found) -> Vec<Line> {
    match &found.database {
        Database::Sqlite => folder(&found.folder),
        Database::Postgres(url) => {
            let before = Timestamp::now();
            match Facts::ask(url) {
                Ok(facts) => server(&facts, before),
                Err(error) => vec![Line::fail("database", error.to_string(), "mend --database, or start the server")],
            }
        }
    }
}

/// A further place for tenants.
fn place(found: &Found, name: &str, url: &str) -> Line {
    let told = |line: Line| Line { check: "place", value: format!("{name}: {}", line.value), ..line };
    let remedy = "mend it in --places, or start its server";
    let lines = match found.place_at(url) {
        Err(failure) => vec![Line::fail("place", failure.to_string(), remedy)],
        Ok((folder, Database::Sqlite)) => vec![writes("place", &folder)],
        Ok((_, Database::Postgres(url))) => {
            let before = Timestamp::now();
            match Facts::ask(&url) {
                Ok(facts) => server(&facts, before),
                Err(error) => vec![Line::fail("place", error.to_string(), remedy)],
            }
        }
    };
    // The worst of what there is to say: its clock counts like the database's own.
    let worst = lines.into_iter().rev().max_by_key(|line| line.verdict);
    worst.map_or_else(|| told(Line::ok("place", "nothing is known")), told)
}

/// The plans that a tenant may have.
fn plans(found: &Found) -> Line {
    match found.plans() {
        Ok(plans) => Line::ok("plans", plans.into_keys().collect::<Vec<_>>().join(", ")),
        Err(failure) => Line::fail("plans", failure.to_string(), "mend the file, or --plans"),
    }
}

/// Who has the data folder; with PostgreSQL nobody needs to.
fn lock(found: &Found, holder: std::io::Result<Option<String>>) -> Option<Line> {
    let in_use = "what changes data waits until it ends: ask the server over HTTP, or end it";
    (found.database == Database::Sqlite).then(|| match holder {
        Ok(None) => Line::ok("lock", "no process has the data folder"),
        Ok(Some(holder)) => Line { remedy: Some(in_use.to_owned()), ..Line::ok("lock", format!("{holder} has it")) },
        Err(error) => Line::fail("lock", error.to_string(), "let the user of this process read nexus.lock there"),
    })
}

/// Whether something can be written in a folder, or where it would be made.
fn writes(check: &'static str, folder: &Path) -> Line {
    let there = folder.ancestors().find(|path| path.is_dir()).unwrap_or(Path::new("."));
    let there = if there.as_os_str().is_empty() { Path::new(".") } else { there };
    match tempfile::tempfile_in(there) {
        Ok(_) => Line::ok(check, format!("{} can be written", folder.display())),
        Err(error) => {
            Line::fail(check, format!("{}: {error}", there.display()), "let the user of this process write there")
        }
    }
}

fn folder(folder: &Path) -> Vec<Line> {
    let value = format!("SQLite {} in {}", sqlite_version(), folder.display());
    let control = folder.join("control.db");
    let Ok(kept) = control.metadata() else {
        let remedy = format!("set it up with `nexus init --data {}`", folder.display());
        return vec![Line::warn("database", format!("there is no data in {}", folder.display()), &remedy), clock(None)];
    };
    let line = match tempfile::tempfile_in(folder) {
        Ok(_) => Line::ok("database", value),
        Err(error) => Line::fail("database", format!("{value}: {error}"), "let the user of this process write there"),
    };
    // What was written last was written at some moment in the past, unless the clock was put back.
    let ahead = kept.modified().ok().map(|written| written.duration_since(SystemTime::now()).unwrap_or_default());
    vec![line, clock(ahead)]
}

fn server(facts: &Facts, before: Timestamp) -> Vec<Line> {
    let Facts { version, now, creates, temporary } = facts;
    let value = format!("PostgreSQL {version}");
    let major = version.split(['.', ' ']).next().and_then(|major| major.parse::<u32>().ok()).unwrap_or_default();
    let line = if major < POSTGRES_MIN {
        Line::fail("database", value, &format!("use PostgreSQL {POSTGRES_MIN} or later"))
    } else if !creates {
        Line::fail("database", format!("{value}: no right to make schemas"), "GRANT CREATE ON DATABASE … TO the user")
    } else if !temporary {
        let value = format!("{value}: no right to make temporary tables");
        Line::fail("database", value, "GRANT TEMPORARY ON DATABASE … TO the user: reads of the past need it")
    } else {
        Line::ok("database", value)
    };
    // The database's answer lies between the question and now.
    let apart =
        if *now < before { before.duration_since(*now) } else { now.duration_since(Timestamp::now().max(before)) };
    vec![line, clock(Some(Duration::try_from(apart).unwrap_or_default()))]
}

/// How far the clock of the database, or what it wrote last, is from ours.
fn clock(apart: Option<Duration>) -> Line {
    let now = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ");
    let remedy = "let both machines follow a time server (NTP)";
    match apart {
        None => Line::ok("clock", format!("{now}; nothing to compare it with yet")),
        Some(apart) if apart < CLOCK_WARN => Line::ok("clock", format!("{now}, as the database has it")),
        Some(apart) => {
            let value = format!("{now}; the database is {} s away from it", apart.as_secs());
            if apart < CLOCK_FAIL { Line::warn("clock", value, remedy) } else { Line::fail("clock", value, remedy) }
        }
    }
}

async fn port(found: &Found, holder: Option<&str>) -> Line {
    let listen = found.service.listen.as_deref().unwrap_or(LISTEN);
    match TcpListener::bind(listen).await {
        Ok(_) => Line::ok("port", format!("{listen} is free")),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            let ours = holder.is_some_and(|holder| holder.ends_with(&format!("http://{listen}")));
            if ours {
                return Line::ok("port", format!("{listen} is served by the process that has the data folder"));
            }
            Line::warn(
                "port",
                format!("{listen} is in use"),
                "end the other program, if it is not Nexus, or set --listen",
            )
        }
        Err(error) => Line::fail("port", format!("{listen}: {error}"), "set --listen to an address of this machine"),
    }
}

async fn files(found: &Found) -> Option<Line> {
    let remedy = "mend --files and the right to write there";
    let depot = match found.depot() {
        Ok(Some(depot)) => depot,
        Ok(None) => {
            return Some(Line::warn("files", "there is no place for files", "set --files to s3://… or file:DIR"));
        }
        Err(failure) => return Some(Line::fail("files", failure.to_string(), remedy)),
    };
    Some(match depot.probe().await {
        Ok(()) => Line::ok("files", "written, read and removed"),
        Err(error) => Line::fail("files", error.to_string(), remedy),
    })
}

fn search(folder: &Path) -> Line {
    writes("search", &folder.join(INDEXES))
}

async fn mail(found: &Found) -> Option<Line> {
    let mail = match found.mailer() {
        Ok(mail) => mail?,
        Err(failure) => return Some(Line::fail("mail", failure.to_string(), "mend --mail and --mail-from")),
    };
    let links = match &found.service.public_url {
        Some(url) => format!("its links begin with {url}"),
        None => "its links lead to the address that is listened on".to_owned(),
    };
    Some(match mail.probe().await {
        Ok(value) => Line::ok("mail", format!("{value}; {links}")),
        Err(error) => Line::fail("mail", error.to_string(), "mend host, port, tls, user and password in --mail"),
    })
}

async fn scanner(found: &Found) -> Option<Line> {
    let clamd = match found.scanner() {
        Ok(clamd) => clamd?,
        Err(failure) => return Some(Line::fail("scanner", failure.to_string(), "mend --scanner")),
    };
    Some(match clamd.ping().await {
        Ok(()) => Line::ok("scanner", "clamd answers"),
        Err(error) => {
            Line::fail("scanner", error.to_string(), "start clamd, or mend --scanner: no file is taken without it")
        }
    })
}

async fn broker(found: &Found) -> Option<Line> {
    let url = found.service.nats.as_deref()?;
    let answer = match Nats::connect(url).await {
        Ok(nats) => nats.probe().await,
        Err(error) => Err(error.to_string()),
    };
    Some(match answer {
        Ok(()) => Line::ok("broker", "NATS answers and has JetStream"),
        Err(error) => Line::fail("broker", error, "start NATS with JetStream, or mend --nats"),
    })
}
