//! `nexus.toml`: every flag of `nexus serve` as a key.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::failure::Failure;

/// The file's name in the data folder.
pub(crate) const NAME: &str = "nexus.toml";

/// What the file says. A flag goes before a variable, and a variable before the file.
#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Config {
    /// Only in a file given by `--config`; relative to that file.
    pub(crate) data: Option<PathBuf>,
    pub(crate) database: Option<String>,
    /// Further databases for tenants by name.
    pub(crate) places: Option<BTreeMap<String, String>>,
    pub(crate) listen: Option<String>,
    pub(crate) nats: Option<String>,
    pub(crate) apps: Option<Vec<String>>,
    pub(crate) log: Option<String>,
    pub(crate) waiting_max: Option<usize>,
    pub(crate) group_max: Option<usize>,
    pub(crate) readers_max: Option<usize>,
    pub(crate) connections_max: Option<usize>,
    pub(crate) tenants_max: Option<usize>,
    pub(crate) jobs_max: Option<usize>,
    pub(crate) tenants_per_database: Option<u64>,
    /// Where what files contain is kept, as a URL.
    pub(crate) files: Option<String>,
    pub(crate) file_mib_max: Option<u64>,
    /// A clamd.
    pub(crate) scanner: Option<String>,
    /// A folder with further plans; relative to the file given by `--config`.
    pub(crate) plans: Option<PathBuf>,
}

impl Config {
    /// Reads a file that must be there.
    pub(crate) fn read(path: &Path) -> Result<Config, Failure> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Failure::usage(format!("--config: cannot read {}: {error}", path.display())))?;
        let mut config = Config::parse(path, &text)?;
        let beside = |named: PathBuf| path.parent().unwrap_or(Path::new("")).join(named);
        config.data = config.data.map(beside);
        config.plans = config.plans.map(beside);
        Ok(config)
    }

    /// Reads the data folder's own file, if there is one.
    pub(crate) fn of_folder(folder: &Path) -> Result<Config, Failure> {
        let path = folder.join(NAME);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Config::default()),
            Err(error) => return Err(Failure::file("read", &path, &error)),
        };
        let config = Config::parse(&path, &text)?;
        if config.data.is_some() {
            let message = "`data` cannot stand in the data folder's own file; give it in a file for --config";
            return Err(Failure::usage(format!("{}: {message}", path.display())));
        }
        Ok(config)
    }

    fn parse(path: &Path, text: &str) -> Result<Config, Failure> {
        toml::from_str(text)
            .map_err(|error| Failure::usage(format!("{}: {}", path.display(), error.to_string().trim())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_refused_by_name() {
        let failure = Config::parse(Path::new("nexus.toml"), "listne = \"0.0.0.0:80\"").expect_err("refused");
        assert!(failure.to_string().contains("listne"), "{failure}");
        assert!(matches!(failure, Failure::Usage(_)));
    }

    #[test]
    fn the_data_folder_is_relative_to_the_file_that_names_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("server.toml");
        std::fs::write(&path, "data = \"store\"\napps = [\"crm\"]\n").expect("written");
        let config = Config::read(&path).expect("read");
        assert_eq!(config.data, Some(folder.path().join("store")));
        assert_eq!(config.apps, Some(vec!["crm".to_owned()]));
    }
}
