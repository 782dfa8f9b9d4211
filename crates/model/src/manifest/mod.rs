//! From TOML text to checked objects. An error names file, line and field.
//!
//! Two passes: [`shape`] makes every object with its fields' types, then [`check`] resolves what refers to
//! other objects and compiles the expressions, which need the shapes of all.

mod check;
mod raw;
mod shape;

use std::fmt;

use indexmap::IndexMap;

use crate::expr::Objects;
use crate::names;
use crate::object::{Object, ObjectName};
use crate::schema::{AppManifest, AppSource, Role, Schema};

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
                self.error(line, "", error.message().to_owned());
                None
            }
        }
    }
}

/// The objects of all apps before their expressions are compiled.
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

pub(crate) fn load(sources: &[AppSource]) -> Result<Schema, Vec<ManifestError>> {
    let mut errors = Vec::new();
    let mut apps = IndexMap::new();
    let mut files = Vec::new();
    let mut shapes = Shapes(IndexMap::new());

    for source in sources {
        let mut file = File::new(format!("{}/app.toml", source.name), source.manifest);
        let mut in_menu = source.objects.to_vec();
        if let Some(raw) = file.parse::<raw::RawApp>() {
            let place = |name: &str| raw.menu.iter().position(|entry| entry == name).unwrap_or(usize::MAX);
            in_menu.sort_by_key(|(name, _)| place(name));
            let app = app(source, raw, &mut file);
            apps.insert(app.name.clone(), app);
        }
        errors.append(&mut file.errors);
        for (name, text) in in_menu {
            let mut file = File::new(format!("{}/objects/{name}.toml", source.name), text);
            if !names::is_name(name) {
                file.error(0, name, "an object's file is named in snake_case");
            }
            if let Some(raw) = file.parse::<raw::RawObject>() {
                let object = shape::object(&ObjectName::new(source.name, name), &raw, &mut file);
                shapes.0.insert(object.name.clone(), object);
                files.push((file, raw));
            } else {
                errors.append(&mut file.errors);
            }
        }
    }

    let roles: Vec<String> = apps.values().flat_map(|app| app.roles.keys().cloned()).collect();
    let mut objects = Vec::new();
    for (index, (file, raw)) in files.iter_mut().enumerate() {
        objects.push(check::object(index, raw, &shapes, &roles, &apps, file));
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
    if errors.is_empty() { Ok(Schema::new(apps, objects)) } else { Err(errors) }
}

fn app(source: &AppSource, raw: raw::RawApp, file: &mut File<'_>) -> AppManifest {
    for role in raw.roles.keys().filter(|role| !names::is_name(role)) {
        file.error(0, role, "a role is named in snake_case");
    }
    let known = |entry: &str| source.objects.iter().any(|(name, _)| *name == entry);
    for entry in raw.menu.iter().filter(|entry| !known(entry)) {
        file.error(0, entry, "`menu` names objects of this app, as their files are named");
    }
    AppManifest {
        name: source.name.to_owned(),
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
