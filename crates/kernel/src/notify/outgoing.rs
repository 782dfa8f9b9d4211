//! A record's document sent by mail: written down where the record is, printed and handed over in the background.

use nexus_model::Problem;
use serde_json::json;

use super::mail::{Enclosure, Letter, own_template};
use crate::Result;
use crate::core::{Job, OutgoingMail, OutgoingMailState, User};
use crate::ctx::Ctx;
use crate::entity::{Entity, Id, Leads};
use crate::jobs::JobCtx;

/// The job that prints and sends.
const DELIVER: &str = "core.deliver";
/// The template whose words are around the sender's own.
const NAME: &str = "document";

/// A document to be sent, and to whom.
#[derive(Clone, Debug, Default)]
pub struct Outgoing {
    /// The name of the print, such as `invoice`.
    pub print: &'static str,
    pub to: String,
    /// The reader's name.
    pub name: Option<String>,
    pub subject: String,
    pub body: Option<String>,
    /// Whose rights decide what the document shows; the sender's when left out.
    pub reader: Option<Id<User>>,
}

impl Ctx {
    /// Sends a record's document once this transaction is there. What becomes of it stands in the record of
    /// `core.outgoing_mail` that is answered. Whether somebody may send is the action's own question.
    ///
    /// # Errors
    /// A conflict when this server has no way to send mail; a field error for an address that is none.
    pub async fn send<T: Entity>(&mut self, record: Id<T>, outgoing: Outgoing) -> Result<Id<OutgoingMail>> {
        if !self.tenant.mails {
            return Err(Problem::conflict(
                "this server has no way to send mail: start it with --mail smtps://USER:PASSWORD@HOST (docs/configuration.md)",
            ));
        }
        let Outgoing { print, to, name, subject, body, reader } = outgoing;
        let target = Leads::to(record);
        let elevated = std::mem::replace(&mut self.elevated, true);
        let mail = OutgoingMail {
            target: Some(target),
            print: print.to_owned(),
            to,
            name,
            subject,
            body,
            reader,
            ..OutgoingMail::default()
        };
        let made = self.create(mail).await;
        self.elevated = elevated;
        let id = made?.id;
        let mut job = Job { record: Some(id.uuid()), ..Job::action(DELIVER) };
        if reader.is_some() {
            job.owner = reader;
        }
        self.enqueue(job.queue("mail")).await?;
        Ok(id)
    }
}

/// Prints with the rights of the job's owner and hands the letter over.
pub(crate) async fn deliver(job: JobCtx, _: serde_json::Map<String, serde_json::Value>) -> Result<()> {
    let id = Id::<OutgoingMail>::new(job.record.unwrap_or_default());
    let read = job.kernel.manage(&job.tenant, move |ctx| {
        Box::pin(async move {
            let mail = ctx.get(id).await?;
            let company = ctx.company().map(|company| company.name.clone()).unwrap_or_else(|_| ctx.tenant.name.clone());
            let sender = match mail.created_by {
                Some(sender) => Some(ctx.get(sender).await?),
                None => None,
            };
            Ok((mail, company, sender, own_template(ctx, NAME).await?))
        })
    });
    let (mail, company, sender, own) = read.await?;
    if mail.state != OutgoingMailState::Queued {
        // A try before this one sent it, and could not note that it was done.
        return Ok(());
    }
    let sent = async {
        let missing = || Problem::conflict("this server has no way to send mail any more");
        let mailer = job.kernel.options.mailer.clone().ok_or_else(missing)?;
        let target = mail.target.as_ref().ok_or_else(|| Problem::internal("a mail without a record"))?;
        let object = job.tenant.object(target.object.as_str())?;
        let (title, content) = job.kernel.print(&job.tenant, &job.principal, object, target.id, &mail.print).await?;
        let file = title.replace(['/', '\\', '"'], "-");
        let letter = Letter {
            id: job.key(NAME),
            to: (mail.name.clone().unwrap_or_default(), mail.to.clone()),
            name: NAME,
            own,
            data: json!({
                "company": company, "subject": mail.subject, "body": mail.body, "title": title,
                "user": {"name": mail.name, "email": mail.to},
                "sender": sender.as_ref().map(|sender| json!({"name": sender.name, "email": sender.email})),
            }),
            unsubscribe: None,
            reply_to: sender.map(|sender| (sender.name, sender.email)),
            enclosures: vec![Enclosure { name: format!("{file}.pdf"), media_type: "application/pdf", content }],
        };
        mailer.send(&letter).await
    };
    let sent = sent.await;
    let told = match &sent {
        Err(problem) if !job.is_given_up(problem) => return sent,
        Err(problem) => Some(problem.detail.clone()),
        Ok(()) => None,
    };
    let noted = job.kernel.manage(&job.tenant, move |ctx| {
        Box::pin(async move {
            let mut mail = ctx.get(id).await?;
            mail.state = if told.is_some() { OutgoingMailState::Failed } else { OutgoingMailState::Sent };
            mail.sent_at = told.is_none().then(|| ctx.now());
            mail.error = told;
            ctx.save(mail).await.map(drop)
        })
    });
    noted.await?;
    sent
}
