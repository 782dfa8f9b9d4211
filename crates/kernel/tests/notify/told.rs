//! Telling people: once, in the way that they want, and of nothing that they may not read.

use nexus_kernel::prelude::*;
use nexus_kernel::{Call, Kind, Request};
use nexus_testkit::{Letterbox, On, RecordId, Tenant};

use crate::open;

async fn told(t: &Tenant, reader: &Tenant, title: &str, more: Json) -> bool {
    let mut input = json!({"user": reader.principal.user, "title": title});
    input.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
    t.act("post.tell", None, input).await.ok()["told"] == true
}

/// Runs what is due; what was mailed by that.
async fn mailed(t: &Tenant, letters: &Letterbox) -> Vec<(String, &'static str, Vec<String>)> {
    t.kernel.run_due_jobs(&t.tenant).await.expect("jobs run");
    titled(letters)
}

/// Reader, template and titles of each letter since the last look.
fn titled(letters: &Letterbox) -> Vec<(String, &'static str, Vec<String>)> {
    let titles = |data: &Json| {
        let told = data["notifications"].as_array().cloned().unwrap_or_default();
        told.iter().map(|told| told["title"].as_str().unwrap_or_default().to_owned()).collect()
    };
    letters.take().into_iter().map(|letter| (letter.to.1, letter.name, titles(&letter.data))).collect()
}

fn one(title: &str) -> (String, &'static str, Vec<String>) {
    ("ada@example.com".to_owned(), "notification", vec![title.to_owned()])
}

#[nexus_testkit::database_test]
fn one_is_told_once_and_mailed_although_the_server_was_away(on: On) {
    on.run(|storage| async move {
        let (t, letters) = open(&storage).await;
        let (ada, eve) = (t.user("ada", &[]).await, t.user("eve", &[]).await);
        t.at("2026-03-02T08:00:00Z".parse().expect("a time"));
        // The same request under the same key is the same notification; a failed one is none.
        let input = json!({"user": ada.principal.user, "title": "Hello"});
        for _ in 0..2 {
            let call = Call { action: "post.tell".to_owned(), record: None, input: input.clone() };
            let idempotency_key = Some("k".to_owned());
            t.request(Request { calls: vec![call], idempotency_key, ..Request::default() }).await.ok();
        }
        let failing = json!({"user": ada.principal.user, "title": "Never", "fails": true});
        t.act("post.tell", None, failing).await.problem("", "it fails after all");
        assert!(told(&t, &ada, "Invoice 7 is due", json!({"key": "due/7"})).await);
        assert!(!told(&t, &ada, "Invoice 7 is due", json!({"key": "due/7"})).await);

        letters.refuse(1);
        assert_eq!(mailed(&t, &letters).await.len(), 1, "one was refused and waits for its next try");
        t.at("2026-03-02T09:00:00Z".parse().expect("a time"));
        t.kernel.run_due_jobs(&t.tenant).await.expect("jobs run");
        let sent = letters.take();
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0].data["settings_url"], "https://nexus.kibo.example/core/notification-settings");
        t.at("2026-03-03T09:00:00Z".parse().expect("a time"));
        assert_eq!(mailed(&t, &letters).await, [], "nothing is mailed twice");

        // Each has an inbox of their own, and marks it as read.
        let inbox = ada.find("core.notification", "read_at == null").await;
        let mut titles: Vec<_> = inbox.iter().filter_map(|told| told["title"].as_str()).collect();
        titles.sort_unstable();
        assert_eq!(titles, ["Hello", "Invoice 7 is due"]);
        assert!(inbox.iter().all(|told| told["mailed_at"] != Json::Null), "{inbox:?}");
        assert!(eve.find("core.notification", "true").await.is_empty());
        eve.act("core.mark_notification_read", (&inbox[0]).record(), json!({})).await.problem("", "there is no");
        ada.act("core.mark_notification_read", (&inbox[0]).record(), json!({})).await.ok();
        assert_eq!(ada.act("core.mark_all_notifications_read", None, json!({})).await.ok(), json!({"marked": 1}));
        assert!(ada.find("core.notification", "read_at == null").await.is_empty());
    });
}

