//! That a tenant holds together: what its store, its apps and its files say of themselves.

use std::sync::Arc;

use crate::kernel::Kernel;
use crate::principal::Principal;
use crate::{Result, Tenant};

impl Kernel {
    /// Runs the checks of the store and of every app over a tenant, and reads all that its files contain.
    pub async fn verify(&self, tenant: &Arc<Tenant>) -> Result<Vec<nexus_store::Finding>> {
        let system = Arc::new(Principal::system());
        let told =
            self.read_in(tenant, &system, None, |ctx| {
                Box::pin(async move {
                    let mut findings = ctx.tx.verify().await?;
                    let aside = ctx.tenant.set_aside().iter();
                    findings.extend(aside.map(|error| nexus_store::Finding {
                        place: "manifests".to_owned(),
                        message: error.to_string(),
                    }));
                    let registry = Arc::clone(&ctx.registry);
                    for (app, check) in &registry.verify {
                        let messages = check(ctx).await?;
                        findings.extend(
                            messages.into_iter().map(|message| nexus_store::Finding { place: app.clone(), message }),
                        );
                    }
                    Ok(findings)
                })
            });
        let mut findings = told.await?;
        findings.extend(self.verify_files(tenant).await?);
        Ok(findings)
    }
}
