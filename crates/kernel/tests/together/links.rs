//! Links to a record of whichever object are links like every other.

use nexus_kernel::faces::ListParams;
use nexus_testkit::Tenant;
use serde_json::json;

use crate::{apps, to, uuid};

#[nexus_testkit::test]
async fn a_merge_moves_what_leads_to_a_record_of_whichever_object_and_undo_brings_it_back(t: &Tenant) {
    let book = t.create("shelf.book", json!({"name": "Emma"})).await;
    let twin = t.create("shelf.book", json!({"name": "Emma"})).await;
    let note = t.create("shelf.note", json!({"text": "a", "about": to("shelf.book", &twin)})).await;
    let said = t.create("core.comment", json!({"target": to("shelf.book", &twin), "body": "good"})).await;
    let tag = t.create("core.tag", json!({"name": "new"})).await;
    for one in [&book, &twin] {
        t.create("core.tagging", json!({"target": to("shelf.book", one), "tag": tag["id"]})).await;
    }
    let merge = t.act("shelf.merge_book", Some(uuid(&book)), json!({"from": [twin["id"]]})).await.reply();
    assert_eq!(t.get("shelf.note", &note).await["about"], to("shelf.book", &book));
    assert_eq!(t.get("core.comment", &said).await["target"], to("shelf.book", &book));
    // Both had the tag, and one has it once.
    assert_eq!(t.find("core.tagging", "true").await.len(), 1);
    t.undo(merge.run).await.ok();
    assert_eq!(t.get("shelf.note", &note).await["about"], to("shelf.book", &twin));
    assert_eq!(t.get("core.comment", &said).await["target"], to("shelf.book", &twin));
    assert_eq!(t.find("core.tagging", "true").await.len(), 2);
}

#[nexus_testkit::test]
async fn a_link_keeps_a_record_and_what_hangs_on_it_does_not(t: &Tenant) {
    t.at("2026-03-01T10:00:00Z".parse().expect("a moment"));
    let book = t.create("shelf.book", json!({"name": "Emma"})).await;
    let note = t.create("shelf.note", json!({"text": "a", "about": to("shelf.book", &book)})).await;
    let said = t.create("core.comment", json!({"target": to("shelf.book", &book), "body": "good"})).await;
    t.create("core.comment", json!({"target": to("shelf.book", &book), "body": "yes", "reply_to": said["id"]})).await;
    t.delete("shelf.book", &book).await.problem("", "is used by Note a");
    t.delete("shelf.note", &note).await.ok();
    t.delete("shelf.book", &book).await.ok();
    // Out of sight with the record, there again with it.
    assert_eq!(t.find("core.comment", "true").await.len(), 0);
    t.try_get("core.comment", &said).await.expect_err("its record is in the bin");
    t.act("shelf.restore_book", Some(uuid(&book)), json!({})).await.ok();
    assert_eq!(t.find("core.comment", "true").await.len(), 2);
    t.delete("shelf.book", &book).await.ok();
    t.at("2026-06-01T10:00:00Z".parse().expect("a moment"));
    let before = "2026-05-01T00:00:00Z".parse().expect("a moment");
    let purged = t.kernel.purge_bin(&t.tenant, before).await.expect("a purge");
    // The note leads to the book, and is looked through after it.
    assert_eq!((purged.removed, purged.kept), (1, 1));
    let again = t.kernel.purge_bin(&t.tenant, before).await.expect("a purge");
    // The book, two comments, of which one answers the other, and that their author follows it.
    assert_eq!((again.removed, again.kept), (4, 0));
    assert_eq!(t.list("core.comment", ListParams { deleted: true, ..ListParams::default() }).await, Ok(Vec::new()));
}

#[nexus_testkit::test]
async fn nothing_hangs_on_what_hangs_itself(t: &Tenant) {
    let book = t.create("shelf.book", json!({"name": "Emma"})).await;
    let said = t.create("core.comment", json!({"target": to("shelf.book", &book), "body": "good"})).await;
    let on = json!({"target": to("core.comment", &said), "body": "good"});
    t.try_create("core.comment", on).await.problem("target", "nothing hangs on a comment");
    let elsewhere = t.create("shelf.book", json!({"name": "Persuasion"})).await;
    let reply = json!({"target": to("shelf.book", &elsewhere), "body": "no", "reply_to": said["id"]});
    t.try_create("core.comment", reply).await.problem("reply_to", "on another record");
}
