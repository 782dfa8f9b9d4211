//! What an action works with: who asks, when, for which company, and the transaction.

mod perform;
pub(crate) mod read;
pub(crate) mod seen;
mod typed;

use std::collections::BTreeMap;
use std::sync::Arc;

use nexus_model::expr::Vars;
use nexus_model::value::Address;
use nexus_model::{Currency, Date, Problem, Record, Schema, Timestamp, Uuid};
use nexus_store::{Change, Filter, Tx, Verb};

use crate::core::{Company, User};
use crate::entity::{Id, Leads};
use crate::policy::Policy;
use crate::principal::Principal;
use crate::registry::Registry;
use crate::write::hold::Approved;
use crate::write::recompute::Sources;
use crate::{Result, Tenant};

/// A legal entity of the tenant.
#[derive(Clone, Debug, PartialEq)]
pub struct CompanyInfo {
    pub id: Id<Company>,
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub currency: Currency,
    pub address: Option<Address>,
    pub tax_id: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub bank: Option<String>,
}

/// What one write did to one record.
#[derive(Clone, Debug)]
pub struct ChangeSet {
    /// The record as the write left it.
    pub record: Record,
    pub title: String,
    pub verb: Verb,
    pub action: String,
    pub changes: Vec<Change>,
}

/// Where a run stands.
#[derive(Clone, Debug)]
pub(crate) struct Progress {
    pub(crate) run: Uuid,
    /// The step at work.
    pub(crate) step: i64,
    pub(crate) next_step: i64,
    /// Full name of the action at work.
    pub(crate) action: String,
    /// REST segments of the actions at work, outermost first: what a state's `by` is compared with.
    pub(crate) verbs: Vec<String>,
    pub(crate) depth: usize,
}

/// The context of a running action. All reads and writes go through it, and it carries who asks.
pub struct Ctx {
    pub(crate) registry: Arc<Registry>,
    pub(crate) tenant: Arc<Tenant>,
    pub(crate) principal: Arc<Principal>,
    pub(crate) tx: Tx,
    pub(crate) vars: Vars,
    pub(crate) companies: Arc<Vec<CompanyInfo>>,
    pub(crate) elevated: bool,
    pub(crate) progress: Progress,
    pub(crate) seen: seen::Seen,
    /// What was written so far, for previews and replies.
    pub(crate) written: Vec<ChangeSet>,
    /// Changes that this work has logged.
    pub(crate) changes: u64,
    /// Whether to keep `written`; a long import does not.
    pub(crate) keeps_written: bool,
    /// Whoever runs the actions wants the ids of their records alone, as an import does.
    pub(crate) wants_ids: bool,
    /// Users, roles or companies were written: what is remembered of them must go.
    pub(crate) touched_core: bool,
    /// The tenant's own manifests were written: its tables and everything derived from them change.
    pub(crate) touched_manifests: bool,
    /// What was changed that others follow.
    pub(crate) sources: Sources,
    /// The language in which records are told, where it is not their own.
    pub(crate) language: Option<String>,
    /// The earliest moment at which this work leaves a job or a schedule to be run.
    pub(crate) work_at: Option<Timestamp>,
    /// Records that this work changed, by run: whoever follows them is told.
    pub(crate) changed: BTreeMap<Uuid, Vec<Leads>>,
    /// Users whose sessions end with this work: their password is new, or they left.
    pub(crate) signed_out: Vec<Uuid>,
    /// Records that this work made, less those that it deleted.
    pub(crate) more_records: i64,
    /// Bytes of the files that this work made.
    pub(crate) more_bytes: u64,
    /// The `traceparent` of whoever has this work done.
    pub(crate) trace: Option<String>,
    /// This work takes another run back.
    pub(crate) undoing: bool,
    /// What of it need not wait for anybody's approval any more.
    pub(crate) approved: Approved,
    /// The version that the caller has seen.
    pub(crate) if_match: Option<i64>,
    /// When the transaction began, also while it reads as of an earlier moment.
    pub(crate) began: Timestamp,
    /// What of people and companies is read here may be remembered in this generation of the tenant's cache.
    generation: u64,
}

