//! All objects of all apps, checked against each other.

use std::sync::Arc;

use indexmap::IndexMap;

use crate::dashboard::Dashboard;
use crate::expr::Objects;
use crate::manifest::{self, ManifestError};
use crate::object::{Object, ObjectName};
use crate::report::Report;

/// What an app says about itself in `app.toml`.
#[derive(Clone, Debug)]
pub struct AppManifest {
    /// The folder's name, first segment of every path and action.
    pub name: String,
    pub label: String,
    pub suite: String,
    pub icon: String,
    pub about: String,
    pub depends: Vec<String>,
    pub roles: IndexMap<String, Role>,
}

/// A role of an app; its grants stand in the objects' `[access.<role>]`.
#[derive(Clone, Debug)]
pub struct Role {
    pub about: String,
    /// Roles whose grants this one has as well.
    pub includes: Vec<String>,
}

/// The text of an app: its manifest and those of its objects and reports, by file name.
#[derive(Clone, Debug, Default)]
pub struct AppSource {
    pub name: &'static str,
    pub manifest: &'static str,
    /// `(file name without .toml, text)`
    pub objects: &'static [(&'static str, &'static str)],
    /// The same of its reports.
    pub reports: &'static [(&'static str, &'static str)],
}

/// The app that holds what a tenant declares for itself.
pub const OWN_APP: &str = "custom";

/// What that app says of itself where the tenant says nothing.
pub const OWN_APP_MANIFEST: &str =
    "name = \"Custom\"\nsuite = \"custom\"\nicon = \"puzzle\"\nabout = \"What this company has added\"\n";

/// What the names of fields, states, rules and keys begin with that a tenant adds to an app's object, so that a later
/// release of the app never has the same.
pub const OWN_PREFIX: &str = "x_";

/// A manifest that a tenant has made for itself, in the notation of an app's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnManifest {
    pub kind: OwnKind,
    /// The object's or report's name, `vehicle`; of an extension that of the object it extends, `crm.lead`.
    pub name: String,
    pub text: String,
}

/// What a tenant's own manifest declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OwnKind {
    /// Roles, label and menu of [`OWN_APP`].
    App,
    /// An object of [`OWN_APP`].
    Object,
    /// Fields, states, choices, rules, views and rights that an app's object has besides.
    Extension,
    /// A report of [`OWN_APP`], over an object of any app.
    Report,
}

impl OwnManifest {
    /// Whether a mistake that is told of a file may be of this manifest: its own file, or that of the object it extends.
    pub fn concerns(&self, file: &str) -> bool {
        let extended = || self.name.split_once('.').map(|(app, name)| format!("{app}/objects/{name}.toml"));
        self.file() == file || (self.kind == OwnKind::Extension && extended().is_some_and(|extended| extended == file))
    }

    /// Its file, as errors and exports name it.
    pub fn file(&self) -> String {
        match self.kind {
            OwnKind::App => format!("{OWN_APP}/app.toml"),
            OwnKind::Object => format!("{OWN_APP}/objects/{}.toml", self.name),
            OwnKind::Extension => format!("{OWN_APP}/extensions/{}.toml", self.name),
            OwnKind::Report => format!("{OWN_APP}/reports/{}.toml", self.name),
        }
    }
}

/// The objects of a set of apps, every reference between them resolved.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    pub apps: IndexMap<String, AppManifest>,
    objects: IndexMap<ObjectName, Arc<Object>, foldhash::fast::RandomState>,
    /// Those that manifests declare.
    pub reports: Vec<Report>,
    pub dashboards: Vec<Dashboard>,
}

impl Schema {
    /// Reads and checks the manifests; the first mistakes are all reported, each with file and line.
    pub fn load(sources: &[AppSource]) -> Result<Schema, Vec<ManifestError>> {
        manifest::load(sources, &[])
    }

    /// The same with what a tenant has declared for itself.
    pub fn load_with(sources: &[AppSource], own: &[OwnManifest]) -> Result<Schema, Vec<ManifestError>> {
        manifest::load(sources, own)
    }

    pub(crate) fn new(
        apps: IndexMap<String, AppManifest>,
        objects: Vec<Object>,
        reports: Vec<Report>,
        dashboards: Vec<Dashboard>,
    ) -> Schema {
        let objects = objects.into_iter().map(|object| (object.name.clone(), Arc::new(object))).collect();
        Schema { apps, objects, reports, dashboards }
    }

    pub fn get(&self, name: &str) -> Option<&Arc<Object>> {
        self.objects.get(name)
    }

    /// The object of a name that a checked reference holds.
    ///
    /// # Panics
    /// When there is none, which the check at loading rules out.
    pub fn expect(&self, name: &ObjectName) -> &Arc<Object> {
        self.get(name.as_str()).expect("references were checked when the schema was loaded")
    }

    /// The object at the REST path `app/segment`.
    pub fn at_path(&self, app: &str, segment: &str) -> Option<&Arc<Object>> {
        self.objects
            .values()
            .find(|object| crate::names::segment(object.name.app()) == app && object.segment == segment)
    }

    pub fn objects(&self) -> impl Iterator<Item = &Arc<Object>> {
        self.objects.values()
    }

    /// Every role and the roles that it includes, itself first.
    pub fn role_closure(&self, role: &str) -> Vec<String> {
        let mut found = vec![role.to_owned()];
        let mut next = 0;
        while next < found.len() {
            for app in self.apps.values() {
                for included in app.roles.get(&found[next]).map(|role| role.includes.as_slice()).unwrap_or_default() {
                    if !found.contains(included) {
                        found.push(included.clone());
                    }
                }
            }
            next += 1;
        }
        found
    }
}

impl Objects for Schema {
    fn object(&self, name: &str) -> Option<&Object> {
        self.objects.get(name).map(Arc::as_ref)
    }
}
