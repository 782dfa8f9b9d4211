//! The PostgreSQL that the tests share: the one that `NEXUS_TEST_POSTGRES` names, or one of this run's own.

use crate::shell::say;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// The variable that names a server, up to the name of a database.
pub(crate) const VARIABLE: &str = "NEXUS_TEST_POSTGRES";

/// A server for tests; one of our own ends with this value.
pub(crate) struct Server {
    pub(crate) url: String,
    own: Option<(Child, PathBuf)>,
}

impl Server {
    /// The named server, or a new one in a temporary folder.
    pub(crate) fn start(ws: &Workspace) -> Result<Server> {
        if let Ok(url) = std::env::var(VARIABLE) {
            return Ok(Server { url, own: None });
        }
        let folder = std::env::temp_dir().join(format!("nexus-postgres-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        fs::set_permissions(&folder, Permissions::from_mode(0o755))?;
        say(&format!("PostgreSQL for the tests in {}", folder.display()));
        let script = ws.path("crates/testkit/postgres");
        let mut child =
            Command::new(script).arg(&folder).arg("fleeting").stdin(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let mut log = BufReader::new(child.stderr.take().context("its messages are read")?).lines();
        let mut told = String::new();
        for line in log.by_ref().map_while(Result::ok) {
            if line.contains("ready to accept connections") {
                // What it says from now on is read, so that it never waits for us, and let go.
                std::thread::spawn(move || log.for_each(drop));
                let url = format!("postgres://postgres@{}", folder.display().to_string().replace('/', "%2F"));
                return Ok(Server { url, own: Some((child, folder)) });
            }
            told.push_str(&line);
            told.push('\n');
        }
        bail!("PostgreSQL did not start ({}):\n{told}", child.wait()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let Some((child, folder)) = &mut self.own else { return };
        let pid = child.id().to_string();
        let asked = Command::new("kill").args(["-s", "INT", &pid]).status();
        if asked.is_ok_and(|status| status.success()) {
            let _ = child.wait();
        }
        let _ = fs::remove_dir_all(folder);
    }
}
