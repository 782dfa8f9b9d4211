//! What a tenant declares for itself: manifests that are records. A change of them composes everything anew and brings
//! the tables to their form in the transaction that makes it, so that it is previewed, refused, undone and kept as any
//! other. Once it is kept, the tenant is opened anew with what follows from them, in this process at once and in others
//! within [`crate::LOOK`].

use std::sync::Arc;

use nexus_model::manifest::ManifestError;
use nexus_model::schema::{OWN_APP, OwnKind, OwnManifest};
use nexus_model::{Field, FieldError, FieldType, Object, Problem, Record, Schema};
use nexus_store::{Filter, Home, records_at};
use serde_json::json;

use crate::core::{Manifest, ManifestKind};
use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::entity::Entity;
use crate::kernel::Kernel;
use crate::registry::{ComposeError, Registry};
use crate::standing::Standing;
use crate::{Kind, Result, Tenant};

/// Manifests that a tenant may have of its own.
const OWN_MAX: usize = 500;

impl From<Manifest> for OwnManifest {
    fn from(record: Manifest) -> OwnManifest {
        let kind = match record.kind {
            ManifestKind::App => OwnKind::App,
            ManifestKind::Object => OwnKind::Object,
            ManifestKind::Extension => OwnKind::Extension,
            ManifestKind::Report => OwnKind::Report,
        };
        OwnManifest { kind, name: record.name, text: record.text }
    }
}

fn own(records: &[Record]) -> Vec<OwnManifest> {
    let mut own: Vec<OwnManifest> = records.iter().map(|record| Manifest::from_record(record).into()).collect();
    own.sort_by(|one, other| (one.kind, &one.name).cmp(&(other.kind, &other.name)));
    own
}

impl Kernel {
    /// What follows from a set of apps and the manifests at a home. Those that no longer fit, as a later release of an
    /// app may have it, are set aside with the reason; what they declared stays in the tables.
    pub(crate) fn registry_at(&self, base: &Arc<Registry>, home: &Home) -> Result<(Arc<Registry>, Vec<ManifestError>)> {
        let object = base.schema.get(Manifest::OBJECT).ok_or_else(|| Problem::internal("core declares manifests"))?;
        let mut own = own(&records_at(home, object)?);
        let mut aside = Vec::new();
        while !own.is_empty() {
            let errors = match base.with(&own) {
                Ok(made) => return Ok((Arc::new(made), aside)),
                Err(ComposeError(errors)) => errors,
            };
            let before = own.len();
            own.retain(|own| !errors.iter().any(|error| own.concerns(&error.file)));
            if own.len() == before {
                // It is told of another file, as where an app's path is taken.
                own.pop();
            }
            aside.extend(errors);
        }
        Ok((Arc::clone(base), aside))
    }

    /// Every table that a tenant at this home may have: those of all apps of this process, and its own.
    pub(crate) fn schema_at(&self, home: &Home) -> Result<Arc<Schema>> {
        Ok(Arc::clone(&self.registry_at(&self.registry, home)?.0.schema))
    }

    /// A tenant has changed its own manifests: whoever asks for it from now on finds it so.
    pub(crate) fn renew_tenant(&self, tenant: &Tenant) {
        self.tenants.remove(&tenant.slug);
        tenant.stand(Standing::Replaced);
        // The change is durable; another process that does not hear of it now does when it opens the tenant next.
        if let Err(error) = self.control.customise_tenant(&tenant.slug, tenant.now()) {
            tracing::error!(%error, tenant = tenant.slug, "other processes could not be told of new manifests");
        }
    }
}

impl Tenant {
    /// Manifests of the tenant's own that no longer fit the apps, each with the reason.
    pub fn set_aside(&self) -> &[ManifestError] {
        &self.terms.aside
    }
}

