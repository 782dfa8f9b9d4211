//! What apps give a company to begin with: to a new one, and to those that are there when an app is switched on.

use std::sync::Arc;

use nexus_model::Uuid;
use nexus_store::Run;

use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::kernel::Kernel;
use crate::principal::Principal;
use crate::{Result, Tenant};

/// The action on the log under which apps set up companies that are there already.
const SWITCH_ON: &str = "core.switch_on";

/// The series that tells that an app has been switched on.
fn mark(app: &str) -> String {
    format!("_app {app}")
}

impl Kernel {
    /// Sets up a tenant's companies for apps that it has not had before. What a set-up that was cut off left undone is
    /// done when the tenant is opened next.
    pub(crate) async fn switch_on(&self, tenant: &Arc<Tenant>) -> Result<()> {
        let mut apps: Vec<String> = tenant.registry().company_hooks.iter().map(|(app, _)| app.clone()).collect();
        apps.dedup();
        let system = Arc::new(Principal::system());
        let missing = self.read_in(tenant, &system, None, |ctx| {
            Box::pin(async move {
                let mut missing = Vec::new();
                for app in apps {
                    // Without a company there is nothing to set up, and the first one will bring all apps along.
                    if !ctx.companies.is_empty() && ctx.tx.last_number(&mark(&app)).await?.is_none() {
                        missing.push(app);
                    }
                }
                Ok(missing)
            })
        });
        let missing = missing.await?;
        if missing.is_empty() {
            return Ok(());
        }
        let run = Uuid::now_v7();
        self.write_in(tenant, &system, None, run, true, move |ctx| {
            Box::pin(async move {
                let (at, action) = (ctx.now(), SWITCH_ON.to_owned());
                ctx.tx
                    .add_run(&Run { id: run, at, principal: Uuid::nil(), action: action.clone(), undone_by: None })
                    .await?;
                ctx.progress.action = action;
                for app in missing {
                    // Another process may have been here first.
                    if ctx.tx.next_number(&mark(&app)).await? == 1 && ctx.is_unused(&app).await? {
                        let companies = Arc::clone(&ctx.companies);
                        for company in companies.iter() {
                            ctx.begin_company(company.id.uuid(), Some(&app)).await?;
                        }
                    }
                }
                Ok(())
            })
        })
        .await
    }
}

impl Ctx {
    /// Gives a company what the apps, or one of them, have for it to begin with, with the rights of the system: who may
    /// found a company need not be an accountant.
    pub(crate) async fn begin_company(&mut self, company: Uuid, only: Option<&str>) -> Result<()> {
        let current = self.vars.company;
        let elevated = std::mem::replace(&mut self.elevated, true);
        self.enter_company(Some(company))?;
        let registry = Arc::clone(&self.registry);
        let mut done = Ok(());
        for (_, hook) in registry.company_hooks.iter().filter(|(app, _)| only.is_none_or(|only| only == app)) {
            done = hook(self, company).await;
            if done.is_err() {
                break;
            }
        }
        self.elevated = elevated;
        if current.is_some() {
            self.enter_company(current)?;
        }
        done?;
        // A company that begins with all apps is why none of them is to be switched on later.
        for (app, _) in registry.company_hooks.iter().filter(|_| only.is_none()) {
            if self.tx.last_number(&mark(app)).await?.is_none() {
                self.tx.next_number(&mark(app)).await?;
            }
        }
        Ok(())
    }

    /// Whether an app has no records yet. One that was there before it was told apart has some.
    async fn is_unused(&mut self, app: &str) -> Result<bool> {
        let registry = Arc::clone(&self.registry);
        let elevated = std::mem::replace(&mut self.elevated, true);
        let mut unused = Ok(true);
        for object in registry.schema.objects().filter(|object| object.name.app() == app && object.child_of.is_none()) {
            match self.count_of(object, Ask::default(), Some(1)).await {
                Ok(0) => {}
                found => {
                    unused = found.map(|_| false);
                    break;
                }
            }
        }
        self.elevated = elevated;
        unused
    }
}
