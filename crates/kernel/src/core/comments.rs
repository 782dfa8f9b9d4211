//! What people say about records, whom they mention, and who wants to know.

use nexus_macros::action;
use nexus_model::expr::functions::fold;
use nexus_model::{Problem, Record, Uuid, Value};
use nexus_store::Filter;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::news;
use super::objects::{Comment, Follower, User};
use crate::Result;
use crate::ctx::Ctx;
use crate::entity::{Entity, Id, Leads};
use crate::find::find;

/// Mentions that one comment may have.
const MENTIONS_MAX: usize = 50;
/// Users that are looked at for one mention.
const NAMESAKES_MAX: usize = 50;
/// Characters of a name.
const NAME_MAX: usize = 100;

/// An answer stays with what it answers, and the text says who is mentioned.
pub(super) async fn complete_comment(ctx: &mut Ctx, comment: &mut Comment) -> Result<()> {
    if let Some(answered) = comment.reply_to {
        let answered = ctx.get(answered).await?;
        if answered.target != comment.target {
            return Err(Problem::field("reply_to", "target", "is a comment on another record"));
        }
    }
    comment.mentions = mentioned(ctx, &comment.body).await?;
    Ok(())
}

/// The users whom a text mentions by `@` and a name, an e-mail address or what stands before its `@`, so far as the
/// author sees them. What fits several is nobody's.
async fn mentioned(ctx: &mut Ctx, text: &str) -> Result<Vec<Id<User>>> {
    let object = std::sync::Arc::clone(ctx.registry.object(User::OBJECT)?);
    let mut found: Vec<Id<User>> = Vec::new();
    let marks = text.match_indices('@').filter(|(at, _)| {
        // The one in an e-mail address is no mention.
        !text[..*at].chars().next_back().is_some_and(char::is_alphanumeric)
    });
    for (at, _) in marks.take(MENTIONS_MAX) {
        let rest: String = text[at + 1..].chars().take(NAME_MAX).collect();
        let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
        if word.is_empty() {
            continue;
        }
        let fields = vec!["name".to_owned(), "email".to_owned()];
        let like = Filter::Search { text: word, fields };
        let users = ctx.records(&object, vec![like], Vec::new(), NAMESAKES_MAX).await?;
        if let Some(user) = named(&users, &rest).map(Id::new)
            && !found.contains(&user)
        {
            found.push(user);
        }
    }
    Ok(found)
}

/// The one user whose name, e-mail address or first part of it a text begins with; the longest decides.
fn named(users: &[Record], text: &str) -> Option<Uuid> {
    let text = fold(text);
    let begins = |name: &str| {
        let name = fold(name);
        let ends = |rest: &str| !rest.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '@');
        (!name.is_empty() && text.strip_prefix(&name).is_some_and(ends)).then_some(name.len())
    };
    let fits = users.iter().filter_map(|user| {
        let (name, email) = (user.text("name"), user.text("email"));
        let first = email.split('@').next().unwrap_or_default();
        let longest = [name, email, first].into_iter().filter_map(begins).max()?;
        Some((longest, user.id()))
    });
    let fits: Vec<(usize, Uuid)> = fits.collect();
    let longest = fits.iter().map(|(length, _)| *length).max()?;
    let mut best = fits.iter().filter(|(length, _)| *length == longest);
    match (best.next(), best.next()) {
        (Some((_, user)), None) => Some(*user),
        _ => None,
    }
}

/// Whoever says something about a record follows it, and others are told.
pub(super) async fn follow_commented(ctx: &mut Ctx, new: bool, comment: Comment) -> Result<()> {
    news::tell_of_comment(ctx, new, &comment).await?;
    match (comment.target, ctx.user()) {
        (Some(target), Some(user)) if new => follow(ctx, target, user).await.map(drop),
        _ => Ok(()),
    }
}

/// Makes a user follow a record, who may be another than the one who asks.
pub(super) async fn follow(ctx: &mut Ctx, target: Leads, user: Id<User>) -> Result<Follower> {
    let elevated = std::mem::replace(&mut ctx.elevated, true);
    let followed = match following(ctx, &target, user).await {
        Ok(Some(known)) => Ok(known),
        Ok(None) => ctx.create(Follower { target: Some(target), user, ..Follower::default() }).await,
        Err(problem) => Err(problem),
    };
    ctx.elevated = elevated;
    followed
}

async fn following(ctx: &mut Ctx, target: &Leads, user: Id<User>) -> Result<Option<Follower>> {
    let led = Value::Leads(target.object.clone(), target.id);
    ctx.first(find::<Follower>().eq("target", led).eq("user", user)).await
}

/// The record that is meant.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct On {
    target: Leads,
}

/// Tells you from now on what happens to a record. Asked again, it changes nothing.
#[action(object = "follower", name = "follow", effect = "reversible", label = "Follow")]
pub async fn follow_record(ctx: &mut Ctx, input: On) -> Result<Follower> {
    let user = ctx.user().ok_or_else(|| Problem::denied("the system follows nothing"))?;
    match following(ctx, &input.target, user).await? {
        Some(known) => Ok(known),
        None => ctx.create(Follower { target: Some(input.target), user, ..Follower::default() }).await,
    }
}

/// Tells you no longer what happens to a record.
#[action(object = "follower", name = "unfollow", effect = "reversible", label = "Unfollow")]
pub async fn unfollow_record(ctx: &mut Ctx, input: On) -> Result<Json> {
    let user = ctx.user().ok_or_else(|| Problem::denied("the system follows nothing"))?;
    let known = following(ctx, &input.target, user).await?;
    if let Some(known) = &known {
        ctx.delete(known.id).await?;
    }
    Ok(json!({"followed": known.is_some()}))
}
