//! Tenants of a kernel with three small apps, and what is done in them.

use std::collections::BTreeMap;
use std::sync::Arc;

use nexus_kernel::core::{Credentials, NewTenant};
use nexus_kernel::faces::ListParams;
use nexus_kernel::model::{Record, Schema};
use nexus_kernel::serde_json::{Value as Json, json};
use nexus_kernel::{
    App, AppSource, Call, Entity, Id, Kernel, Options, Plan, Principal, Problem, Registry, Reply, Request,
};
use nexus_testkit::Storage;

const YARD: &str = "name = \"Yard\"\nsuite = \"platform\"\nicon = \"box\"\nabout = \"Parcels.\"\n";
const DOCK: &str = "name = \"Dock\"\nsuite = \"platform\"\nicon = \"box\"\nabout = \"Ships.\"\ndepends = [\"yard\"]\n";
const PARCEL: &str = "label = \"Parcel\"\ntitle = \"name\"\n[fields]\nname = { type = \"text\", required = true }\n";
const SHIP: &str = "label = \"Ship\"\ntitle = \"name\"\n[fields]\nname = { type = \"text\", required = true }\n\
                    load = { type = \"link\", to = \"yard.parcel\" }\n";

struct Ship {
    id: Id<Ship>,
    name: String,
}

impl Entity for Ship {
    const OBJECT: &'static str = "dock.ship";

    fn from_record(record: &Record) -> Ship {
        Ship { id: Id::new(record.id()), name: record.text("name").to_owned() }
    }

    fn into_record(self, schema: &Schema) -> Record {
        let mut record = Record::new(Arc::clone(schema.get(Ship::OBJECT).expect("a ship")));
        record.set("name", self.name);
        record
    }

    fn id(&self) -> Id<Ship> {
        self.id
    }
}

/// A yard, and a dock that gives each company a ship to begin with.
fn apps() -> Vec<App> {
    let yard =
        App::new(AppSource { name: "yard", manifest: YARD, objects: &[("parcel", PARCEL)], ..Default::default() });
    let dock = App::new(AppSource { name: "dock", manifest: DOCK, objects: &[("ship", SHIP)], ..Default::default() });
    let dock = dock.on_company_created(|ctx, _| {
        Box::pin(async move { ctx.create(Ship { id: Id::default(), name: "Ark".to_owned() }).await.map(drop) })
    });
    vec![yard, dock]
}

/// The plans of these tests: `little` has small limits, `yard` one app.
fn plans() -> BTreeMap<String, Arc<Plan>> {
    let little = "label = 'Little'\nabout = '-'\n[limits]\nusers = 2\nrecords = 6\ncalls_per_minute = 3\n";
    let texts = [
        ("little", little),
        ("none", "label = 'None'\nabout = '-'\n[limits]\nstorage_mib = 0\n"),
        ("yard", "label = 'Yard'\nabout = '-'\napps = ['yard']\n"),
        ("all", "label = 'All'\nabout = '-'\n"),
    ];
    texts.map(|(name, text)| (name.to_owned(), Arc::new(Plan::parse(name, text).expect("a plan")))).into()
}

pub(crate) fn kernel(storage: &Storage, set: impl FnOnce(Options) -> Options) -> Arc<Kernel> {
    let registry = Registry::new(apps(), None).unwrap_or_else(|error| panic!("{error}"));
    let options = set(Options { plans: plans(), ..Options::new(storage.clone()) });
    Arc::new(Kernel::open(registry, options).expect("it opens"))
}

pub(crate) const EMAIL: &str = "admin@example.com";
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A new tenant's short name.
pub(crate) async fn tenant(kernel: &Kernel, company: &str, plan: Option<&str>) -> String {
    try_tenant(kernel, company, plan).await.expect("a tenant")
}

pub(crate) async fn try_tenant(kernel: &Kernel, company: &str, plan: Option<&str>) -> Result<String, Problem> {
    let new = NewTenant {
        company: company.to_owned(),
        email: EMAIL.to_owned(),
        password: PASSWORD.to_owned(),
        country: "GB".to_owned(),
        currency: "GBP".to_owned(),
        plan: plan.map(str::to_owned),
        ..NewTenant::default()
    };
    Ok(kernel.create_tenant(new).await?.slug.clone())
}

/// The token of the administrator.
pub(crate) async fn sign_in(kernel: &Kernel, slug: &str) -> Result<String, Problem> {
    let (email, password) = (EMAIL.to_owned(), PASSWORD.to_owned());
    Ok(kernel.sign_in(Credentials { email, password, tenant: Some(slug.to_owned()) }).await?.token)
}

pub(crate) async fn act(
    kernel: &Kernel,
    slug: &str,
    action: &str,
    record: Option<&Json>,
    input: Json,
) -> Result<Reply, Problem> {
    let tenant = kernel.tenant(slug)?;
    let record = record.and_then(|record| record["id"].as_str()?.parse().ok());
    let call = Call { action: action.to_owned(), record, input };
    let request = Request { calls: vec![call], ..Request::default() };
    let done = kernel.dispatch(&tenant, &Arc::new(Principal::system()), request).await;
    // The writer looks once more whether anybody waits before it lets go of the tenant.
    while Arc::strong_count(&tenant.database) > 1 {
        tokio::task::yield_now().await;
    }
    done
}

pub(crate) async fn add_team(kernel: &Kernel, slug: &str, name: &str) {
    act(kernel, slug, "core.create_team", None, json!({"name": name})).await.expect("a team");
}

/// The names of an object's records.
pub(crate) async fn names(kernel: &Kernel, slug: &str, object: &str) -> Result<Vec<String>, Problem> {
    let tenant = kernel.tenant(slug)?;
    let params = ListParams { sort: Some("name".to_owned()), ..ListParams::default() };
    let page = kernel.list(&tenant, &Arc::new(Principal::system()), tenant.object(object)?, params).await?;
    Ok(page.data.iter().map(|record| record.get("name").as_str().unwrap_or_default().to_owned()).collect())
}

pub(crate) async fn teams(kernel: &Kernel, slug: &str) -> Vec<String> {
    names(kernel, slug, "core.team").await.expect("teams")
}
