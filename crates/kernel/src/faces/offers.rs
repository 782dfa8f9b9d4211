//! What a principal may ask for, described for who has no screen: actions, reports and objects with the
//! schemas of what goes in.

use std::sync::Arc;

use nexus_model::object::system;
use nexus_model::{Object, Problem};
use serde_json::{Value as Json, json};

use super::schema;
use crate::app::Report;
use crate::ctx::Ctx;
use crate::kernel::Kernel;
use crate::policy::{CREATE, DELETE, EXPORT, READ, UPDATE};
use crate::principal::Principal;
use crate::registry::Action;
use crate::{Result, Tenant};

/// What a principal may ask for.
#[derive(Default)]
pub struct Offers {
    pub actions: Vec<Arc<Action>>,
    /// App and report.
    pub reports: Vec<(String, Report)>,
    /// Objects with records to read, child objects not counted.
    pub objects: Vec<Arc<Object>>,
}

impl Kernel {
    /// All that the principal may ask for, of one app or of every one.
    pub async fn offers(&self, tenant: &Arc<Tenant>, principal: &Arc<Principal>, app: Option<&str>) -> Result<Offers> {
        let app = app.map(str::to_owned);
        self.read_in(tenant, principal, None, move |ctx| Box::pin(async move { Ok(ctx.offers(app.as_deref())) })).await
    }

    /// Schemas of the actions' inputs that stand alone, without what the principal may not write.
    pub async fn inputs(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        actions: Vec<Arc<Action>>,
    ) -> Result<Vec<Json>> {
        self.read_in(tenant, principal, None, move |ctx| {
            Box::pin(async move { Ok(actions.iter().map(|action| ctx.input_schema(action)).collect()) })
        })
        .await
    }

    /// An object as JSON Schema, without what the principal may not see, and what can be done with it.
    pub async fn describe(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        object: &Arc<Object>,
    ) -> Result<Json> {
        let object = Arc::clone(object);
        self.read_in(tenant, principal, None, move |ctx| Box::pin(async move { ctx.described(&object) })).await
    }
}

impl Ctx {
    fn offers(&self, app: Option<&str>) -> Offers {
        let of = |name: &str| app.is_none_or(|app| app == name);
        let actions = self.registry.actions().filter(|action| of(&action.app) && self.policy().may_run(action));
        let reports = self.registry.reports.iter().filter(|(app, report)| of(app) && self.may_report(report));
        let objects = self
            .schema()
            .objects()
            .filter(|object| of(object.name.app()) && object.child_of.is_none() && self.policy().may(object, READ));
        Offers {
            actions: actions.cloned().collect(),
            reports: reports.cloned().collect(),
            objects: objects.cloned().collect(),
        }
    }

    fn input_schema(&self, action: &Action) -> Json {
        let policy = self.policy();
        let writes = |object: &Object, name: &str| {
            name == system::ID || object.field(name).is_some_and(|field| policy.writes(object, field))
        };
        let input = match &action.object {
            Some(object) if action.generic => schema::kept(action.input.clone(), object, &writes),
            _ => action.input.clone(),
        };
        schema::contained(input, self.schema(), &writes)
    }

    fn described(&self, object: &Arc<Object>) -> Result<Json> {
        let policy = self.policy();
        if !policy.may(object, READ) {
            return Err(Problem::denied(format!("you may not read {}", object.plural.to_lowercase())));
        }
        let shows = |object: &Object, name: &str| object.field(name).is_some_and(|field| policy.shows(object, field));
        let mut described =
            schema::contained(schema::kept(schema::record(object), object, &shows), self.schema(), &shows);
        let verbs = [READ, CREATE, UPDATE, DELETE, EXPORT].into_iter().filter(|verb| policy.may(object, verb));
        let about = |action: &&Arc<Action>| {
            action.object.as_ref().is_some_and(|of| of.name == object.name) && policy.may_run(action)
        };
        let actions = self.registry.actions().filter(about).map(|action| action.name.as_str());
        described["title"] = object.label.clone().into();
        described["x-object"] = object.name.as_str().into();
        described["x-title-field"] = object.title.clone().into();
        described["x-verbs"] = verbs.collect::<Json>();
        described["x-actions"] = actions.collect::<Json>();
        if let Some(states) = &object.states {
            let list = states.list.iter().map(|state| json!({"value": state.value, "to": state.to, "by": state.by}));
            described["x-states"] = json!({"field": states.field, "list": list.collect::<Json>()});
        }
        Ok(described)
    }
}
