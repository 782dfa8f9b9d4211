//! Mentions and followers, what is to be done, tags, favourites and attachments.

use nexus_kernel::faces::ListParams;
use nexus_testkit::Tenant;
use serde_json::{Value as Json, json};

use crate::{apps, to};

async fn mentioned(t: &Tenant, book: &Json, body: &str) -> Vec<Json> {
    let said = t.create("core.comment", json!({"target": to("shelf.book", book), "body": body})).await;
    let mut names = Vec::new();
    for id in said["mentions"].as_array().expect("a list") {
        names.push(t.get("core.user", id).await["name"].clone());
    }
    names
}

#[nexus_testkit::test]
async fn a_comment_mentions_whom_its_text_names(t: &Tenant) {
    for (name, email) in [
        ("Ada Byron", "ada@example.com"),
        ("Ada Byron King", "king@example.com"),
        ("Ben", "ben@example.com"),
        ("Ben", "ben@example.org"),
    ] {
        t.create("core.user", json!({"name": name, "email": email})).await;
    }
    let book = t.create("shelf.book", json!({"name": "Emma"})).await;
    let nobody: Vec<Json> = Vec::new();
    assert_eq!(mentioned(t, &book, "no one at ada@example.com").await, nobody);
    assert_eq!(mentioned(t, &book, "@ADA BYRON, look").await, [json!("Ada Byron")]);
    assert_eq!(mentioned(t, &book, "@Ada Byron King and @ada.").await, [json!("Ada Byron King"), json!("Ada Byron")]);
    // Two are called so; the address tells them apart.
    assert_eq!(mentioned(t, &book, "@Ben").await, nobody);
    assert_eq!(mentioned(t, &book, "@ben@example.org @ben@example.org @nobody @").await, [json!("Ben")]);
    // Code, addresses and the names of others call nobody.
    for quiet in [
        "`@ada` and ``mail @ada``",
        "```\n@ada\n```",
        "a list:\n\n    @ada",
        "x_@ada, y-@ada, https://example.com/@ada",
        "@ada-marie, @ada_b, @ada.b",
    ] {
        assert_eq!(mentioned(t, &book, quiet).await, nobody, "{quiet}");
    }
    assert_eq!(mentioned(t, &book, "`code` (@ada), and *@king*: @ben@example.com.").await.len(), 3);
    let forged = json!({"target": to("shelf.book", &book), "body": "x", "mentions": [t.principal.user]});
    t.try_create("core.comment", forged).await.problem("mentions", "");
}

#[nexus_testkit::test]
async fn who_has_many_namesakes_is_called_by_the_whole_name_or_not_at_all(t: &Tenant) {
    let user = |name: String, email: String| nexus_kernel::Call {
        action: "core.create_user".to_owned(),
        record: None,
        input: json!({"name": name, "email": email}),
    };
    let mut calls: Vec<_> = (0..60).map(|at| user(format!("Zoe Number{at}"), format!("u{at}@example.com"))).collect();
    calls.push(user("Zoe".to_owned(), "one@example.com".to_owned()));
    calls.push(user("Zoe Zulu".to_owned(), "last@example.com".to_owned()));
    t.request(nexus_kernel::Request { calls, ..Default::default() }).await.reply();
    let book = t.create("shelf.book", json!({"name": "Emma"})).await;
    assert_eq!(mentioned(t, &book, "@Zoe Zulu, look at this").await, [json!("Zoe Zulu")]);
    assert_eq!(mentioned(t, &book, "@Zoe Number59 knows").await, [json!("Zoe Number59")]);
    assert_eq!(mentioned(t, &book, "@Zoe knows").await, Vec::<Json>::new());
}

#[nexus_testkit::test]
async fn who_reads_a_record_by_a_share_is_told_of_it(t: &Tenant) {
    let (ann, dan) = (t.user("ann", &["reader"]).await, t.user("dan", &[]).await);
    let book = ann.create("shelf.book", json!({"name": "Emma"})).await;
    let say = json!({"target": to("shelf.book", &book), "body": "@dan, look"});
    ann.create("core.comment", say.clone()).await;
    let told = async || t.find("core.notification", &format!("user == '{}'", dan.principal.user)).await.len();
    assert_eq!(told().await, 0, "who may not read it is not told");
    ann.create("core.share", json!({"target": to("shelf.book", &book), "user": dan.principal.user})).await;
    ann.create("core.comment", say).await;
    assert_eq!(told().await, 1);
}

