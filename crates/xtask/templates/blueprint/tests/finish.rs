//! What finishing a blueprint does, and what it refuses.

use blueprint::actions::finish_blueprint;
use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

fn apps() -> Vec<App> {
    vec![blueprint::app()]
}

#[nexus_testkit::test]
async fn a_blueprint_is_finished_once_with_its_result(t: &Tenant) {
    let blueprint = t.create("blueprint.blueprint", json!({"title": "First", "due": "2026-01-31"})).await;
    assert_eq!(blueprint["state"], "open");

    let finished = t.run(finish_blueprint, &blueprint, json!({"result": "It stands"})).await.ok();
    assert_eq!(finished["state"], "finished");
    assert_eq!(finished["result"], "It stands");

    t.run(finish_blueprint, &blueprint, json!({"result": "Again"})).await.problem("", "it is finished");
}

#[nexus_testkit::test]
async fn undo_opens_it_again_without_its_result(t: &Tenant) {
    let blueprint = t.create("blueprint.blueprint", json!({"title": "First"})).await;
    let run = t.run(finish_blueprint, &blueprint, json!({"result": "It stands"})).await.reply().run;
    t.undo(run).await.ok();
    let blueprint = t.get("blueprint.blueprint", &blueprint).await;
    assert_eq!((&blueprint["state"], &blueprint["result"]), (&json!("open"), &Json::Null));
}

#[nexus_testkit::test]
async fn the_demo_comes_in_whole(t: &Tenant) {
    t.on("2026-05-10".parse().expect("a day"));
    // The people of the demo company, whom the file names as owners.
    for name in ["Amina Njeri", "Otieno Ouma"] {
        t.create("core.user", json!({"name": name, "email": format!("{}@example.com", &name[..5])})).await;
    }
    t.kernel.load_demo(&t.tenant, &t.principal).await.expect("the demo is read");
    let first = t.find("blueprint.blueprint", "due == date('2026-05-17')").await;
    assert_eq!((first.len(), &first[0]["title"]), (1, &json!("The first one")));
    assert_eq!(t.find("blueprint.blueprint", "true").await.len(), 2);
}

#[nexus_testkit::test]
async fn an_editor_sees_only_their_own(t: &Tenant) {
    let (ada, ben) = (t.user("ada", &["blueprint_editor"]).await, t.user("ben", &["blueprint_editor"]).await);
    ada.create("blueprint.blueprint", json!({"title": "Ada's"})).await;
    assert_eq!(ada.find("blueprint.blueprint", "state == 'open'").await.len(), 1);
    assert_eq!(ben.find("blueprint.blueprint", "state == 'open'").await.len(), 0);
}
