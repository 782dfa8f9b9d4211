//! Mail: what a person has not read is put into a letter, in the background and with their own rights.

use std::sync::Arc;

use nexus_model::{Problem, Uuid};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::core::{MailTemplate, Notification, NotificationMail};
use crate::ctx::Ctx;
use crate::find::find;
use crate::jobs::JobCtx;
use crate::policy::READ;
use crate::{BoxFuture, Result};

/// Notifications of one digest; the rest is in the inbox.
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
    /// `notification` or `digest`.
    pub name: &'static str,
    /// The company's own template of that name, if it has one.
    pub own: Option<Template>,
    /// `{company, user: {name, email}, notifications: [{kind, title, body, url, at}], settings_url}`; the URLs are null
    /// where nobody has said how this server is reached.
    pub data: Json,
    /// Where its reader says that they want none (RFC 2369).
    pub unsubscribe: Option<String>,
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

/// What is to be mailed of a batch.
struct Found {
    letters: Vec<Notification>,
    /// What their reader may no longer read.
    withheld: Vec<Uuid>,
    own: Option<Template>,
    company: String,
}

/// Mails what is due of the job's owner. Without a mailer there is nothing to do: it is in the inbox.
pub(crate) async fn mail(job: JobCtx, batch: Batch) -> Result<()> {
    let Some(mailer) = job.kernel.options.mailer.clone() else { return Ok(()) };
    let one = job.record.filter(|_| batch.mail == NotificationMail::AtOnce.as_str());
    let name = if one.is_some() { "notification" } else { "digest" };
    let found = job.kernel.read_in(&job.tenant, &job.principal, None, move |ctx| Box::pin(due(ctx, batch, one, name)));
    let Found { letters, withheld, own, company } = found.await?;
    let ids = super::ids(&letters);
    if !letters.is_empty() {
        let base = job.kernel.options.public_url.as_deref().map(|url| url.trim_end_matches('/'));
        let settings = base.map(|base| format!("{base}/core/notification-settings"));
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
                "settings_url": settings,
            }),
            unsubscribe: settings,
        };
        mailer.send(&letter).await?;
    }
    note(&job, ids, withheld).await
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
    let company = ctx.company().map(|company| company.name.clone()).unwrap_or_else(|_| ctx.tenant.name.clone());
    let mut asked = find::<Notification>().filter("user == principal.user && read_at == null && mailed_at == null");
    asked = match one {
        Some(id) => asked.eq("id", id),
        None => asked.eq("mail", batch.mail.as_str()).filter("mail_at <= now()"),
    };
    let mut found = Found { letters: Vec::new(), withheld: Vec::new(), own: None, company };
    for notification in ctx.all(asked.sort("created_at").limit(DIGEST_MAX)).await? {
        if is_open(ctx, &notification).await? {
            found.letters.push(notification);
        } else {
            found.withheld.push(notification.id.uuid());
        }
    }
    // Which words a company uses is no secret of its administrators.
    ctx.elevated = true;
    let own = ctx.first(find::<MailTemplate>().eq("name", name)).await;
    ctx.elevated = false;
    found.own = own?.map(|own| Template { subject: own.subject, text: own.text, html: own.html });
    Ok(found)
}

/// Whether its reader may still read what a notification is about.
async fn is_open(ctx: &mut Ctx, notification: &Notification) -> Result<bool> {
    let Some(target) = &notification.target else { return Ok(true) };
    let Some(object) = ctx.schema().get(target.object.as_str()).map(Arc::clone) else { return Ok(false) };
    Ok(ctx.record_for(&object, target.id, READ, false).await?.is_some())
}

/// Notes what was mailed, and that what was withheld is not to be.
async fn note(job: &JobCtx, mailed: Vec<Uuid>, withheld: Vec<Uuid>) -> Result<()> {
    if mailed.is_empty() && withheld.is_empty() {
        return Ok(());
    }
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
            Ok(())
        })
    });
    noted.await.map_err(|problem: Problem| Problem { detail: format!("mailed, but not noted: {problem}"), ..problem })
}
