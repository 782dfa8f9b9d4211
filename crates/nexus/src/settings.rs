//! Every setting of Nexus, declared once: a flag, a variable and a key of `nexus.toml`.
//!
//! The name is one: `--waiting-max` is `NEXUS_WAITING_MAX` and `waiting_max`. A flag goes before a variable, and a
//! variable before the file. What holds a secret may stand in a file of its own, which `NEXUS_…_FILE` names.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::{Arg, Args, Command};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use toml::{Table, Value};
use url::{Host, Url};

use crate::failure::Failure;

/// The file's name in the data folder.
pub(crate) const NAME: &str = "nexus.toml";
/// What every variable begins with.
const PREFIX: &str = "NEXUS_";
/// The end of a variable that names a file with the value.
const IN_FILE: &str = "_FILE";

/// Where the data is.
#[derive(Args, Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Place {
    /// The data folder [default: ./data]
    #[arg(long, value_name = "DIR", env = "NEXUS_DATA")]
    pub(crate) data: Option<PathBuf>,
    /// Where the records are: sqlite:DIR or postgres://USER:PASSWORD@HOST/NAME [default: in the data folder]
    #[arg(long, value_name = "URL", env = "NEXUS_DATABASE", hide_env_values = true)]
    pub(crate) database: Option<String>,
    /// Further databases for tenants, such as big=postgres://nexus@db/nexus; sqlite:DIR is one as well
    #[arg(long, value_name = "NAME=URL", env = "NEXUS_PLACES", hide_env_values = true, value_delimiter = ',')]
    #[serde(deserialize_with = "named")]
    pub(crate) places: Option<Vec<String>>,
    /// Where what files contain is kept: file:DIR, or s3://BUCKET/PREFIX with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
    /// AWS_REGION and AWS_ENDPOINT from the environment [default with SQLite: `files` in the data folder]
    #[arg(long, value_name = "URL", env = "NEXUS_FILES")]
    pub(crate) files: Option<String>,
    /// A folder of files that describe further plans, or replace some [default: the five that Nexus brings]
    #[arg(long, value_name = "DIR", env = "NEXUS_PLANS")]
    pub(crate) plans: Option<PathBuf>,
    /// Tenants that a PostgreSQL database takes; a further one goes to the next of --places [default: 1000]
    #[arg(long, value_name = "N", env = "NEXUS_TENANTS_PER_DATABASE")]
    pub(crate) tenants_per_database: Option<u64>,
    /// The apps to run, with those they depend on [default: all]
    #[arg(long, value_name = "A,B", env = "NEXUS_APPS", value_delimiter = ',')]
    pub(crate) apps: Option<Vec<String>>,
    /// A file with the flags of `serve` as keys [default: nexus.toml in the data folder]
    #[arg(long, value_name = "FILE", env = "NEXUS_CONFIG")]
    #[serde(skip)]
    pub(crate) config: Option<PathBuf>,
    /// What to log to standard error, such as info or nexus_kernel=debug
    #[arg(long, value_name = "FILTER", env = "NEXUS_LOG")]
    pub(crate) log: Option<String>,
}

/// How a server works.
#[derive(Args, Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Service {
    /// The address to listen on; port 0 takes a free one [default: 127.0.0.1:3000]
    #[arg(long, value_name = "ADDR", env = "NEXUS_LISTEN")]
    pub(crate) listen: Option<String>,
    /// The NATS server, with JetStream, that gets every event, such as nats://nexus:secret@localhost:4222
    #[arg(long, value_name = "URL", env = "NEXUS_NATS", hide_env_values = true)]
    pub(crate) nats: Option<String>,
    /// Where mail goes out: smtps://USER:PASSWORD@HOST (TLS from the start), smtp://USER:PASSWORD@HOST?tls=required
    /// (STARTTLS), smtp://HOST (plain, for a server beside this one), or file:DIR, where each mail becomes a file
    /// [default: there is no mail]
    #[arg(long, value_name = "URL", env = "NEXUS_MAIL", hide_env_values = true)]
    pub(crate) mail: Option<String>,
    /// The sender of mail, such as "Nexus <nexus@kibo.example>"; required with --mail
    #[arg(long, value_name = "ADDRESS", env = "NEXUS_MAIL_FROM")]
    pub(crate) mail_from: Option<String>,
    /// Where people reach this server, for links in mail, such as https://nexus.kibo.example; required with --mail where
    /// --listen names every address of the machine [default: http:// and the address listened on]
    #[arg(long, value_name = "URL", env = "NEXUS_PUBLIC_URL")]
    pub(crate) public_url: Option<String>,
    /// Changes that may wait for a tenant's writer; further ones get 429 [default: 2048]
    #[arg(long, value_name = "N", env = "NEXUS_WAITING_MAX")]
    pub(crate) waiting_max: Option<usize>,
    /// Changes made durable by one commit [default: 128]
    #[arg(long, value_name = "N", env = "NEXUS_GROUP_MAX")]
    pub(crate) group_max: Option<usize>,
    /// Connections of a tenant that read side by side [default: 4]
    #[arg(long, value_name = "N", env = "NEXUS_READERS_MAX")]
    pub(crate) readers_max: Option<usize>,
    /// Connections to PostgreSQL, shared by all tenants [default: 16]
    #[arg(long, value_name = "N", env = "NEXUS_CONNECTIONS_MAX")]
    pub(crate) connections_max: Option<usize>,
    /// Tenants open at a time, the least recently used of which are closed for others; as many more as are in use at
    /// once [default: 256]
    #[arg(long, value_name = "N", env = "NEXUS_TENANTS_MAX")]
    pub(crate) tenants_max: Option<usize>,
    /// MiB that a file may have [default: 4096]
    #[arg(long, value_name = "N", env = "NEXUS_FILE_MIB_MAX")]
    pub(crate) file_mib_max: Option<u64>,
    /// A clamd that is asked before a file is kept: tcp:HOST:PORT or unix:PATH [default: none is asked]
    #[arg(long, value_name = "ADDR", env = "NEXUS_SCANNER")]
    pub(crate) scanner: Option<String>,
    /// Jobs run at a time [default: 16]
    #[arg(long, value_name = "N", env = "NEXUS_JOBS_MAX")]
    pub(crate) jobs_max: Option<usize>,
}

