//! What tests stand on: a tenant of one's own on every database, and short words for what is done to it.
//!
//! ```ignore
//! fn apps() -> Vec<App> { vec![contacts::app(), crm::app()] }
//!
//! #[nexus_testkit::test]
//! async fn a_lead_converts_once(t: &Tenant) { … }
//! ```

mod letterbox;
mod postgres;

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use nexus_kernel::faces::ListParams;
use nexus_kernel::faces::aggregate::AggregateParams;
use nexus_kernel::model::{Date, Problem, Timestamp, Uuid};
use nexus_kernel::search::Indexer;
use nexus_kernel::{
    App, BoxFuture, Call, ImportReport, ImportRequest, Kernel, Mailer, Operation, Options, Principal, Printer,
    Registry, Reply, Request,
};
use nexus_search::Tantivy;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

pub use letterbox::Letterbox;
pub use nexus_kernel::store::Storage;
pub use nexus_macros::{database_test, tenant_test as test};
pub use nexus_sheets::Engine;
pub use postgres::{Scratch, start_server};

/// The administrator's address in every test tenant.
pub const ADMIN_EMAIL: &str = "admin@example.com";
/// The administrator's password in every test tenant.
pub const ADMIN_PASSWORD: &str = "correct horse battery";

/// A tenant of its own, with the system or some user at work in it.
#[derive(Clone)]
pub struct Tenant {
    pub kernel: Arc<Kernel>,
    pub tenant: Arc<nexus_kernel::Tenant>,
    pub principal: Arc<Principal>,
    /// Microseconds since 1970 that the tenant's clock shows; 0 for the real time.
    clock: Arc<AtomicI64>,
}

/// What a request came to.
#[derive(Debug)]
pub struct Outcome(pub Result<Reply, Problem>);

/// Runs a test with a fresh tenant. Called by [`macro@test`], once for each database.
///
/// # Panics
/// When the tenant cannot be made, or the test panics.
pub fn run(on: On, apps: fn() -> Vec<App>, test: for<'a> fn(&'a Tenant) -> BoxFuture<'a, ()>) {
    on.run(|place| async move {
        let tenant = Tenant::open(apps(), &place).await;
        test(&tenant).await;
        // A test may have declared more, with which the tenant was opened anew.
        let now = tenant.in_tenant(&tenant.tenant.slug).tenant;
        let findings = tenant.kernel.verify(&now).await.expect("verify runs");
        assert!(findings.is_empty(), "after the test the data do not hold together: {findings:?}");
    });
}

/// A database that tests run on.
#[derive(Clone, Copy, Debug)]
pub enum On {
    Sqlite,
    Postgres,
}

impl On {
    /// Runs a test with an empty place of its own, on a runtime like the server's.
    ///
    /// # Panics
    /// When there is no such database, or the test panics.
    pub fn run<F: Future<Output = ()>>(self, test: impl FnOnce(Storage) -> F) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            match self {
                On::Sqlite => {
                    let folder = tempfile::tempdir().expect("a temporary folder");
                    test(Storage::Folder(folder.path().to_owned())).await;
                }
                On::Postgres => {
                    let scratch = postgres::Scratch::new().await;
                    test(scratch.storage()).await;
                    scratch.remove().await;
                }
            }
        });
    }
}

impl Tenant {
    /// A tenant in `storage`: company Example Ltd in Great Britain with pounds, made when missing.
    ///
    /// # Panics
    /// When the apps do not fit together.
    pub async fn open(apps: Vec<App>, storage: &Storage) -> Tenant {
        Tenant::open_with(apps, storage, |options| options).await
    }

    /// The same with other options of the kernel.
    ///
    /// # Panics
    /// When the apps do not fit together.
    pub async fn open_with(apps: Vec<App>, storage: &Storage, change: impl FnOnce(Options) -> Options) -> Tenant {
        // What would be on paper, as it is given to the printer.
        let printer: Printer = Arc::new(|_, _, data| Ok(data.to_string().into_bytes()));
        let registry = Registry::new(apps, Some(printer)).unwrap_or_else(|error| panic!("{error}"));
        let clock = Arc::new(AtomicI64::new(0));
        let shown = Arc::clone(&clock);
        let now = move || match shown.load(Ordering::Relaxed) {
            0 => Timestamp::now(),
            set => Timestamp::from_microsecond(set).expect("a time in range"),
        };
        let indexer: Option<Arc<dyn Indexer>> = Some(Arc::new(Tantivy::in_memory()));
        let sheets: Option<Arc<dyn nexus_kernel::sheets::Sheets>> = Some(Arc::new(Engine));
        let options = change(Options { clock: Arc::new(now), indexer, sheets, ..Options::new(storage.clone()) });
        let kernel = Arc::new(Kernel::open(registry, options).expect("the storage opens"));
        let tenant = match kernel.tenant("example-ltd") {
            Ok(tenant) => tenant,
            Err(_) => kernel
                .create_tenant(nexus_kernel::core::NewTenant {
                    company: "Example Ltd".to_owned(),
                    email: ADMIN_EMAIL.to_owned(),
                    password: ADMIN_PASSWORD.to_owned(),
                    country: "GB".to_owned(),
                    currency: "GBP".to_owned(),
                    ..nexus_kernel::core::NewTenant::default()
                })
                .await
                .unwrap_or_else(|problem| panic!("the tenant cannot be made: {problem}")),
        };
        let (system, object) = (Arc::new(Principal::system()), kernel.registry.object("core.user").expect("users"));
        let users = kernel.list(&tenant, &system, object, ListParams::default()).await.expect("users are listed");
        let admin = users.data.first().map(nexus_kernel::faces::Shown::id).expect("an administrator");
        let principal = kernel.principal(&tenant, admin).await.expect("the administrator");
        Tenant { kernel, tenant, principal, clock }
    }

