//! Dashboards: tiles over any app, each under the rights of whoever looks.

use hub::actions::{send_dashboard, show_dashboard};
use nexus_kernel::prelude::*;
use nexus_testkit::{On, Tenant};

fn apps() -> Vec<App> {
    vec![hub::app(), tasks::app()]
}

fn tiles() -> Json {
    json!([
        {"title": "Open", "kind": "figure", "source": "tasks.task", "filter": "is_open"},
        {"title": "By state", "kind": "chart", "source": "tasks.task", "group": "state", "measure": "count()"},
        {"title": "Next", "kind": "list", "source": "tasks.task", "filter": "is_open", "sort": "due", "fields": "title,due"},
        {"title": "Workload", "kind": "report", "source": "tasks.workload"},
    ])
}

#[nexus_testkit::test]
async fn each_tile_answers_under_the_rights_of_whoever_looks(t: &Tenant) {
    t.on("2026-02-10".parse().expect("a day"));
    let ada = t.user("ada", &["task_user"]).await;
    let max = t.user("max", &[]).await;
    for (title, due, state) in [("B", "2026-02-12", "open"), ("A", "2026-02-11", "doing"), ("C", "2026-02-01", "done")]
    {
        ada.create("tasks.task", json!({"title": title, "due": due, "state": state})).await;
    }
    t.create("tasks.task", json!({"title": "Not hers"})).await;
    let board = ada.create("hub.dashboard", json!({"name": "Today", "shared": true, "tiles": tiles()})).await;
    let shown = ada.run(show_dashboard, &board, json!({})).await.ok();
    let data = |index: usize| &shown["tiles"][index]["data"];
    assert_eq!(data(0), 2);
    let mut by_state: Vec<_> =
        data(1).as_array().into_iter().flatten().map(|row| (row["state"].as_str(), row["count()"].as_i64())).collect();
    by_state.sort_unstable();
    assert_eq!(by_state, [(Some("doing"), Some(1)), (Some("done"), Some(1)), (Some("open"), Some(1))]);
    assert_eq!((&data(2)[0]["title"], &data(2)[1]["title"]), (&json!("A"), &json!("B")));
    assert_eq!(data(3)["totals"], json!({"open": 2, "today": 0, "overdue": 0}));

    // Who has no tasks is told so by each tile, and sees nothing of Ada's.
    max.run(show_dashboard, &board, json!({})).await.problem("", "there is no");
    let eve = t.user("eve", &["onlooker"]).await;
    let seen = eve.run(show_dashboard, &board, json!({})).await.ok();
    for tile in seen["tiles"].as_array().into_iter().flatten() {
        assert!(
            tile.get("data").is_none() && tile["refused"].as_str().is_some_and(|why| why.contains("may not")),
            "{tile}"
        );
    }
    eve.update("hub.dashboard", &board, json!({"name": "Hers"})).await.problem("", "may not");
    // Who may no longer see what a tile shows still names the dashboard anew, and mends its other tiles.
    t.update("core.user", ada.principal.user, json!({"roles": []})).await.ok();
    let mut lost = ada.clone();
    lost.principal = t.kernel.principal(&t.tenant, ada.principal.user).await.expect("the user");
    lost.update("hub.dashboard", &board, json!({"name": "Yesterday"})).await.ok();
    let mut tiles = lost.get("hub.dashboard", &board).await["tiles"].clone();
    tiles[1]["title"] = json!("In other words");
    lost.update("hub.dashboard", &board, json!({"tiles": tiles})).await.problem("tiles/1", "may not read");
    let seen = t.run(show_dashboard, &board, json!({})).await.ok();
    assert_eq!(seen["tiles"][0]["data"], 3, "the administrator sees one more");
}