#[nexus_testkit::test]
async fn who_comments_or_has_something_to_do_follows_until_they_no_longer_want_to(t: &Tenant) {
    let (ann, ben) = (t.user("ann", &["reader"]).await, t.user("ben", &["clerk"]).await);
    let book = ann.create("shelf.book", json!({"name": "Emma"})).await;
    let on = json!({"target": to("shelf.book", &book)});
    let followers = async || -> Vec<Json> {
        t.find("core.follower", "true").await.iter().map(|follower| follower["user"].clone()).collect()
    };
    for _ in 0..2 {
        ann.create("core.comment", json!({"target": on["target"], "body": "x"})).await;
    }
    let (one, other) = (json!(ann.principal.user), json!(ben.principal.user));
    assert_eq!(followers().await, std::slice::from_ref(&one));
    ann.create("core.activity", json!({"target": on["target"], "summary": "call", "assignee": other})).await;
    assert_eq!(followers().await.len(), 2);
    assert_eq!(ben.act("core.unfollow_record", None, &on).await.ok(), json!({"followed": true}));
    assert_eq!(ben.act("core.unfollow_record", None, &on).await.ok(), json!({"followed": false}));
    assert_eq!(followers().await, std::slice::from_ref(&one));
    ben.act("core.follow_record", None, &on).await.ok();
    ben.act("core.follow_record", None, &on).await.ok();
    assert_eq!(followers().await.len(), 2);
    // Nobody makes another follow, or follows what they may not read.
    let given = json!({"target": on["target"], "user": t.principal.user});
    ann.try_create("core.follower", given).await.problem("", "you may not create");
    let dan = t.user("dan", &[]).await;
    dan.act("core.follow_record", None, &on).await.problem("target", "leads to no book");
}

#[nexus_testkit::test]
async fn an_activity_is_overdue_until_it_is_done_and_another_may_follow_it(t: &Tenant) {
    t.on("2026-03-02".parse().expect("a day"));
    let (ann, ben) = (t.user("ann", &["clerk"]).await, t.user("ben", &["clerk"]).await);
    let book = t.create("shelf.book", json!({"name": "Emma"})).await;
    let call = json!({"target": to("shelf.book", &book), "kind": "call", "summary": "Ask for the price",
        "due": "2026-03-04", "assignee": ann.principal.user, "notes": "before noon"});
    let call = t.create("core.activity", call).await;
    assert_eq!(call["overdue"], false);
    let mine = "assignee == principal.user && done_at == null";
    assert_eq!((ann.find("core.activity", mine).await.len(), ben.find("core.activity", mine).await.len()), (1, 0));
    t.on("2026-03-05".parse().expect("a day"));
    assert_eq!(ann.find("core.activity", "overdue").await.len(), 1);
    let done = json!({"notes": "12 pounds", "follow_up": {"summary": "Order it", "due": "2026-03-09"}});
    ben.act("core.finish_activity", crate::uuid(&call).into(), &done).await.problem("", "you may not run");
    ann.act("core.finish_activity", crate::uuid(&call).into(), &done).await.ok();
    let kept = ann.get("core.activity", &call).await;
    assert_eq!(
        (&kept["notes"], &kept["done_at"], &kept["overdue"]),
        (&json!("before noon\n\n12 pounds"), &json!("2026-03-05T12:00:00Z"), &json!(false))
    );
    let next = ann.find("core.activity", mine).await;
    assert_eq!(next.len(), 1);
    assert_eq!((&next[0]["kind"], &next[0]["summary"]), (&json!("call"), &json!("Order it")));
    assert_eq!(next[0]["target"], to("shelf.book", &book));
    ann.act("core.finish_activity", crate::uuid(&call).into(), json!({}))
        .await
        .problem("", "it asks for done_at == null");
    ann.act("core.reopen_activity", crate::uuid(&call).into(), json!({})).await.ok();
    assert_eq!(ann.find("core.activity", "overdue").await.len(), 1);
}