    /// The same with a way to send mail, which keeps what is sent.
    ///
    /// # Panics
    /// When the apps do not fit together.
    pub async fn with_mail(apps: Vec<App>, storage: &Storage) -> (Tenant, Arc<Letterbox>) {
        let letters = Arc::new(Letterbox::default());
        let mailer = Some(Arc::clone(&letters) as Arc<dyn Mailer>);
        let public_url = Some("https://nexus.kibo.example/".to_owned());
        let tenant = Tenant::open_with(apps, storage, |options| Options { mailer, public_url, ..options });
        (tenant.await, letters)
    }

    /// The same tenant seen by a new user with these roles.
    ///
    /// # Panics
    /// When the user cannot be made.
    pub async fn user(&self, name: &str, roles: &[&str]) -> Tenant {
        let user = json!({"name": name, "email": format!("{name}@example.com"), "roles": roles});
        let user = self.create("core.user", user).await;
        let id = user["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
        let principal = self.kernel.principal(&self.tenant, id).await.expect("the user");
        Tenant { principal, ..self.clone() }
    }

    /// The same user in another tenant of the place.
    ///
    /// # Panics
    /// When there is no such tenant.
    pub fn in_tenant(&self, slug: &str) -> Tenant {
        let tenant = self.kernel.tenant(slug).unwrap_or_else(|problem| panic!("{problem}"));
        Tenant { tenant, ..self.clone() }
    }

    /// Sets the tenant's clock to noon of a day.
    pub fn on(&self, day: Date) {
        self.at(day.at(12, 0, 0, 0).in_tz("UTC").expect("a day in range").timestamp());
    }

    /// Sets the tenant's clock to a moment.
    pub fn at(&self, moment: Timestamp) {
        self.clock.store(moment.as_microsecond(), Ordering::Relaxed);
    }

    /// The same tenant seen by another principal.
    pub fn as_principal(&self, principal: Principal) -> Tenant {
        Tenant { principal: Arc::new(principal), ..self.clone() }
    }

    /// Runs a whole request.
    pub async fn request(&self, request: Request) -> Outcome {
        Outcome(self.kernel.dispatch(&self.tenant, &self.principal, request).await)
    }

    /// Runs an action by its full name.
    pub async fn act(&self, action: &str, record: Option<Uuid>, input: impl Serialize) -> Outcome {
        let input = serde_json::to_value(input).expect("input serialises");
        let call = Call { action: action.to_owned(), record, input };
        self.request(Request { calls: vec![call], ..Request::default() }).await
    }

    /// Runs an operation on a record of its app; `id` may be a record's JSON id, a `Uuid` or `()`.
    pub async fn run<O: Operation>(&self, operation: O, id: impl RecordId, input: impl Serialize) -> Outcome {
        let spec = operation.spec();
        let fits = |action: &&Arc<nexus_kernel::Action>| {
            action.name.ends_with(&format!(".{}", spec.function))
                && action.object.as_ref().map(|object| object.name.object()) == spec.object
        };
        let action = self.kernel.registry.actions().find(fits).expect("the action is in an app").name.clone();
        self.act(&action, id.record(), input).await
    }

    /// Creates a record of `app.object` and answers it.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn create(&self, object: &str, input: Json) -> Json {
        self.try_create(object, input).await.ok()
    }

    pub async fn try_create(&self, object: &str, input: Json) -> Outcome {
        let (app, name) = object.split_once('.').expect("app.object");
        self.act(&format!("{app}.create_{name}"), None, input).await
    }

    pub async fn update(&self, object: &str, id: impl RecordId, input: Json) -> Outcome {
        let (app, name) = object.split_once('.').expect("app.object");
        self.act(&format!("{app}.update_{name}"), id.record(), input).await
    }

