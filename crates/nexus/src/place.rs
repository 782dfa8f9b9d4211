//! Where the data is, which apps run over it, and who asks.

use std::collections::BTreeMap;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use nexus_kernel::contents::{Clamd, Depot, Scanner};
use nexus_kernel::faces::ListParams;
use nexus_kernel::store::{Limits, Server, Storage};
use nexus_kernel::{
    Broker, FileOptions, JOBS_MAX, Kernel, Mailer, Options, Plan, Principal, Printer, Problem, Reader, Registry,
    TENANTS_MAX, TENANTS_PER_DATABASE, Tenant,
};
use nexus_mail::Mail;
use nexus_search::Tantivy;
use serde_json::json;
use tracing_subscriber::Layer;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::failure::Failure;
use crate::lock::FolderLock;
use crate::settings::{File, Service, over};
use crate::telemetry::Traces;
use crate::{apps, output, plans};

pub(crate) use crate::settings::Place;

/// The data folder when nothing names one.
const DATA: &str = "data";
/// The place of the control tables, as the command line names it.
pub(crate) const HOME: &str = "home";
/// The search indexes' folder in the data folder; what is in it is made anew when it is lost.
pub(crate) const INDEXES: &str = "search";
/// The folder of files in the data folder.
pub(crate) const FILES: &str = "files";
/// Connections to PostgreSQL when nothing says how many.
const CONNECTIONS: usize = 16;

/// Which tenant, and who asks.
#[derive(Args, Debug, Clone, Default)]
pub(crate) struct Who {
    /// The tenant's short name, needed where several live
    #[arg(long, value_name = "SLUG")]
    tenant: Option<String>,
    /// Act as this user, with the rights of the user; as the system when left out
    #[arg(long, value_name = "EMAIL")]
    user: Option<String>,
}

/// What keeps the records.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Database {
    /// Files in the folder.
    Sqlite,
    /// The server of this URL.
    Postgres(String),
}

/// A place made out from flags, variables and the file.
pub(crate) struct Found {
    pub(crate) folder: PathBuf,
    pub(crate) database: Database,
    /// How a server works over it; what the file says unless a command has such flags itself.
    pub(crate) service: Service,
    place: Place,
    places: BTreeMap<String, String>,
}

/// What takes texts and pictures from files.
struct Extract;

impl Reader for Extract {
    fn text(&self, media_type: &str, content: &[u8], max: usize) -> Option<String> {
        nexus_extract::text(media_type, content, max)
    }

    fn measures(&self, content: &[u8]) -> Option<(u32, u32)> {
        nexus_extract::measures(content)
    }

    fn thumbnail(&self, content: &[u8], edge: u32) -> Option<Vec<u8>> {
        nexus_extract::thumbnail(content, edge)
    }
}

impl Place {
    pub(crate) fn find(&self) -> Result<Found, Failure> {
        self.find_for(&Service::default())
    }

    /// The same for a command that has the flags of a server.
    pub(crate) fn find_for(&self, service: &Service) -> Result<Found, Failure> {
        let data = self.data.clone().unwrap_or_else(|| DATA.into());
        let file = File::find(self.config.as_deref(), &data)?;
        let (place, service) = (over(self, &file.place)?, over(service, &file.service)?);
        service.check()?;
        let data = place.data.clone().unwrap_or(data);
        let (folder, database) = match &place.database {
            None => (data, Database::Sqlite),
            Some(url) => database(url, data)?,
        };
        let mut places = BTreeMap::new();
        // Those of the command line stand beside those of the file.
        for written in file.place.places.iter().chain(&self.places).flatten() {
            let named = written.split_once('=').filter(|(name, _)| !name.is_empty() && *name != HOME);
            let (name, url) = named.ok_or_else(|| Failure::usage("--places: write NAME=URL; `home` is taken"))?;
            places.insert(name.to_owned(), url.to_owned());
        }
        Ok(Found { folder, database, service, place, places })
    }
}

fn database(url: &str, data: PathBuf) -> Result<(PathBuf, Database), Failure> {
    match url.split_once(':') {
        Some(("sqlite", folder)) if !folder.is_empty() => {
            Ok((folder.trim_start_matches("//").into(), Database::Sqlite))
        }
        Some(("postgres" | "postgresql", rest)) if rest.starts_with("//") => {
            Ok((data, Database::Postgres(url.to_owned())))
        }
        // What was given may hold a password.
        _ => Err(Failure::usage("--database: write sqlite:DIR or postgres://USER:PASSWORD@HOST/NAME")),
    }
}

impl Found {
    /// Begins to log, as JSON lines on standard error.
    pub(crate) fn log(&self, default: &str) -> Result<(), Failure> {
        self.log_and_trace(default, None)
    }

