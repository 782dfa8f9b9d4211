//! One record given to somebody: how far, for how long, and how it is told.

use nexus_kernel::faces::ListParams;
use nexus_kernel::faces::explain::{ExplainParams, Explanation};
use nexus_kernel::{Kind, Principal, PrincipalKind};
use nexus_testkit::Tenant;
use serde_json::{Value as Json, json};

use crate::{apps, to, uuid};

/// The person with the rights of now.
async fn anew(t: &Tenant, who: &Tenant) -> Tenant {
    let now = t.kernel.principal(&t.tenant, who.principal.user).await.expect("a user");
    who.as_principal((*now).clone())
}

async fn explained(who: &Tenant, book: &Json, verb: &str) -> Explanation {
    let object = who.tenant.object("shelf.book").expect("books");
    let params = ExplainParams { verb: verb.to_owned(), user: None };
    who.kernel.explain(&who.tenant, &who.principal, object, Some(uuid(book)), params).await.expect("told")
}

#[nexus_testkit::test]
async fn a_share_gives_one_record_for_its_right_and_its_time(t: &Tenant) {
    t.at("2026-03-01T10:00:00Z".parse().expect("a moment"));
    let (ann, dan) = (t.user("ann", &["reader"]).await, t.user("dan", &[]).await);
    let book = ann.create("shelf.book", json!({"name": "Emma"})).await;
    ann.create("shelf.book", json!({"name": "Persuasion"})).await;
    let comment = json!({"target": to("shelf.book", &book), "body": "good"});
    assert_eq!(dan.list("shelf.book", ListParams::default()).await.expect_err("denied").kind, Kind::Denied);

    let share =
        json!({"target": to("shelf.book", &book), "user": dan.principal.user, "expires_at": "2026-03-02T10:00:00Z"});
    let share = ann.create("core.share", share).await;
    let dan = anew(t, &dan).await;
    assert_eq!(dan.find("shelf.book", "true").await.len(), 1);
    assert_eq!(dan.get("shelf.book", &book).await["name"], "Emma");
    dan.update("shelf.book", &book, json!({"name": "x"})).await.problem("", "you may not update");
    dan.try_create("core.comment", comment.clone()).await.problem("", "you may not create");
    let told = explained(&dan, &book, "read").await;
    assert!(told.allowed && told.reasons.iter().any(|reason| reason.share == Some(uuid(&share))), "{told:?}");
    assert_eq!(
        told.summary,
        "dan may read this book: the record is shared with the user, which lets read it until 2026-03-02T10:00:00Z"
    );
    assert!(!explained(&dan, &book, "update").await.allowed);

    ann.update("core.share", &share, json!({"right": "comment"})).await.ok();
    let dan = anew(t, &dan).await;
    dan.create("core.comment", comment.clone()).await;
    assert_eq!(ann.find("core.comment", "true").await.len(), 1);
    dan.update("shelf.book", &book, json!({"name": "x"})).await.problem("", "you may not update");
    ann.update("core.share", &share, json!({"right": "write"})).await.ok();
    let dan = anew(t, &dan).await;
    dan.update("shelf.book", &book, json!({"price": "12.00"})).await.ok();
    dan.delete("shelf.book", &book).await.problem("", "you may not delete");
    // What one has by a share alone is not passed on.
    let on = json!({"target": to("shelf.book", &book), "user": dan.principal.user, "right": "read"});
    dan.try_create("core.share", on).await.problem("right", "more than your roles let you do");

    t.at("2026-03-02T10:00:00Z".parse().expect("a moment"));
    assert_eq!(dan.list("shelf.book", ListParams::default()).await.expect_err("it is over").kind, Kind::Denied);
    // Over is over, also for what is asked of the time before.
    let at = ListParams { at: Some("2026-03-02T09:00:00Z".to_owned()), ..ListParams::default() };
    assert_eq!(dan.list("shelf.book", at).await.expect_err("it is over").kind, Kind::Denied);
    assert_eq!(dan.find("core.comment", "true").await.len(), 0);
}

