//! What a plan gives and refuses.

use nexus_kernel::faces::meta::Meta;
use nexus_kernel::serde_json::json;
use nexus_kernel::{Call, Kind, Options, Request, Usage};
use nexus_testkit::{On, Storage};

use crate::company::{act, add_team, kernel, names, sign_in, teams, tenant, try_tenant};

#[nexus_testkit::database_test]
fn an_app_that_the_plan_does_not_have_is_nowhere_until_the_plan_has_it(on: On) {
    on.run(|storage| async move { apps(&storage).await });
}

async fn apps(storage: &Storage) {
    let kernel = kernel(storage, |options| options);
    let slug = tenant(&kernel, "A", Some("yard")).await;
    act(&kernel, &slug, "yard.create_parcel", None, json!({"name": "Tea"})).await.expect("a parcel");
    let refused = act(&kernel, &slug, "dock.create_ship", None, json!({"name": "Ark"})).await.expect_err("no dock");
    assert_eq!(refused.kind, Kind::Denied);
    assert!(refused.detail.starts_with("the plan Yard of A has no app dock; "), "{refused}");
    assert!(refused.detail.ends_with("nexus tenant plan a PLAN"), "{refused}");
    assert_eq!((&refused.more["limit"], &refused.more["plan"]), (&json!("apps"), &json!("yard")));
    assert_eq!(names(&kernel, &slug, "dock.ship").await.expect_err("no dock").kind, Kind::Denied);
    assert_eq!(shown(&kernel, &slug).await, ["core", "yard"]);
    let before = kernel.tenant(&slug).expect("open").database.schema().objects().count();

    // The dock is switched on: its tables are made, and the company gets what a new one would have.
    let follower = kernel.tenant(&slug).expect("open");
    let mut standing = follower.standing();
    kernel.plan_tenant(&slug, "all").expect("a plan");
    standing.changed().await.expect("who follows is told");
    assert_eq!(names(&kernel, &slug, "dock.ship").await.expect("a dock"), ["Ark"]);
    assert_eq!(names(&kernel, &slug, "yard.parcel").await.expect("a yard"), ["Tea"]);
    assert_eq!(shown(&kernel, &slug).await, ["core", "yard", "dock"]);
    assert_eq!(kernel.tenant(&slug).expect("open").database.schema().objects().count(), before + 1);
    act(&kernel, &slug, "dock.create_ship", None, json!({"name": "Beagle"})).await.expect("a ship");

    // Back and forth: what is out of reach is kept, and nobody is set up twice.
    kernel.plan_tenant(&slug, "yard").expect("a plan");
    assert_eq!(names(&kernel, &slug, "dock.ship").await.expect_err("no dock").kind, Kind::Denied);
    kernel.plan_tenant(&slug, "all").expect("a plan");
    assert_eq!(names(&kernel, &slug, "dock.ship").await.expect("a dock"), ["Ark", "Beagle"]);

    let unknown = try_tenant(&kernel, "B", Some("gold")).await.expect_err("no such plan").detail;
    assert!(unknown.contains("the plan `gold` is not described here (all, little, none, yard)"), "{unknown}");
    assert!(kernel.tenant("b").is_err(), "nothing was made");
}

/// The apps that the administrator is shown, also those without anything to read.
async fn shown(kernel: &nexus_kernel::Kernel, slug: &str) -> Vec<String> {
    let token = sign_in(kernel, slug).await.expect("signed in");
    let (tenant, principal, _) = kernel.authenticate(&token).await.expect("known");
    let meta: Meta = kernel.meta(&tenant, &principal, None).await.expect("meta");
    meta.apps.iter().map(|app| app.name.clone()).collect()
}

#[nexus_testkit::database_test]
fn users_beyond_the_plan_are_refused_and_leavers_make_room(on: On) {
    on.run(|storage| async move { users(&storage).await });
}

