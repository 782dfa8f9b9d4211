//! Developer commands: `cargo xtask <command>`. One command a file, under `commands/`.
#![expect(clippy::print_stdout, reason = "a command talks to the person who ran it")]

mod clients;
mod commands;
mod data;
mod fuzz;
mod generate;
mod postgres;
mod setup;
mod shell;
mod stages;
mod web;
mod workspace;

use std::process::ExitCode;
use workspace::Workspace;

/// The command was called in a way it does not know; exit status 2.
#[derive(Debug)]
struct Usage(String);

impl std::fmt::Display for Usage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

const USAGE: &str = "\
Developer commands of Nexus.

usage: cargo xtask <command>

  demo                    build, set up a demo company in ./data/demo and serve it
  test [stage…]           everything that must hold; with names, only those stages
  build                   the UI and the binary; the last line is the path of the binary
  check                   the fast subset before a commit: formats, regenerates, lints
  bench [name]            benchmarks as ratios to the raw ceiling of the same run
  bench growth [rows]...  what an operation costs among ever more rows, as a table and a plot
  bench --compare [name]  instructions of the hot paths against benches/counts.toml; --accept writes them anew
  new app <suite>/<name>  a new app folder that compiles and passes its own test
  env                     export lines, so that plain cargo shares the compile cache

example: cargo xtask test format tidy
         eval \"$(cargo xtask env)\"
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match args.as_slice() {
        [] | ["help" | "--help" | "-h", ..] | [_, "--help" | "-h"] => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        ["demo"] => Workspace::here().and_then(|ws| commands::demo::run(&ws)),
        ["test", stages @ ..] => Workspace::here().and_then(|ws| commands::test::run(&ws, stages)),
        ["build"] => Workspace::here().and_then(|ws| commands::build::run(&ws)),
        ["check"] => Workspace::here().and_then(|ws| commands::check::run(&ws)),
        ["bench", names @ ..] => Workspace::here().and_then(|ws| commands::bench::run(&ws, names)),
        ["new", "app", app] => Workspace::here().and_then(|ws| commands::new_app::run(&ws, app)),
        ["env"] => Workspace::here().and_then(|ws| commands::env::run(&ws)),
        other => {
            eprintln!("xtask: no command `{}`\n\n{USAGE}", other.join(" "));
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::from(if error.is::<Usage>() { 2 } else { 1 })
        }
    }
}
