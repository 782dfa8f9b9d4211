//! One record given to somebody beyond what roles grant: to a person, a team, a role, or whoever has a link.
//!
//! Who may do something with a record by a role may share it for that and no more. A share is part of the rights of those whom it
//! is for, so every face obeys it; it ends when it is deleted or its time is over. A link shows the record as whoever
//! made it sees it, at the moment at which it is followed.

use std::collections::HashMap;
use std::sync::Arc;

use nexus_macros::action;
use nexus_model::object::system;
use nexus_model::{ObjectName, Problem, Record, Timestamp, Uuid, Value};
use nexus_store::Filter;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::auth::random_token;
use super::equal_in_constant_time;
use super::objects::{Share, ShareRight};
use crate::ctx::Ctx;
use crate::entity::{Entity, Id, Leads};
use crate::faces::Shown;
use crate::kernel::Kernel;
use crate::policy::{HANG_ON, READ, UPDATE};
use crate::principal::{Principal, Shared};
use crate::{Result, Tenant};

/// First letters of a link's token: what it is, for people and for secret scanners.
const LINK_PREFIX: &str = "nxs";
/// Live shares with one person, one team or one role.
const SHARES_MAX: usize = 1_000;

/// Refuses a share with nobody or several, for more than whoever makes it or brings it back may do, or one too many.
pub(super) async fn check_share(ctx: &mut Ctx, share: &Share) -> Result<()> {
    let with = [share.user.is_some(), share.team.is_some(), share.role.is_some(), share.by_link];
    if with.iter().filter(|given| **given).count() != 1 {
        return Err(Problem::field("user", "one", "a record is shared with one: a user, a team or a role"));
    }
    if let Some(role) = share.role.as_ref().filter(|role| !super::is_role(ctx, role)) {
        return Err(Problem::field("role", "role", format!("there is no role {role}")));
    }
    if share.by_link && share.right != ShareRight::Read {
        return Err(Problem::field("right", "link", "of a link is to read; share with a person for more"));
    }
    if share.by_link && ctx.principal().is_agent() {
        // A link shows what its maker sees, which is more than an agent may.
        return Err(Problem::denied("an agent may not give records to the outside"));
    }
    if share.expires_at.is_some_and(|at| at <= ctx.began) {
        return Err(Problem::field("expires_at", "past", "is over already; name a time to come, or delete the share"));
    }
    let Some(target) = share.target.clone() else { return Ok(()) };
    let object = Arc::clone(ctx.registry.object(target.object.as_str())?);
    let verb = match share.right {
        ShareRight::Read => READ,
        ShareRight::Comment => HANG_ON,
        ShareRight::Write => UPDATE,
    };
    // What one has by a share alone is not passed on: it would outlast that share.
    let by_roles = Principal { shared: Arc::default(), ..ctx.principal().clone() };
    let asker = std::mem::replace(&mut ctx.principal, Arc::new(by_roles));
    let found = ctx.record_for(&object, target.id, verb, false).await;
    ctx.principal = asker;
    if found?.is_none() {
        let message = "is more than your roles let you do with this record; share it for less";
        return Err(Problem { kind: crate::Kind::Denied, ..Problem::field("right", "share", message) });
    }
    let with = [
        ("user", share.user.map(|user| Value::Id(user.uuid()))),
        ("team", share.team.map(|team| Value::Id(team.uuid()))),
        ("role", share.role.clone().map(Value::Text)),
    ];
    for (field, value) in with.into_iter().filter_map(|(field, value)| Some((field, value?))) {
        let known = ctx.shares_with(field, value).await?;
        if known.iter().filter(|known| known.id != share.id).count() >= SHARES_MAX {
            let message = format!("has {SHARES_MAX} shares; delete some, or grant a role what all of them need");
            return Err(Problem::field(field, "max", message));
        }
    }
    Ok(())
}

/// What is shared by a link, and for how long.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct NewLink {
    target: Leads,
    /// When the link ends; never when left out, until its share is deleted.
    #[serde(default)]
    expires_at: Option<Timestamp>,
}

/// Makes a link by which anybody reads one record as you see it. Its token is in the answer and never again.
#[action(object = "share", name = "link", effect = "reversible", label = "Share by link")]
pub async fn share_by_link(ctx: &mut Ctx, input: NewLink) -> Result<Json> {
    let id = Uuid::now_v7();
    let token = format!("{LINK_PREFIX}_{}.{id}.{}", ctx.tenant.slug, random_token());
    let share = Share {
        id: Id::new(id),
        target: Some(input.target),
        expires_at: input.expires_at,
        by_link: true,
        digest: Some(blake3::hash(token.as_bytes()).to_hex().to_string()),
        ..Share::default()
    };
    ctx.create(share).await?;
    Ok(json!({"id": id, "token": token, "path": format!("/api/v1/shared/{token}")}))
}

