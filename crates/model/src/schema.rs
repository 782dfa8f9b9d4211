//! All objects of all apps, checked against each other.

use std::sync::Arc;

use indexmap::IndexMap;

use crate::expr::Objects;
use crate::manifest::{self, ManifestError};
use crate::object::{Object, ObjectName};

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

/// The text of an app: its manifest and its objects' manifests, by file name.
#[derive(Clone, Debug, Default)]
pub struct AppSource {
    pub name: &'static str,
    pub manifest: &'static str,
    /// `(file name without .toml, text)`
    pub objects: &'static [(&'static str, &'static str)],
}

/// The objects of a set of apps, every reference between them resolved.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    pub apps: IndexMap<String, AppManifest>,
    objects: IndexMap<ObjectName, Arc<Object>, foldhash::fast::RandomState>,
}

impl Schema {
    /// Reads and checks the manifests; the first mistakes are all reported, each with file and line.
    pub fn load(sources: &[AppSource]) -> Result<Schema, Vec<ManifestError>> {
        manifest::load(sources)
    }

    pub(crate) fn new(apps: IndexMap<String, AppManifest>, objects: Vec<Object>) -> Schema {
        let objects = objects.into_iter().map(|object| (object.name.clone(), Arc::new(object))).collect();
        Schema { apps, objects }
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
