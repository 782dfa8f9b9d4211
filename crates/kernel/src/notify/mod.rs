//! Telling people: a notification is a record of its reader, made in the transaction of what it tells of, and mailed by
//! a job after the commit.
//!
//! Nobody is told of a record that they may not read: neither when the notification is made, nor, as rights change,
//! when it is mailed.

mod mail;
mod moment;
mod outgoing;
mod unsubscribe;

use std::sync::Arc;

use nexus_macros::action;
use nexus_model::expr::Vars;
use nexus_model::{Problem, Timestamp, Uuid};
use nexus_store::Filter;
use serde_json::json;

pub(crate) use mail::{Batch, mail};
pub use mail::{Enclosure, Letter, Mailer, Template};
pub use outgoing::Outgoing;
pub(crate) use outgoing::deliver;

use crate::core::{Notification, NotificationMail, NotificationSettings, User};
use crate::ctx::Ctx;
use crate::entity::{Entity, Id, Leads};
use crate::find::find;
use crate::operation::NoInput;
use crate::policy::READ;
use crate::principal::Principal;
use crate::{Kind, Result};
use moment::Way;

/// The action that the log shows for what somebody was told.
const NOTIFY: &str = "core.notify";
/// The page on which people say how they want to be told.
pub const SETTINGS_PAGE: &str = "/core/notification-settings";
/// Letters of a title; what is longer is cut.
const TITLE_MAX: usize = 200;
/// Letters of a body; what is longer is cut.
const BODY_MAX: usize = 2_000;
/// Notifications that one action marks as read.
const READ_MAX: usize = 10_000;

/// What to tell somebody.
///
/// Title and body are read in the app and in mail by whoever may read the record that it is about. They say nothing of
/// other records, and nothing of fields that not every reader of the record sees.
#[derive(Clone, Debug)]
pub struct Notice {
    kind: String,
    title: String,
    body: Option<String>,
    target: Option<Leads>,
    quotes: Option<Leads>,
    key: Option<String>,
}

impl Notice {
    /// Of a kind, such as `tasks.assigned`, by which people say how they want to be told.
    pub fn new(kind: impl Into<String>, title: impl AsRef<str>) -> Notice {
        let title = title.as_ref().chars().take(TITLE_MAX).collect();
        Notice { kind: kind.into(), title, body: None, target: None, quotes: None, key: None }
    }

    /// With more than the title says.
    pub fn body(self, body: impl AsRef<str>) -> Notice {
        Notice { body: Some(body.as_ref().chars().take(BODY_MAX).collect()), ..self }
    }

    /// About a record.
    pub fn about<T: Entity>(self, record: Id<T>) -> Notice {
        self.about_any(Leads::to(record))
    }

    /// About a record of whatever object.
    pub fn about_any(self, target: Leads) -> Notice {
        Notice { target: Some(target), ..self }
    }

    /// With the words of another record, its title: as they are when they are read, and none once it is gone.
    pub fn quoting<T: Entity>(self, record: Id<T>) -> Notice {
        Notice { quotes: Some(Leads::to(record)), ..self }
    }

    /// Told once to each person, however often it is asked for.
    pub fn once(self, key: impl Into<String>) -> Notice {
        Notice { key: Some(key.into()), ..self }
    }
}

impl Ctx {
    /// Tells a user, in this transaction: a rollback or a preview tells nobody. What was told stays told when the action
    /// is undone.
    ///
    /// Answers nothing when nobody is told: the user may not read the record, wants nothing of this kind, has left, or
    /// was told under the same key before.
    pub async fn notify(&mut self, user: Id<User>, notice: Notice) -> Result<Option<Id<Notification>>> {
        for led in notice.target.iter().chain(&notice.quotes) {
            if !self.may_read(user, led).await? {
                return Ok(None);
            }
        }
        let aside = self.step_aside(NOTIFY);
        let told = self.tell(user, notice).await;
        self.resume(aside);
        told
    }

    async fn tell(&mut self, user: Id<User>, notice: Notice) -> Result<Option<Id<Notification>>> {
        let Some(reader) = self.first(find::<User>().eq("id", user)).await?.filter(|reader| reader.active) else {
            return Ok(None);
        };
        if let Some(key) = &notice.key
            && self.first(find::<Notification>().eq("user", user).eq("key", key.as_str())).await?.is_some()
        {
            return Ok(None);
        }
        let settings = self.first(find::<NotificationSettings>().eq("user", user)).await?;
        let way = Way::of(settings.as_ref(), &notice.kind, self.now())?;
        if !way.in_app && way.mail.is_none() {
            return Ok(None);
        }
        let told = Notification {
            user,
            kind: notice.kind,
            title: notice.title,
            body: notice.body,
            target: notice.target,
            quotes: notice.quotes,
            key: notice.key,
            in_app: way.in_app,
            mail: way.mail.map(|(mail, _)| mail),
            mail_at: way.mail.map(|(_, at)| at),
            ..Notification::default()
        };
        let told = self.create(told).await?.id;
        if let Some((mail, at)) = way.mail {
            self.ask_for_mail(&reader, told, mail, at).await?;
        }
        Ok(Some(told))
    }

