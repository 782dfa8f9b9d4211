//! Secrets in files of their own, which `NEXUS_…_FILE` names as containers mount them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Command;

use crate::failure::Failure;
use crate::settings::{file_variable, variable};

/// Bytes of a file with a secret.
const SECRET_MAX: u64 = 64 << 10;

/// The command with the secrets that files hold, as if the variable had them. Only what `names` leads to is read: what
/// belongs to another command may be out of reach for this one.
pub(crate) fn with_secrets(mut command: Command, names: &[String]) -> Result<Command, Failure> {
    let mut secrets = Vec::new();
    for arg in command.get_arguments() {
        let Some(name) = file_variable(arg) else { continue };
        let Some(path) = std::env::var_os(&name).map(PathBuf::from) else { continue };
        if variable(arg).is_some_and(|plain| std::env::var_os(plain).is_some()) {
            let plain = variable(arg).unwrap_or_default();
            return Err(Failure::usage(format!("{plain} and {name} are both set; keep one of them")));
        }
        secrets.push((arg.get_id().clone(), secret(&name, &path)?));
    }
    for (id, secret) in secrets {
        command = command.mut_arg(id, |arg| arg.default_value(secret).hide_default_value(true));
    }
    let Some((next, names)) = names.split_first() else { return Ok(command) };
    let Some(inner) = command.find_subcommand(next).cloned() else { return Ok(command) };
    let inner = with_secrets(inner, names)?;
    Ok(command.mut_subcommand(next, |_| inner))
}

/// The names of the commands that a command line leads through.
pub(crate) fn led_through(command: &Command, line: impl Iterator<Item = OsString>) -> Vec<String> {
    let mut names = Vec::new();
    let Ok(found) = command.clone().ignore_errors(true).try_get_matches_from(line) else { return names };
    let mut at = found.subcommand();
    while let Some((name, inner)) = at {
        names.push(name.to_owned());
        at = inner.subcommand();
    }
    names
}

fn secret(name: &str, path: &Path) -> Result<String, Failure> {
    use std::io::Read;
    let wrong = |error: std::io::Error| Failure::usage(format!("{name}: cannot read {}: {error}", path.display()));
    let mut text = String::new();
    std::fs::File::open(path).map_err(wrong)?.take(SECRET_MAX).read_to_string(&mut text).map_err(wrong)?;
    match text.trim_end_matches(['\r', '\n']) {
        "" => Err(Failure::usage(format!("{name}: {} is empty; write the value into it", path.display()))),
        text => Ok(text.to_owned()),
    }
}