#[nexus_testkit::test]
async fn one_shares_with_one_what_one_may_do_and_takes_it_back(t: &Tenant) {
    let (ann, dan) = (t.user("ann", &["reader"]).await, t.user("dan", &[]).await);
    let team = t.create("core.team", json!({"name": "East"})).await;
    t.update("core.user", dan.principal.user, json!({"team": team["id"]})).await.ok();
    let paper = t.create("shelf.paper", json!({"name": "Times", "open": true})).await;
    let hidden = t.create("shelf.paper", json!({"name": "Diary"})).await;
    let share = |record: &Json, more: Json| {
        let mut share = json!({"target": to("shelf.paper", record), "right": more["right"]});
        share.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        share
    };
    let team_read = json!({"team": team["id"], "right": "read"});
    let write = share(&paper, json!({"team": team["id"], "right": "write"}));
    assert_eq!(
        ann.try_create("core.share", write).await.problem("right", "more than your roles let").kind,
        Kind::Denied
    );
    ann.try_create("core.share", share(&hidden, team_read.clone())).await.problem("right", "more than your roles let");
    ann.try_create("core.share", share(&paper, json!({"right": "read"}))).await.problem("user", "with one");
    let both = json!({"team": team["id"], "role": "reader", "right": "read"});
    ann.try_create("core.share", share(&paper, both)).await.problem("user", "with one");
    ann.try_create("core.share", share(&paper, json!({"role": "king", "right": "read"})))
        .await
        .problem("role", "no role king");
    let shared = ann.create("core.share", share(&paper, team_read)).await;
    let dan = anew(t, &dan).await;
    assert_eq!(dan.find("shelf.paper", "true").await.len(), 1);
    dan.delete("core.share", &shared).await.problem("", "there is no share");
    ann.delete("core.share", &shared).await.ok();
    let dan = anew(t, &dan).await;
    assert_eq!(dan.list("shelf.paper", ListParams::default()).await.expect_err("taken back").kind, Kind::Denied);
}

#[nexus_testkit::test]
async fn a_link_shows_one_record_as_its_maker_sees_it_while_it_lasts(t: &Tenant) {
    t.at("2026-03-01T10:00:00Z".parse().expect("a moment"));
    let ann = t.user("ann", &["reader"]).await;
    let book = t.create("shelf.book", json!({"name": "Emma", "cost": 7, "owner": ann.principal.user})).await;
    let input = json!({"target": to("shelf.book", &book), "expires_at": "2026-03-05T10:00:00Z"});
    let made = ann.act("core.share_by_link", None, input).await.ok();
    let token = made["token"].as_str().expect("a token").to_owned();
    let kept = ann.get("core.share", &made).await;
    // Of a secret nothing is told but that there is one.
    assert!(kept["digest"] == json!(true) && !kept.to_string().contains(&token), "{kept}");
    let open = async |token: &str| t.kernel.shared(token).await.map_err(|problem| problem.kind);
    let shown = open(&token).await.expect("a record");
    assert_eq!((&shown["object"], &shown["record"]["name"]), (&json!("shelf.book"), &json!("Emma")));
    assert!(shown["record"].get("cost").is_none(), "{shown}");
    // What the maker may no longer read is shown no more.
    t.update("shelf.book", &book, json!({"owner": t.principal.user})).await.ok();
    assert_eq!(open(&token).await, Err(Kind::NotFound));
    t.update("shelf.book", &book, json!({"owner": ann.principal.user})).await.ok();
    assert!(open(&token).await.is_ok());
    t.at("2026-03-05T10:00:00Z".parse().expect("a moment"));
    assert_eq!(open(&token).await, Err(Kind::NotFound));
    t.at("2026-03-04T10:00:00Z".parse().expect("a moment"));
    assert!(open(&token).await.is_ok());
    // Ten wrong guesses, and the link waits.
    let wrong = format!("{token}A");
    for _ in 0..10 {
        assert_eq!(open(&wrong).await, Err(Kind::NotFound));
    }
    assert_eq!(open(&wrong).await, Err(Kind::Busy));
    for nothing in ["", "nxs_", "nxs_example-ltd.x.y", "nxs_elsewhere.0190a0a0-0000-7000-8000-000000000000.y"] {
        assert_eq!(open(nothing).await, Err(Kind::NotFound));
    }
    let right = json!({"target": to("shelf.book", &book), "user": ann.principal.user, "by_link": true});
    t.try_create("core.share", right).await.problem("by_link", "");
}

