//! From TOML text to checked objects. An error names file, line and field.
//!
//! Two passes: [`shape`] makes every object with its fields' types, then [`check`] resolves what refers to
//! other objects and compiles the expressions, which need the shapes of all.

mod approvals;
mod check;
mod dashboard;
mod derived;
mod extend;
mod raw;
mod report;
mod shape;
mod views;

use std::fmt;

use indexmap::IndexMap;

pub use dashboard::TILES_MAX;

use crate::expr::Objects;
use crate::names;
use crate::object::{Object, ObjectName};
use crate::schema::{AppManifest, AppSource, OWN_APP, OWN_APP_MANIFEST, OwnKind, OwnManifest, Role, Schema};

/// A mistake in a manifest.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ManifestError {
    /// `apps/.../objects/lead.toml` as `crm/objects/lead.toml`.
    pub file: String,
    /// From 1; 0 when the whole file is meant.
    pub line: usize,
    /// The field, state, view or other entry, if one is meant.
    pub entry: String,
    pub message: String,
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if !self.entry.is_empty() {
            write!(f, "{}: ", self.entry)?;
        }
        f.write_str(&self.message)
    }
}

/// One manifest's text while it is read, and the mistakes found in it.
struct File<'a> {
    name: String,
    text: &'a str,
    errors: Vec<ManifestError>,
}

