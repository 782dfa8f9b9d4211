//! Turning a kind of mail off with one click, in the mail program and without a sign-in (RFC 8058).
//!
//! The link in a mail is signed with a key of its reader's that never leaves the tenant: it turns off what it names for
//! that reader and does nothing else. Following it with GET changes nothing.

use std::sync::Arc;

use nexus_model::{Problem, Uuid};
use nexus_store::Run;

use crate::core::{
    NotificationKind, NotificationKindMail, NotificationMail, NotificationSettings, NotificationSettingsMail, User,
    equal_in_constant_time, random_token,
};
use crate::ctx::Ctx;
use crate::entity::Id;
use crate::find::find;
use crate::jobs::JobCtx;
use crate::kernel::Kernel;
use crate::principal::Principal;
use crate::{Result, Tenant};

/// First letters of a token: what it is, for people and for secret scanners.
const PREFIX: &str = "nxu";
/// What signatures are made for, so that a key of another purpose makes none.
const PURPOSE: &str = "nexus 2026 one-click unsubscription";
/// The action that the log shows.
const UNSUBSCRIBE: &str = "core.unsubscribe";

/// The link that turns off `what`, a kind or a digest, for the reader of a job's mail.
pub(super) fn link(base: &str, job: &JobCtx, key: &str, what: &str) -> String {
    let (slug, user) = (&job.tenant.slug, job.principal.user);
    format!("{base}/api/v1/unsubscribe/{PREFIX}_{slug}.{user}.{}.{what}", signature(key, slug, user, what))
}

fn signature(key: &str, slug: &str, user: Uuid, what: &str) -> String {
    let key = blake3::derive_key(PURPOSE, key.as_bytes());
    blake3::keyed_hash(&key, format!("{slug}/{user}/{what}").as_bytes()).to_hex().to_string()
}

/// The key of the principal at work, if it has one yet. Asked for by an elevated context.
pub(super) async fn key(ctx: &mut Ctx) -> Result<Option<String>> {
    let reader = Id::<User>::new(ctx.principal.user);
    Ok(ctx.get(reader).await?.mail_key)
}

/// Gives the reader of a job's mail a key, once.
pub(super) async fn new_key(job: &JobCtx) -> Result<String> {
    let reader = Id::<User>::new(job.principal.user);
    let made = job.kernel.manage(&job.tenant, move |ctx| {
        Box::pin(async move {
            let mut user = ctx.get(reader).await?;
            if let Some(key) = user.mail_key {
                return Ok(key);
            }
            let key = random_token();
            user.mail_key = Some(key.clone());
            ctx.save(user).await.map(|_| key)
        })
    });
    made.await
}

impl Kernel {
    /// Turns off the kind of mail that a link's token names, for its reader. Asked again, it changes nothing.
    ///
    /// # Errors
    /// The same for every token that is none of ours; after too many of them for one reader, that it is busy.
    pub async fn unsubscribe(&self, token: &str) -> Result<()> {
        let nothing = || Problem::not_found("nothing is turned off by this link; sign in and see to the settings");
        let rest = token.strip_prefix(PREFIX).and_then(|rest| rest.strip_prefix('_')).unwrap_or_default();
        let mut parts = rest.splitn(4, '.');
        let (Some(slug), Some(user), Some(signed), Some(what)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(nothing());
        };
        let user = Uuid::try_parse(user).map_err(|_| nothing())?;
        let tenant: Arc<Tenant> = self.tenant(slug).map_err(|_| nothing())?;
        let system = Arc::new(Principal::system());
        let found = self.read_in(&tenant, &system, None, move |ctx| {
            Box::pin(async move { ctx.first(find::<User>().eq("id", user)).await })
        });
        let key = found.await?.and_then(|user| user.mail_key).ok_or_else(nothing)?;
        let guesses = format!("unsubscribe {user}");
        self.throttle.count(&guesses)?;
        if !equal_in_constant_time(signed, &signature(&key, slug, user, what)) {
            return Err(nothing());
        }
        self.throttle.right(&guesses);
        tenant.check_standing()?;
        tenant.count_call()?;
        let reader = self.principal(&tenant, user).await.map_err(|_| nothing())?;
        let (run, what) = (Uuid::now_v7(), what.to_owned());
        self.write_in(&tenant, &reader, None, run, true, move |ctx| {
            Box::pin(async move {
                let (at, principal, action) = (ctx.now(), ctx.principal.user, UNSUBSCRIBE.to_owned());
                ctx.tx.add_run(&Run { id: run, at, principal, action: action.clone(), undone_by: None }).await?;
                ctx.progress.action = action;
                let known = ctx.first(find::<NotificationSettings>().eq("user", user)).await?;
                // What nobody has said yet is said by the defaults, once they are there.
                let mut settings = match known {
                    Some(settings) => settings,
                    None => ctx.create(NotificationSettings { user: Id::new(user), ..Default::default() }).await?,
                };
                silence(&mut settings, &what);
                ctx.save(settings).await.map(drop)
            })
        })
        .await
    }
}

/// Turns off the mail of a kind, or a digest with all that comes in it.
fn silence(settings: &mut NotificationSettings, what: &str) {
    let never = Some(NotificationKindMail::Never);
    let digests = [NotificationMail::Daily, NotificationMail::Weekly];
    if let Some(digest) = digests.into_iter().map(NotificationMail::as_str).find(|digest| *digest == what) {
        if settings.mail.as_str() == digest {
            settings.mail = NotificationSettingsMail::Never;
        }
        let lines = settings.kinds.iter_mut();
        lines.filter(|line| line.mail.is_some_and(|mail| mail.as_str() == digest)).for_each(|line| line.mail = never);
    } else if let Some(line) = settings.kinds.iter_mut().find(|line| line.kind == what) {
        line.mail = never;
    } else {
        // It stays in the inbox, or out of it, as it was.
        let app = what.split('.').next().unwrap_or_default();
        let in_app = settings.kinds.iter().find(|line| line.kind == app).is_none_or(|line| line.in_app);
        settings.kinds.push(NotificationKind { kind: what.to_owned(), in_app, mail: never, ..Default::default() });
    }
}