    pub async fn delete(&self, object: &str, id: impl RecordId) -> Outcome {
        let (app, name) = object.split_once('.').expect("app.object");
        self.act(&format!("{app}.delete_{name}"), id.record(), json!({})).await
    }

    /// A record as this user sees it.
    pub async fn try_get(&self, object: &str, id: impl RecordId) -> Result<Map<String, Json>, Problem> {
        let object = self.tenant.object(object)?;
        let id = id.record().expect("an id");
        let found = self.kernel.get(&self.tenant, &self.principal, object, id, ListParams::default()).await;
        found.map(|record| record.to_json())
    }

    /// # Panics
    /// When it is not there.
    pub async fn get(&self, object: &str, id: impl RecordId) -> Json {
        Json::Object(self.try_get(object, id).await.unwrap_or_else(|problem| panic!("{problem}")))
    }

    pub async fn list(&self, object: &str, params: ListParams) -> Result<Vec<Json>, Problem> {
        let object = self.tenant.object(object)?;
        let page = self.kernel.list(&self.tenant, &self.principal, object, params).await?;
        Ok(page.data.iter().map(|record| Json::Object(record.to_json())).collect())
    }

    /// The records (at most 500) for which a condition holds.
    ///
    /// # Panics
    /// When the list is refused.
    pub async fn find(&self, object: &str, filter: &str) -> Vec<Json> {
        let params = ListParams { filter: Some(filter.to_owned()), limit: Some(500), ..ListParams::default() };
        self.list(object, params).await.unwrap_or_else(|problem| panic!("{problem}"))
    }

    pub async fn aggregate(&self, object: &str, group: &str, measures: &str) -> Result<Vec<Json>, Problem> {
        let object = self.tenant.object(object)?;
        let params = AggregateParams {
            group: Some(group.to_owned()),
            measures: Some(measures.to_owned()),
            ..AggregateParams::default()
        };
        let rows = self.kernel.aggregate(&self.tenant, &self.principal, object, params).await?;
        Ok(rows.into_iter().map(Json::Object).collect())
    }

    /// A report by `app` and name.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn report(&self, app: &str, name: &str, params: Json) -> Json {
        self.try_report(app, name, params).await.unwrap_or_else(|problem| panic!("{problem}"))
    }

    pub async fn try_report(&self, app: &str, name: &str, params: Json) -> Result<Json, Problem> {
        self.kernel.report(&self.tenant, &self.principal, app, name, params).await
    }

    pub async fn undo(&self, run: Uuid) -> Outcome {
        Outcome(self.kernel.undo(&self.tenant, &self.principal, run, false).await)
    }

    /// Imports text with a mapping's TOML.
    pub async fn import(&self, object: &str, text: &str, mapping: &str) -> Result<ImportReport, Problem> {
        let object = Arc::clone(self.tenant.object(object)?);
        let request = ImportRequest {
            file: Box::new(std::io::Cursor::new(text.to_owned())),
            name: "test.csv".to_owned(),
            mapping: mapping.parse()?,
            preview: false,
            company: None,
            run: None,
        };
        self.kernel.import(&self.tenant, &self.principal, &object, request).await
    }
}

impl Outcome {
    /// The output of the only call.
    ///
    /// # Panics
    /// When it was refused.
    pub fn ok(self) -> Json {
        self.reply().outputs.pop().unwrap_or_default()
    }

    /// The whole reply.
    ///
    /// # Panics
    /// When it was refused.
    pub fn reply(self) -> Reply {
        self.0.unwrap_or_else(|problem| panic!("refused: {problem} ({:?})", problem.kind))
    }

    /// That it was refused, with a complaint about `field` (empty: about the whole) that contains `text`.
    ///
    /// # Panics
    /// When it was not, or for another reason.
    pub fn problem(self, field: &str, text: &str) -> Problem {
        let problem = match self.0 {
            Ok(reply) => panic!("was not refused: {:?}", reply.outputs),
            Err(problem) => problem,
        };
        let named = problem.errors.iter().any(|error| error.field == field && error.message.contains(text));
        let whole = field.is_empty() && problem.to_string().contains(text);
        assert!(named || whole, "refused, but not for {field} ({text}): {problem}");
        problem
    }
}

/// What can stand for a record's id.
pub trait RecordId {
    fn record(&self) -> Option<Uuid>;
}

impl RecordId for Uuid {
    fn record(&self) -> Option<Uuid> {
        Some(*self)
    }
}
impl<T> RecordId for nexus_kernel::Id<T> {
    fn record(&self) -> Option<Uuid> {
        Some(self.uuid())
    }
}
impl RecordId for () {
    fn record(&self) -> Option<Uuid> {
        None
    }
}
/// A record's JSON, or its id as JSON text.
impl RecordId for &Json {
    fn record(&self) -> Option<Uuid> {
        let id = self.get("id").unwrap_or(self);
        id.as_str().and_then(|id| id.parse().ok())
    }
}