impl<'a> File<'a> {
    fn new(name: String, text: &'a str) -> File<'a> {
        File { name, text, errors: Vec::new() }
    }

    fn line(&self, offset: usize) -> usize {
        self.text[..offset.min(self.text.len())].matches('\n').count() + 1
    }

    fn error(&mut self, line: usize, entry: &str, message: impl Into<String>) {
        self.errors.push(ManifestError {
            file: self.name.clone(),
            line,
            entry: entry.to_owned(),
            message: message.into(),
        });
    }

    fn parse<T: serde::de::DeserializeOwned>(&mut self) -> Option<T> {
        match toml::from_str(self.text) {
            Ok(parsed) => Some(parsed),
            Err(error) => {
                let line = error.span().map_or(0, |span| self.line(span.start));
                self.error(line, "", meant(error.message()));
                None
            }
        }
    }
}

/// What the parser says of an entry that nothing is named, with the one that was probably meant rather than all.
fn meant(message: &str) -> String {
    let mut names = message.split('`').skip(1).step_by(2);
    let near =
        names.next().filter(|_| message.starts_with("unknown ")).and_then(|name| crate::expr::closest(name, names));
    match (near, message.split_once(", expected ")) {
        (Some(near), Some((unknown, _))) => format!("{unknown}; did you mean `{near}`?"),
        _ => message.to_owned(),
    }
}

/// The objects of all apps before their expressions are compiled.
#[derive(Default)]
struct Shapes(IndexMap<ObjectName, Object>);

impl Objects for Shapes {
    fn object(&self, name: &str) -> Option<&Object> {
        self.0.get(name)
    }
}

/// The shape of one object: its fields and types, expressions left out. What code generation needs.
pub fn shape_of(app: &str, name: &str, text: &str) -> Result<Object, Vec<ManifestError>> {
    let mut file = File::new(format!("{app}/objects/{name}.toml"), text);
    let shape = file.parse::<raw::RawObject>().map(|raw| shape::object(&ObjectName::new(app, name), &raw, &mut file));
    match shape {
        Some(object) if file.errors.is_empty() => Ok(object),
        _ => Err(file.errors),
    }
}

/// What has been read of all manifests so far.
#[derive(Default)]
struct Reading<'a> {
    errors: Vec<ManifestError>,
    apps: IndexMap<String, AppManifest>,
    shapes: Shapes,
    /// The files of objects, in the order of the shapes.
    files: Vec<(File<'a>, raw::RawObject)>,
    /// Each with the app it is of and its name.
    reports: Vec<(String, String, File<'a>)>,
}

impl<'a> Reading<'a> {
    fn app(&mut self, name: &str, text: &'a str, objects: &mut [(&'a str, &'a str)]) {
        let mut file = File::new(format!("{name}/app.toml"), text);
        if let Some(raw) = file.parse::<raw::RawApp>() {
            let place = |name: &str| raw.menu.iter().position(|entry| entry == name).unwrap_or(usize::MAX);
            objects.sort_by_key(|(name, _)| place(name));
            let app = app(name, raw, objects, &mut file);
            self.apps.insert(app.name.clone(), app);
        }
        self.errors.append(&mut file.errors);
        for (object, text) in objects {
            let mut file = File::new(format!("{name}/objects/{object}.toml"), text);
            if !names::is_name(object) {
                file.error(0, object, "an object's file is named in snake_case");
            }
            if let Some(raw) = file.parse::<raw::RawObject>() {
                let object = shape::object(&ObjectName::new(name, object), &raw, &mut file);
                self.shapes.0.insert(object.name.clone(), object);
                self.files.push((file, raw));
            } else {
                self.errors.append(&mut file.errors);
            }
        }
    }

    /// Reports are read once all objects are known.
    fn reports(&mut self, app: &str, reports: impl Iterator<Item = (&'a str, &'a str)>) {
        for (name, text) in reports {
            let file = File::new(format!("{app}/reports/{name}.toml"), text);
            self.reports.push((app.to_owned(), name.to_owned(), file));
        }
    }

    /// A tenant's own app may use all others, and takes no role of theirs for its own.
    fn own_app(&mut self, others: &[String]) {
        let Some(mut app) = self.apps.shift_remove(OWN_APP) else { return };
        for role in app.roles.keys().filter(|role| self.apps.values().any(|other| other.roles.contains_key(*role))) {
            self.errors.push(ManifestError {
                file: format!("{OWN_APP}/app.toml"),
                line: 0,
                entry: role.clone(),
                message: "an app has this role already; give yours another name".to_owned(),
            });
        }
        app.depends = others.to_vec();
        self.apps.insert(OWN_APP.to_owned(), app);
    }

    /// The shape of an extension goes into that of its object.
    fn extension(&mut self, own: &'a OwnManifest) -> Option<(File<'a>, ObjectName, raw::RawObject)> {
        let mut file = File::new(own.file(), &own.text);
        let raw = file.parse::<raw::RawObject>();
        match (raw, self.shapes.0.get_mut(own.name.as_str())) {
            (Some(_), None) => file.error(0, "", format!("there is no object {} to extend", own.name)),
            (Some(_), Some(object)) if object.name.app() == OWN_APP => {
                file.error(0, "", format!("{} is your own: change its manifest instead", own.name));
            }
            (Some(raw), Some(object)) => {
                extend::extend(object, &raw, &mut file);
                let name = object.name.clone();
                if let Some(parent) = object.child_of.clone()
                    && let Some(parent) = self.shapes.0.get_mut(&parent)
                {
                    parent.extended = true;
                }
                return Some((file, name, raw));
            }
            (None, _) => {}
        }
        self.errors.append(&mut file.errors);
        None
    }
}

pub(crate) fn load(sources: &[AppSource], own: &[OwnManifest]) -> Result<Schema, Vec<ManifestError>> {
    let mut reading = Reading::default();
    for source in sources {
        reading.app(source.name, source.manifest, &mut source.objects.to_vec());
        reading.reports(source.name, source.reports.iter().copied());
    }
    let of = |kind: OwnKind| own.iter().filter(move |own| own.kind == kind);
    if !own.is_empty() {
        let text = of(OwnKind::App).next().map_or(OWN_APP_MANIFEST, |app| &app.text);
        let mut objects: Vec<_> = of(OwnKind::Object).map(|own| (own.name.as_str(), own.text.as_str())).collect();
        let others: Vec<String> = reading.apps.keys().cloned().collect();
        reading.app(OWN_APP, text, &mut objects);
        reading.own_app(&others);
        reading.reports(OWN_APP, of(OwnKind::Report).map(|own| (own.name.as_str(), own.text.as_str())));
    }
    let extensions: Vec<_> = of(OwnKind::Extension).filter_map(|own| reading.extension(own)).collect();
    let Reading { mut errors, apps, shapes, mut files, reports: report_files } = reading;

    let mut objects = Vec::new();
    for (index, (file, raw)) in files.iter_mut().enumerate() {
        objects.push(check::object(index, raw, &shapes, &apps, file));
        errors.append(&mut file.errors);
    }
    for (mut file, name, raw) in extensions {
        if let Some(object) = objects.iter_mut().find(|object| object.name == name) {
            check::extension(object, &raw, &shapes, &apps, &mut file);
            extend::arrange(object, &raw, apps.get(OWN_APP).map_or("", |app| &app.label));
        }
        errors.append(&mut file.errors);
    }
    for (index, object) in objects.iter().enumerate() {
        if let Some(twin) = objects[..index].iter().find(|other| other.path() == object.path()) {
            errors.push(ManifestError {
                file: object.file.clone(),
                line: 0,
                entry: String::new(),
                message: format!("its path {} is taken by {}; give one a `segment`", object.path(), twin.name),
            });
        }
    }
    errors.extend(derived::circles(&objects));
    let fetching: Vec<_> =
        objects.iter().filter(|object| object.fields.iter().any(|field| field.fetch.is_some())).collect();
    let fetching: Vec<ObjectName> =
        fetching.iter().flat_map(|object| object.child_of.iter().chain([&object.name])).cloned().collect();
    for object in &mut objects {
        object.fetches = fetching.contains(&object.name);
    }
    let (mut reports, mut dashboards) = (Vec::new(), Vec::new());
    for (app, name, mut file) in report_files {
        let Some(app) = apps.get(&app) else { continue };
        if !names::is_name(&name) {
            file.error(0, &name, "a report's file is named in snake_case");
        }
        if dashboard::is_dashboard(file.text) {
            dashboards.extend(dashboard::dashboard(app, &name, &mut file));
        } else {
            reports.extend(report::report(app, &name, &shapes, &mut file));
        }
        errors.append(&mut file.errors);
    }
    if errors.is_empty() { Ok(Schema::new(apps, objects, reports, dashboards)) } else { Err(errors) }
}

fn app(name: &str, raw: raw::RawApp, objects: &[(&str, &str)], file: &mut File<'_>) -> AppManifest {
    for role in raw.roles.keys().filter(|role| !names::is_name(role)) {
        file.error(0, role, "a role is named in snake_case");
    }
    let known = |entry: &str| objects.iter().any(|(name, _)| *name == entry);
    for entry in raw.menu.iter().filter(|entry| !known(entry)) {
        file.error(0, entry, "`menu` names objects of this app, as their files are named");
    }
    AppManifest {
        name: name.to_owned(),
        label: raw.name,
        suite: raw.suite,
        icon: raw.icon,
        about: raw.about,
        depends: raw.depends,
        roles: raw
            .roles
            .into_iter()
            .map(|(name, role)| (name, Role { about: role.about, includes: role.includes }))
            .collect(),
    }
}
