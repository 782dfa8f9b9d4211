//! What people say about records, whom they mention, and who wants to know.

use std::ops::Range;

use nexus_macros::action;
use nexus_model::expr::functions::fold;
use nexus_model::{Problem, Record, Uuid};
use nexus_store::Filter;
use pulldown_cmark::{Event, Parser, Tag};
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
/// Words of a name.
const WORDS_MAX: usize = 6;

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
/// author sees them. What fits several is nobody's, and code is not addressed to anybody.
async fn mentioned(ctx: &mut Ctx, text: &str) -> Result<Vec<Id<User>>> {
    let mut found: Vec<Id<User>> = Vec::new();
    let code = code(text);
    let marks = text.match_indices('@').map(|(at, _)| at).filter(|at| {
        // The one in an e-mail address or in the path of a page is no mention.
        let goes_on = |before: char| before.is_alphanumeric() || "_-+%/".contains(before);
        !text[..*at].chars().next_back().is_some_and(goes_on) && !code.iter().any(|range| range.contains(at))
    });
    for at in marks.take(MENTIONS_MAX) {
        let rest: String = text[at + 1..].chars().take(NAME_MAX).collect();
        if let Some(user) = meant(ctx, &rest).await?.map(Id::new)
            && !found.contains(&user)
        {
            found.push(user);
        }
    }
    Ok(found)
}

/// Where a text in Markdown has code.
fn code(text: &str) -> Vec<Range<usize>> {
    let is_code = |event: &Event<'_>| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_)));
    Parser::new(text).into_offset_iter().filter(|(event, _)| is_code(event)).map(|(_, range)| range).collect()
}

/// The one user with whose name a text begins. Where more have its first word in their names than are looked at, it goes by
/// more of its words, most first, and means nobody when one alone is left.
async fn meant(ctx: &mut Ctx, text: &str) -> Result<Option<Uuid>> {
    let object = std::sync::Arc::clone(ctx.registry.object(User::OBJECT)?);
    let ends = text.char_indices().zip(text.chars().skip(1).map(Some).chain([None]));
    let ends = ends.filter(|((_, c), next)| c.is_alphanumeric() && !next.is_some_and(char::is_alphanumeric));
    let ends: Vec<usize> = ends.map(|((at, c), _)| at + c.len_utf8()).take(WORDS_MAX).collect();
    if !text.starts_with(char::is_alphanumeric) {
        return Ok(None);
    }
    for end in ends.iter().take(1).chain(ends.iter().skip(1).rev()) {
        let fields = vec!["name".to_owned(), "email".to_owned()];
        let like = Filter::Search { text: text[..*end].to_owned(), fields };
        let users = ctx.records(&object, vec![like], Vec::new(), NAMESAKES_MAX + 1).await?;
        let few = users.len() <= NAMESAKES_MAX;
        if few && (Some(end) == ends.first() || !users.is_empty()) {
            return Ok(named(&users, text));
        }
    }
    Ok(None)
}

/// The one user whose name, e-mail address or first part of it a text begins with; the longest decides.
fn named(users: &[Record], text: &str) -> Option<Uuid> {
    let text = fold(text);
    let begins = |name: &str| {
        let name = fold(name);
        // A name that goes on, as `ann-marie` does after `ann`, is another one.
        let ends = |rest: &str| {
            let mut rest = rest.chars();
            let (next, after) = (rest.next(), rest.next());
            let joined = next.is_some_and(|c| ".-+".contains(c)) && after.is_some_and(char::is_alphanumeric);
            !joined && !next.is_some_and(|c| c.is_alphanumeric() || c == '@' || c == '_')
        };
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
    ctx.first(find::<Follower>().eq("target", target.clone()).eq("user", user)).await
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