    /// The same, with spans to where they are collected.
    pub(crate) fn log_and_trace(&self, default: &str, traces: Option<&Traces>) -> Result<(), Failure> {
        let filter = self.place.log.as_deref().unwrap_or(default);
        let filter = tracing_subscriber::EnvFilter::try_new(filter)
            .map_err(|error| Failure::usage(format!("--log: `{filter}` is no filter: {error}")))?;
        let lines = tracing_subscriber::fmt::layer().json().with_writer(std::io::stderr).with_filter(filter);
        tracing_subscriber::registry().with(lines).with(traces.map(Traces::layer)).init();
        Ok(())
    }

    pub(crate) fn registry(&self) -> Result<Registry, Failure> {
        let printer: Printer = Arc::new(|name, source, data| {
            nexus_print::pdf(&nexus_print::Template { name, source }, data).map_err(|error| error.to_string())
        });
        let apps = apps::some(self.place.apps.as_deref().unwrap_or_default())?;
        Registry::new(apps, Some(printer))
            .map_err(|error| Failure::failed(format!("the apps do not fit together:\n{error}")))
    }

    /// That no app is left out: what others declare could not be told from what nobody does.
    pub(crate) fn must_have_all_apps(&self) -> Result<(), Failure> {
        match &self.place.apps {
            Some(apps) if !apps.is_empty() => {
                Err(Failure::usage("--apps: leave it out here; the tables of all apps are looked at together"))
            }
            _ => Ok(()),
        }
    }

    /// Where tenants are kept, connected to.
    pub(crate) fn storage(&self) -> Result<Storage, Failure> {
        self.storage_at(&self.folder, &self.database)
    }

    fn storage_at(&self, folder: &Path, database: &Database) -> Result<Storage, Failure> {
        Ok(match database {
            Database::Sqlite => Storage::Folder(folder.to_owned()),
            Database::Postgres(url) => {
                Storage::Server(Server::connect(url, self.service.connections_max.unwrap_or(CONNECTIONS))?)
            }
        })
    }

    /// Where what files contain is kept, and what looks at it.
    fn files(&self) -> Result<FileOptions, Failure> {
        let depot = self.depot()?;
        let scanner = self.scanner()?;
        let files = FileOptions::new(depot);
        let mib = self.service.file_mib_max;
        let file_bytes_max = mib.map_or(files.file_bytes_max, |mib| mib.saturating_mul(1 << 20));
        let scanner = scanner.map(|clamd| Arc::new(clamd) as Arc<dyn Scanner>);
        Ok(FileOptions { scanner, reader: Some(Arc::new(Extract)), file_bytes_max, ..files })
    }

    /// Where what files contain is kept, if anything says so.
    pub(crate) fn depot(&self) -> Result<Option<Depot>, Failure> {
        Ok(match (&self.place.files, &self.database) {
            (Some(url), _) => Some(Depot::open(url).map_err(|error| Failure::usage(format!("--files: {error}")))?),
            (None, Database::Sqlite) => {
                let folder = Depot::folder(&self.folder.join(FILES));
                Some(folder.map_err(|error| Failure::failed(error.to_string()))?)
            }
            // Several processes may serve one database, each with a disk of its own.
            (None, Database::Postgres(_)) => None,
        })
    }

    /// What is asked before a file is kept.
    pub(crate) fn scanner(&self) -> Result<Option<Clamd>, Failure> {
        let scanner = self.service.scanner.as_deref().map(str::parse::<Clamd>).transpose();
        scanner.map_err(|error| Failure::usage(format!("--scanner: {error}")))
    }

    /// What takes mail out.
    pub(crate) fn mailer(&self) -> Result<Option<Mail>, Failure> {
        let (Some(url), Some(from)) = (&self.service.mail, &self.service.mail_from) else { return Ok(None) };
        Ok(Some(Mail::open(url, from)?))
    }

    /// The further places for tenants, by name.
    pub(crate) fn further(&self) -> impl Iterator<Item = (&str, &str)> {
        self.places.iter().map(|(name, url)| (name.as_str(), url.as_str()))
    }

    /// What a further place is.
    pub(crate) fn place_at(&self, url: &str) -> Result<(PathBuf, Database), Failure> {
        database(url, self.folder.clone())
    }

    /// The plans that a tenant may have.
    pub(crate) fn plans(&self) -> Result<BTreeMap<String, Arc<Plan>>, Failure> {
        plans::all(self.place.plans.as_deref())
    }