#[nexus_testkit::test]
async fn a_tile_that_asks_what_cannot_be_answered_is_refused(t: &Tenant) {
    let refused = async |tile: Json, expect: &str| {
        let board = json!({"name": "Wrong", "tiles": [tile]});
        t.try_create("hub.dashboard", board).await.problem("tiles/0", expect);
    };
    refused(json!({"title": "T", "source": "crm.lead"}), "there is no object").await;
    refused(json!({"title": "T", "source": "tasks.task", "filter": "colour == 'red'"}), "filter").await;
    refused(json!({"title": "T", "source": "tasks.task", "measure": "sum(title)"}), "title has no sum").await;
    refused(json!({"title": "T", "kind": "chart", "source": "tasks.task", "group": "colour"}), "has no field colour")
        .await;
    refused(json!({"title": "T", "kind": "report", "source": "tasks.weather"}), "weather").await;
    let max = t.user("max", &[]).await;
    let tile = json!({"title": "T", "source": "tasks.task"});
    max.try_create("hub.dashboard", json!({"name": "Mine", "tiles": [tile]})).await.problem("tiles/0", "may not read");
}

#[nexus_testkit::database_test]
fn a_dashboard_is_mailed_to_each_as_their_own_rights_show_it(on: On) {
    on.run(|storage| async move {
        let (t, letters) = &Tenant::with_mail(apps(), &storage).await;
        t.on("2026-02-10".parse().expect("a day"));
        let ada = t.user("ada", &["task_user"]).await;
        let eve = t.user("eve", &[]).await;
        let task = json!({"title": "Sweep", "due": "2026-02-11", "assignee": ada.principal.user});
        ada.create("tasks.task", task).await;
        t.create("tasks.task", json!({"title": "Not hers"})).await;
        let tiles = json!([
            {"title": "Open", "kind": "figure", "source": "tasks.task", "filter": "is_open"},
            {"title": "By state", "kind": "chart", "source": "tasks.task", "group": "state"},
            {"title": "Next", "kind": "list", "source": "tasks.task", "sort": "title", "fields": "title,assignee,due"},
        ]);
        let board = t.create("hub.dashboard", json!({"name": "Today", "tiles": tiles})).await;
        eve.run(send_dashboard, &board, json!({"to": [eve.principal.user]})).await.problem("", "there is no");
        t.run(send_dashboard, &board, json!({"to": []})).await.problem("to", "from 1 to 50");
        let to = [ada.principal.user, eve.principal.user];
        t.run(send_dashboard, &board, json!({ "to": to })).await.ok();
        t.kernel.run_due_jobs(&t.tenant).await.expect("jobs run");
        let sent = letters.take();
        let printed = |reader: &str| -> Json {
            let letter = sent.iter().find(|letter| letter.to.1 == format!("{reader}@example.com")).expect("a letter");
            assert_eq!((letter.data["subject"].as_str(), letter.enclosures.len()), (Some("Today"), 1));
            serde_json::from_slice(&letter.enclosures[0].content).expect("what was printed")
        };
        let hers = printed("ada");
        assert_eq!((&hers["name"], &hers["reader"]), (&json!("Today"), &json!("ada")));
        let told = &hers["tiles"];
        assert_eq!(told[0]["figures"], json!([{"number": "1"}]), "one is hers");
        assert_eq!(told[1]["columns"], json!([{"label": "State", "right": false}, {"label": "Tasks", "right": true}]));
        assert_eq!(told[1]["rows"], json!([[{"text": "Open"}, {"number": "1"}]]));
        assert_eq!(told[2]["rows"], json!([[{"text": "Sweep"}, {"text": "ada"}, {"date": "2026-02-11"}]]));
        // Who may see no tasks is told so in each tile, and is shown none.
        let tiles = printed("eve")["tiles"].clone();
        let refused = |tile: &Json| tile.get("rows").is_none() && tile["refused"].as_str().is_some();
        assert!(tiles.as_array().is_some_and(|tiles| tiles.len() == 3 && tiles.iter().all(refused)), "{tiles}");
        // Whoever was sent it may open it, and it is shared with each once.
        let now = t.kernel.principal(&t.tenant, eve.principal.user).await.expect("the user");
        eve.as_principal((*now).clone()).get("hub.dashboard", &board).await;
        t.run(send_dashboard, &board, json!({ "to": to })).await.ok();
        assert_eq!(t.find("core.share", "true").await.len(), 2);
    });
}
