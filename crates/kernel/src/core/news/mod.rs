//! Who is told of what is said and planned about a record, and of its changes.

mod changes;

use std::collections::BTreeSet;

pub(crate) use changes::{Changed, tell_of_changes};

use super::objects::{Activity, Comment, Follower, User};
use crate::Result;
use crate::ctx::Ctx;
use crate::entity::{Id, Leads};
use crate::find::find;
use crate::notify::Notice;
use nexus_model::Value;

/// Followers of one record that are told.
const FOLLOWERS_MAX: usize = 200;
/// Letters of a record's title.
const TITLE_MAX: usize = 100;

/// Those whom a comment mentions, those whom it answers, and of a new one whoever follows the record. Nobody is told of
/// what they wrote themselves, nor twice of one comment.
pub(super) async fn tell_of_comment(ctx: &mut Ctx, new: bool, comment: &Comment) -> Result<()> {
    let Some(target) = &comment.target else { return Ok(()) };
    let title = title(ctx, target).await?;
    let author = ctx.principal.name.clone();
    let mut told: BTreeSet<Id<User>> = ctx.user().into_iter().collect();
    for mentioned in comment.mentions.iter().filter(|user| told.insert(**user)) {
        let words = format!("{author} mentions you: {title}");
        tell(ctx, *mentioned, Notice::new("core.mention", words), target, comment).await?;
    }
    if !new {
        return Ok(());
    }
    if let Some(answered) = comment.reply_to {
        let answered = ctx.get(answered).await?.created_by;
        if let Some(asked) = answered.filter(|user| told.insert(*user)) {
            let words = format!("{author} answers you: {title}");
            tell(ctx, asked, Notice::new("core.answer", words), target, comment).await?;
        }
    }
    for follower in followers(ctx, target).await?.into_iter().filter(|user| told.insert(*user)) {
        let words = format!("{author} comments: {title}");
        tell(ctx, follower, Notice::new("core.comment", words), target, comment).await?;
    }
    Ok(())
}

async fn tell(ctx: &mut Ctx, user: Id<User>, notice: Notice, target: &Leads, comment: &Comment) -> Result<()> {
    // Who reads the record reads what is said about it.
    let notice = notice.quoting(comment.id).about_any(target.clone()).once(format!("comment/{}", comment.id.uuid()));
    ctx.notify(user, notice).await.map(drop)
}

/// Whoever is given something to do by somebody else.
pub(super) async fn tell_of_activity(ctx: &mut Ctx, old: Option<&Activity>, activity: &Activity) -> Result<()> {
    let before = old.and_then(|old| old.assignee);
    let given = activity.assignee.filter(|user| before != Some(*user) && ctx.user() != Some(*user));
    let (Some(assignee), Some(target)) = (given, &activity.target) else { return Ok(()) };
    let notice = Notice::new("core.activity", format!("For you: {}", activity.summary)).about_any(target.clone());
    let due = activity.due.map(|due| format!("Until {due}"));
    let notice = due.into_iter().fold(notice, Notice::body);
    ctx.notify(assignee, notice).await.map(drop)
}

/// Asked past the rights of the author, to whom it is no matter who follows.
async fn followers(ctx: &mut Ctx, target: &Leads) -> Result<Vec<Id<User>>> {
    let elevated = std::mem::replace(&mut ctx.elevated, true);
    let led = Value::Leads(target.object.clone(), target.id);
    let found = ctx.all(find::<Follower>().eq("target", led).limit(FOLLOWERS_MAX)).await;
    ctx.elevated = elevated;
    Ok(found?.into_iter().map(|follower| follower.user).collect())
}

async fn title(ctx: &mut Ctx, target: &Leads) -> Result<String> {
    Ok(short(&ctx.title_of(target.object.as_str(), target.id).await?))
}

fn short(title: &str) -> String {
    title.chars().take(TITLE_MAX).collect()
}
