//! The registry as one principal sees it.

use std::sync::Arc;

use nexus_model::field::{Default, When};
use nexus_model::object::{Section, View, ViewKind, system};
use nexus_model::{AppManifest, Field, FieldType, Object, ObjectName, Uuid, json};
use serde_json::Value as Json;

use super::{
    Meta, MetaAction, MetaApp, MetaChart, MetaChoice, MetaColumn, MetaCompany, MetaField, MetaObject, MetaPrint,
    MetaReport, MetaState, MetaStates, MetaView, TenantInfo, User,
};
use crate::app::{Chart, Column, Report};
use crate::ctx::{CompanyInfo, Ctx};
use crate::kernel::Kernel;
use crate::operation::Effect;
use crate::policy::{CREATE, DELETE, EXPORT, READ, UPDATE};
use crate::principal::Principal;
use crate::{Result, Tenant};

impl Kernel {
    /// The whole of `/meta`, for work in `company` or else the principal's own.
    pub async fn meta(&self, tenant: &Arc<Tenant>, principal: &Arc<Principal>, company: Option<Uuid>) -> Result<Meta> {
        self.read_in(tenant, principal, company, |ctx| Box::pin(async move { Ok(ctx.meta()) })).await
    }
}

impl From<&Principal> for User {
    fn from(principal: &Principal) -> User {
        User {
            id: principal.user,
            name: principal.name.clone(),
            email: principal.email.clone(),
            roles: principal.roles.clone(),
        }
    }
}

impl From<&Tenant> for TenantInfo {
    fn from(tenant: &Tenant) -> TenantInfo {
        TenantInfo { slug: tenant.slug.clone(), name: tenant.name.clone() }
    }
}

impl From<&CompanyInfo> for MetaCompany {
    fn from(company: &CompanyInfo) -> MetaCompany {
        MetaCompany {
            id: company.id.uuid(),
            name: company.name.clone(),
            country: company.country.clone(),
            currency: company.currency.to_string(),
        }
    }
}

impl From<&Report> for MetaReport {
    fn from(report: &Report) -> MetaReport {
        let column = |column: &Column| MetaColumn {
            key: column.key.clone(),
            label: column.label.clone(),
            kind: column.kind,
            to: column.to.clone(),
            of: column.of.iter().map(MetaChoice::from).collect(),
        };
        MetaReport {
            name: report.name.clone(),
            label: report.label.clone(),
            about: report.about.clone(),
            params: report.params.clone(),
            tiles: report.tiles.clone(),
            columns: report.columns.iter().map(column).collect(),
            chart: report.chart.clone().map(|Chart { kind, x, y, series }| MetaChart { kind, x, y, series }),
        }
    }
}

impl Ctx {
    fn meta(&self) -> Meta {
        let apps = self.schema().apps.values().map(|app| self.app_meta(app));
        Meta {
            user: self.principal.as_ref().into(),
            tenant: self.tenant.as_ref().into(),
            company: self.company().ok().map(MetaCompany::from),
            companies: self.companies.iter().map(MetaCompany::from).collect(),
            apps: apps.filter(|app| !app.objects.is_empty() || !app.reports.is_empty()).collect(),
        }
    }

    fn app_meta(&self, app: &AppManifest) -> MetaApp {
        let of_app = |object: &&Arc<Object>| object.name.app() == app.name;
        let readable = |object: &&Arc<Object>| self.policy().may(object, READ);
        let objects = self.schema().objects().filter(of_app).filter(readable);
        let reports = self.registry.reports.iter().filter(|(of, report)| *of == app.name && self.may_report(report));
        MetaApp {
            name: app.name.clone(),
            label: app.label.clone(),
            icon: app.icon.clone(),
            suite: app.suite.clone(),
            about: app.about.clone(),
            objects: objects.map(|object| self.object_meta(object)).collect(),
            reports: reports.map(|(_, report)| report.into()).collect(),
        }
    }

    pub(crate) fn may_report(&self, report: &Report) -> bool {
        let shown = |(object, name): &(ObjectName, String)| {
            let object = self.schema().get(object.as_str());
            let field = object.and_then(|object| Some((object, object.field(name)?)));
            field.is_some_and(|(object, field)| self.policy().shows(object, field))
        };
        if !report.tiles.is_empty() {
            return report.tiles.iter().any(|tile| self.may_ask(tile));
        }
        match report.reads.as_ref().and_then(|object| self.schema().get(object)) {
            Some(object) => self.policy().may(object, READ) && report.sees.iter().all(shown),
            None => self.principal.administrator,
        }
    }

