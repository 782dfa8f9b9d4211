//! What a principal may see and do, as `docs/faces.md` lays down; the user interface is drawn from it.

use std::sync::Arc;

use nexus_model::field::{Default, When};
use nexus_model::object::{View, ViewKind, system};
use nexus_model::{Field, FieldType, Object, json};
use serde_json::{Value as Json, json};

use crate::ctx::Ctx;
use crate::kernel::Kernel;
use crate::operation::Effect;
use crate::policy::{CREATE, DELETE, EXPORT, READ, UPDATE};
use crate::principal::Principal;
use crate::registry::Action;
use crate::{Result, Tenant};

impl Kernel {
    /// The whole of `/meta`.
    pub async fn meta(&self, tenant: &Arc<Tenant>, principal: &Arc<Principal>) -> Result<Json> {
        self.read_in(tenant, principal, None, |ctx| Box::pin(async move { Ok(ctx.meta()) })).await
    }
}

impl Ctx {
    fn meta(&self) -> Json {
        let apps: Vec<Json> = self.schema().apps.values().map(|app| self.app_meta(app)).collect();
        let visible = apps.into_iter().filter(|app| {
            let has = |key: &str| app[key].as_array().is_some_and(|list| !list.is_empty());
            has("objects") || has("reports")
        });
        let principal = &self.principal;
        let company = self.company().ok().map(company_json);
        json!({
            "user": {"id": principal.user, "name": principal.name, "email": principal.email, "roles": principal.roles},
            "tenant": {"slug": self.tenant.slug, "name": self.tenant.name},
            "company": company,
            "companies": self.companies.iter().map(company_json).collect::<Vec<_>>(),
            "apps": visible.collect::<Vec<_>>()
        })
    }

    fn app_meta(&self, app: &nexus_model::AppManifest) -> Json {
        let of_app = |object: &&Arc<Object>| object.name.app() == app.name;
        let readable = |object: &&Arc<Object>| self.policy().may(object, READ);
        let objects = self.schema().objects().filter(of_app).filter(readable).map(|object| self.object_meta(object));
        let reports = self.registry.reports.iter().filter(|(of, report)| *of == app.name && self.may_report(report));
        let reports = reports.map(|(_, report)| {
            let columns =
                report.columns.iter().map(|(key, label, kind)| json!({"key": key, "label": label, "type": kind}));
            json!({
                "name": report.name, "label": report.label, "about": report.about, "params": report.params,
                "columns": columns.collect::<Vec<_>>(),
                "chart": report.chart.map(|(kind, x, y)| json!({"kind": kind, "x": x, "y": y}))
            })
        });
        json!({
            "name": app.name, "label": app.label, "icon": app.icon, "suite": app.suite, "about": app.about,
            "objects": objects.collect::<Vec<_>>(), "reports": reports.collect::<Vec<_>>()
        })
    }

    pub(crate) fn may_report(&self, report: &crate::app::Report) -> bool {
        match report.reads.and_then(|object| self.schema().get(object)) {
            Some(object) => self.policy().may(object, READ),
            None => self.principal.administrator,
        }
    }

    fn object_meta(&self, object: &Arc<Object>) -> Json {
        let policy = self.policy();
        let verbs = [READ, CREATE, UPDATE, DELETE, EXPORT].into_iter().filter(|verb| policy.may(object, verb));
        let shown = |field: &&Field| {
            policy.shows(object, field)
                && !(field.system && matches!(field.name.as_str(), system::DELETED_AT | system::PARENT))
        };
        let fields = object.fields.iter().filter(shown).map(|field| self.field_meta(object, field));
        let actions = self.registry.actions().filter(|action| {
            !action.generic
                && action.effect != Effect::Read
                && action.object.as_ref().is_some_and(|of| of.name == object.name)
                && policy.may_run(action)
        });
        let prints = self.registry.prints.iter().filter(|print| print.object == object.name.as_str());
        let states = object.states.as_ref().map(|states| {
            let list = states.list.iter().map(|state| {
                json!({
                    "value": state.value, "label": state.label, "to": state.to, "final": state.is_final,
                    "by": state.by, "requires": state.requires
                })
            });
            json!({"field": states.field, "initial": states.initial, "list": list.collect::<Vec<_>>()})
        });
        json!({
            "name": object.name.object(), "path": object.path(), "label": object.label, "plural": object.plural,
            "icon": object.icon, "about": object.about, "title": object.title, "child": object.child_of.is_some(),
            "tree": object.tree, "ledger": !matches!(object.ledger, When::Never), "frozen_when": object.ledger.source(), "sort": object.sort,
            "verbs": verbs.collect::<Vec<_>>(), "fields": fields.collect::<Vec<_>>(), "states": states,
            "views": views(object), "actions": actions.map(|action| action_meta(action)).collect::<Vec<_>>(),
            "prints": prints.map(|print| json!({"name": print.name, "label": print.label})).collect::<Vec<_>>()
        })
    }