impl Service {
    /// That each bound leaves something, and what belongs together is there.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        let bounds = [
            ("--waiting-max", self.waiting_max),
            ("--group-max", self.group_max),
            ("--readers-max", self.readers_max),
            ("--connections-max", self.connections_max),
            ("--tenants-max", self.tenants_max),
            ("--jobs-max", self.jobs_max),
        ];
        if let Some((flag, _)) = bounds.iter().find(|(_, given)| *given == Some(0)) {
            return Err(Failure::usage(format!("{flag}: at least 1")));
        }
        if self.mail.is_some() != self.mail_from.is_some() {
            return Err(Failure::usage("--mail and --mail-from: give both, or neither where there is no mail"));
        }
        if self.public_url.as_deref().is_some_and(|url| !is_public(url)) {
            return Err(Failure::usage("--public-url: write https://HOST, or http://HOST, as people reach it"));
        }
        let listen = self.listen.as_deref().unwrap_or_default();
        if self.mail.is_some() && self.public_url.is_none() && is_everywhere(listen) {
            let remedy = "set it to what people open, such as https://nexus.kibo.example";
            return Err(Failure::usage(format!(
                "--public-url: links in mail cannot lead to {listen}, which is every address of this machine; {remedy}"
            )));
        }
        Ok(())
    }

    /// Where links in mail lead: as it is set, or to the address that is listened on, unless nobody reaches that.
    pub(crate) fn reached_at(&self, listening: SocketAddr) -> Option<String> {
        let own = (!listening.ip().is_unspecified()).then(|| format!("http://{listening}"));
        self.public_url.clone().or(own)
    }
}

/// Whether links can begin with a URL: they need a host, and would show a password.
fn is_public(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    let is_named = match url.host() {
        Some(Host::Domain(name)) => !name.is_empty(),
        Some(Host::Ipv4(address)) => !address.is_unspecified(),
        Some(Host::Ipv6(address)) => !address.is_unspecified(),
        None => false,
    };
    let is_plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    ["https", "http"].contains(&url.scheme()) && is_named && is_plain && url.fragment().is_none()
}

fn is_everywhere(listen: &str) -> bool {
    listen.parse::<SocketAddr>().is_ok_and(|address| address.ip().is_unspecified())
}

/// `nexus.toml`, as it was found.
pub(crate) struct File {
    pub(crate) place: Place,
    pub(crate) service: Service,
}

impl File {
    /// The file that is named, which must be there; else the data folder's own, if there is one.
    pub(crate) fn find(given: Option<&Path>, data: &Path) -> Result<File, Failure> {
        let Some(path) = given else { return File::of_folder(data) };
        let text = std::fs::read_to_string(path)
            .map_err(|error| Failure::usage(format!("--config: cannot read {}: {error}", path.display())))?;
        let mut file = File::parse(path, &text)?;
        let beside = |named: PathBuf| path.parent().unwrap_or(Path::new("")).join(named);
        file.place.data = file.place.data.map(beside);
        file.place.plans = file.place.plans.map(beside);
        Ok(file)
    }

