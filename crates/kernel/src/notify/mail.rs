//! Mail: what a person has not read is put into a letter, in the background and with their own rights.

use std::sync::Arc;

use nexus_model::{Problem, Timestamp, Uuid};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::moment::{Way, quiet_until};
use super::unsubscribe;
use crate::core::{Job, MailTemplate, Notification, NotificationMail, NotificationSettings};
use crate::ctx::Ctx;
use crate::entity::{Id, Leads};
use crate::find::{Find, find};
use crate::jobs::JobCtx;
use crate::policy::READ;
use crate::{BoxFuture, Result};

/// Notifications of one digest; the rest follows in another.
const DIGEST_MAX: usize = 200;

/// A template of a company's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// A mail to one person, before its words are put together.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// The same at each try, so that a server can tell that it has it already.
    pub id: String,
    /// Name and address of its reader.
    pub to: (String, String),
    /// `notification`, `digest` or `document`.
    pub name: &'static str,
    /// The company's own template of that name, if it has one.
    pub own: Option<Template>,
    /// `{company, user: {name, email}, notifications: [{kind, title, body, url, at}], settings_url}`; the URLs are null
    /// where nobody has said how this server is reached. Of a document `{company, subject, body, title, user, sender}`.
    pub data: Json,
    /// Where its reader says that they want none (RFC 2369): a POST there turns this kind of mail off (RFC 8058).
    pub unsubscribe: Option<String>,
    /// Name and address of the person who answers; the company's own sender when there is none.
    pub reply_to: Option<(String, String)>,
    pub enclosures: Vec<Enclosure>,
}

/// A file that comes with a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosure {
    pub name: String,
    pub media_type: &'static str,
    pub content: Vec<u8>,
}

/// Takes mail out of the process; the binary wires one in, so that the engine stays a leaf.
pub trait Mailer: Send + Sync {
    /// Hands a letter over. It may come twice: a process can die before it has noted that it was taken.
    ///
    /// # Errors
    /// `Away` when a later try may succeed; anything else when it would not.
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<()>>;
}

/// What one job mails.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Batch {
    /// `at_once`, `daily` or `weekly`.
    pub(crate) mail: String,
}

impl Batch {
    /// What is due of a digest.
    fn due(&self) -> Find<Notification> {
        unsent().eq("mail", self.mail.as_str()).filter("mail_at <= now()")
    }

    /// The job that mails it, in the name and with the rights of its reader.
    pub(super) fn job(&self, reader: Id<crate::core::User>, record: Option<Uuid>, at: Timestamp) -> Job {
        let job = Job { owner: Some(reader), record, ..Job::action(MAIL) };
        job.with(json!(self)).at(at).queue("mail")
    }
}

/// The job that takes mail out.
const MAIL: &str = "core.mail";

/// What neither was read nor mailed.
fn unsent() -> Find<Notification> {
    find::<Notification>().filter("read_at == null && mailed_at == null")
}

/// What is to be mailed of a batch.
#[derive(Default)]
struct Found {
    letters: Vec<Notification>,
    /// What their reader may no longer read, or wants no mail of any more.
    withheld: Vec<Uuid>,
    /// Nothing is mailed before: these are quiet hours.
    wait_until: Option<Timestamp>,
    own: Option<Template>,
    company: String,
    /// What the link is signed with by which its reader turns such mail off.
    key: Option<String>,
}

/// Mails what is due of the job's owner. Without a mailer there is nothing to do: it is in the inbox.
pub(crate) async fn mail(job: JobCtx, batch: Batch) -> Result<()> {
    let Some(mailer) = job.kernel.options.mailer.clone() else { return Ok(()) };
    let one = job.record.filter(|_| batch.mail == NotificationMail::AtOnce.as_str());
    let name = if one.is_some() { "notification" } else { "digest" };
    let asked = batch.clone();
    let found = job.kernel.read_in(&job.tenant, &job.principal, None, move |ctx| Box::pin(due(ctx, asked, one, name)));
    let Found { letters, withheld, wait_until, own, company, key } = found.await?;
    if let Some(at) = wait_until {
        return ask_again(&job, batch, at).await;
    }
    let ids = super::ids(&letters);
    if !letters.is_empty() {
        let base = job.kernel.options.public_url.as_deref().map(|url| url.trim_end_matches('/'));
        let key = match key {
            Some(key) => key,
            None => unsubscribe::new_key(&job).await?,
        };
        let what = if one.is_some() { letters[0].kind.as_str() } else { batch.mail.as_str() };
        let told = letters.iter().map(|letter| {
            json!({"kind": letter.kind, "title": letter.title, "body": letter.body, "url": url(&job, base, letter)})
        });
        let letter = Letter {
            id: job.key("mail"),
            to: (job.principal.name.clone(), job.principal.email.clone()),
            name,
            own,
            data: json!({
                "company": company,
                "user": {"name": job.principal.name, "email": job.principal.email},
                "notifications": told.collect::<Vec<_>>(),
                "settings_url": base.map(|base| format!("{base}{}", super::SETTINGS_PAGE)),
            }),
            unsubscribe: base.map(|base| unsubscribe::link(base, &job, &key, what)),
            reply_to: None,
            enclosures: Vec::new(),
        };
        mailer.send(&letter).await?;
    }
    note(&job, batch, ids, withheld).await
}

