//! Tasks: what comes round again, what comes first, who is reminded and who sees what.

use nexus_kernel::faces::ListParams;
use nexus_kernel::prelude::*;
use nexus_testkit::{RecordId, Tenant};

fn apps() -> Vec<App> {
    vec![tasks::app()]
}

async fn do_it(t: &Tenant, task: &Json) {
    t.update("tasks.task", task, json!({"state": "done"})).await.ok();
}

/// The due days of what is open, in order.
async fn open(t: &Tenant) -> Vec<(String, i64)> {
    let mut found: Vec<_> = t.find("tasks.task", "is_open").await;
    found.sort_by_key(|task| task["occurrence"].as_i64());
    let told =
        |task: &Json| (task["due"].as_str().unwrap_or_default().to_owned(), task["occurrence"].as_i64().unwrap_or(-1));
    found.iter().map(told).collect()
}

#[nexus_testkit::test]
async fn the_next_one_is_made_exactly_once_and_the_31st_stays_the_last_day(t: &Tenant) {
    t.on("2026-01-30".parse().expect("a day"));
    let rent = json!({"title": "Pay the rent", "due": "2026-01-31", "starts": "2026-01-28", "repeat": "monthly", "repeat_until": "2026-04-29"});
    let first = t.create("tasks.task", rent).await;
    assert_eq!((&first["occurrence"], &first["series_from"]), (&json!(0), &json!("2026-01-31")));
    let run = t.update("tasks.task", &first, json!({"state": "done"})).await.reply().run;
    assert_eq!(open(t).await, [("2026-02-28".to_owned(), 1)]);
    // Opened and done again, it has its successor already.
    t.update("tasks.task", &first, json!({"state": "open"})).await.ok();
    do_it(t, &first).await;
    assert_eq!(open(t).await, [("2026-02-28".to_owned(), 1)]);
    let second = t.find("tasks.task", "occurrence == 1").await.remove(0);
    assert_eq!((&second["starts"], &second["title"]), (&json!("2026-02-25"), &json!("Pay the rent")));
    do_it(t, &second).await;
    assert_eq!(open(t).await, [("2026-03-31".to_owned(), 2)]);
    let third = t.find("tasks.task", "occurrence == 2").await.remove(0);
    // The next would be due on 2026-04-30, after the end.
    do_it(t, &third).await;
    assert!(open(t).await.is_empty());
    t.undo(run).await.problem("", "conflict");

    let weekly = t.create("tasks.task", json!({"title": "Report", "due": "2026-02-06", "repeat": "weekly"})).await;
    let run = t.update("tasks.task", &weekly, json!({"state": "done"})).await.reply().run;
    assert_eq!(open(t).await, [("2026-02-13".to_owned(), 1)]);
    t.undo(run).await.ok();
    assert_eq!(open(t).await, [("2026-02-06".to_owned(), 0)]);
    // A day that is moved moves those after it.
    t.update("tasks.task", &weekly, json!({"due": "2026-02-09"})).await.ok();
    do_it(t, &weekly).await;
    assert_eq!(open(t).await, [("2026-02-16".to_owned(), 1)]);
    t.try_create("tasks.task", json!({"title": "Never", "repeat": "daily"})).await.problem("repeat", "needs a due day");
}