    /// A digest is asked for by the first that is in it.
    async fn ask_for_mail(
        &mut self,
        reader: &User,
        told: Id<Notification>,
        mail: NotificationMail,
        at: Timestamp,
    ) -> Result<()> {
        if mail != NotificationMail::AtOnce {
            let same = find::<Notification>().eq("user", reader.id).eq("mail", mail.as_str());
            if self.count(same.eq("mail_at", at).filter("mailed_at == null")).await? > 1 {
                return Ok(());
            }
        }
        let batch = Batch { mail: mail.as_str().to_owned() };
        self.enqueue(batch.job(reader.id, Some(told.uuid()), at)).await.map(drop)
    }

    /// The time zone in which a user wants to be told; UTC where they have said nothing.
    ///
    /// # Errors
    /// Those of reading their settings.
    pub async fn zone_of(&mut self, user: Id<User>) -> Result<jiff::tz::TimeZone> {
        let elevated = std::mem::replace(&mut self.elevated, true);
        let settings = self.first(find::<NotificationSettings>().eq("user", user)).await;
        self.elevated = elevated;
        settings?.map_or(Ok(jiff::tz::TimeZone::UTC), |settings| moment::zone(&settings.zone))
    }

    /// Whether another user may read a record, with their own rights.
    pub(crate) async fn may_read(&mut self, user: Id<User>, target: &Leads) -> Result<bool> {
        let Some(object) = self.schema().get(target.object.as_str()).map(Arc::clone) else { return Ok(false) };
        let Some(before) = self.stand_in(user).await? else { return Ok(false) };
        let found = self.record_for(&object, target.id, READ, false).await;
        self.stand_back(before);
        Ok(found?.is_some())
    }

    /// Goes on with the rights of another user, until [`Ctx::stand_back`] with what this answers; nothing when they have
    /// left.
    pub(crate) async fn stand_in(&mut self, user: Id<User>) -> Result<Option<Before>> {
        let elevated = std::mem::replace(&mut self.elevated, true);
        let known = self.tenant.principal(user.uuid());
        let reader = match known.filter(|known| !self.touched_core && known.as_of >= self.tx.epoch()) {
            Some(known) => Ok(known),
            None => self.principal_by(Filter::Ids(vec![user.uuid()])).await.map(Arc::new),
        };
        self.elevated = elevated;
        let reader = match reader {
            Ok(reader) => reader,
            Err(problem) if problem.kind == Kind::Unauthenticated => return Ok(None),
            Err(problem) => return Err(problem),
        };
        let before = Before { principal: Arc::clone(&self.principal), vars: self.vars.clone(), elevated };
        self.become_principal(reader);
        self.elevated = false;
        Ok(Some(before))
    }

    pub(crate) fn stand_back(&mut self, before: Before) {
        (self.principal, self.vars, self.elevated) = (before.principal, before.vars, before.elevated);
    }
}

/// Who was at work before somebody else stood in.
pub(crate) struct Before {
    principal: Arc<Principal>,
    vars: Vars,
    elevated: bool,
}

/// Marks a notification of yours as read.
#[action(
    object = "notification",
    name = "mark_read",
    effect = "reversible",
    when = "read_at == null",
    label = "Mark as read",
    elevated
)]
pub async fn mark_notification_read(
    ctx: &mut Ctx,
    notification: Id<Notification>,
    _input: NoInput,
) -> Result<Notification> {
    let mut notification = ctx.get(notification).await?;
    notification.read_at = Some(ctx.now());
    ctx.save(notification).await
}

/// Marks all your notifications as read.
#[action(object = "notification", name = "mark_all_read", effect = "reversible", label = "Mark all as read", elevated)]
pub async fn mark_all_notifications_read(ctx: &mut Ctx, _input: NoInput) -> Result<serde_json::Value> {
    let Some(user) = ctx.user() else { return Err(Problem::denied("the system has no notifications")) };
    let now = ctx.now();
    let unread = find::<Notification>().eq("user", user).filter("read_at == null").limit(READ_MAX);
    let unread = ctx.all(unread).await?;
    let count = unread.len();
    for mut notification in unread {
        notification.read_at = Some(now);
        ctx.save(notification).await?;
    }
    Ok(json!({"marked": count}))
}

/// A zone that is there.
pub(crate) fn check_settings(settings: &NotificationSettings) -> Result<()> {
    moment::zone(&settings.zone).map(drop)
}

/// The ids of notifications, as they stand in a batch.
fn ids(notifications: &[Notification]) -> Vec<Uuid> {
    notifications.iter().map(|notification| notification.id.uuid()).collect()
}