#[nexus_testkit::database_test]
fn nobody_is_told_of_what_they_may_not_read_then_or_later(on: On) {
    on.run(|storage| async move {
        let (t, letters) = open(&storage).await;
        let (ada, eve) = (t.user("ada", &[]).await, t.user("eve", &[]).await);
        let issued = t.create("core.api_key", json!({"name": "her own", "user": ada.principal.user})).await;
        let about = json!({"about": issued["id"]});
        assert!(!told(&t, &eve, "Ada has a key", about.clone()).await, "eve may not read the key");
        assert!(told(&t, &ada, "Your key", about.clone()).await);
        assert_eq!(mailed(&t, &letters).await, [one("Your key")]);

        // What is deleted before the mail goes out is not in it, and who has left gets none.
        assert!(told(&t, &ada, "Your key again", about.clone()).await);
        assert!(told(&t, &ada, "Something else", json!({})).await);
        t.delete("core.api_key", &issued["id"]).await.ok();
        assert_eq!(mailed(&t, &letters).await, [one("Something else")]);
        assert!(!told(&t, &ada, "The key is gone", about).await);
        assert!(told(&t, &eve, "Welcome", json!({})).await);
        t.update("core.user", eve.principal.user, json!({"active": false})).await.ok();
        assert_eq!(mailed(&t, &letters).await, []);
        assert!(!told(&t, &eve, "Come back", json!({})).await);
    });
}

#[nexus_testkit::database_test]
fn people_are_told_in_the_way_that_they_want(on: On) {
    on.run(|storage| async move {
        let (t, letters) = open(&storage).await;
        let ada = t.user("ada", &[]).await;
        // Nairobi is at +03:00: seven in the morning is 04:00 UTC. 2026-03-02 is a Monday.
        let settings = json!({
            "mail": "daily", "zone": "Africa/Nairobi", "quiet_from": 21, "quiet_until": 6,
            "kinds": [
                {"kind": "post.urgent", "mail": "at_once"},
                {"kind": "post.silent", "in_app": false, "mail": "never"},
                {"kind": "mail", "in_app": false, "mail": "weekly"},
            ],
        });
        let settings = ada.create("core.notification_settings", settings).await;
        ada.update("core.notification_settings", &settings, json!({"zone": "Africa/Atlantis"}))
            .await
            .problem("zone", "there is no time zone");
        ada.update("core.notification_settings", &settings, json!({"quiet_from": null}))
            .await
            .problem("quiet_until", "both ends");

        t.at("2026-03-02T19:30:00Z".parse().expect("a time"));
        for title in ["First", "Second", "Third"] {
            assert!(told(&t, &ada, title, json!({})).await);
        }
        assert!(told(&t, &ada, "Fire", json!({"kind": "post.urgent"})).await);
        assert!(!told(&t, &ada, "Noise", json!({"kind": "post.silent"})).await);
        assert!(told(&t, &ada, "Newsletter", json!({"kind": "mail.letter"})).await);
        let inbox = ada.find("core.notification", "in_app && title in ['First', 'Second']").await;
        assert_eq!(inbox.len(), 2);
        assert!(ada.find("core.notification", "in_app && title in ['Newsletter', 'Noise']").await.is_empty());
        // What is read is not mailed.
        let second = inbox.iter().find(|told| told["title"] == "Second").expect("told");
        ada.act("core.mark_notification_read", second.record(), json!({})).await.ok();
        assert_eq!(mailed(&t, &letters).await, [], "the quiet hours last until 03:00 UTC");

        t.at("2026-03-03T03:00:00Z".parse().expect("a time"));
        assert_eq!(mailed(&t, &letters).await, [one("Fire")]);
        t.at("2026-03-03T04:00:00Z".parse().expect("a time"));
        let digest = |titles: &[&str]| {
            let titles = titles.iter().map(|title| (*title).to_owned()).collect();
            vec![("ada@example.com".to_owned(), "digest", titles)]
        };
        assert_eq!(mailed(&t, &letters).await, digest(&["First", "Third"]));
        // The weekly one comes on Monday the 9th.
        t.at("2026-03-09T03:59:59Z".parse().expect("a time"));
        assert_eq!(mailed(&t, &letters).await, []);
        t.at("2026-03-09T04:00:00Z".parse().expect("a time"));
        assert_eq!(mailed(&t, &letters).await, digest(&["Newsletter"]));
    });
}

#[nexus_testkit::database_test]
fn a_company_tells_in_its_own_words_and_leads_where_people_reach_it(on: On) {
    on.run(|storage| async move {
        let (t, letters) = open(&storage).await;
        let ada = t.user("ada", &[]).await;
        let own =
            json!({"name": "notification", "subject": "Kibo: {{ notifications[0].title }}", "text": "t", "html": "h"});
        ada.try_create("core.mail_template", own.clone()).await.problem("", "may not");
        t.create("core.mail_template", own).await;
        let key = t.create("core.api_key", json!({"name": "her own", "user": ada.principal.user})).await;
        assert!(told(&t, &ada, "Your key", json!({"about": key["id"]})).await);
        t.kernel.run_due_jobs(&t.tenant).await.expect("jobs run");
        let letter = letters.take().pop().expect("a letter");
        assert_eq!(letter.own.expect("the company's own").subject, "Kibo: {{ notifications[0].title }}");
        let url = format!("https://nexus.kibo.example/core/api-keys/{}", key["id"].as_str().unwrap_or_default());
        assert_eq!(
            (&letter.data["notifications"][0]["url"], &letter.data["company"]),
            (&json!(url), &json!("Example Ltd"))
        );
    });
}