#[nexus_testkit::test]
async fn a_series_goes_on_in_one_place_alone(t: &Tenant) {
    t.on("2026-01-30".parse().expect("a day"));
    let ada = t.user("ada", &["task_user"]).await;
    let weekly = json!({"title": "Report", "due": "2026-02-06", "repeat": "weekly", "assignee": ada.principal.user});
    let first = t.create("tasks.task", weekly).await;
    do_it(t, &first).await;
    let next = [("2026-02-13".to_owned(), 1)];
    assert_eq!(open(t).await, next);
    // Opened, moved, repeated in another way or not at all, and done again, it has its successor already.
    for change in [
        json!({"due": "2026-02-09"}),
        json!({"repeat": "monthly", "every": 2}),
        json!({"repeat": null}),
        json!({"repeat": "weekly", "every": 1, "repeat_until": "2026-12-31"}),
    ] {
        t.update("tasks.task", &first, json!({"state": "open"})).await.ok();
        t.update("tasks.task", &first, change.clone()).await.ok();
        do_it(t, &first).await;
        assert_eq!(open(t).await, next, "{change}");
    }
    // So it has when whoever does it may not see the successor, and when that went a way of its own.
    let second = t.find("tasks.task", "occurrence == 1").await.remove(0);
    t.update("tasks.task", &second, json!({"assignee": null})).await.ok();
    ada.try_get("tasks.task", &second).await.expect_err("it is not hers any more");
    for change in [json!({}), json!({"due": "2026-02-16"})] {
        t.update("tasks.task", &second, change).await.ok();
        ada.update("tasks.task", &first, json!({"state": "open"})).await.ok();
        ada.update("tasks.task", &first, json!({"state": "done"})).await.ok();
        assert_eq!(open(t).await.len(), 1);
    }
    assert_eq!(open(t).await, [("2026-02-16".to_owned(), 0)]);
    t.delete("tasks.task", &second).await.ok();
    t.update("tasks.task", &first, json!({"state": "open"})).await.ok();
    do_it(t, &first).await;
    assert!(open(t).await.is_empty(), "whoever deleted it wants none");
}

#[nexus_testkit::test]
async fn what_comes_first_is_done_first(t: &Tenant) {
    let plan = t.create("tasks.task", json!({"title": "Plan"})).await;
    let build = t.create("tasks.task", json!({"title": "Build", "after": [plan["id"]]})).await;
    let wall = t.create("tasks.task", json!({"title": "Wall", "parent": build["id"]})).await;
    let done = json!({"state": "done"});
    t.update("tasks.task", &build, done.clone()).await.problem("after", "Plan is to be done first");
    do_it(t, &plan).await;
    t.update("tasks.task", &build, done.clone()).await.problem("state", "its part Wall is open");
    assert_eq!(t.get("tasks.task", &build).await["open_subtasks"], 1);
    t.update("tasks.task", &wall, json!({"state": "dropped"})).await.ok();
    // Ada does what waits for a task that she may not see: it does not hold her up.
    let ada = t.user("ada", &["task_user"]).await;
    let hidden = t.create("tasks.task", json!({"title": "Hidden"})).await;
    let hers = json!({"title": "Hers", "after": [hidden["id"]], "assignee": ada.principal.user});
    let hers = t.create("tasks.task", hers).await;
    t.update("tasks.task", &hers, done.clone()).await.problem("after", "Hidden is to be done first");
    ada.update("tasks.task", &hers, done.clone()).await.ok();
    do_it(t, &build).await;
    t.update("tasks.task", &plan, json!({"parent": build["id"]})).await.ok();
    t.update("tasks.task", &build, json!({"parent": plan["id"]})).await.problem("parent", "circle");
    t.try_create("tasks.task", json!({"title": "Late", "starts": "2026-02-02", "due": "2026-02-01"}))
        .await
        .problem("starts", "after the due day");
}

/// Titles of what somebody was told, oldest first.
async fn told(t: &Tenant) -> Vec<String> {
    let mut found = t.find("core.notification", "user == principal.user").await;
    found.sort_by_key(|told| told["created_at"].as_str().map(str::to_owned));
    found.iter().map(|told| told["title"].as_str().unwrap_or_default().to_owned()).collect()
}

#[nexus_testkit::test]
async fn the_assignee_is_told_once_and_reminded_at_eight_in_their_own_morning(t: &Tenant) {
    let ada = t.user("ada", &["task_user"]).await;
    ada.create("core.notification_settings", json!({"zone": "Europe/Berlin", "mail": "never"})).await;
    t.at("2026-03-20T12:00:00Z".parse().expect("a time"));
    // Berlin is at +01:00 until 2026-03-29 01:00 UTC and at +02:00 from then on (EU Directive 2000/84/EC).
    let task = json!({"title": "Clocks", "due": "2026-03-28", "remind_days": 0, "repeat": "daily", "assignee": ada.principal.user});
    let task = t.create("tasks.task", task).await;
    assert_eq!(task["remind_at"], "2026-03-28T07:00:00Z");
    assert_eq!(told(&ada).await, ["Your task: Clocks"]);
    let moved = t.update("tasks.task", &task, json!({"remind_days": 1})).await.ok();
    assert_eq!(moved["remind_at"], "2026-03-27T07:00:00Z");
    t.update("tasks.task", &task, json!({"remind_days": 0})).await.ok();
    let run = async || t.kernel.run_due_jobs(&t.tenant).await.expect("jobs run");
    t.at("2026-03-27T07:00:00Z".parse().expect("a time"));
    run().await;
    assert_eq!(told(&ada).await.len(), 1, "the reminder was moved back");
    t.at("2026-03-28T07:00:00Z".parse().expect("a time"));
    run().await;
    t.act("tasks.remind_of_task", (&task).record(), json!({})).await.ok();
    assert_eq!(told(&ada).await, ["Your task: Clocks", "Due on 2026-03-28: Clocks"]);
    ada.update("tasks.task", &task, json!({"state": "done"})).await.ok();
    let next = ada.find("tasks.task", "is_open").await.remove(0);
    assert_eq!((&next["due"], &next["remind_at"]), (&json!("2026-03-29"), &json!("2026-03-29T06:00:00Z")));
}

