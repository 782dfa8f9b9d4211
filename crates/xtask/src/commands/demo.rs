//! `demo`: from a clean clone to a company that can be used in the browser.

use super::build;
use crate::setup::{self, Need};
use crate::shell::{self, say};
use crate::stages::spoken;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::time::Instant;

const DATA: &str = "data/demo";
const EMAIL: &str = "admin@demo.nexus.local";
const PASSWORD: &str = "nexus-demo";
const PORT: u16 = 3000;

pub(crate) fn run(ws: &Workspace) -> Result<()> {
    let start = Instant::now();
    setup::ensure(ws, Need::Build)?;
    let binary = build::binary(ws)?;
    say(&format!("setting up the demo company in ./{DATA}"));
    // Run twice, it says what exists and changes nothing.
    shell::run(ws.command(&binary).args([
        "init",
        "--demo",
        "--data",
        DATA,
        "--company",
        "Kibo Traders Ltd",
        "--country",
        "KE",
        "--currency",
        "KES",
        "--email",
        EMAIL,
        "--password",
        PASSWORD,
    ]))?;
    let port = free_port(PORT)?;
    if port != PORT {
        say(&format!("port {PORT} is in use, taking {port}"));
    }
    say(&format!("ready after {}", spoken(start.elapsed())));
    println!(
        "\n  open      http://127.0.0.1:{port}\n  e-mail    {EMAIL}\n  password  {PASSWORD}\n\n  Mail is written into ./{DATA}/mail instead of being sent.\n  Ctrl C ends it; the data stays in ./{DATA}\n"
    );
    let listen = format!("127.0.0.1:{port}");
    let mail = format!("file:{DATA}/mail");
    let way_out = ["--mail", &mail, "--mail-from", "Kibo Traders <nexus@kibo.example>"];
    let error = ws.command(&binary).args(["serve", "--data", DATA, "--listen", &listen]).args(way_out).exec();
    Err(error).with_context(|| format!("could not start {}", binary.display()))
}

/// The first port from here on that nobody listens on.
fn free_port(first: u16) -> Result<u16> {
    for port in first..first.saturating_add(50) {
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("no free port from {first} on; remedy: end one of the programs that listen there")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_port_is_passed_over() {
        let busy = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = busy.local_addr().expect("an address").port();
        let found = free_port(port).expect("a free port");
        assert!(found > port, "{found} is not after {port}");
    }
}