/// Where a notification leads, seen from a browser.
fn url(job: &JobCtx, base: Option<&str>, notification: &Notification) -> Option<String> {
    let base = base?;
    let target = notification.target.as_ref()?;
    let registry = job.tenant.registry();
    let object = registry.schema.get(target.object.as_str())?;
    Some(format!("{base}/{}/{}/{}", object.name.app(), object.segment, target.id))
}

async fn due(ctx: &mut Ctx, batch: Batch, one: Option<Uuid>, name: &'static str) -> Result<Found> {
    let settings = ctx.first(find::<NotificationSettings>().filter("user == principal.user")).await?;
    let wait_until = quiet_until(settings.as_ref(), ctx.now())?;
    if wait_until.is_some() {
        return Ok(Found { wait_until, ..Found::default() });
    }
    let company = ctx.company().map(|company| company.name.clone()).unwrap_or_else(|_| ctx.tenant.name.clone());
    let asked = match one {
        Some(id) => unsent().eq("id", id),
        None => batch.due(),
    };
    let mut found = Found { company, ..Found::default() };
    let asked = asked.filter("user == principal.user").sort("created_at").limit(DIGEST_MAX);
    for mut notification in ctx.all(asked).await? {
        let is_wanted = Way::of(settings.as_ref(), &notification.kind, ctx.now())?.mail.is_some();
        if is_wanted && is_open(ctx, &mut notification).await? {
            found.letters.push(notification);
        } else {
            found.withheld.push(notification.id.uuid());
        }
    }
    // Which words a company uses is no secret of its administrators.
    ctx.elevated = true;
    let own = own_template(ctx, name).await;
    let key = unsubscribe::key(ctx).await;
    ctx.elevated = false;
    found.own = own?;
    found.key = key?;
    Ok(found)
}

/// The company's own words for a kind of letter, if it has any.
pub(super) async fn own_template(ctx: &mut Ctx, name: &str) -> Result<Option<Template>> {
    let own = ctx.first(find::<MailTemplate>().eq("name", name)).await?;
    Ok(own.map(|own| Template { subject: own.subject, text: own.text, html: own.html }))
}

/// Whether its reader may still read what a notification is about and what it quotes, whose words of now are its own.
async fn is_open(ctx: &mut Ctx, notification: &mut Notification) -> Result<bool> {
    if let Some(target) = &notification.target
        && title(ctx, target).await?.is_none()
    {
        return Ok(false);
    }
    if let Some(quoted) = &notification.quotes {
        let Some(words) = title(ctx, quoted).await? else { return Ok(false) };
        notification.body = Some(words.chars().take(super::BODY_MAX).collect());
    }
    Ok(true)
}

async fn title(ctx: &mut Ctx, led: &Leads) -> Result<Option<String>> {
    let Some(object) = ctx.schema().get(led.object.as_str()).map(Arc::clone) else { return Ok(None) };
    Ok(ctx.record_for(&object, led.id, READ, false).await?.map(|record| record.title()))
}

/// Puts the same off.
async fn ask_again(job: &JobCtx, batch: Batch, at: Timestamp) -> Result<()> {
    let (reader, record) = (Id::new(job.principal.user), job.record);
    let asked = job.kernel.manage(&job.tenant, move |ctx| Box::pin(ctx.enqueue(batch.job(reader, record, at))));
    asked.await.map(drop)
}

/// Notes what was mailed, and that what was withheld is not to be. What a digest has left is asked for here, as nobody
/// else does: there was too much of it, or it was made for the same moment while the digest was at work.
async fn note(job: &JobCtx, batch: Batch, mailed: Vec<Uuid>, withheld: Vec<Uuid>) -> Result<()> {
    let (reader, record) = (Id::new(job.principal.user), job.record);
    let noted = job.kernel.manage(&job.tenant, move |ctx| {
        Box::pin(async move {
            let now = ctx.now();
            let gone = withheld.len();
            for (index, id) in withheld.into_iter().chain(mailed).enumerate() {
                // It may have been deleted meanwhile.
                let Some(mut notification) = ctx.first(find::<Notification>().eq("id", id)).await? else { continue };
                if index < gone {
                    notification.mail = None;
                    notification.mail_at = None;
                } else {
                    notification.mailed_at = Some(now);
                }
                ctx.save(notification).await?;
            }
            let is_digest = batch.mail != NotificationMail::AtOnce.as_str();
            if is_digest && ctx.count(batch.due().eq("user", reader)).await? > 0 {
                ctx.enqueue(batch.job(reader, record, now)).await?;
            }
            Ok(())
        })
    });
    noted.await.map_err(|problem: Problem| Problem { detail: format!("mailed, but not noted: {problem}"), ..problem })
}