    fn of_folder(folder: &Path) -> Result<File, Failure> {
        let path = folder.join(NAME);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(File { place: Place::default(), service: Service::default() });
            }
            Err(error) => return Err(Failure::file("read", &path, &error)),
        };
        let file = File::parse(&path, &text)?;
        if file.place.data.is_some() {
            let message = "`data` cannot stand in the data folder's own file; give it in a file for --config";
            return Err(Failure::usage(format!("{}: {message}", path.display())));
        }
        Ok(file)
    }

    fn parse(path: &Path, text: &str) -> Result<File, Failure> {
        let wrong = |error: toml::de::Error| Failure::usage(format!("{}{}", path.display(), complaint(text, &error)));
        let table: Table = text.parse().map_err(wrong)?;
        let known: Vec<String> = declared().iter().map(key).filter(|key| key != "config").collect();
        if let Some(unknown) = table.keys().find(|name| !known.contains(name)) {
            let remedy = match nearest(unknown, &known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "docs/configuration.md lists the keys".to_owned(),
            };
            return Err(Failure::usage(format!("{}: unknown field `{unknown}`; {remedy}", path.display())));
        }
        Ok(File { place: toml::from_str(text).map_err(wrong)?, service: toml::from_str(text).map_err(wrong)? })
    }
}

/// What is wrong with a file, by line and key. Its text is left out, as a line may hold a password.
fn complaint(text: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.matches('\n').count();
    let key = text.lines().nth(line).and_then(|line| line.split_once('=')).map(|(key, _)| key.trim());
    let known = key.filter(|key| declared().iter().any(|arg| self::key(arg) == *key));
    let place = known.map(|key| format!(", `{key}`")).unwrap_or_default();
    // Of a value that does not fit, only what was expected in its place.
    let message = match error.message().lines().next().unwrap_or_default().rsplit_once(", expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None => error.message().to_owned(),
    };
    format!(", line {}{place}: {message}", line + 1)
}

/// `given`, and what it leaves open from `file`.
pub(crate) fn over<T: Serialize + DeserializeOwned>(given: &T, file: &T) -> Result<T, Failure> {
    let table = |settings: &T| Table::try_from(settings).map_err(|error| Failure::usage(error.to_string()));
    let mut all = table(file)?;
    all.extend(table(given)?);
    all.try_into().map_err(|error: toml::de::Error| Failure::usage(error.to_string()))
}

/// Places by name, as the file has them, or as the command line writes them.
fn named<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Table(places) => {
            let place = |(name, url): (String, Value)| url.as_str().map(|url| format!("{name}={url}"));
            let written: Option<Vec<_>> = places.into_iter().map(place).collect();
            written.map(Some).ok_or_else(|| serde::de::Error::custom("`places` has a URL as text for each name"))
        }
        other => other.try_into().map(Some).map_err(serde::de::Error::custom),
    }
}

/// The arguments of every setting.
pub(crate) fn declared() -> Vec<Arg> {
    let place = Place::augment_args(Command::new("nexus"));
    let all = Service::augment_args(place);
    all.get_arguments().filter(|arg| arg.get_env().is_some()).cloned().collect()
}

/// The key of a setting in the file.
pub(crate) fn key(arg: &Arg) -> String {
    arg.get_long().unwrap_or_default().replace('-', "_")
}

/// The variable of an argument.
pub(crate) fn variable(arg: &Arg) -> Option<&str> {
    arg.get_env().and_then(|name| name.to_str())
}

/// The variable that names a file with the value, for what holds a secret.
pub(crate) fn file_variable(arg: &Arg) -> Option<String> {
    variable(arg).filter(|_| arg.is_hide_env_values_set()).map(|name| format!("{name}{IN_FILE}"))
}

/// What is wrong with variables that look like settings and are none.
pub(crate) fn unknown_variables(command: &Command, names: impl Iterator<Item = String>) -> Vec<String> {
    let mut known = Vec::new();
    gather(command, &mut known);
    let told = |name: String| match nearest(&name, &known) {
        Some(near) => format!("{name} is no setting of Nexus and does nothing; did you mean {near}?"),
        None => format!("{name} is no setting of Nexus and does nothing; docs/configuration.md lists them"),
    };
    names.filter(|name| name.starts_with(PREFIX) && !known.contains(name)).map(told).collect()
}

/// The names of the variables that are set.
pub(crate) fn variables() -> impl Iterator<Item = String> {
    std::env::vars_os().filter_map(|(name, _)| name.into_string().ok())
}

fn gather(command: &Command, known: &mut Vec<String>) {
    for arg in command.get_arguments() {
        known.extend(variable(arg).map(str::to_owned));
        known.extend(file_variable(arg));
    }
    command.get_subcommands().for_each(|inner| gather(inner, known));
}