#[nexus_testkit::test]
async fn a_list_of_any_object_is_narrowed_by_a_tag(t: &Tenant) {
    let ann = t.user("ann", &["reader"]).await;
    let odd = t.create("core.tag", json!({"name": "it's \"odd\"", "colour": "#f00"})).await;
    t.create("core.tag", json!({"name": "plain"})).await;
    t.try_create("core.tag", json!({"name": "plain"})).await.problem("name", "another tag has plain");
    let mut books = Vec::new();
    for (name, owner) in [("Emma", &ann), ("Persuasion", t), ("Sanditon", &ann)] {
        books.push(t.create("shelf.book", json!({"name": name, "owner": owner.principal.user})).await);
    }
    for book in &books[..2] {
        t.create("core.tagging", json!({"target": to("shelf.book", book), "tag": odd["id"]})).await;
    }
    let twice = json!({"target": to("shelf.book", &books[0]), "tag": odd["id"]});
    t.try_create("core.tagging", twice).await.problem("target", "another tagging has");
    let tagged = async |who: &Tenant, tag: &str, filter: Option<&str>| -> Vec<Json> {
        let params =
            ListParams { tag: Some(tag.to_owned()), filter: filter.map(str::to_owned), ..ListParams::default() };
        let found = who.list("shelf.book", params).await.expect("a list");
        found.iter().map(|book| book["name"].clone()).collect()
    };
    assert_eq!(tagged(t, "it's \"odd\"", None).await, [json!("Persuasion"), json!("Emma")]);
    assert_eq!(tagged(&ann, "it's \"odd\"", None).await, [json!("Emma")]);
    assert_eq!(tagged(t, "it's \"odd\"", Some("name < 'F'")).await, [json!("Emma")]);
    let nobody: Vec<Json> = Vec::new();
    assert_eq!(tagged(t, "plain' || true || '", None).await, nobody);
    t.delete("core.tag", &odd).await.problem("", "is used by Tagging");
}

#[nexus_testkit::test]
async fn favourites_are_ones_own(t: &Tenant) {
    let (ann, ben) = (t.user("ann", &["clerk"]).await, t.user("ben", &["clerk"]).await);
    let book = t.create("shelf.book", json!({"name": "Emma"})).await;
    let kept = ann.create("core.favourite", json!({"target": to("shelf.book", &book), "position": 3})).await;
    assert_eq!(kept["user"], json!(ann.principal.user));
    ann.try_create("core.favourite", json!({"target": to("shelf.book", &book)}))
        .await
        .problem("target", "another favourite");
    ben.create("core.favourite", json!({"target": to("shelf.book", &book)})).await;
    assert_eq!(
        (ann.find("core.favourite", "true").await.len(), ben.find("core.favourite", "true").await.len()),
        (1, 1)
    );
    ben.delete("core.favourite", &kept).await.problem("", "there is no favourite");
}