    fn field_meta(&self, object: &Object, field: &Field) -> Json {
        let conditional = |when: &When| when.source().map(str::to_owned);
        let default = match &field.default {
            Some(Default::Literal(value)) => json::value(value),
            Some(Default::Computed(expr)) if !expr.source().contains('.') || expr.source() == "principal.user" => {
                let blank = nexus_model::Record::new(Arc::new(object.clone()));
                json::value(&self.eval(expr, &blank, &crate::ctx::read::Linked::new()))
            }
            _ => Json::Null,
        };
        let readonly = matches!(field.read_only, When::Always)
            || field.is_derived()
            || matches!(field.kind, FieldType::Sequence(_))
            || !self.policy().writes(object, field);
        json!({
            "name": field.name, "label": field.label, "type": field.kind.name(),
            "of": field.kind.choices(), "to": field.target().map(|to| to.as_str().to_owned()),
            "required": matches!(field.required, When::Always), "readonly": readonly, "set_once": field.set_once, "mutable": field.mutable,
            "computed": field.is_derived(), "system": field.system, "in_list": field.in_list, "in_filter": field.in_filter && field.is_sortable(),
            "search": field.search, "sortable": field.is_sortable(), "default": default,
            "min": field.min.as_ref().map(json::shown), "max": field.max.as_ref().map(json::shown),
            "pattern": field.pattern.as_ref().map(|pattern| pattern.source()), "unit": field.unit, "help": field.help, "personal": field.personal,
            "visible_when": field.visible.as_ref().map(|expr| expr.source().to_owned()),
            "required_when": conditional(&field.required), "readonly_when": conditional(&field.read_only)
        })
    }
}

fn company_json(company: &crate::ctx::CompanyInfo) -> Json {
    json!({"id": company.id, "name": company.name, "country": company.country, "currency": company.currency})
}

/// An action as buttons, tools and documents need it.
pub fn action_meta(action: &Action) -> Json {
    json!({
        "name": action.segment, "action": action.name, "label": action.label, "about": action.about,
        "effect": action.effect, "on": if action.on_record { "record" } else { "object" },
        "when": action.when.as_ref().map(|when| when.source().to_owned()), "input": action.input
    })
}

/// The declared views, and the plain list and form where none is declared.
fn views(object: &Object) -> Vec<Json> {
    let mut views: Vec<Json> = object.views.iter().map(view).collect();
    let has = |kind: fn(&ViewKind) -> bool| object.views.iter().any(|view| kind(&view.kind));
    let own = || object.fields.iter().filter(|field| !field.system);
    if !has(|kind| matches!(kind, ViewKind::Table { .. })) {
        let mut columns: Vec<&str> = own().filter(|field| field.in_list).map(|field| field.name.as_str()).collect();
        if columns.is_empty() {
            columns = own().filter(|field| field.is_sortable()).map(|field| field.name.as_str()).take(6).collect();
        }
        views.insert(
            0,
            json!({"name": "list", "label": "List", "kind": "table", "columns": columns, "sort": object.sort}),
        );
    }
    if !has(|kind| matches!(kind, ViewKind::Form { .. })) {
        let fields: Vec<&str> = own().map(|field| field.name.as_str()).collect();
        views.push(
            json!({"name": "form", "label": "Form", "kind": "form", "sections": [{"label": null, "fields": fields}]}),
        );
    }
    views
}

fn view(view: &View) -> Json {
    let mut shown = match &view.kind {
        ViewKind::Table { columns } => json!({"kind": "table", "columns": columns}),
        ViewKind::Kanban { by, card, sum } => json!({"kind": "kanban", "by": by, "card": card, "sum": sum}),
        ViewKind::Form { sections } => json!({"kind": "form", "sections": sections}),
    };
    shown["name"] = view.name.clone().into();
    shown["label"] = view.label.clone().into();
    shown["filter"] = view.filter.as_ref().map(|filter| filter.source().to_owned()).into();
    shown["sort"] = view.sort.clone().into();
    shown
}
