//! Plans: which apps a tenant has, and how much of everything it may use.

use std::num::NonZeroU32;

use serde::Deserialize;

/// One plan, as its file says. A limit that is left out does not exist.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The file's name: `starter`.
    #[serde(skip)]
    pub name: String,
    pub label: String,
    /// For whom it is, in one line.
    pub about: String,
    /// The apps, with those that they depend on; every app when left out.
    #[serde(default)]
    pub apps: Option<Vec<String>>,
    #[serde(default)]
    pub limits: Quotas,
}

/// How much of everything a tenant may use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct Quotas {
    /// People who may sign in.
    pub users: Option<u64>,
    /// Records that are not deleted, of all objects together; rows of a record are part of it.
    pub records: Option<u64>,
    /// The database with its indexes and its log, and every version of the files that are not deleted.
    pub storage_mib: Option<u64>,
    /// Requests to REST and MCP that each process answers; as many may come at once, and then as they are earned back.
    pub calls_per_minute: Option<NonZeroU32>,
}

impl Plan {
    /// Reads a plan's file.
    ///
    /// # Errors
    /// What is wrong in it, with its line.
    pub fn parse(name: &str, text: &str) -> Result<Plan, String> {
        let plan: Plan = toml::from_str(text).map_err(|error| format!("plan {name}: {}", error.to_string().trim()))?;
        Ok(Plan { name: name.to_owned(), ..plan })
    }

    /// What a tenant has that has no plan: everything.
    pub(crate) fn boundless() -> Plan {
        let (label, about) = ("no plan".to_owned(), "Everything, without limits".to_owned());
        Plan { label, about, ..Plan::default() }
    }
}
