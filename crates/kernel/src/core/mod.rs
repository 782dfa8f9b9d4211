//! The app that every other stands on: companies, users, teams, keys, and how people sign in.

mod activities;
mod approvals;
mod auth;
mod begin;
mod comments;
mod customise;
mod files;
mod keep;
mod log;
mod news;
mod replies;
mod setup;
mod sharing;
mod templates;
mod views;

use std::future::ready;

use nexus_model::{Object, Problem};

use crate::app::App;
use crate::ctx::Ctx;
use crate::entity::Entity;
use crate::import;
use crate::jobs::{self, Timetable};
use crate::notify;
use crate::principal::PrincipalKind;
use crate::write::recompute::recompute;
use crate::write::translate;
use crate::{BoxFuture, Result};

nexus_macros::objects!("objects", app = "core", crate_path = crate);

pub(crate) use approvals::{foreseen, is_decision};
pub use auth::random_token;
pub use auth::{Credentials, SignedIn, Throttle};
pub use objects::{
    Activity, ActivityKind, ApiKey, Approval, ApprovalState, Attachment, Comment, Company, Favourite, File,
    FileVersion, Follower, Import, ImportMapping, ImportReject, ImportState, Job, JobState, MailTemplate, Manifest,
    ManifestKind, Notification, NotificationKind, NotificationKindMail, NotificationMail, NotificationSettings,
    NotificationSettingsMail, OutgoingMail, OutgoingMailState, SavedView, SavedViewKind, SavedViewScope, Schedule,
    Share, ShareRight, Tag, Tagging, Team, Template, Translation, User,
};
pub use setup::{NewTenant, slug};

pub(crate) fn app() -> App {
    App::new(nexus_macros::manifest!("objects", app = "core"))
        .before_save::<User>(|ctx, user| Box::pin(hash_password(ctx, user)))
        .after_save::<User>(|ctx, old, user| {
            if old.is_some_and(|old| old.password != user.password || (old.active && !user.active)) {
                ctx.signed_out.push(user.id.uuid());
            }
            Box::pin(ready(Ok(())))
        })
        .after_save::<Company>(|ctx, old, company| set_up_company(ctx, old.is_none(), company))
        .action(auth::create_key)
        .action(customise::customise)
        .before_save::<File>(|ctx, _| Box::pin(ready(files::check_origin(ctx))))
        .action(files::replace_file)
        .action(files::revert_file)
        .before_save::<Comment>(|ctx, comment| Box::pin(comments::complete_comment(ctx, comment)))
        .after_save::<Comment>(|ctx, old, comment| Box::pin(comments::follow_commented(ctx, old.is_none(), comment)))
        .action(comments::follow_record)
        .action(comments::unfollow_record)
        .before_save::<Attachment>(|ctx, attachment| Box::pin(activities::name_attachment(ctx, attachment)))
        .after_save::<Activity>(|ctx, old, activity| Box::pin(activities::follow_assigned(ctx, old, activity)))
        .action(activities::finish_activity)
        .action(activities::reopen_activity)
        .before_save::<SavedView>(|ctx, view| Box::pin(ready(views::check_view(ctx, view))))
        .before_save::<Translation>(|ctx, translation| Box::pin(ready(translate::check(ctx, translation))))
        .before_save::<Template>(|ctx, template| Box::pin(ready(templates::check_template(ctx, template))))
        .action(templates::use_template)
        .before_save::<Share>(|ctx, share| Box::pin(sharing::check_share(ctx, share)))
        .before_restore::<Share>(|ctx, share| Box::pin(sharing::check_share(ctx, share)))
        .action(sharing::share_by_link)
        .before_save::<Job>(|ctx, job| Box::pin(ready(jobs::check(ctx, job))))
        .before_save::<Schedule>(|ctx, schedule| Box::pin(jobs::settle(ctx, schedule)))
        .action(jobs::cancel_job)
        .action(jobs::retry_job)
        .action(jobs::discard_job)
        .before_save::<NotificationSettings>(|_, settings| Box::pin(ready(notify::check_settings(settings))))
        .action(notify::mark_notification_read)
        .action(notify::mark_all_notifications_read)
        .job("mail", |job, batch: notify::Batch| Box::pin(notify::mail(job, batch)))
        .job("deliver", |job, input| Box::pin(notify::deliver(job, input)))
        .job("news", |job, changed: news::Changed| Box::pin(news::tell_of_changes(job, changed)))
        .action(approvals::approve)
        .action(approvals::refuse)
        .action(approvals::withdraw)
        .action(import::begin_import)
        .action(import::cancel_import)
        .action(import::resume_import)
        .job("import", |job, rows: import::ToImport| Box::pin(import::import_rows(job, rows)))
        .action(replies::forget_replies)
        .action(log::compact_log)
        .job("recompute", |job, following| Box::pin(recompute(job, following)))
        .job("purge", |job, round| Box::pin(keep::purge(job, round)))
        .schedule(Timetable::new("forget_replies", "41 3 * * *", "core.forget_replies"))
        .schedule(
            Timetable::new("purge", "17 2 * * *", "core.purge").input(serde_json::json!({"bin_days": keep::BIN_DAYS})),
        )
}

/// Whether what is remembered of people and companies rests on records of an object.
pub(crate) fn is_remembered(object: &Object) -> bool {
    [User::OBJECT, Team::OBJECT, Company::OBJECT, ApiKey::OBJECT, Share::OBJECT].contains(&object.name.as_str())
}

/// A password is kept as its argon2id hash alone.
async fn hash_password(ctx: &mut Ctx, user: &mut User) -> Result<()> {
    if let Some(unknown) = user.roles.iter().find(|role| !is_role(ctx, role)) {
        return Err(Problem::field("roles", "role", format!("there is no role {unknown}")));
    }
    match &user.password {
        Some(password) if !password.starts_with("$argon2id$") => {
            user.password = Some(auth::hash(password)?);
        }
        // A hash is what is stored already, or what Nexus itself has made; a caller gives no parameters.
        Some(kept) if ctx.principal.kind != PrincipalKind::System => {
            let stored = ctx.get(user.id).await.ok().and_then(|stored| stored.password);
            if stored.as_ref() != Some(kept) {
                return Err(Problem::field("password", "password", "is the password itself, not its hash"));
            }
        }
        _ => {}
    }
    Ok(())
}

fn is_role(ctx: &Ctx, role: &str) -> bool {
    ctx.schema().apps.values().any(|app| app.roles.contains_key(role))
}

/// A new company gets what the apps need to begin, with the rights of the system: who may found a company
/// need not be an accountant.
fn set_up_company(ctx: &mut Ctx, new: bool, company: Company) -> BoxFuture<'_, Result<()>> {
    Box::pin(async move {
        let current = ctx.vars.company;
        ctx.reload_companies(current).await?;
        if new { ctx.begin_company(company.id.uuid(), None).await } else { Ok(()) }
    })
}

/// Whether two texts are equal, in time that does not depend on where they differ; empty texts never are.
pub fn equal_in_constant_time(given: &str, expected: &str) -> bool {
    // Hashes of equal length are compared by `blake3::Hash`, whose equality is in constant time.
    !expected.is_empty() && blake3::hash(given.as_bytes()) == blake3::hash(expected.as_bytes())
}
