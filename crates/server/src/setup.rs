//! The first company of an installation, made from the browser by whoever started the server.
//!
//! There is nobody yet who could sign in, so a key that only the server's own output shows stands in for that.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use futures::future::BoxFuture;
use nexus_kernel::core::{Credentials, NewTenant, equal_in_constant_time, random_token};
use nexus_kernel::{Kernel, Problem, Tenant};
use serde_json::{Value, json};

use crate::Shared;
use crate::answer::{Answer, Body};
use crate::auth;

/// Sample data of every app and people to try the roles with, for an administrator of this address and password.
/// Answers `[{email, title}]`.
pub type Samples = Box<dyn Fn(Arc<Kernel>, Arc<Tenant>, String, String) -> BoxFuture<'static, Made> + Send + Sync>;
pub type Made = Result<Value, Problem>;

/// What the binary, which knows apps and plans, gives for it.
pub struct Setup {
    key: String,
    /// The plan of the company; everything without limits when left out.
    pub plan: Option<String>,
    /// Countries (ISO 3166-1 alpha-2), each with its usual currency (ISO 4217).
    pub countries: Vec<(&'static str, &'static str)>,
    pub samples: Samples,
}

impl Setup {
    /// With a key of its own, which holds until the process ends or the company is there.
    pub fn new(plan: Option<String>, countries: Vec<(&'static str, &'static str)>, samples: Samples) -> Setup {
        Setup { key: random_token(), plan, countries, samples }
    }

    /// Where a browser begins. What follows `#` is sent to no server and stands in no log of one.
    pub fn address(&self, server: &str) -> String {
        format!("{server}/setup#{}", self.key)
    }
}

/// What a first company is made of.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct First {
    key: String,
    company: String,
    country: String,
    currency: String,
    /// The administrator's.
    name: String,
    email: String,
    password: String,
    #[serde(default)]
    demo: bool,
}

/// What set-up there is to be done, if any.
fn open(shared: &Shared) -> Result<Option<&Setup>, Problem> {
    match &shared.setup {
        Some(setup) if shared.kernel.control.first_tenants(1)?.is_empty() => Ok(Some(setup)),
        _ => Ok(None),
    }
}

pub(crate) async fn needed(State(shared): State<Shared>) -> Answer {
    let Some(setup) = open(&shared)? else { return Ok(Json(json!({"needed": false})).into_response()) };
    let countries = setup.countries.iter();
    let countries: Vec<_> = countries.map(|(code, currency)| json!({"code": code, "currency": currency})).collect();
    let apps = shared.kernel.registry.schema.apps.values();
    let apps: Vec<_> = apps
        .map(|app| json!({"name": app.name, "label": app.label, "about": app.about, "icon": app.icon, "depends": app.depends}))
        .collect();
    Ok(Json(json!({"needed": true, "countries": countries, "apps": apps})).into_response())
}

pub(crate) async fn set_up(State(shared): State<Shared>, headers: HeaderMap, Body(first): Body<First>) -> Answer {
    let done = || Problem::conflict("a company is set up here already: sign in");
    let setup = open(&shared)?.ok_or_else(done)?;
    if !equal_in_constant_time(&first.key, &setup.key) {
        let remedy = "is not the one that the server printed when it started; open the address in its output";
        return Err(Problem { kind: nexus_kernel::Kind::Denied, ..Problem::field("key", "key", remedy) }.into());
    }
    for (field, value) in [("company", &first.company), ("name", &first.name)] {
        if value.trim().is_empty() {
            return Err(Problem::field(field, "required", "is missing").into());
        }
    }
    let First { company, country, currency, name, email, password, demo, .. } = first;
    let new = NewTenant {
        company: company.trim().to_owned(),
        name: Some(name.trim().to_owned()),
        email: email.trim().to_owned(),
        password: password.clone(),
        country: country.to_uppercase(),
        currency: currency.to_uppercase(),
        plan: setup.plan.clone(),
    };
    let email = new.email.clone();
    let tenant = shared.kernel.create_tenant(new).await?;
    let made = if demo {
        (setup.samples)(Arc::clone(&shared.kernel), tenant, email.clone(), password.clone()).await?
    } else {
        json!([])
    };
    let signed_in = shared.kernel.sign_in(Credentials { email, password, tenant: None }).await?;
    let mut response = auth::begun(&signed_in, &headers, json!({"demo": made}));
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}