#[nexus_testkit::test]
async fn a_share_that_comes_back_is_held_against_the_rights_of_who_brings_it_back(t: &Tenant) {
    let (ann, dan) = (t.user("ann", &["reader"]).await, t.user("dan", &[]).await);
    let book = ann.create("shelf.book", json!({"name": "Emma"})).await;
    let share = json!({"target": to("shelf.book", &book), "user": dan.principal.user, "right": "write"});
    let share = ann.create("core.share", share).await;
    let lowered = ann.update("core.share", &share, json!({"right": "read"})).await.reply().run;
    let deleted = ann.delete("core.share", &share).await.reply().run;
    // Ann reads the book by a share alone from here on.
    t.update("shelf.book", &book, json!({"owner": t.principal.user})).await.ok();
    t.create("core.share", json!({"target": to("shelf.book", &book), "user": ann.principal.user})).await;
    let ann = anew(t, &ann).await;
    let restore = async |who: &Tenant| who.act("core.restore_share", Some(uuid(&share)), json!({})).await;
    restore(&ann).await.problem("right", "more than your roles let you do");
    let refused = ann.undo(deleted).await.problem("", "more than your roles let you do");
    assert_eq!((refused.kind, &refused.more["conflicts"][0]["field"]), (Kind::Conflict, &json!("right")));
    // An administrator may give it back, but not for what ann may no longer give by taking her own change back.
    restore(t).await.ok();
    ann.undo(lowered).await.problem("", "more than your roles let you do");
    let dan = anew(t, &dan).await;
    assert_eq!(dan.find("shelf.book", "true").await.len(), 1);
    dan.update("shelf.book", &book, json!({"name": "x"})).await.problem("", "you may not update");
    t.undo(lowered).await.ok();
}

#[nexus_testkit::test]
async fn an_agent_neither_makes_nor_lengthens_nor_restores_a_link(t: &Tenant) {
    let ann = t.user("ann", &["reader"]).await;
    let agent = ann.as_principal(Principal { kind: PrincipalKind::Agent, ..(*ann.principal).clone() });
    let book = ann.create("shelf.book", json!({"name": "Emma"})).await;
    let input = json!({"target": to("shelf.book", &book), "expires_at": "2100-01-01T00:00:00Z"});
    agent.act("core.share_by_link", None, input.clone()).await.problem("", "not give records to the outside");
    let link = ann.act("core.share_by_link", None, input).await.ok();
    agent.update("core.share", &link, json!({"expires_at": null})).await.problem("", "not give records to the outside");
    let deleted = agent.delete("core.share", &link).await.reply().run;
    agent.act("core.restore_share", Some(uuid(&link)), json!({})).await.problem("", "not give records to the outside");
    agent.undo(deleted).await.problem("", "not give records to the outside");
    let token = link["token"].as_str().expect("a token");
    assert_eq!(t.kernel.shared(token).await.map_err(|problem| problem.kind), Err(Kind::NotFound));
    ann.undo(deleted).await.ok();
    t.kernel.shared(token).await.expect("the link is there again");
}

#[nexus_testkit::test]
async fn what_one_has_hung_on_a_record_stays_ones_own_when_the_share_is_for_less(t: &Tenant) {
    let dan = t.user("dan", &[]).await;
    let book = t.create("shelf.book", json!({"name": "Emma"})).await;
    let share = json!({"target": to("shelf.book", &book), "user": dan.principal.user, "right": "comment"});
    let share = t.create("core.share", share).await;
    let dan = anew(t, &dan).await;
    let comment = json!({"target": to("shelf.book", &book), "body": "good"});
    let said = dan.create("core.comment", comment.clone()).await;
    t.update("core.share", &share, json!({"right": "read"})).await.ok();
    let dan = anew(t, &dan).await;
    dan.try_create("core.comment", comment).await.problem("", "you may not create");
    dan.update("core.comment", &said, json!({"body": "better"})).await.ok();
    dan.act("core.unfollow_record", None, json!({"target": to("shelf.book", &book)})).await.ok();
    dan.delete("core.comment", &said).await.ok();
}