    fn object_meta(&self, object: &Arc<Object>) -> MetaObject {
        let policy = self.policy();
        let verbs = [READ, CREATE, UPDATE, DELETE, EXPORT].into_iter().filter(|verb| policy.may(object, verb));
        let shown = |field: &&Field| {
            policy.shows(object, field)
                && !(field.system && matches!(field.name.as_str(), system::DELETED_AT | system::PARENT))
        };
        let actions = self.registry.actions().filter(|action| {
            !action.generic
                && action.effect != Effect::Read
                && action.object.as_ref().is_some_and(|of| of.name == object.name)
                && policy.may_run(action)
        });
        let prints = self.registry.prints.iter().filter(|print| print.object == object.name.as_str());
        MetaObject {
            name: object.name.object().to_owned(),
            path: object.path(),
            label: object.label.clone(),
            plural: object.plural.clone(),
            icon: object.icon.clone(),
            about: object.about.clone(),
            title: object.title.clone(),
            child: object.child_of.is_some(),
            hangs_on: object.hangs_on.clone(),
            tree: object.tree.clone(),
            ledger: !matches!(object.ledger, When::Never),
            frozen_when: object.ledger.source().map(str::to_owned),
            sort: object.sort.clone(),
            quick_entry: object.quick_entry.clone(),
            verbs: verbs.map(str::to_owned).collect(),
            fields: object.fields.iter().filter(shown).map(|field| self.field_meta(object, field)).collect(),
            states: states(object),
            views: views(object),
            actions: actions.map(|action| MetaAction::from(action.as_ref())).collect(),
            prints: prints
                .map(|print| MetaPrint { name: print.name.to_owned(), label: print.label.to_owned() })
                .collect(),
        }
    }

    fn field_meta(&self, object: &Object, field: &Field) -> MetaField {
        let conditional = |when: &When| when.source().map(str::to_owned);
        let default = match &field.default {
            Some(Default::Literal(value)) => json::value(value),
            Some(Default::Computed(expr)) if !expr.source().contains('.') || expr.source() == "principal.user" => {
                let blank = nexus_model::Record::new(Arc::new(object.clone()));
                json::value(&self.eval(expr, &blank, &crate::ctx::read::Linked::new()))
            }
            _ => Json::Null,
        };
        MetaField {
            name: field.name.clone(),
            label: field.label.clone(),
            kind: field.kind.name(),
            of: field.kind.choices().iter().map(Into::into).collect(),
            to: field.target().map(|to| to.as_str().to_owned()),
            to_any: match &field.kind {
                FieldType::DynamicLink(to) => to.iter().map(|to| to.as_str().to_owned()).collect(),
                _ => Vec::new(),
            },
            required: matches!(field.required, When::Always),
            readonly: matches!(field.read_only, When::Always)
                || field.is_derived()
                || matches!(field.kind, FieldType::Sequence(_))
                || !self.policy().writes(object, field),
            set_once: field.set_once,
            mutable: field.mutable,
            computed: field.is_derived(),
            system: field.system,
            in_list: field.in_list,
            in_filter: field.in_filter && field.is_sortable(),
            search: field.search,
            translatable: field.translatable,
            sortable: field.is_sortable(),
            default,
            fetch: field.fetch.as_ref().map(|expr| expr.source().to_owned()),
            copied: field.copied,
            min: field.min.as_ref().map(json::shown),
            max: field.max.as_ref().map(json::shown),
            pattern: field.pattern.as_ref().map(|pattern| pattern.source().to_owned()),
            unit: field.unit.clone(),
            help: field.help.clone(),
            personal: field.personal,
            visible_when: field.visible.as_ref().map(|expr| expr.source().to_owned()),
            required_when: conditional(&field.required),
            readonly_when: conditional(&field.read_only),
            due_when: field.due_when.as_ref().map(|expr| expr.source().to_owned()),
        }
    }
}

fn states(object: &Object) -> Option<MetaStates> {
    let states = object.states.as_ref()?;
    let list = states.list.iter().map(|state| MetaState {
        value: state.value.clone(),
        label: state.label.clone(),
        to: state.to.clone(),
        is_final: state.is_final,
        by: state.by.clone(),
        requires: state.requires.clone(),
    });
    Some(MetaStates { field: states.field.clone(), initial: states.initial.clone(), list: list.collect() })
}

/// The declared views, and the plain list and form where none is declared.
fn views(object: &Object) -> Vec<MetaView> {
    let mut views: Vec<MetaView> = object.views.iter().map(view).collect();
    let has = |kind: fn(&ViewKind) -> bool| object.views.iter().any(|view| kind(&view.kind));
    let own = || object.fields.iter().filter(|field| !field.system);
    let plain = |name: &str, label: &str, sort: Option<String>, kind: ViewKind| MetaView {
        name: name.to_owned(),
        label: label.to_owned(),
        filter: None,
        sort,
        kind,
    };
    if !has(|kind| matches!(kind, ViewKind::Table { .. })) {
        let mut columns: Vec<String> = own().filter(|field| field.in_list).map(|field| field.name.clone()).collect();
        if columns.is_empty() {
            columns = own().filter(|field| field.is_sortable()).map(|field| field.name.clone()).take(6).collect();
        }
        views.insert(0, plain("list", "List", object.sort.clone(), ViewKind::Table { columns }));
    }
    if !has(|kind| matches!(kind, ViewKind::Form { .. })) {
        let fields = own().map(|field| field.name.clone()).collect();
        let sections = vec![Section { fields, ..Section::default() }];
        views.push(plain("form", "Form", None, ViewKind::Form { sections }));
    }
    views
}

fn view(view: &View) -> MetaView {
    MetaView {
        name: view.name.clone(),
        label: view.label.clone(),
        filter: view.filter.as_ref().map(|filter| filter.source().to_owned()),
        sort: view.sort.clone(),
        kind: view.kind.clone(),
    }
}
