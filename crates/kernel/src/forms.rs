//! What the manifests of this process make of a tenant's tables: foreseen on a copy, and brought about.

use nexus_model::Problem;
use nexus_model::manifest::ManifestError;
use nexus_store::{Forecast, Home, Migration, StoreError, foresee, reduce};

use crate::kernel::Kernel;
use crate::terms::Terms;
use crate::{Result, Schema};

impl Kernel {
    /// What bringing a tenant's tables to the form of the manifests would do, what stands in no manifest included, and
    /// the tenant's own manifests that no longer fit. Nothing is changed.
    pub fn foresee(&self, slug: &str) -> Result<(Forecast, Vec<ManifestError>)> {
        let (forecast, terms) = self.at_home(slug, |home, terms, all| foresee(home, &terms.registry.schema, all))?;
        Ok((forecast, terms.aside))
    }

    /// Brings the tables of a tenant that nobody has open to the form of the manifests, and removes what stands in none.
    ///
    /// # Errors
    /// A conflict where the rows do not allow it, or where a manifest of the tenant's own is set aside, whose fields
    /// would go with what nobody declares; then nothing was changed.
    pub fn reduce(&self, slug: &str) -> Result<Migration> {
        let refuse = |error: &ManifestError| {
            let message = "a manifest of the tenant's own no longer fits, and what it declared would be removed";
            Problem::conflict(format!("{slug}: {message}: {error}; mend or delete it first"))
        };
        let (aside, _) = self.at_home(slug, |_, terms, _| Ok(terms.aside.first().map(refuse)))?;
        aside.map_or(Ok(()), Err)?;
        Ok(self.at_home(slug, |home, terms, all| reduce(home, &terms.registry.schema, all))?.0)
    }

    /// Works where a tenant's data are, also when a move was cut off before it was noted, with what the tenant has and
    /// with every table that this process knows of.
    fn at_home<T>(
        &self,
        slug: &str,
        work: impl Fn(&Home, &Terms, &Schema) -> Result<T, StoreError>,
    ) -> Result<(T, Terms)> {
        let mut entry = self.entry(slug)?;
        loop {
            let home = self.home(&entry)?;
            let terms = self.terms(&entry, &home)?;
            match work(&home, &terms, &*self.schema_at(&home)?) {
                Err(StoreError::Moved(forward)) => entry = self.forwarded(entry, &forward)?,
                // Whoever runs this reads of its tables; an answer over the network would not tell of them.
                Err(StoreError::Migration(refused)) => return Err(Problem::conflict(format!("{slug}: {refused}"))),
                done => return Ok((done?, terms)),
            }
        }
    }
}
