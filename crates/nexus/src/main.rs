//! The nexus binary: reads configuration, composes the apps, and does what its command line says.

mod apps;
mod archive;
mod checkup;
mod commands;
mod countries;
mod demo;
mod failure;
mod lock;
mod open_archive;
mod order;
mod output;
mod place;
mod plans;
mod reference;
mod secrets;
mod settings;
mod telemetry;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use failure::Failure;

/// For all that Rust allocates; what C allocates, as SQLite its pages, stays with the system.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Nexus, the Business Operating System: one program, one login, one set of data.
#[derive(Parser)]
#[command(version, arg_required_else_help = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Serve(commands::serve::Serve),
    Init(commands::init::Init),
    Run(commands::run::Run),
    Import(commands::import::Import),
    Export(commands::export::Export),
    Undo(commands::undo::Undo),
    Bulk(commands::bulk::Bulk),
    Changes(commands::changes::Changes),
    Explain(commands::explain::Explain),
    Log(commands::log::Log),
    Backup(commands::backup::Backup),
    Archive(commands::archive::Archive),
    Restore(commands::restore::Restore),
    Verify(commands::verify::Verify),
    Tenant(commands::tenant::Tenant),
    Manifest(commands::manifest::Manifest),
    Migrate(commands::migrate::Migrate),
    Search(commands::search::Search),
    Openapi(commands::openapi::Openapi),
    Doctor(commands::doctor::Doctor),
    Configuration(commands::configuration::Configuration),
    Graphql(commands::graphql::Graphql),
    Reference(commands::reference::Reference),
}

fn main() -> ExitCode {
    // Clap itself ends the process with 2 on wrong usage.
    let names = secrets::led_through(&Cli::command(), std::env::args_os());
    let command = secrets::with_secrets(Cli::command(), &names);
    let cli = match command.map(|command| Cli::from_arg_matches(&command.get_matches())) {
        Ok(Ok(cli)) => cli,
        Ok(Err(error)) => error.exit(),
        Err(failure) => {
            output::failure(&failure, false);
            return failure.code();
        }
    };
    let json = cli.command.json();
    match cli.command.run() {
        Ok(code) => code,
        Err(failure) => {
            output::failure(&failure, json);
            failure.code()
        }
    }
}

impl Command {
    fn json(&self) -> bool {
        match self {
            Command::Serve(command) => command.json,
            Command::Init(command) => command.json,
            Command::Run(_) | Command::Bulk(_) => true,
            Command::Openapi(command) => command.json,
            Command::Graphql(command) => command.json,
            Command::Reference(command) => command.json,
            Command::Import(command) => command.json,
            Command::Export(command) => command.json,
            Command::Undo(command) => command.json,
            Command::Changes(command) => command.json,
            Command::Explain(command) => command.json,
            Command::Log(command) => command.json(),
            Command::Backup(command) => command.json,
            Command::Archive(command) => command.json,
            Command::Restore(command) => command.json,
            Command::Verify(command) => command.json,
            Command::Tenant(command) => command.json(),
            Command::Manifest(command) => command.json(),
            Command::Migrate(command) => command.json,
            Command::Search(command) => command.json(),
            Command::Doctor(command) => command.json,
            Command::Configuration(command) => command.json,
        }
    }

    fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Command::Serve(command) => command.run(),
            Command::Init(command) => command.run(),
            Command::Run(command) => command.run(),
            Command::Import(command) => command.run(),
            Command::Export(command) => command.run(),
            Command::Undo(command) => command.run(),
            Command::Bulk(command) => command.run(),
            Command::Changes(command) => command.run(),
            Command::Explain(command) => command.run(),
            Command::Log(command) => command.run(),
            Command::Backup(command) => command.run(),
            Command::Archive(command) => command.run(),
            Command::Restore(command) => command.run(),
            Command::Verify(command) => command.run(),
            Command::Tenant(command) => command.run(),
            Command::Manifest(command) => command.run(),
            Command::Migrate(command) => command.run(),
            Command::Search(command) => command.run(),
            Command::Openapi(command) => command.run(),
            Command::Doctor(command) => command.run(),
            Command::Configuration(command) => command.run(),
            Command::Graphql(command) => command.run(),
            Command::Reference(command) => command.run(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_an_example_and_json() {
        Cli::command().debug_assert();
        let cli = Cli::command();
        let leaves = cli.get_subcommands().flat_map(|command| {
            let inner: Vec<_> = command
                .get_subcommands()
                .map(|leaf| (format!("{} {}", command.get_name(), leaf.get_name()), leaf))
                .collect();
            if inner.is_empty() { vec![(command.get_name().to_owned(), command)] } else { inner }
        });
        for (name, command) in leaves {
            let example = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(example.contains(&format!("nexus {name}")), "nexus {name} --help shows no example");
            assert!(command.get_arguments().any(|arg| arg.get_id() == "json"), "nexus {name} has no --json");
        }
    }
}