impl Ctx {
    /// A context over `tx`, begun in a `generation` of the tenant's cache or later, for `principal`, who works in
    /// `company` or in the first of its companies.
    pub(crate) async fn new(
        registry: Arc<Registry>,
        tenant: Arc<Tenant>,
        principal: Arc<Principal>,
        tx: Tx,
        company: Option<Uuid>,
        run: Uuid,
        generation: u64,
    ) -> Result<Ctx> {
        // Times are kept to the microsecond: what is answered now reads the same later.
        let now = tenant.now();
        let now = Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now);
        let mut ctx = Ctx {
            vars: Vars { now, today: now.to_zoned(jiff::tz::TimeZone::UTC).date(), ..Vars::default() },
            registry,
            tenant,
            principal,
            tx,
            companies: Arc::default(),
            elevated: false,
            progress: Progress { run, step: 0, next_step: 0, action: String::new(), verbs: Vec::new(), depth: 0 },
            seen: seen::Seen::default(),
            written: Vec::new(),
            changes: 0,
            keeps_written: true,
            wants_ids: false,
            touched_core: false,
            touched_manifests: false,
            sources: Sources::new(),
            language: None,
            work_at: None,
            changed: BTreeMap::new(),
            signed_out: Vec::new(),
            more_records: 0,
            more_bytes: 0,
            trace: None,
            undoing: false,
            approved: Approved::default(),
            if_match: None,
            began: now,
            generation,
        };
        ctx.tell_who_asks();
        ctx.renew().await?;
        ctx.load_companies().await?;
        ctx.enter_company(company)?;
        Ok(ctx)
    }

    /// Works out the rights anew where another process may have changed them since.
    async fn renew(&mut self) -> Result<()> {
        let epoch = self.tx.epoch();
        self.tenant.forget_before(epoch);
        if self.principal.as_of >= epoch {
            return Ok(());
        }
        let asker = std::mem::replace(&mut self.principal, Arc::new(Principal::system()));
        let principal = Principal { kind: asker.kind, ..self.principal_by(Filter::Ids(vec![asker.user])).await? };
        self.become_principal(Arc::new(principal));
        Ok(())
    }

    /// Goes on with the rights of another.
    pub(crate) fn become_principal(&mut self, principal: Arc<Principal>) {
        self.principal = principal;
        self.tell_who_asks();
    }

    /// Makes conditions know the principal.
    fn tell_who_asks(&mut self) {
        let Principal { user, teams, roles, companies, creates, .. } = self.principal.as_ref();
        self.vars.user = (!user.is_nil()).then_some(*user);
        self.vars.teams.clone_from(teams);
        self.vars.roles.clone_from(roles);
        self.vars.companies.clone_from(companies);
        self.vars.creates.clone_from(creates);
    }

    async fn load_companies(&mut self) -> Result<()> {
        if let Some(known) = self.tenant.companies().filter(|_| !self.touched_core) {
            self.companies = known;
            return Ok(());
        }
        let object = Arc::clone(self.schema().expect(&nexus_model::ObjectName::new("core", "company")));
        let before = std::mem::replace(&mut self.elevated, true);
        let records = self.records(&object, Vec::new(), vec![("created_at".to_owned(), false)], 1_000).await;
        self.elevated = before;
        let companies: Vec<_> = records?.iter().filter_map(company_info).collect();
        self.companies = Arc::new(companies);
        if !self.touched_core {
            self.tenant.remember_companies(&self.companies, self.generation);
        }
        Ok(())
    }

    /// Goes on in another company, one that the principal may work in.
    pub(crate) fn enter_company(&mut self, company: Option<Uuid>) -> Result<()> {
        let allowed = |id: &Uuid| self.principal.companies.is_empty() || self.principal.companies.contains(id);
        let chosen = match company {
            Some(id) => {
                let found = self.companies.iter().find(|known| known.id.uuid() == id && allowed(&id));
                Some(found.ok_or_else(|| Problem::not_found(format!("there is no company {id}")))?)
            }
            None => {
                let own = self.principal.company.and_then(|id| self.companies.iter().find(|c| c.id.uuid() == id));
                own.or_else(|| self.companies.iter().find(|known| allowed(&known.id.uuid())))
            }
        };
        self.vars.company = chosen.map(|company| company.id.uuid());
        self.vars.currency = chosen.map(|company| company.currency);
        Ok(())
    }

    /// Rereads the companies after one was made or changed in this transaction, and works in `company`.
    pub(crate) async fn reload_companies(&mut self, company: Option<Uuid>) -> Result<()> {
        self.touched_core = true;
        self.load_companies().await?;
        self.enter_company(company)
    }

    pub fn schema(&self) -> &Arc<Schema> {
        &self.registry.schema
    }

    pub fn principal(&self) -> &Principal {
        &self.principal
    }

    /// The signed-in user; none for the system.
    pub fn user(&self) -> Option<Id<User>> {
        self.vars.user.map(Id::new)
    }

    /// When the transaction began; the same for all of it.
    pub fn now(&self) -> Timestamp {
        self.vars.now
    }

    pub fn today(&self) -> Date {
        self.vars.today
    }

    /// The run this work belongs to.
    pub fn run_id(&self) -> Uuid {
        self.progress.run
    }

    /// The company at work.
    ///
    /// # Errors
    /// When the tenant has no company yet.
    pub fn company(&self) -> Result<&CompanyInfo> {
        let current = self.vars.company;
        self.companies
            .iter()
            .find(|company| Some(company.id.uuid()) == current)
            .ok_or_else(|| Problem::conflict("there is no company yet; create one first"))
    }

    /// The currency of the company at work.
    pub fn currency(&self) -> Result<Currency> {
        Ok(self.company()?.currency)
    }

    /// Goes on in the company of a record, so that its series, accounts and currency apply.
    pub fn work_in(&mut self, company: Id<Company>) -> Result<()> {
        if company.is_nil() { Ok(()) } else { self.enter_company(Some(company.uuid())) }
    }

    /// Whether the answer of the action at work is read for its record's id alone. Steps that an action takes
    /// itself are answered in full.
    pub(crate) fn answers_id(&self) -> bool {
        self.wants_ids && self.progress.depth <= 1
    }

    pub(crate) fn policy(&self) -> Policy<'_> {
        Policy { registry: &self.registry, principal: &self.principal, elevated: self.elevated, now: self.began }
    }
}

fn company_info(record: &Record) -> Option<CompanyInfo> {
    let text = |name: &str| record.get(name).as_text().map(str::to_owned);
    Some(CompanyInfo {
        id: Id::new(record.id()),
        name: record.text("name").to_owned(),
        country: record.text("country").to_owned(),
        currency: record.text("currency").parse().ok()?,
        address: if let nexus_model::Value::Address(address) = record.get("address") {
            Some((**address).clone())
        } else {
            None
        },
        tax_id: text("tax_id"),
        email: text("email"),
        phone: text("phone"),
        bank: text("bank"),
    })
}
