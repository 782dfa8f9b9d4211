//! A new tenant: its file, its first company, its administrator.

use std::sync::Arc;

use nexus_model::{Problem, Uuid};
use nexus_store::{Run, Storage, TenantEntry};
use serde_json::json;

use super::objects::{Company, User};
use crate::entity::Id;
use crate::kernel::Kernel;
use crate::principal::{ADMINISTRATOR, Principal};
use crate::{Result, Tenant};

/// What a tenant begins with.
#[derive(Clone, Debug, Default)]
pub struct NewTenant {
    pub company: String,
    /// The administrator's name; the first part of the address when left out.
    pub name: Option<String>,
    pub email: String,
    pub password: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// ISO 4217.
    pub currency: String,
    /// The plan by its name; everything without limits when left out.
    pub plan: Option<String>,
}

/// A company's name as a short name of files and addresses: `Kibo Traders Ltd` → `kibo-traders-ltd`.
pub fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let slug: String = words.join("-").chars().take(40).collect();
    if slug.is_empty() { "company".to_owned() } else { slug }
}

impl Kernel {
    /// The first place that takes one more tenant: where the control tables are, and then the others by name.
    fn place_with_room(&self) -> Result<Option<String>> {
        let most = self.options.tenants_per_database;
        let others = self.options.places.iter().map(|(name, storage)| (Some(name), storage));
        for (name, storage) in std::iter::once((None, &self.options.storage)).chain(others) {
            // A folder takes as many as the disk does.
            let room = matches!(storage, Storage::Folder(_)) || self.control.count_at(name.map(String::as_str))? < most;
            if room {
                return Ok(name.cloned());
            }
        }
        let full = format!("every database has its {most} tenants already; nothing was changed");
        Err(Problem::conflict(format!("{full}: name a further one with --places, or raise --tenants-per-database")))
    }

    /// Makes a tenant with its first company and an administrator, all in one transaction.
    ///
    /// # Errors
    /// A conflict when there is a tenant of this name; it is left as it is.
    pub async fn create_tenant(&self, new: NewTenant) -> Result<Arc<Tenant>> {
        let _alone = self.making.lock().await;
        let slug = slug(&new.company);
        let another = || Problem::conflict(format!("another process is making a tenant {slug} just now"));
        let _only = self.control.alone(&slug)?.ok_or_else(another)?;
        if self.control.tenant(&slug)?.is_some() {
            return Err(Problem::conflict(format!("there is a tenant {slug} already; nothing was changed")));
        }
        let password = super::auth::hash(&new.password)?;
        new.plan.as_deref().map_or(Ok(()), |plan| self.plan(plan).map(drop))?;
        let entry = TenantEntry {
            slug: slug.clone(),
            name: new.company.clone(),
            place: self.place_with_room()?,
            plan: new.plan.clone(),
            plan_since: new.plan.as_ref().map(|_| (self.options.clock)()),
            ..TenantEntry::default()
        };
        // Noted last: a set-up that was cut off has left nothing that a second one would find.
        let tenant = self.open_new(&entry)?;
        let system = Arc::new(Principal::system());
        let made = self.write_in(&tenant, &system, None, Uuid::now_v7(), true, move |ctx| {
            Box::pin(async move {
                let (id, at) = (ctx.run_id(), ctx.now());
                let action = "core.create_tenant".to_owned();
                ctx.tx
                    .add_run(&Run { id, at, principal: Uuid::nil(), action: action.clone(), undone_by: None })
                    .await?;
                ctx.progress.action = action;
                let company = Company {
                    name: new.company,
                    country: new.country,
                    currency: new.currency,
                    email: Some(new.email.clone()),
                    ..Company::default()
                };
                let company = ctx.create(company).await?;
                let local = || new.email.split('@').next().unwrap_or("Administrator").to_owned();
                ctx.create(User {
                    name: new.name.unwrap_or_else(local),
                    email: new.email,
                    roles: vec![ADMINISTRATOR.to_owned()],
                    company: Some(Id::new(company.id.uuid())),
                    password: Some(password),
                    active: true,
                    ..User::default()
                })
                .await?;
                Ok(json!({}))
            })
        });
        made.await?;
        let _opening = self.opening();
        if !self.control.add_tenant(&entry, nexus_model::Timestamp::now())? {
            return Err(Problem::conflict(format!("somebody else made a tenant {slug} just now")));
        }
        drop(self.tenants.surplus(1));
        self.tenants.insert(&tenant);
        Ok(tenant)
    }
}
