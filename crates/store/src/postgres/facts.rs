//! What a PostgreSQL database tells of itself before anything of Nexus is in it.

use nexus_model::Timestamp;

use super::line::Line;
use super::tls;
use crate::StoreError;

/// A database as it is reached with a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The version of the server, such as 16.4.
    pub version: String,
    /// What its clock shows.
    pub now: Timestamp,
    /// The user may make schemas, one for each tenant.
    pub creates: bool,
    /// The user may make temporary tables, which reads as of an earlier moment need.
    pub temporary: bool,
}

impl Facts {
    /// Connects and asks; changes nothing.
    ///
    /// # Errors
    /// When the database cannot be reached, or refuses the user.
    pub fn ask(url: &str) -> Result<Facts, StoreError> {
        let (mut config, tls) = tls::configured(url)?;
        config.application_name("nexus").connect_timeout(super::server::CONNECT);
        let mut line = Line::connect(&config, &tls)?;
        let mut ask = |what: &str| line.ask(&format!("SELECT {what}")).map(Option::unwrap_or_default);
        let micros = ask("(extract(epoch FROM clock_timestamp()) * 1000000)::bigint")?;
        Ok(Facts {
            version: ask("current_setting('server_version')")?,
            now: micros.parse().ok().and_then(|at| Timestamp::from_microsecond(at).ok()).unwrap_or_default(),
            creates: ask("has_database_privilege(current_database(), 'CREATE')")? == "t",
            temporary: ask("has_database_privilege(current_database(), 'TEMPORARY')")? == "t",
        })
    }
}