async fn users(storage: &Storage) {
    let kernel = kernel(storage, |options| options);
    let slug = tenant(&kernel, "A", Some("little")).await;
    let user = |name: &str| json!({"name": name, "email": format!("{name}@example.com")});
    let make = |name: &str| act(&kernel, &slug, "core.create_user", None, user(name));
    let ben = make("ben").await.expect("two may sign in").outputs.remove(0);
    let refused = make("cid").await.expect_err("three may not");
    assert_eq!(refused.kind, Kind::Denied);
    let told = "the plan Little of A has room for 2 users who may sign in, and 2 are in use: deactivate one";
    assert!(refused.detail.starts_with(told), "{refused}");
    assert_eq!((&refused.more["allowed"], &refused.more["used"]), (&json!(2), &json!(2)));
    let set = |active: bool| act(&kernel, &slug, "core.update_user", Some(&ben), json!({"active": active}));
    set(false).await.expect("ben leaves");
    let cid = make("cid").await.expect("there is room").outputs.remove(0);
    set(true).await.expect_err("cid has the place");
    act(&kernel, &slug, "core.delete_user", Some(&cid), json!({})).await.expect("cid goes");
    set(true).await.expect("ben is back");
    act(&kernel, &slug, "core.restore_user", Some(&cid), json!({})).await.expect_err("ben has the place");
    // Whom the plan has room for may be changed, however full it is.
    act(&kernel, &slug, "core.update_user", Some(&ben), json!({"name": "Benjamin"})).await.expect("changed");
    assert_eq!(kernel.usage(&kernel.tenant(&slug).expect("open")).await.expect("usage").users, 2);
}

#[nexus_testkit::database_test]
fn records_beyond_the_plan_are_refused_and_deleted_ones_make_room(on: On) {
    on.run(|storage| async move { records(&storage).await });
}

async fn records(storage: &Storage) {
    let kernel = kernel(storage, |options| options);
    // A company, its administrator, and the ship that the dock gives it.
    let slug = tenant(&kernel, "A", Some("little")).await;
    for name in ["1", "2", "3"] {
        add_team(&kernel, &slug, name).await;
    }
    let make = |name: &'static str| act(&kernel, &slug, "core.create_team", None, json!({"name": name}));
    let refused = make("4").await.expect_err("six are there");
    let told = "the plan Little of A has room for 6 records, and 6 are in use: delete what nobody needs";
    assert!(refused.detail.starts_with(told), "{refused}");
    assert_eq!(teams(&kernel, &slug).await, ["1", "2", "3"], "nothing was kept");
    let team = act(&kernel, &slug, "core.create_team", None, json!({"name": ""})).await;
    team.expect_err("what is refused for another reason does not count");
    let found = kernel.tenant(&slug).expect("open");
    let page = kernel
        .list(
            &found,
            &std::sync::Arc::new(nexus_kernel::Principal::system()),
            found.object("core.team").expect("teams"),
            nexus_kernel::faces::ListParams::default(),
        )
        .await
        .expect("a page");
    let team = nexus_kernel::serde_json::Value::Object(page.data[0].to_json());
    drop(found);
    act(&kernel, &slug, "core.delete_team", Some(&team), json!({})).await.expect("deleted");
    let made = make("4").await.expect("there is room again");
    make("5").await.expect_err("and now it is taken");
    kernel.undo(&kernel.tenant(&slug).expect("open"), &system(), made.run, false).await.expect("undone");
    make("5").await.expect("undoing it made room");
    // What is written under a plan without that limit counts when the limit comes back.
    kernel.plan_tenant(&slug, "all").expect("a plan");
    for name in ["6", "7"] {
        add_team(&kernel, &slug, name).await;
    }
    kernel.plan_tenant(&slug, "little").expect("a plan");
    let refused = make("8").await.expect_err("there are eight");
    assert_eq!(refused.more["used"], json!(8), "{refused}");
    let usage = kernel.usage(&kernel.tenant(&slug).expect("open")).await.expect("usage");
    assert!(matches!(usage, Usage { users: 1, records: 8, storage_bytes: 1.. }), "{usage:?}");
}

fn system() -> std::sync::Arc<nexus_kernel::Principal> {
    std::sync::Arc::new(nexus_kernel::Principal::system())
}