impl Ctx {
    /// The shares with one user, team or role that are not over, whoever may see them.
    async fn shares_with(&mut self, field: &str, value: Value) -> Result<Vec<Share>> {
        let object = Arc::clone(self.registry.object(Share::OBJECT)?);
        let lasts = Filter::Where(self.condition(&object, "expires_at == null || expires_at > now()")?);
        let filters = vec![Filter::Equals(field.to_owned(), value), lasts];
        let elevated = std::mem::replace(&mut self.elevated, true);
        let found = self.records(&object, filters, Vec::new(), SHARES_MAX).await;
        self.elevated = elevated;
        Ok(found?.iter().map(Share::from_record).collect())
    }

    /// A user with all rights worked out.
    pub(crate) async fn principal_by(&mut self, user: Filter) -> Result<Principal> {
        let object = Arc::clone(self.registry.object("core.user")?);
        let found: Option<Record> = self.records(&object, vec![user], Vec::new(), 1).await?.pop();
        let principal = self.registry.principal(found, self.tx.epoch())?;
        let teams = principal.teams.iter().map(|team| ("team", Value::Id(*team)));
        let roles = principal.roles.iter().map(|role| ("role", Value::Text(role.clone())));
        let with = std::iter::once(("user", Value::Id(principal.user))).chain(teams).chain(roles);
        let mut shared: HashMap<ObjectName, Vec<Shared>> = HashMap::new();
        for (field, value) in with {
            for Share { id, target, right, expires_at, .. } in self.shares_with(field, value).await? {
                let Some(Leads { object, id: record }) = target else { continue };
                shared.entry(object).or_default().push(Shared { share: id.uuid(), record, right, expires_at });
            }
        }
        Ok(Principal { shared: Arc::new(shared), ..principal })
    }
}

impl Kernel {
    /// The record that a link's token opens, as whoever shared it sees it now. Every token that opens nothing is told the
    /// same, and too many wrong ones for a share are refused for a while.
    ///
    /// # Errors
    /// When there is no such link any more, or its record may not be read by who made it.
    pub async fn shared(&self, token: &str) -> Result<Json> {
        let nothing = || Problem::not_found("nothing is shared by this link, or not any more");
        let rest = token.strip_prefix(LINK_PREFIX).and_then(|rest| rest.strip_prefix('_')).unwrap_or_default();
        let mut parts = rest.splitn(3, '.');
        let (Some(slug), Some(id), Some(_)) = (parts.next(), parts.next(), parts.next()) else { return Err(nothing()) };
        let id = Uuid::try_parse(id).map_err(|_| nothing())?;
        let tenant: Arc<Tenant> = self.tenant(slug).map_err(|_| nothing())?;
        let system = Arc::new(Principal::system());
        let found = self.read_in(&tenant, &system, None, move |ctx| {
            Box::pin(async move {
                let object = Arc::clone(ctx.registry.object(Share::OBJECT)?);
                let found = ctx.record_for(&object, id, READ, false).await?;
                let live = |share: &Share| share.by_link && share.expires_at.is_none_or(|at| at > ctx.began);
                let by = found.as_ref().and_then(|found| found.link(system::CREATED_BY));
                Ok(found.as_ref().map(Share::from_record).filter(live).zip(by))
            })
        });
        let (share, by) = found.await?.ok_or_else(nothing)?;
        let guesses = format!("share {id}");
        self.throttle.count(&guesses)?;
        let digest = blake3::hash(token.as_bytes()).to_hex();
        if !equal_in_constant_time(share.digest.as_deref().unwrap_or_default(), &digest) {
            return Err(nothing());
        }
        self.throttle.right(&guesses);
        // Who guesses neither learns how the company stands nor uses up what it may ask.
        tenant.check_standing()?;
        tenant.count_call()?;
        let target = share.target.ok_or_else(nothing)?;
        let principal = self.principal(&tenant, by).await.map_err(|_| nothing())?;
        self.read_in(&tenant, &principal, None, move |ctx| {
            Box::pin(async move {
                let object = Arc::clone(ctx.registry.object(target.object.as_str())?);
                let record = ctx.record_for(&object, target.id, READ, false).await?.ok_or_else(nothing)?;
                let view = Arc::new(ctx.view(&object, &|_| true));
                Ok(json!({
                    "object": object.name.as_str(), "label": object.label, "title": record.title(),
                    "right": "read", "expires_at": share.expires_at, "record": Shown::new(record, &view)
                }))
            })
        })
        .await
    }
}