#[nexus_testkit::test]
async fn a_list_is_seen_by_its_owner_and_members_alone(t: &Tenant) {
    let (ada, eve, max) =
        (t.user("ada", &["task_user"]).await, t.user("eve", &["task_user"]).await, t.user("max", &["task_user"]).await);
    let list = ada.create("tasks.list", json!({"name": "Move", "members": [eve.principal.user]})).await;
    let task = ada.create("tasks.task", json!({"title": "Pack", "list": list["id"], "due": "2026-02-02"})).await;
    assert_eq!(eve.get("tasks.task", &task).await["title"], "Pack");
    assert!(max.try_get("tasks.task", &task).await.is_err() && max.find("tasks.list", "true").await.is_empty());
    eve.update("tasks.task", &task, json!({"state": "doing"})).await.ok();
    eve.delete("tasks.task", &task).await.problem("", "may not");
    // A member works on the list and does not take it over; the owner, or a manager, hands it over.
    eve.update("tasks.list", &list, json!({"name": "Move house"})).await.ok();
    eve.update("tasks.list", &list, json!({"owner": eve.principal.user})).await.problem("owner", "may not be changed");
    let over = json!({"owner": eve.principal.user, "members": [ada.principal.user, eve.principal.user]});
    ada.update("tasks.list", &list, over).await.ok();
    ada.update("tasks.list", &list, json!({"owner": ada.principal.user})).await.problem("owner", "may not be changed");
    let boss = t.user("boss", &["task_manager"]).await;
    boss.update("tasks.list", &list, json!({"owner": max.principal.user})).await.ok();
    t.update("tasks.list", &list, json!({"owner": ada.principal.user})).await.ok();
    assert_eq!(ada.get("tasks.list", &list).await["open"], 1);
    assert_eq!(ada.get("tasks.list", &list).await["next_due"], "2026-02-02");
    let nobody = t.user("nobody", &[]).await;
    let refused = nobody.list("tasks.task", ListParams::default()).await.expect_err("refused");
    assert!(refused.detail.contains("may not read tasks"), "{refused}");
}

#[nexus_testkit::test]
async fn the_workload_counts_what_is_open_today_and_overdue(t: &Tenant) {
    t.on("2026-02-10".parse().expect("a day"));
    let ada = t.user("ada", &["task_user"]).await;
    let boss = t.user("boss", &["task_manager"]).await;
    for (title, due, assignee) in [
        ("A", "2026-02-09", ada.principal.user),
        ("B", "2026-02-10", ada.principal.user),
        ("C", "2026-02-11", ada.principal.user),
        ("D", "2026-01-01", boss.principal.user),
    ] {
        boss.create("tasks.task", json!({"title": title, "due": due, "assignee": assignee})).await;
    }
    do_it(&boss, &boss.find("tasks.task", "title == 'C'").await[0]).await;
    let expected = json!({
        "rows": [{"assignee": "ada", "open": 2, "today": 1, "overdue": 1}, {"assignee": "boss", "open": 1, "today": 0, "overdue": 1}],
        "totals": {"open": 3, "today": 1, "overdue": 2},
    });
    assert_eq!(boss.report("tasks", "workload", json!({})).await, expected);
    assert_eq!(
        ada.report("tasks", "workload", json!({})).await["totals"],
        json!({"open": 2, "today": 1, "overdue": 1})
    );
}