/// The name that was meant, if one is near.
fn nearest<'a>(name: &str, known: &'a [String]) -> Option<&'a String> {
    let near = known.iter().map(|known| (strsim::osa_distance(name, known), known));
    near.filter(|(far, _)| *far <= 2).min_by_key(|(far, _)| *far).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_refused_with_the_one_that_was_meant() {
        let failure = File::parse(Path::new("nexus.toml"), "listne = \"0.0.0.0:80\"").err().expect("refused");
        assert_eq!(failure.to_string(), "nexus.toml: unknown field `listne`; did you mean `listen`?");
        assert!(matches!(failure, Failure::Usage(_)));
        let failure = File::parse(Path::new("nexus.toml"), "waiting_max = \"many\"").err().expect("refused");
        assert_eq!(failure.to_string(), "nexus.toml, line 1, `waiting_max`: expected usize");
    }

    #[test]
    fn what_a_file_holds_is_in_no_complaint() {
        let refused = |text: &str| File::parse(Path::new("nexus.toml"), text).err().expect("refused").to_string();
        let broken = "listen = \"0.0.0.0:80\"\ndatabase = \"postgres://nexus:secret@db/nexus";
        assert!(refused(broken).starts_with("nexus.toml, line 2, `database`: "), "{}", refused(broken));
        for text in [
            broken,
            "nats = nats://nexus:secret@nats",
            "\"secret\" = ",
            "waiting_max = \"secret\"",
            "mail = [\"smtp://secret\"]",
            "[places]\nbig = [\"secret\"]",
            "apps = \"secret, expected secret\"",
        ] {
            assert!(!refused(text).contains("secret"), "{text}: {}", refused(text));
        }
    }

    #[test]
    fn links_lead_where_people_get() {
        let mail = Some("smtp://localhost".to_owned());
        let mail_from = Some("nexus@kibo.example".to_owned());
        let checked = |listen: &str, public_url: Option<&str>| {
            let (mail, mail_from) = (mail.clone(), mail_from.clone());
            let (listen, public_url) = (Some(listen.to_owned()), public_url.map(str::to_owned));
            let service = Service { listen, public_url, mail, mail_from, ..Service::default() };
            service.check().map_err(|failure| failure.to_string()).err().unwrap_or_default()
        };
        for listen in ["0.0.0.0:3000", "[::]:3000"] {
            let refused = checked(listen, None);
            assert!(refused.starts_with("--public-url: links in mail cannot lead to") && refused.contains(listen));
            assert_eq!(checked(listen, Some("https://nexus.kibo.example")), "");
        }
        for listen in ["127.0.0.1:0", "localhost:3000", "[2001:db8::7]:80"] {
            assert_eq!(checked(listen, None), "");
        }
        for url in ["nexus.kibo.example", "ftp://kibo", "https://", "http://0.0.0.0:3000", "https://ada:secret@kibo"] {
            assert!(checked("127.0.0.1:0", Some(url)).starts_with("--public-url: write https://HOST"), "{url}");
        }
        let reached = |listening: &str| Service::default().reached_at(listening.parse().expect("an address"));
        assert_eq!(reached("127.0.0.1:4711").as_deref(), Some("http://127.0.0.1:4711"));
        assert_eq!(reached("[::1]:4711").as_deref(), Some("http://[::1]:4711"));
        assert_eq!(reached("0.0.0.0:3000"), None);
    }

    #[test]
    fn the_data_folder_is_relative_to_the_file_that_names_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("server.toml");
        std::fs::write(&path, "data = \"store\"\napps = [\"crm\"]\n[places]\nbig = \"sqlite:big\"\n").expect("written");
        let place = File::find(Some(&path), Path::new("")).expect("read").place;
        assert_eq!(place.data, Some(folder.path().join("store")));
        assert_eq!(place.apps, Some(vec!["crm".to_owned()]));
        assert_eq!(place.places, Some(vec!["big=sqlite:big".to_owned()]));
    }

    #[test]
    fn a_flag_goes_before_the_file_and_leaves_the_rest_to_it() {
        let file = Service { listen: Some("a:1".to_owned()), jobs_max: Some(3), ..Service::default() };
        let given = Service { jobs_max: Some(5), ..Service::default() };
        let both = over(&given, &file).expect("they fit");
        assert_eq!((both.listen.as_deref(), both.jobs_max, both.mail), (Some("a:1"), Some(5), None));
    }

    #[test]
    fn a_variable_that_is_no_setting_is_told_with_the_one_that_was_meant() {
        let command = Service::augment_args(Command::new("serve"));
        let names = ["NEXUS_LISTEN", "NEXUS_MAIL_FILE", "NEXUS_LISTNE", "NEXUS_COLOUR", "HOME"];
        let told = unknown_variables(&command, names.iter().map(|name| (*name).to_owned()));
        assert_eq!(
            told,
            [
                "NEXUS_LISTNE is no setting of Nexus and does nothing; did you mean NEXUS_LISTEN?",
                "NEXUS_COLOUR is no setting of Nexus and does nothing; docs/configuration.md lists them",
            ]
        );
    }
}
