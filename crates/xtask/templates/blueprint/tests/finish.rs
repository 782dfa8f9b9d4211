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
async fn an_editor_sees_only_their_own(t: &Tenant) {
    let (ada, ben) = (t.user("ada", &["blueprint_editor"]).await, t.user("ben", &["blueprint_editor"]).await);
    ada.create("blueprint.blueprint", json!({"title": "Ada's"})).await;
    assert_eq!(ada.find("blueprint.blueprint", "state == 'open'").await.len(), 1);
    assert_eq!(ben.find("blueprint.blueprint", "state == 'open'").await.len(), 0);
}
