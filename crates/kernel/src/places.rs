//! Where tenants are kept: looked up, copied, moved.

use std::sync::Arc;

use nexus_model::Problem;
use nexus_store::{Content, Home, Storage, StoreError, TenantEntry};

use crate::kernel::Kernel;
use crate::{Result, Tenant};

impl Kernel {
    /// A place by its name; without one that of the control tables.
    fn place(&self, name: Option<&str>) -> Result<&Storage> {
        let Some(name) = name else { return Ok(&self.options.storage) };
        self.options.places.get(name).ok_or_else(|| {
            let known: Vec<&str> = self.options.places.keys().map(String::as_str).collect();
            let known = if known.is_empty() { "none is named".to_owned() } else { known.join(", ") };
            Problem::not_found(format!("there is no place `{name}` for tenants ({known}); name it with --places"))
        })
    }

    /// Where a tenant's data are.
    pub fn home(&self, entry: &TenantEntry) -> Result<Home> {
        Ok(self.place(entry.place.as_deref())?.tenant(&entry.slug))
    }

    /// A tenant's entry in the control tables.
    pub fn entry(&self, slug: &str) -> Result<TenantEntry> {
        self.control.tenant(slug)?.ok_or_else(|| Problem::not_found(format!("there is no tenant {slug}")))
    }

    /// The answer of a tenant's database. One that says that its data were moved is let go, so that the next request
    /// finds them.
    pub(crate) fn still_here<T>(&self, tenant: &Tenant, answer: Result<T, StoreError>) -> Result<T> {
        if let Err(StoreError::Moved(_)) = &answer {
            self.tenants.remove(&tenant.slug);
        }
        Ok(answer?)
    }

    /// Moves a tenant's data to another place: copied, compared by content, and switched over. Its changes wait
    /// meanwhile; every process that serves it finds the new place by itself.
    ///
    /// # Errors
    /// When it is there already, or the copy is not the same; then it stays where it was.
    pub fn move_tenant(&self, slug: &str, to: Option<&str>) -> Result<Content> {
        let entry = self.entry(slug)?;
        if entry.place.as_deref() == to {
            return Err(Problem::conflict(format!("{slug} is there already; nothing was changed")));
        }
        let (from, target) = (self.home(&entry)?, self.place(to)?.tenant(slug));
        let name = to.unwrap_or_default();
        let moved = match nexus_store::relocate(&from, &target, &self.registry.schema, name) {
            // An earlier move was cut off after the data were there.
            Err(StoreError::Moved(place)) if place == name => nexus_store::content_of(&target, &self.registry.schema)?,
            moved => moved?,
        };
        self.control.place_tenant(slug, to)?;
        self.tenants.remove(slug);
        Ok(moved)
    }

    /// Copies a tenant under another short name, to rehearse on.
    ///
    /// # Errors
    /// A conflict when the name is taken.
    pub fn branch_tenant(&self, slug: &str, branch: &str) -> Result<Content> {
        let source = self.entry(slug)?;
        let sound = !branch.is_empty() && branch.len() <= 40;
        if !sound || !branch.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
            let message = "is from 1 to 40 small letters, digits and hyphens";
            return Err(Problem::field("branch", "slug", message));
        }
        let name = format!("{} ({branch})", source.name);
        let entry =
            TenantEntry { slug: branch.to_owned(), name, branch_of: Some(source.slug.clone()), ..source.clone() };
        let another = || Problem::conflict(format!("another process is making a tenant {branch} just now"));
        let _only = self.control.alone(branch)?.ok_or_else(another)?;
        if self.control.tenant(branch)?.is_some() {
            return Err(Problem::conflict(format!("there is a tenant {branch} already; nothing was changed")));
        }
        self.adopt(&entry, &self.home(&source)?)
    }

    /// Makes a tenant from data that are elsewhere; they stay as they are.
    ///
    /// # Errors
    /// When the copy is not the same; then there is no such tenant.
    pub fn adopt(&self, entry: &TenantEntry, from: &Home) -> Result<Content> {
        let home = self.home(entry)?;
        home.clear()?;
        let content = nexus_store::transfer(from, &home, &self.registry.schema)?;
        // Noted last: a tenant is there whole or not at all.
        self.control.add_tenant(entry, (self.options.clock)())?;
        Ok(content)
    }

    /// What a tenant's database holds.
    pub fn content(&self, slug: &str) -> Result<Content> {
        let entry = self.entry(slug)?;
        // Tables of apps that the tenant has not are not there.
        Ok(nexus_store::content_of(&self.home(&entry)?, &self.terms(&entry)?.registry.schema)?)
    }

    /// Copies a tenant's data into an empty database; see [`nexus_store::transfer`].
    pub fn copy_tenant(&self, from: &Home, to: &Home) -> Result<Content> {
        Ok(nexus_store::transfer(from, to, &Arc::clone(&self.registry.schema))?)
    }
}