#[nexus_testkit::database_test]
fn what_was_told_stays_told_when_the_action_is_undone(on: On) {
    on.run(|storage| async move {
        let (t, letters) = open(&storage).await;
        let ada = t.user("ada", &[]).await;
        let input = json!({"user": ada.principal.user, "title": "Done"});
        let reply = t.act("post.tell", None, input.clone()).await.reply();
        let inbox = ada.find("core.notification", "true").await;
        ada.act("core.mark_notification_read", (&inbox[0]).record(), json!({})).await.ok();
        t.undo(reply.run).await.ok();
        assert_eq!(ada.find("core.notification", "true").await.len(), 1);
        assert_eq!(mailed(&t, &letters).await, [], "it was read before it was mailed");
        // A preview tells nobody.
        let call = Call { action: "post.tell".to_owned(), record: None, input };
        t.request(Request { calls: vec![call], preview: true, ..Request::default() }).await.ok();
        assert_eq!(ada.find("core.notification", "true").await.len(), 1);
    });
}

#[nexus_testkit::database_test]
fn a_comment_is_mailed_as_it_is_by_then_and_not_at_all_once_it_is_deleted(on: On) {
    on.run(|storage| async move {
        let (t, letters) = open(&storage).await;
        let ada = t.user("ada", &[]).await;
        let target = json!({"object": "core.user", "id": t.principal.user});
        let said = async |body: &str| t.create("core.comment", json!({"target": target, "body": body})).await;
        let kept = said("@ada, a slip").await;
        t.update("core.comment", &kept, json!({"body": "@ada, mended"})).await.ok();
        let gone = said("@ada, the password is swordfish").await;
        t.delete("core.comment", &gone).await.ok();
        t.kernel.run_due_jobs(&t.tenant).await.expect("jobs run");
        let sent = letters.take();
        let told: Vec<_> = sent.iter().map(|letter| &letter.data["notifications"][0]["body"]).collect();
        assert_eq!(told, ["@ada, mended"]);
        let inbox = ada.find("core.notification", "true").await;
        assert_eq!(inbox.len(), 2, "that there was one is told");
        assert!(
            inbox.iter().all(|told| told["body"].is_null() && !told.to_string().contains("swordfish")),
            "{inbox:?}"
        );
        assert!(inbox.iter().any(|told| told["quotes"] == json!({"object": "core.comment", "id": kept["id"]})));
    });
}

#[nexus_testkit::database_test]
fn what_people_say_meanwhile_counts_when_the_mail_goes_out(on: On) {
    on.run(|storage| async move {
        let (t, letters) = open(&storage).await;
        let ada = t.user("ada", &[]).await;
        t.at("2026-03-02T08:00:00Z".parse().expect("a time"));
        assert!(told(&t, &ada, "First", json!({})).await);
        let quiet = json!({"quiet_from": 8, "quiet_until": 10});
        let settings = ada.create("core.notification_settings", quiet).await;
        assert_eq!(mailed(&t, &letters).await, [], "she has quiet hours since");
        t.at("2026-03-02T09:59:59Z".parse().expect("a time"));
        assert_eq!(mailed(&t, &letters).await, []);
        t.at("2026-03-02T10:00:00Z".parse().expect("a time"));
        assert_eq!(mailed(&t, &letters).await, [one("First")]);
        assert!(told(&t, &ada, "Second", json!({})).await);
        // A line about the inbox alone leaves mail as it is for all.
        let never = json!({"mail": "never", "kinds": [{"kind": "post.hidden", "in_app": false}]});
        ada.update("core.notification_settings", &settings, never).await.ok();
        assert!(!told(&t, &ada, "Hidden", json!({"kind": "post.hidden"})).await);
        t.at("2026-03-03T12:00:00Z".parse().expect("a time"));
        assert_eq!(mailed(&t, &letters).await, [], "she wants no mail since");
    });
}

