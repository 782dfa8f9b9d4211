//! Where tenants are kept: looked up, copied, moved.

use nexus_model::Problem;
use nexus_store::{Archived, Content, Forward, Home, Storage, StoreError, TenantEntry};

use crate::core::Manifest;
use crate::entity::Entity;
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

    /// A tenant's entry and where its data are, also when a move was cut off before it was noted.
    pub fn found(&self, slug: &str) -> Result<(TenantEntry, Home)> {
        self.tenant(slug)?;
        let entry = self.entry(slug)?;
        let home = self.home(&entry)?;
        Ok((entry, home))
    }

    /// The answer of a tenant's database. One that says that its data were moved where this process does not find them
    /// is let go; the next request asks the control tables.
    pub(crate) fn still_here<T>(&self, tenant: &Tenant, answer: Result<T, StoreError>) -> Result<T> {
        if let Err(StoreError::Moved(_)) = &answer {
            self.tenants.remove(&tenant.slug);
        }
        Ok(answer?)
    }

    /// Moves a tenant's data to another place while it is in use: copied, compared by content, and switched over;
    /// changes wait for the last of it. Whoever has the tenant open finds the new place by itself.
    ///
    /// # Errors
    /// When it is there already, or the copy is not the same; then it stays where it was.
    pub fn move_tenant(&self, slug: &str, to: Option<&str>) -> Result<Content> {
        let mut entry = self.entry(slug)?;
        if entry.place.as_deref() == to {
            return Err(Problem::conflict(format!("{slug} is there already; nothing was changed")));
        }
        let target = self.place(to)?.tenant(slug);
        let content = loop {
            let home = self.home(&entry)?;
            let schema = &self.schema_at(&home)?;
            match nexus_store::relocate(&home, &target, schema, to.unwrap_or_default()) {
                // An earlier move was cut off before it was noted.
                Err(StoreError::Moved(forward)) => entry = self.forwarded(entry, &forward)?,
                moved => break moved?,
            }
            if entry.place.as_deref() == to {
                return Ok(nexus_store::content_of(&target, schema)?);
            }
        };
        self.control.place_tenant(slug, to)?;
        Ok(content)
    }

    /// Notes where the data went, as their old place tells, and that they are in use there.
    pub(crate) fn forwarded(&self, entry: TenantEntry, forward: &Forward) -> Result<TenantEntry> {
        let place = Some(forward.place.clone()).filter(|place| !place.is_empty());
        let entry = TenantEntry { place, ..entry };
        let home = self.home(&entry)?;
        nexus_store::settle(&home, &*self.schema_at(&home)?, forward)?;
        self.control.place_tenant(&entry.slug, entry.place.as_deref())?;
        Ok(entry)
    }

    /// How a tenant's database finds it at its next place.
    pub(crate) fn whereabouts(&self, slug: &str) -> impl Fn(&Forward) -> Option<Home> + Send + Sync + 'static {
        let (slug, own, places) = (slug.to_owned(), self.options.storage.clone(), self.options.places.clone());
        move |forward| {
            let place = if forward.place.is_empty() { Some(&own) } else { places.get(&forward.place) };
            place.map(|place| place.tenant(&slug))
        }
    }

    /// Copies a tenant under another short name, to rehearse on.
    ///
    /// # Errors
    /// A conflict when the name is taken.
    pub fn branch_tenant(&self, slug: &str, branch: &str) -> Result<Content> {
        let (source, from) = self.found(slug)?;
        sound("branch", branch)?;
        let name = format!("{} ({branch})", source.name);
        let entry = TenantEntry {
            slug: branch.to_owned(),
            name,
            branch_of: Some(source.slug.clone()),
            created_at: None,
            ..source
        };
        let another = || Problem::conflict(format!("another process is making a tenant {branch} just now"));
        let _only = self.control.alone(branch)?.ok_or_else(another)?;
        if self.control.tenant(branch)?.is_some() {
            return Err(Problem::conflict(format!("there is a tenant {branch} already; nothing was changed")));
        }
        self.copy_files(&self.contents_of(&source.slug), branch)?;
        let content = self.adopt(&entry, &from)?;
        // And what was uploaded while the database was copied.
        self.copy_files(&self.contents_of(&source.slug), branch)?;
        Ok(content)
    }

    /// Makes a tenant from data that are elsewhere; they stay as they are.
    ///
    /// # Errors
    /// When the copy is not the same; then there is no such tenant.
    pub fn adopt(&self, entry: &TenantEntry, from: &Home) -> Result<Content> {
        let home = self.home(entry)?;
        home.clear()?;
        let content = nexus_store::transfer(from, &home, &self.schema_at(from)?)?;
        // Noted last: a tenant is there whole or not at all.
        self.control.add_tenant(entry, (self.options.clock)())?;
        Ok(content)
    }

    /// Writes a tenant's rows as JSON lines, each table to what `open` makes for its name.
    pub fn write_tenant<W: std::io::Write>(
        &self,
        slug: &str,
        open: impl FnMut(&str) -> std::io::Result<W>,
    ) -> Result<Archived> {
        let (_, home) = self.found(slug)?;
        Ok(nexus_store::write_lines(&home, &*self.schema_at(&home)?, open)?)
    }

    /// Makes a tenant from rows as JSON lines, by way of a database at `work`, which the caller removes.
    ///
    /// # Errors
    /// When they are not what was written, or the short name is taken; then there is no such tenant.
    pub fn read_tenant<R: std::io::BufRead>(
        &self,
        entry: &TenantEntry,
        work: &Home,
        archived: &Archived,
        mut open: impl FnMut(&str) -> std::io::Result<R>,
    ) -> Result<Content> {
        sound("as", &entry.slug)?;
        let another = || Problem::conflict(format!("another process is making a tenant {} just now", entry.slug));
        let _only = self.control.alone(&entry.slug)?.ok_or_else(another)?;
        if self.control.tenant(&entry.slug)?.is_some() {
            let message = format!("there is a tenant {} already; give this one another name with --as", entry.slug);
            return Err(Problem::conflict(message));
        }
        // What the tenant has declared for itself says which tables there are.
        let own = self.registry.object(Manifest::OBJECT)?.table();
        let (first, others): (Vec<_>, Vec<_>) = archived.tables.iter().cloned().partition(|table| table.name == own);
        nexus_store::read_lines(work, &self.registry.schema, &first, &mut open)?;
        let schema = self.schema_at(work)?;
        nexus_store::read_lines(work, &schema, &others, &mut open)?;
        let found = nexus_store::content_of(work, &schema)?;
        if found != archived.content {
            let (found, written) = (found.hash, &archived.content.hash);
            return Err(Problem::conflict(format!(
                "what was read is not what was written: {found} instead of {written}"
            )));
        }
        self.adopt(entry, work)
    }

    /// What a tenant's database holds.
    pub fn content(&self, slug: &str) -> Result<Content> {
        let (_, home) = self.found(slug)?;
        Ok(nexus_store::content_of(&home, &*self.schema_at(&home)?)?)
    }

    /// Copies a tenant's data into a new file, from wherever they are by now, those included that nothing declares any more.
    pub fn copy_tenant(&self, entry: &TenantEntry, to: &Home) -> Result<()> {
        let (mut from, whereabouts) = (self.home(entry)?, self.whereabouts(&entry.slug));
        loop {
            match nexus_store::copy(&from, to) {
                Err(StoreError::Moved(forward)) => {
                    to.clear()?;
                    from = whereabouts(&forward).ok_or(StoreError::Moved(forward))?;
                }
                copied => return Ok(copied?),
            }
        }
    }
}

/// That a tenant may have this short name.
pub(crate) fn sound(field: &str, slug: &str) -> Result<()> {
    let letters = slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if letters && !slug.is_empty() && slug.len() <= 40 {
        return Ok(());
    }
    Err(Problem::field(field, "slug", "is from 1 to 40 small letters, digits and hyphens"))
}