#[nexus_testkit::database_test]
fn without_storage_left_nothing_is_added_but_much_may_be_done(on: On) {
    on.run(|storage| async move {
        let kernel = kernel(&storage, |options| options);
        let slug = tenant(&kernel, "A", Some("all")).await;
        let team =
            act(&kernel, &slug, "core.create_team", None, json!({"name": "1"})).await.expect("room").outputs.remove(0);
        kernel.plan_tenant(&slug, "none").expect("a plan");
        let refused = act(&kernel, &slug, "core.create_team", None, json!({"name": "2"})).await.expect_err("no room");
        assert!(refused.detail.starts_with("the plan None of A has room for 0 MiB of storage, and "), "{refused}");
        act(&kernel, &slug, "core.update_team", Some(&team), json!({"name": "3"})).await.expect("changed");
        act(&kernel, &slug, "core.delete_team", Some(&team), json!({})).await.expect("deleted");
    });
}

#[nexus_testkit::database_test]
fn calls_beyond_the_plan_are_told_when_to_come_back(on: On) {
    on.run(|storage| async move {
        let kernel = kernel(&storage, |options| options);
        let (little, other) = (tenant(&kernel, "A", Some("little")).await, tenant(&kernel, "B", None).await);
        let little = kernel.tenant(&little).expect("open");
        let answers: Vec<bool> = (0..4).map(|_| little.count_call().is_ok()).collect();
        assert_eq!(answers, [true, true, true, false]);
        let refused = little.count_call().expect_err("used up");
        assert_eq!(refused.kind, Kind::Busy);
        assert!(
            refused.detail.starts_with("the plan Little of A has 3 calls a minute, and they are used up"),
            "{refused}"
        );
        assert!(refused.more["retry_after"].as_u64().is_some_and(|wait| (1..=21).contains(&wait)), "{refused:?}");
        let other = kernel.tenant(&other).expect("open");
        assert!((0..1_000).all(|_| other.count_call().is_ok()), "another tenant does not pay for it");
    });
}

#[nexus_testkit::database_test]
fn who_guesses_at_a_link_uses_up_no_calls(on: On) {
    on.run(|storage| async move {
        let kernel = kernel(&storage, |options| options);
        let slug = tenant(&kernel, "A", Some("little")).await;
        let parcel = act(&kernel, &slug, "yard.create_parcel", None, json!({"name": "Tea"})).await.expect("a parcel");
        let token = sign_in(&kernel, &slug).await.expect("signed in");
        let (tenant, admin, _) = kernel.authenticate(&token).await.expect("known");
        let input = json!({"target": {"object": "yard.parcel", "id": parcel.outputs[0]["id"]}});
        let call = Call { action: "core.share_by_link".to_owned(), record: None, input };
        let made = kernel.dispatch(&tenant, &admin, Request { calls: vec![call], ..Request::default() }).await;
        let link = made.expect("a link").outputs[0]["token"].as_str().expect("a token").to_owned();
        for _ in 0..5 {
            let refused = kernel.shared(&format!("{link}A")).await.expect_err("a guess");
            assert_eq!(refused.kind, Kind::NotFound);
        }
        let mut answers = Vec::new();
        for _ in 0..4 {
            answers.push(kernel.shared(&link).await.map(drop).map_err(|problem| problem.kind));
        }
        assert_eq!(answers, [Ok(()), Ok(()), Ok(()), Err(Kind::Busy)]);
    });
}

#[nexus_testkit::database_test]
fn a_full_database_takes_no_further_tenant(on: On) {
    on.run(|storage| async move {
        let kernel = kernel(&storage, |options| Options { tenants_per_database: 2, ..options });
        tenant(&kernel, "A", None).await;
        tenant(&kernel, "B", None).await;
        let third = try_tenant(&kernel, "C", None).await;
        if let Storage::Folder(_) = storage {
            third.expect("a folder takes as many as the disk does");
            return;
        }
        let refused = third.expect_err("full");
        assert!(refused.detail.contains("every database has its 2 tenants already"), "{refused}");
        assert!(refused.detail.contains("--places"), "{refused}");
        // A further place takes it.
        let folder = tempfile::tempdir().expect("a folder");
        let place = ("files".to_owned(), Storage::Folder(folder.path().to_owned()));
        let kernel = crate::company::kernel(&storage, |options| Options {
            tenants_per_database: 2,
            places: [place].into(),
            ..options
        });
        tenant(&kernel, "C", None).await;
        assert_eq!(kernel.entry("c").expect("an entry").place.as_deref(), Some("files"));
        add_team(&kernel, "c", "North").await;
        assert_eq!(teams(&kernel, "c").await, ["North"]);
    });
}