#[nexus_testkit::database_test]
fn what_one_digest_does_not_hold_is_in_another(on: On) {
    on.run(|storage| async move {
        let (t, letters) = open(&storage).await;
        let ada = t.user("ada", &[]).await;
        ada.create("core.notification_settings", json!({"mail": "daily"})).await;
        t.at("2026-03-02T08:00:00Z".parse().expect("a time"));
        for index in 0..201 {
            assert!(told(&t, &ada, &format!("News {index}"), json!({})).await);
        }
        t.at("2026-03-03T07:00:00Z".parse().expect("a time"));
        let sizes: Vec<_> = mailed(&t, &letters).await.iter().map(|(_, _, titles)| titles.len()).collect();
        assert_eq!(sizes, [200, 1]);
        t.at("2026-03-04T07:00:00Z".parse().expect("a time"));
        assert_eq!(mailed(&t, &letters).await, []);
    });
}

#[nexus_testkit::database_test]
fn one_click_turns_off_one_kind_of_mail_for_its_reader_alone(on: On) {
    on.run(|storage| async move {
        let (t, letters) = open(&storage).await;
        let (ada, eve) = (t.user("ada", &[]).await, t.user("eve", &[]).await);
        t.at("2026-03-02T08:00:00Z".parse().expect("a time"));
        let token = async || {
            t.kernel.run_due_jobs(&t.tenant).await.expect("jobs run");
            let letter = letters.take().pop().expect("a letter");
            let link = letter.unsubscribe.expect("a link");
            let token = link.strip_prefix("https://nexus.kibo.example/api/v1/unsubscribe/").expect("under the address");
            token.to_owned()
        };
        assert!(told(&t, &eve, "Hello", json!({})).await);
        let hers = token().await;
        assert!(told(&t, &ada, "Hello", json!({})).await);
        let link = token().await;
        let (of_ada, of_eve) = (ada.principal.user.to_string(), eve.principal.user.to_string());
        for wrong in [
            String::new(),
            link.replace("post.told", "post.urgent"),
            link.replace(&of_ada, &of_eve),
            hers.replace(&of_eve, &of_ada),
            link.replacen("nxu_", "nxs_", 1),
            link.replace("example-ltd", "example"),
            link[..link.len() - 1].to_owned(),
        ] {
            let refused = t.kernel.unsubscribe(&wrong).await.expect_err(&wrong);
            assert_eq!(refused.kind, Kind::NotFound, "{wrong}: {refused}");
        }
        assert!(ada.find("core.notification_settings", "true").await.is_empty());
        for _ in 0..2 {
            t.kernel.unsubscribe(&link).await.expect("turned off");
        }
        let settings = t.find("core.notification_settings", "true").await;
        assert_eq!((settings.len(), &settings[0]["user"]), (1, &json!(of_ada)));
        assert_eq!((&settings[0]["mail"], &settings[0]["zone"]), (&json!("at_once"), &json!("UTC")));
        // It stays in her inbox, other kinds are mailed, and others get theirs.
        for (who, kind) in [(&ada, "post.told"), (&ada, "post.urgent"), (&eve, "post.told")] {
            assert!(told(&t, who, kind, json!({"kind": kind})).await);
        }
        let mut readers: Vec<_> = mailed(&t, &letters).await.into_iter().map(|(to, _, titles)| (to, titles)).collect();
        readers.sort();
        let of = |reader: &str, kind: &str| (format!("{reader}@example.com"), vec![kind.to_owned()]);
        assert_eq!(readers, [of("ada", "post.urgent"), of("eve", "post.told")]);
        assert_eq!(ada.find("core.notification", "in_app").await.len(), 3);

        // A digest goes as a whole; what comes at once still does.
        let kinds = json!([{"kind": "post.urgent", "mail": "at_once"}, {"kind": "tasks", "mail": "daily"}]);
        ada.update("core.notification_settings", &settings[0], json!({"mail": "daily", "kinds": kinds})).await.ok();
        assert!(told(&t, &ada, "Later", json!({})).await);
        t.at("2026-03-03T07:00:00Z".parse().expect("a time"));
        t.kernel.unsubscribe(&token().await).await.expect("turned off");
        let settings = ada.get("core.notification_settings", &settings[0]).await;
        let mails: Vec<_> = settings["kinds"].as_array().into_iter().flatten().map(|line| &line["mail"]).collect();
        assert_eq!((&settings["mail"], mails), (&json!("never"), vec![&json!("at_once"), &json!("never")]));

        // Nobody guesses: after ten wrong ones nothing is tried for a while.
        let guess = link.replace("post.told", "post.guess");
        let mut kinds = Vec::new();
        for _ in 0..12 {
            kinds.push(t.kernel.unsubscribe(&guess).await.expect_err("a guess").kind);
        }
        assert_eq!(kinds.iter().filter(|kind| **kind == Kind::Busy).count(), 2);
    });
}
