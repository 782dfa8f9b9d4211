//! `nexus configuration`: the reference of every setting, from where the settings are declared.

use std::process::ExitCode;

use clap::{Arg, Args, Command, CommandFactory};
use serde_json::json;

use crate::Cli;
use crate::failure::Failure;
use crate::{output, settings};

/// Print what can be set, and how
///
/// This is docs/configuration.md, as Markdown. Needs no data.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus configuration > docs/configuration.md")]
pub(crate) struct Configuration {
    /// Print the settings as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// A setting as the reference tells it.
struct Setting {
    flag: String,
    variable: String,
    file: Option<String>,
    /// Its key in `nexus.toml`; what single commands have is no key there.
    key: Option<String>,
    value: String,
    about: String,
}

impl Setting {
    fn new(arg: &Arg, key: Option<String>) -> Setting {
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        Setting {
            flag: format!("--{}", arg.get_long().unwrap_or_default()),
            variable: settings::variable(arg).unwrap_or_default().to_owned(),
            file: settings::file_variable(arg),
            key,
            value: arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string).unwrap_or_default(),
            about: help.split_whitespace().collect::<Vec<_>>().join(" "),
        }
    }
}

impl Configuration {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let declared = settings::declared();
        let key = |arg: &Arg| Some(settings::key(arg)).filter(|key| key != "config");
        let shared: Vec<Setting> = declared.iter().map(|arg| Setting::new(arg, key(arg))).collect();
        let mut single = Vec::new();
        of_single_commands(&Cli::command(), "nexus", &mut |command, arg| {
            if shared.iter().all(|known| settings::variable(arg) != Some(&known.variable)) {
                single.push((command.to_owned(), Setting::new(arg, None)));
            }
        });
        if self.json {
            let told = |setting: &Setting, command: Option<&str>| {
                json!({"flag": setting.flag, "variable": setting.variable, "variable_of_file": setting.file,
                       "key": setting.key, "value": setting.value, "about": setting.about, "command": command})
            };
            let shared = shared.iter().map(|setting| told(setting, None));
            output::json(&shared.chain(single.iter().map(|(command, setting)| told(setting, Some(command)))).collect());
        } else {
            output::line(reference(&shared, &single));
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn of_single_commands(command: &Command, path: &str, each: &mut impl FnMut(&str, &Arg)) {
    for inner in command.get_subcommands() {
        let path = format!("{path} {}", inner.get_name());
        inner.get_arguments().filter(|arg| arg.get_env().is_some()).for_each(|arg| each(&path, arg));
        of_single_commands(inner, &path, each);
    }
}

fn reference(shared: &[Setting], single: &[(String, Setting)]) -> String {
    let mut text = INTRODUCTION.to_owned();
    for setting in shared {
        let Setting { flag, variable, value, about, .. } = setting;
        text += &format!("\n### `{flag} {value}`\n\n{about}\n\nVariable `{variable}`");
        text += &setting.file.as_ref().map(|file| format!(", or `{file}`")).unwrap_or_default();
        text += &setting.key.as_ref().map(|key| format!("; key `{key}`")).unwrap_or_default();
        text += ".\n";
    }
    text += "\n## Of single commands\n\n| command | flag | variable | |\n|---|---|---|---|\n";
    for (command, setting) in single {
        let Setting { flag, variable, file, about, .. } = setting;
        let file = file.as_ref().map(|file| format!(", `{file}`")).unwrap_or_default();
        text += &format!("| `{command}` | `{flag}` | `{variable}`{file} | {about} |\n");
    }
    text.trim_end().to_owned()
}

const INTRODUCTION: &str = "# Configuration

Written by `nexus configuration`; a test refuses this page when it is stale.

Each setting has one name: the flag `--waiting-max` is the variable `NEXUS_WAITING_MAX` and the key `waiting_max` of
`nexus.toml`. A flag goes before a variable, and a variable before the file, which lies in the data folder or where
`--config` says. A key that is unknown ends the command with the one that was meant; a variable that begins with `NEXUS_`
and is unknown is told by `nexus serve` and `nexus doctor`. What may hold a password can stand in a file of its own, as
Docker and Kubernetes mount them: `NEXUS_DATABASE_FILE=/run/secrets/database`.

`nexus doctor` tries what is set: disk, clock, ports, database, files, search, mail, scanner, broker. Each line says ok,
warn or fail, what was found and what helps; the exit code is 1 when one fails.

## Of `nexus serve`

The settings before `--listen` are those of every command.
";
