//! All apps of a process put together: objects, actions, hooks, reports, documents.

use std::sync::Arc;

use foldhash::{HashMap, HashSet};
use indexmap::IndexMap;
use nexus_model::expr::{Expr, Scope};
use nexus_model::manifest::ManifestError;
use nexus_model::object::system;
use nexus_model::schema::OwnManifest;
use nexus_model::{FieldType, Object, ObjectName, Problem, Schema, names};
use serde_json::{Value as Json, json};

use crate::Result;
use crate::app::{AfterSave, App, BeforeRestore, BeforeSave, CompanyHook, Print, Printer, Report, Verify};
use crate::carry::Subscriber;
use crate::faces::{declared, tiles};
use crate::files::FILE;
use crate::jobs::{Handler, Timetable};
use crate::links::leads;
use crate::operation::{Body, Effect};
use crate::search::texts::{Searched, searched};
use crate::write::recompute::{Followers, followers};
use crate::write::{archive, generic, merge, translate};

/// An action that can be asked for.
pub struct Action {
    /// `crm.convert_lead`
    pub name: String,
    pub app: String,
    pub object: Option<Arc<Object>>,
    /// The REST segment, and the verb that roles are granted: `convert`.
    pub segment: String,
    pub on_record: bool,
    pub label: String,
    pub about: String,
    pub effect: Effect,
    pub when: Option<Expr>,
    /// Full name of the action that undo runs instead of reverting events.
    pub inverse: Option<String>,
    /// The verb that grants it, where that is not its own name.
    pub(crate) granted_by: Option<&'static str>,
    pub elevated: bool,
    pub input: Json,
    pub output: Option<Json>,
    /// One of create, update, delete and restore, which every object has.
    pub generic: bool,
    pub body: Body,
}

/// The composed apps. Immutable once made.
pub struct Registry {
    pub schema: Arc<Schema>,
    /// What it was put together from, the core app aside.
    apps: Vec<App>,
    actions: IndexMap<String, Arc<Action>>,
    pub(crate) before_save: HashMap<&'static str, Vec<BeforeSave>>,
    pub(crate) before_restore: HashMap<&'static str, Vec<BeforeRestore>>,
    pub(crate) after_save: HashMap<&'static str, Vec<AfterSave>>,
    pub(crate) verify: Vec<(String, Verify)>,
    pub(crate) company_hooks: Vec<(String, CompanyHook)>,
    /// By full name, `app.name`.
    pub(crate) subscribers: Vec<(String, Subscriber)>,
    /// By full name, `app.name`.
    pub(crate) jobs: HashMap<String, Handler>,
    /// Each with its app.
    pub(crate) schedules: Vec<(String, Timetable)>,
    pub(crate) demos: Vec<crate::demo::Demo>,
    /// App and report.
    pub reports: Vec<(String, Report)>,
    pub prints: Vec<Print>,
    pub(crate) printer: Option<Printer>,
    /// `company in principal.companies`, for each object that belongs to companies.
    pub(crate) company_rows: HashMap<String, Arc<Expr>>,
    /// Objects whose records change by their own writes alone.
    pub(crate) self_contained: HashSet<String>,
    /// What is searched by words.
    pub(crate) searched: Vec<Searched>,
    /// Records whose stored values follow those of another object, by that.
    pub(crate) followers: HashMap<String, Vec<Followers>>,
    /// Stored link fields by the object they lead to.
    pub(crate) links_to: HashMap<String, Vec<(Arc<Object>, String)>>,
}

/// Why apps do not fit together.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct ComposeError(pub Vec<ManifestError>);

impl Registry {
    /// Puts apps together; the core app is always there.
    pub fn new(apps: Vec<App>, printer: Option<Printer>) -> std::result::Result<Registry, ComposeError> {
        Registry::compose(apps, printer, &[])
    }