impl Ctx {
    /// Composes what the tenant has declared for itself by now and brings the tables to its form.
    pub(crate) async fn reform(&mut self) -> Result<()> {
        let object = Arc::clone(self.registry.object(Manifest::OBJECT)?);
        let elevated = std::mem::replace(&mut self.elevated, true);
        let found = self.records(&object, Vec::new(), Vec::new(), OWN_MAX + 1).await;
        self.elevated = elevated;
        let found = found?;
        if found.len() > OWN_MAX {
            return Err(Problem::conflict(format!("there are at most {OWN_MAX} manifests of your own")));
        }
        let own = own(&found);
        if let Some(app) = own.iter().find(|own| own.kind == OwnKind::App && own.name != OWN_APP) {
            return Err(Problem::field("name", "app", format!("the app of your own is {OWN_APP}, not {}", app.name)));
        }
        let base = Arc::clone(&self.tenant.terms.base);
        let made = base.with(&own).map_err(|ComposeError(errors)| refusal(&errors))?;
        self.keeps_values(&made.schema).await?;
        let reformed = self.tx.reform(&made.schema).await;
        reformed.map_err(|error| Problem::conflict(format!("the tables cannot take this form: {error}")))
    }

    /// That no object and no field goes that still has values.
    async fn keeps_values(&mut self, next: &Schema) -> Result<()> {
        let now = Arc::clone(self.schema());
        let elevated = std::mem::replace(&mut self.elevated, true);
        let mut kept = Ok(());
        for object in now.objects() {
            let fields: Vec<Option<&str>> = match next.get(object.name.as_str()) {
                None => vec![None],
                Some(there) => {
                    let gone =
                        object.fields.iter().filter(|field| !field.is_virtual() && there.field(&field.name).is_none());
                    gone.map(|field| Some(field.name.as_str())).collect()
                }
            };
            for field in fields {
                kept = kept.and(self.is_unused_part(object, field).await);
            }
        }
        self.elevated = elevated;
        kept
    }

    async fn is_unused_part(&mut self, object: &Arc<Object>, field: Option<&str>) -> Result<()> {
        let known = field.and_then(|name| object.field(name));
        // What is worked out goes with what it is worked out from.
        if known.is_some_and(Field::is_derived) {
            return Ok(());
        }
        let filters = match field.map(|name| (name, object.field(name).map(|field| &field.kind))) {
            None => Vec::new(),
            // A secret is not asked for; whoever removes it means it.
            Some((_, Some(FieldType::Secret))) => return Ok(()),
            Some((name, Some(FieldType::Tags | FieldType::Choices(_) | FieldType::Links(_) | FieldType::Table(_)))) => {
                vec![Filter::Where(self.condition(object, &format!("size({name}) > 0"))?)]
            }
            Some((name, _)) => vec![Filter::Where(self.condition(object, &format!("{name} != null"))?)],
        };
        let mut used = self.count_of(object, Ask { filters, ..Ask::default() }, None).await?;
        if let Some((field, value)) = known.and_then(|field| Some((field, field.initial_value(object)?))) {
            // What a record has that nobody gave is not lost.
            let filters = vec![Filter::Equals(field.name.clone(), value)];
            used -= self.count_of(object, Ask { filters, ..Ask::default() }, None).await?;
        }
        let records = if used == 1 { &object.label } else { &object.plural }.to_lowercase();
        match (used, field) {
            (0, _) => Ok(()),
            (_, None) => {
                Err(Problem::conflict(format!("there are {used} {records}: delete them before their manifest")))
            }
            (_, Some(name)) => {
                let detail = format!("{name} has a value in {used} {records}; export and empty it before it goes");
                Err(Problem { errors: vec![FieldError::new("text", "in_use", &detail)], ..Problem::conflict(&detail) })
            }
        }
    }
}

/// All mistakes, each with file, line and entry.
fn refusal(errors: &[ManifestError]) -> Problem {
    let told = errors.iter().map(|error| FieldError::new("text", "manifest", error.to_string())).collect();
    let list: Vec<_> = errors
        .iter()
        .map(|error| json!({"file": error.file, "line": error.line, "entry": error.entry, "message": error.message}))
        .collect();
    let first = errors.first().map(ToString::to_string).unwrap_or_default();
    Problem { errors: told, ..Problem::new(Kind::Invalid, format!("the manifests do not fit together: {first}")) }
        .with("manifests", json!(list))
}