    /// The further places for tenants, connected to.
    fn places(&self) -> Result<BTreeMap<String, Storage>, Failure> {
        let connect = |(name, url): (&String, &String)| {
            let (folder, database) = self.place_at(url)?;
            Ok((name.clone(), self.storage_at(&folder, &database)?))
        };
        self.places.iter().map(connect).collect()
    }

    /// The right to change the data: of a folder one process has it at a time, of a server many may.
    pub(crate) fn lock(&self) -> Result<Option<FolderLock>, Failure> {
        match self.database {
            Database::Sqlite => FolderLock::take(&self.folder).map(Some),
            Database::Postgres(_) => Ok(None),
        }
    }

    /// Opens the storage, made when missing.
    pub(crate) fn open(&self, limits: Limits) -> Result<Arc<Kernel>, Failure> {
        self.open_with(limits, None)
    }

    /// The same, with what takes events out of the process.
    pub(crate) fn open_with(&self, limits: Limits, broker: Option<Arc<dyn Broker>>) -> Result<Arc<Kernel>, Failure> {
        let tenants_max = self.service.tenants_max.unwrap_or(TENANTS_MAX);
        let plans = self.plans()?;
        let tenants_per_database = self.place.tenants_per_database.unwrap_or(TENANTS_PER_DATABASE);
        let indexes = Tantivy::in_folder(self.folder.join(INDEXES), nexus_search::OPEN_MAX);
        let options = Options {
            limits,
            places: self.places()?,
            tenants_max,
            tenants_per_database,
            plans,
            broker,
            indexer: Some(Arc::new(indexes)),
            files: self.files()?,
            sheets: Some(Arc::new(nexus_sheets::Engine)),
            mailer: self.mailer()?.map(|mail| Arc::new(mail) as Arc<dyn Mailer>),
            public_url: self.service.public_url.clone(),
            jobs_max: self.service.jobs_max.unwrap_or(JOBS_MAX),
            ..Options::new(self.storage()?)
        };
        Ok(Arc::new(Kernel::open(self.registry()?, options)?))
    }

    /// Opens a storage that has been set up.
    pub(crate) fn open_existing(&self) -> Result<Arc<Kernel>, Failure> {
        self.must_exist()?;
        self.open(Limits::default())
    }

    /// That `nexus init` has been here.
    pub(crate) fn must_exist(&self) -> Result<(), Failure> {
        if self.database != Database::Sqlite || self.folder.join("control.db").exists() {
            return Ok(());
        }
        let folder = self.folder.display();
        Err(Failure::failed(format!("there is no data in {folder}; set it up with `nexus init --data {folder}`")))
    }
}

impl Who {
    /// The tenant and the principal that a command works for.
    pub(crate) async fn find(&self, kernel: &Kernel) -> Result<(Arc<Tenant>, Arc<Principal>), Failure> {
        let tenant = kernel.tenant(&one_tenant(kernel, self.tenant.as_deref())?)?;
        let principal = match &self.user {
            None => Arc::new(Principal::system()),
            Some(email) => {
                tenant.check_standing()?;
                user(kernel, &tenant, email).await?
            }
        };
        if let Err(problem) = tenant.check_standing() {
            output::note(problem);
        }
        Ok((tenant, principal))
    }
}

/// The short name of the tenant that is meant: the one that is named, or the only one.
pub(crate) fn one_tenant(kernel: &Kernel, named: Option<&str>) -> Result<String, Failure> {
    let slugs = kernel.tenant_slugs()?;
    match (named, slugs.as_slice()) {
        (Some(slug), _) => Ok(slug.to_owned()),
        (None, [one]) => Ok(one.clone()),
        (None, []) => Err(Failure::failed("there is no company yet; make one with `nexus init`")),
        (None, many) => Err(Failure::usage(format!("--tenant: several live here; name one of {}", many.join(", ")))),
    }
}

/// A user by the e-mail address.
pub(crate) async fn user(kernel: &Kernel, tenant: &Arc<Tenant>, email: &str) -> Result<Arc<Principal>, Failure> {
    let users = kernel.registry.object("core.user")?;
    // A JSON text is a CEL text as well.
    let filter = Some(format!("email == {}", json!(email)));
    let params = ListParams { filter, fields: Some("id".to_owned()), ..ListParams::default() };
    let found = kernel.list(tenant, &Arc::new(Principal::system()), users, params).await?;
    let id = found.data.first().map(nexus_kernel::faces::Shown::id);
    let id = id.ok_or_else(|| Problem::not_found(format!("there is no user {email} in {}", tenant.slug)))?;
    Ok(kernel.principal(tenant, id).await?)
}

/// Runs asynchronous work to its end.
pub(crate) fn wait<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::failed(format!("cannot start: {error}")))?;
    runtime.block_on(work)
}