    /// The same apps with what a tenant has declared for itself.
    pub fn with(&self, own: &[OwnManifest]) -> std::result::Result<Registry, ComposeError> {
        Registry::compose(self.apps.clone(), self.printer.clone(), own)
    }

    fn compose(
        apps: Vec<App>,
        printer: Option<Printer>,
        own: &[OwnManifest],
    ) -> std::result::Result<Registry, ComposeError> {
        let all: Vec<App> = std::iter::once(crate::core::app()).chain(apps.iter().cloned()).collect();
        let sources: Vec<_> = all.iter().map(|app| app.source.clone()).collect();
        let schema = Arc::new(Schema::load_with(&sources, own).map_err(ComposeError)?);
        let mut registry = Registry {
            schema: Arc::clone(&schema),
            apps,
            actions: IndexMap::new(),
            before_save: HashMap::default(),
            before_restore: HashMap::default(),
            after_save: HashMap::default(),
            verify: Vec::new(),
            company_hooks: Vec::new(),
            subscribers: Vec::new(),
            jobs: HashMap::default(),
            schedules: Vec::new(),
            demos: Vec::new(),
            reports: Vec::new(),
            prints: Vec::new(),
            printer,
            company_rows: HashMap::default(),
            self_contained: HashSet::default(),
            searched: searched(&schema),
            links_to: HashMap::default(),
            followers: followers(&schema),
        };
        let mut errors = Vec::new();
        for app in all {
            registry.add(app, &mut errors);
        }
        for object in schema.objects() {
            registry.index(object, &mut errors);
        }
        registry.check_verbs(&mut errors);
        for declared in &schema.reports {
            match declared::report(declared, &schema) {
                Ok(report) => registry.add_report((&declared.app, &declared.file), report, &mut errors),
                Err(error) => errors.push(error),
            }
        }
        for declared in &schema.dashboards {
            match tiles::dashboard(declared, &registry) {
                Ok(report) => registry.add_report((&declared.app, &declared.file), report, &mut errors),
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() { Ok(registry) } else { Err(ComposeError(errors)) }
    }

    /// The same with these apps alone, and those that they depend on. A name that is none of its apps adds nothing.
    pub fn only(&self, names: &[String]) -> std::result::Result<Registry, ComposeError> {
        let mut wanted: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut next = 0;
        while next < wanted.len() {
            let needed = self.schema.apps.get(wanted[next]).map(|app| app.depends.as_slice()).unwrap_or_default();
            let missing: Vec<&str> = needed.iter().map(String::as_str).filter(|app| !wanted.contains(app)).collect();
            wanted.extend(missing);
            next += 1;
        }
        let chosen = self.apps.iter().filter(|app| wanted.contains(&app.source.name));
        Registry::new(chosen.cloned().collect(), self.printer.clone())
    }

    fn add(&mut self, app: App, errors: &mut Vec<ManifestError>) {
        let name = app.source.name;
        for declared in app.actions {
            let spec = declared.spec;
            let mut wrong = |message: String| {
                errors.push(ManifestError {
                    file: format!("{name}/src/actions"),
                    line: 0,
                    entry: spec.function.to_owned(),
                    message,
                });
            };
            let object = spec.object.map(|object| format!("{name}.{object}"));
            let object = match object.map(|full| self.schema.get(&full).cloned().ok_or(full)).transpose() {
                Ok(object) => object,
                Err(full) => {
                    wrong(format!("there is no object {full}"));
                    continue;
                }
            };
            let when = spec.when.map(|source| {
                Expr::condition(source, &Scope { objects: self.schema.as_ref(), this: object.as_deref() })
            });
            let when = when.transpose().unwrap_or_else(|error| {
                wrong(format!("`when`: {error}"));
                None
            });
            let action = Action {
                name: format!("{name}.{}", spec.function),
                app: name.to_owned(),
                object,
                segment: names::segment(spec.name),
                on_record: spec.on_record,
                label: spec.label.map_or_else(|| names::label(spec.name), str::to_owned),
                about: spec.about.to_owned(),
                effect: spec.effect,
                when,
                inverse: spec.inverse.map(str::to_owned),
                granted_by: None,
                elevated: spec.elevated,
                input: spec.input,
                output: spec.output,
                generic: false,
                body: declared.body,
            };
            self.actions.insert(action.name.clone(), Arc::new(action));
        }
        for (object, hooks) in app.before_save {
            self.before_save.entry(object).or_default().extend(hooks);
        }
        for (object, hooks) in app.before_restore {
            self.before_restore.entry(object).or_default().extend(hooks);
        }
        for (object, hooks) in app.after_save {
            self.after_save.entry(object).or_default().extend(hooks);
        }
        self.verify.extend(app.verify.into_iter().map(|check| (name.to_owned(), check)));
        self.company_hooks.extend(app.company_hooks.into_iter().map(|hook| (name.to_owned(), hook)));
        for (subscriber, follow) in app.subscribers {
            let full = format!("{name}.{subscriber}");
            if self.subscribers.iter().any(|(known, _)| *known == full) {
                errors.push(ManifestError {
                    file: format!("{name}/src"),
                    line: 0,
                    entry: subscriber.to_owned(),
                    message: "two subscribers of one name would share their place in the log".to_owned(),
                });
            }
            self.subscribers.push((full, follow));
        }
        self.add_jobs(name, app.jobs, app.schedules, errors);
        self.demos.extend(app.demos);
        self.reports.extend(app.reports.into_iter().map(|report| (name.to_owned(), report)));
        self.prints.extend(app.prints);
    }

    fn index(&mut self, object: &Arc<Object>, errors: &mut Vec<ManifestError>) {
        let file = object.file.clone();
        let mistake =
            |entry: &str, message| ManifestError { file: file.clone(), line: 0, entry: entry.to_owned(), message };
        if let Some(title) = object.field(&object.title)
            && (title.level > 0 || !title.agent_visible)
        {
            errors.push(ManifestError {
                file: object.file.clone(),
                line: title.line,
                entry: title.name.clone(),
                message: "whoever sees a record sees its title: it has neither `level` nor `agent_visible`".to_owned(),
            });
        }
        if object.child_of.is_none() {
            let archiving = archive::actions(object, &self.schema);
            for action in generic::actions(object)
                .into_iter()
                .chain(merge::action(object))
                .chain(translate::action(object))
                .chain(archiving)
            {
                self.actions.insert(action.name.clone(), Arc::new(action));
            }
        }
        for held in object.approvals.keys().filter(|held| !self.can_wait(object, held)) {
            errors.push(mistake(
                held,
                format!("{} has no action {held} that changes something and could wait", object.name),
            ));
        }
        for field in object.fields.iter().filter(|field| !field.is_virtual() && field.name != system::PARENT) {
            let targets: Vec<&str> = match &field.kind {
                FieldType::Table(_) => Vec::new(),
                FieldType::DynamicLink(_) => leads(&self.schema, field).map(|target| target.name.as_str()).collect(),
                kind if kind.is_file() => vec![FILE],
                _ => field.target().into_iter().map(ObjectName::as_str).collect(),
            };
            for target in targets {
                let links = self.links_to.entry(target.to_owned()).or_default();
                links.push((Arc::clone(object), field.name.clone()));
            }
        }
        let vars = nexus_model::expr::Vars::default();
        let schema = Arc::clone(&self.schema);
        let dialect = nexus_store::Dialect::Sqlite;
        let conditions = nexus_store::Conditions { schema: &schema, vars: &vars, dialect, guard: None };
        let grants = object.access.iter().flat_map(|(role, access)| access.grants().map(move |entry| (role, entry)));
        let rows = grants.filter_map(|(role, entry)| Some((role, entry.rows.as_ref()?)));
        for (role, rows) in rows {
            if let Err(error) = conditions.compile(rows, object, "r") {
                errors.push(mistake(role, error.to_string()));
            }
        }
        for field in object.fields.iter().filter(|field| field.is_virtual()) {
            if let Err(error) = conditions.worked_out(field, object, "r") {
                errors.push(ManifestError {
                    file: object.file.clone(),
                    line: field.line,
                    entry: field.name.clone(),
                    message: error.to_string(),
                });
            }
        }
        if crate::ctx::seen::is_self_contained(object, &self.schema) {
            self.self_contained.insert(object.name.as_str().to_owned());
        }
        if object.per_company {
            let scope = Scope { objects: self.schema.as_ref(), this: Some(object) };
            match Expr::condition("company in principal.companies", &scope) {
                Ok(expr) => {
                    self.company_rows.insert(object.name.as_str().to_owned(), Arc::new(expr));
                }
                Err(error) => errors.push(mistake("company", error.to_string())),
            }
        }
    }

    /// Whether an object has an action of this name that changes something.
    fn can_wait(&self, object: &Object, verb: &str) -> bool {
        self.actions.values().any(|action| {
            action.effect != Effect::Read
                && action.segment.replace('-', "_") == verb
                && action.object.as_ref().is_some_and(|of| of.name == object.name)
        })
    }

    /// Verbs that no action has: they would grant nothing, in silence.
    fn check_verbs(&self, errors: &mut Vec<ManifestError>) {
        let known: HashSet<String> = self.actions.values().map(|action| crate::policy::verb(action)).collect();
        let unknown = |verb: &&String| !(known.contains(*verb) || ["read", "export"].contains(&verb.as_str()));
        for object in self.schema.objects() {
            for (role, access) in &object.access {
                for verb in access.grants().flat_map(|entry| &entry.verbs).filter(unknown) {
                    let message = format!("there is no action {verb} that could be granted");
                    errors.push(ManifestError { file: object.file.clone(), line: 0, entry: role.clone(), message });
                }
            }
        }
    }

    pub fn action(&self, name: &str) -> Result<&Arc<Action>> {
        self.actions.get(name).ok_or_else(|| Problem::not_found(format!("there is no action {name}")))
    }

    pub fn actions(&self) -> impl Iterator<Item = &Arc<Action>> {
        self.actions.values()
    }

    /// The action at the REST segment of an object.
    pub fn action_at(&self, object: &Object, segment: &str, on_record: bool) -> Result<&Arc<Action>> {
        let fits = |action: &&Arc<Action>| {
            action.segment == segment
                && action.on_record == on_record
                && action.object.as_ref().is_some_and(|of| of.name == object.name)
        };
        self.actions
            .values()
            .find(fits)
            .ok_or_else(|| Problem::not_found(format!("{} has no action {segment}", object.path())))
    }

    /// The object at the REST path.
    pub fn object_at(&self, app: &str, segment: &str) -> Result<&Arc<Object>> {
        self.schema
            .at_path(app, segment)
            .ok_or_else(|| Problem::not_found(format!("there is nothing at {app}/{segment}")))
    }

    /// `app.object`, or the REST path `app/objects`.
    pub fn object(&self, name: &str) -> Result<&Arc<Object>> {
        let found = match name.split_once('/') {
            Some((app, segment)) => self.schema.at_path(app, segment),
            None => self.schema.get(name).or_else(|| {
                let (app, segment) = name.split_once('.')?;
                self.schema.at_path(app, &names::segment(segment))
            }),
        };
        found.ok_or_else(|| Problem::not_found(format!("there is no object {name}")))
    }

    pub fn report(&self, app: &str, name: &str) -> Result<&Report> {
        let found = self.reports.iter().find(|(of, report)| of == app && report.name == name);
        found.map(|(_, report)| report).ok_or_else(|| Problem::not_found(format!("{app} has no report {name}")))
    }
}

/// The schema of an action that takes no input.
pub(crate) fn no_input() -> Json {
    json!({"type": "object", "properties": {}, "additionalProperties": false})
}