#[nexus_testkit::test]
async fn whom_a_comment_or_a_plan_is_about_is_told_once(t: &Tenant) {
    let (ada, ben) = (t.user("ada", &["clerk"]).await, t.user("ben", &["clerk"]).await);
    let cid = t.user("cid", &["clerk"]).await;
    let book = t.create("shelf.book", json!({"name": "Ode"})).await;
    ben.act("core.follow_record", None, json!({"target": to("shelf.book", &book)})).await.ok();
    let said = json!({"target": to("shelf.book", &book), "body": "Look, @cid"});
    let said = ada.create("core.comment", said).await;
    ada.update("core.comment", &said, json!({"body": "Look again, @cid"})).await.ok();
    let inbox = async |who: &Tenant| -> Vec<String> {
        let mine = who.find("core.notification", "user == principal.user").await;
        mine.iter().map(|news| format!("{} {}", news["kind"], news["title"])).collect()
    };
    assert_eq!(inbox(&cid).await, [r#""core.mention" "ada mentions you: Ode""#]);
    assert_eq!(inbox(&ben).await, [r#""core.comment" "ada comments: Ode""#]);
    assert_eq!(inbox(&ada).await, Vec::<String>::new(), "nobody is told of their own words");
    let answer = json!({"target": to("shelf.book", &book), "body": "Seen", "reply_to": said["id"]});
    cid.create("core.comment", answer).await;
    assert_eq!(inbox(&ada).await, [r#""core.answer" "cid answers you: Ode""#]);
    let plan = json!({"target": to("shelf.book", &book), "summary": "Read it", "assignee": cid.principal.user});
    t.create("core.activity", plan).await;
    assert!(inbox(&cid).await.contains(&r#""core.activity" "For you: Read it""#.to_owned()));
}

/// What somebody was told of changes: title and words, oldest first.
async fn news(who: &Tenant) -> Vec<(String, String)> {
    who.kernel.run_due_jobs(&who.tenant).await.expect("jobs run");
    let mut found = who.find("core.notification", "user == principal.user && kind == 'core.change'").await;
    found.sort_by_key(|news| news["id"].as_str().map(str::to_owned));
    let text = |news: &Json, field: &str| news[field].as_str().unwrap_or_default().to_owned();
    found.iter().map(|news| (text(news, "title"), text(news, "body"))).collect()
}

#[nexus_testkit::test]
async fn followers_are_told_of_changes_once_a_run_and_in_words_of_what_they_see(t: &Tenant) {
    let (ada, ben) = (t.user("ada", &["clerk"]).await, t.user("ben", &["clerk"]).await);
    let cid = t.user("cid", &["reader"]).await;
    let ode = json!({"name": "Ode", "genre": "poem", "price": "10", "cost": 3, "owner": cid.principal.user});
    let ode = t.create("shelf.book", ode).await;
    let emma = t.create("shelf.book", json!({"name": "Emma"})).await;
    t.update("shelf.book", &ode, json!({"genre": "novel"})).await.ok();
    assert_eq!(t.find("core.job", "action == 'core.news'").await.len(), 0, "nobody follows anything");
    for (who, book) in [(&ada, &ode), (&ben, &ode), (&cid, &ode), (t, &ode), (&ben, &emma)] {
        who.act("core.follow_record", None, json!({"target": to("shelf.book", book)})).await.ok();
    }
    // Two steps of one run are one piece of news; nobody who may not sees the cost, and Ada did it herself.
    let step = |record: &Json, input: Json| nexus_kernel::Call {
        action: "shelf.update_book".to_owned(),
        record: Some(crate::uuid(record)),
        input,
    };
    let calls = vec![step(&ode, json!({"genre": "poem"})), step(&ode, json!({"price": "12"}))];
    ada.request(nexus_kernel::Request { calls, ..Default::default() }).await.ok();
    let changed = |name: &str, words: &str| (format!("{name} changes Ode"), words.to_owned());
    let first = changed("ada", "Genre from Novel to Poem\nPrice from 10.00 GBP to 12.00 GBP");
    assert_eq!(news(&ben).await, std::slice::from_ref(&first));
    assert_eq!(news(&ada).await, []);
    t.update("shelf.book", &ode, json!({"cost": 4})).await.ok();
    assert_eq!((news(&ben).await.len(), news(&ada).await.len()), (1, 0));
    // Who may no longer read it hears nothing; of several, one and how many more. A job does as people do.
    let cids = news(&cid).await;
    assert_eq!(cids, std::slice::from_ref(&first));
    t.update("shelf.book", &ode, json!({"owner": ben.principal.user})).await.ok();
    assert_eq!(news(&cid).await, cids);
    let both = vec![step(&ode, json!({"genre": "novel"})), step(&emma, json!({"genre": "poem"}))];
    t.request(nexus_kernel::Request { calls: both, ..Default::default() }).await.ok();
    let job = json!({"action": "shelf.update_book", "record": emma["id"], "input": {"name": "Emma II"}});
    t.create("core.job", job).await;
    let told = news(&ben).await;
    assert_eq!(told[1], changed("admin", "Owner from cid to ben"));
    assert_eq!(
        told[2],
        ("admin changes Ode and 1 more that you follow".to_owned(), "Genre from Poem to Novel".to_owned())
    );
    assert_eq!(told[3], ("admin changes Emma II".to_owned(), "Name from Emma to Emma II".to_owned()));
    assert_eq!(told.len(), 4);
    // A kind of its own, so that people say by it how they want to be told.
    let settings = json!({"kinds": [{"kind": "core.change", "in_app": false, "mail": "never"}]});
    ben.create("core.notification_settings", settings).await;
    t.update("shelf.book", &emma, json!({"name": "Emma III"})).await.ok();
    assert_eq!(news(&ben).await.len(), 4);
}
