//! Many records by one call: one run, each record by itself, undone as one.

use std::sync::Arc;

use nexus_kernel::faces::ListParams;
use nexus_kernel::model::problem::Kind;
use nexus_kernel::model::{Problem, Timestamp, Uuid};
use nexus_kernel::serde_json::{Value as Json, json};
use nexus_kernel::{App, AppSource, BulkReport, BulkRequest};
use nexus_testkit::Tenant;

const APP: &str = "name = \"Shelf\"\nsuite = \"platform\"\nicon = \"box\"\nabout = \"Books.\"\n[roles]\nclerk = { about = \"Shelves books\" }\n";

const BOOK: &str = r#"
label = "Book"
title = "name"
[fields]
name = { type = "text", required = true, unique = true }
shelf = { type = "integer", max = 9 }
after = { type = "link", to = "book" }
[access.clerk]
verbs = ["read", "create", "update"]
rows = "shelf != 7"
"#;

/// What hangs on books in great numbers.
const SLIP: &str = "label = \"Slip\"\ntitle = \"text\"\nhangs_on = \"target\"\n[fields]\ntext = { type = \"text\" }\n\
                    target = { type = \"dynamic_link\", required = true, set_once = true, of = [\"book\"] }\n";

fn apps() -> Vec<App> {
    let objects = &[("book", BOOK), ("slip", SLIP)];
    vec![App::new(AppSource { name: "shelf", manifest: APP, objects, ..Default::default() })]
}

async fn bulk(t: &Tenant, request: BulkRequest) -> Result<BulkReport, Problem> {
    bulk_of(t, "shelf.book", request).await
}

async fn bulk_of(t: &Tenant, object: &str, request: BulkRequest) -> Result<BulkReport, Problem> {
    let object = Arc::clone(t.tenant.object(object)?);
    t.kernel.bulk(&t.tenant, &t.principal, &object, None, request).await
}

fn request(action: &str) -> BulkRequest {
    BulkRequest { action: action.to_owned(), ..BulkRequest::default() }
}

/// Makes so many books, on shelf 1, named from 0 on.
async fn books(t: &Tenant, count: usize) -> BulkReport {
    let records = (0..count).map(|index| json!({"name": format!("book {index}")})).collect();
    let made = BulkRequest { records: Some(records), input: json!({"shelf": 1}), ..request("create") };
    bulk(t, made).await.expect("books are made")
}

async fn count(t: &Tenant, filter: &str) -> usize {
    t.find("shelf.book", filter).await.len()
}

#[nexus_testkit::test]
async fn many_records_are_made_changed_deleted_and_restored_each_as_one_run(t: &Tenant) {
    // Two and a half portions of a hundred.
    let made = books(t, 250).await;
    assert_eq!((made.selected, made.done, made.refused_count), (250, 250, 0));
    assert_eq!(count(t, "shelf == 1").await, 250);
    let filter = || Some("name != 'book 3'".to_owned());
    let moved = BulkRequest { filter: filter(), input: json!({"shelf": 2}), ..request("update") };
    let moved = bulk(t, moved).await.expect("an update");
    assert_eq!((moved.selected, moved.done, count(t, "shelf == 2").await), (249, 249, 249));
    let deleted = bulk(t, BulkRequest { filter: filter(), ..request("delete") }).await.expect("a deletion");
    assert_eq!((deleted.done, count(t, "true").await), (249, 1));
    let back = bulk(t, BulkRequest { filter: Some("shelf == 2".to_owned()), ..request("restore") }).await;
    assert_eq!((back.expect("a restoration").done, count(t, "true").await), (249, 250));
    let run = bulk(t, BulkRequest { filter: filter(), input: json!({"shelf": 3}), ..request("update") }).await;
    t.undo(moved.run).await.problem("", "249 conflicts");
    t.undo(run.expect("an update").run).await.ok();
    t.undo(moved.run).await.ok();
    assert_eq!(count(t, "shelf == 1").await, 250);
    let again = books(t, 0).await;
    assert_eq!((again.selected, again.done), (0, 0));
}

#[nexus_testkit::test]
async fn a_record_that_is_refused_is_named_and_harms_no_other(t: &Tenant) {
    books(t, 120).await;
    let used = t.find("shelf.book", "name == 'book 5'").await.remove(0);
    let using = t.find("shelf.book", "name == 'book 6'").await.remove(0);
    t.update("shelf.book", &using, json!({"after": used["id"]})).await.ok();
    let filter = Some("name != 'book 6'".to_owned());
    let report = bulk(t, BulkRequest { filter, ..request("delete") }).await.expect("a deletion");
    assert_eq!((report.selected, report.done, report.refused_count), (119, 118, 1));
    let refused = &report.refused[0];
    assert_eq!(
        (refused.id.map(|id| id.to_string()).as_deref(), refused.title.as_str()),
        (used["id"].as_str(), "book 5")
    );
    assert!(refused.errors[0].message.contains("is used by Book book 6"), "{refused:?}");
    t.undo(report.run).await.ok();
    assert_eq!(count(t, "true").await, 120);

    // Of new ones the place is named, and the key that is taken, also by one before it.
    let records = vec![json!({"name": "new"}), json!({"name": "book 1"}), json!({"name": "new"}), json!({"nmae": "x"})];
    let report = bulk(t, BulkRequest { records: Some(records), ..request("create") }).await.expect("some are made");
    let places: Vec<_> =
        report.refused.iter().map(|refused| (refused.index, refused.errors[0].field.as_str())).collect();
    assert_eq!((report.done, places), (1, vec![(Some(1), "name"), (Some(2), "name"), (Some(3), "nmae")]));
}

#[nexus_testkit::test]
async fn the_whole_is_done_or_nothing_where_that_is_asked_for(t: &Tenant) {
    books(t, 120).await;
    let ids: Vec<Uuid> =
        t.find("shelf.book", "true").await.iter().filter_map(|b| b["id"].as_str()?.parse().ok()).collect();
    let own = |id: &Uuid, shelf: i64| json!({"id": id, "shelf": shelf});
    let records: Vec<Json> = ids.iter().enumerate().map(|(at, id)| own(id, if at == 110 { 10 } else { 4 })).collect();
    let asked = BulkRequest { records: Some(records), whole: true, ..request("update") };
    let problem = bulk(t, asked.clone()).await.expect_err("one is refused");
    assert_eq!(
        (problem.kind, problem.detail.as_str()),
        (Kind::Conflict, "1 of 120 records are refused, so nothing was changed")
    );
    assert_eq!(problem.more["refused"][0]["errors"][0]["field"], "shelf");
    assert_eq!(count(t, "shelf == 4").await, 0);
    let report = bulk(t, BulkRequest { whole: false, ..asked }).await.expect("all but one");
    assert_eq!((report.done, report.refused_count, count(t, "shelf == 4").await), (119, 1, 119));
    let records: Vec<Json> = (0..501).map(|index| json!({"name": format!("more {index}")})).collect();
    let asked = BulkRequest { records: Some(records), whole: true, ..request("create") };
    assert_eq!(bulk(t, asked).await.expect_err("too many").errors[0].field, "whole");
}

#[nexus_testkit::test]
async fn a_preview_tells_what_would_change_and_changes_nothing(t: &Tenant) {
    books(t, 110).await;
    let asked = BulkRequest { filter: Some("true".to_owned()), input: json!({"shelf": 5}), ..request("update") };
    let report = bulk(t, BulkRequest { preview: true, ..asked }).await.expect("a preview");
    assert_eq!((report.selected, report.tried, report.done, report.changes.len()), (110, Some(110), 110, 100));
    let told = json!({"field": "shelf", "from": 1, "to": 5, "text": "Shelf from 1 to 5"});
    assert_eq!(report.changes[0]["fields"][0], told);
    assert_eq!(count(t, "shelf == 5").await, 0);
    t.undo(report.run).await.problem("", "there is no run");
}

#[nexus_testkit::test]
async fn work_that_was_cut_off_goes_on_under_its_run(t: &Tenant) {
    books(t, 20).await;
    let ids: Vec<Uuid> =
        t.find("shelf.book", "true").await.iter().filter_map(|b| b["id"].as_str()?.parse().ok()).collect();
    let run = Some(Uuid::now_v7());
    let part =
        |ids: &[Uuid]| BulkRequest { ids: Some(ids.to_vec()), input: json!({"shelf": 6}), run, ..request("update") };
    // What a process that died had committed.
    let first = bulk(t, part(&ids[..8])).await.expect("the first portion");
    let rest = bulk(t, part(&ids)).await.expect("the rest");
    assert_eq!((first.done, rest.done, rest.skipped, rest.run), (8, 12, 8, first.run));
    t.undo(first.run).await.ok();
    assert_eq!(count(t, "shelf == 1").await, 20);
    let problem = bulk(t, part(&ids)).await.expect_err("it was undone");
    assert_eq!(problem.errors[0].field, "run");
}

#[nexus_testkit::test]
async fn the_rights_to_each_record_are_those_of_the_caller(t: &Tenant) {
    books(t, 6).await;
    let hidden = t.find("shelf.book", "name == 'book 2'").await.remove(0);
    t.update("shelf.book", &hidden, json!({"shelf": 7})).await.ok();
    let clerk = t.user("Ann", &["clerk"]).await;
    let all = |action: &str| BulkRequest { filter: Some("true".to_owned()), ..request(action) };
    let moved = bulk(&clerk, BulkRequest { input: json!({"shelf": 8}), ..all("update") }).await.expect("an update");
    assert_eq!((moved.selected, moved.done), (5, 5));
    let id = hidden["id"].as_str().and_then(|id| id.parse().ok());
    let asked = BulkRequest { ids: id.map(|id| vec![id]), input: json!({"shelf": 8}), ..request("update") };
    let refused = bulk(&clerk, asked).await.expect("a report");
    assert_eq!((refused.done, refused.refused[0].title.as_str()), (0, ""));
    assert!(refused.refused[0].errors[0].message.contains("there is no book"), "{refused:?}");
    let refused = bulk(&clerk, all("delete")).await.expect("a report");
    assert_eq!((refused.done, refused.refused_count, count(t, "true").await), (0, 5, 6));
    // Nobody gives a record away unseen.
    let refused = bulk(&clerk, BulkRequest { input: json!({"shelf": 7}), ..all("update") }).await.expect("a report");
    assert_eq!((refused.done, refused.refused_count), (0, 5));
    let nobody = t.user("Ben", &[]).await;
    assert_eq!(bulk(&nobody, all("update")).await.expect_err("nothing to read").kind, Kind::Denied);
}

#[nexus_testkit::test]
async fn a_call_that_means_nothing_is_refused_by_name(t: &Tenant) {
    let all = |action: &str| BulkRequest { filter: Some("true".to_owned()), ..request(action) };
    for (asked, field) in [
        (all("juggle"), "action"),
        (all("create"), "records"),
        (request("update"), ""),
        (BulkRequest { ids: Some(vec![]), ..all("update") }, ""),
        (BulkRequest { filter: Some("nmae == 1".to_owned()), ..request("update") }, "filter"),
        (BulkRequest { records: Some(vec![json!({"name": "x"})]), ..request("update") }, "records/0/id"),
        (BulkRequest { records: Some(vec![json!(1)]), ..request("create") }, "records/0"),
    ] {
        let problem = bulk(t, asked.clone()).await.expect_err("means nothing");
        let named = problem.errors.first().map(|error| error.field.as_str()).unwrap_or_default();
        assert_eq!(named, field, "{asked:?}: {problem}");
    }
}

#[nexus_testkit::test]
async fn the_bin_is_emptied_of_what_is_old_and_nothing_leads_to(t: &Tenant) {
    books(t, 130).await;
    let one = async |name: &str| t.find("shelf.book", &format!("name == '{name}'")).await.remove(0);
    let (used, using) = (one("book 5").await, one("book 6").await);
    t.update("shelf.book", &using, json!({"after": used["id"]})).await.ok();
    let before = Timestamp::now();
    for name in ["book 6", "book 5"] {
        t.delete("shelf.book", &one(name).await).await.ok();
    }
    let filter = Some("!(name in ['book 1', 'book 2'])".to_owned());
    bulk(t, BulkRequest { filter, ..request("delete") }).await.expect("a deletion");
    let moment = Timestamp::now();
    t.delete("shelf.book", &one("book 1").await).await.ok();
    let there = async |deleted: bool| {
        let params = ListParams { deleted, limit: Some(500), ..ListParams::default() };
        t.list("shelf.book", params).await.expect("books").len()
    };
    assert_eq!((there(false).await, there(true).await), (1, 129));
    // Nothing is old enough yet; then one that another in the bin leads to goes with that.
    assert_eq!(t.kernel.purge_bin(&t.tenant, before).await.expect("a purge").removed, 0);
    let purged = t.kernel.purge_bin(&t.tenant, moment).await.expect("a purge");
    let again = t.kernel.purge_bin(&t.tenant, moment).await.expect("a purge");
    assert_eq!((purged.removed, purged.kept, again.removed, again.kept), (128, 0, 0, 0));
    assert_eq!((there(false).await, there(true).await), (1, 1));
    // It is there at no moment any more, and the log says that it was removed.
    let params = ListParams { at: Some(before.to_string()), limit: Some(500), ..ListParams::default() };
    assert_eq!(t.list("shelf.book", params).await.expect("books").len(), 2);
    let undone = t.undo(purged.run).await.0;
    assert!(undone.is_err_and(|problem| problem.to_string().contains("is no run") || problem.kind == Kind::Conflict));
    let mut removed = 0;
    let mut after = 0;
    loop {
        let (_, last) = t.kernel.events(&t.tenant, &t.principal, after).await.expect("events");
        if last == after {
            break;
        }
        removed += usize::try_from(last - after).expect("more events");
        after = last;
    }
    assert!(removed > 3 * 128, "each removed record has its event: {removed}");
}

#[nexus_testkit::test]
async fn what_has_expired_goes_by_night_unless_something_leads_to_it(t: &Tenant) {
    let fair =
        json!({"object": "shelf.book", "set": {"expired": "name.startsWith('old') && updated_at < now() - days(30)"}});
    t.act("core.customise", None, fair).await.ok();
    let t = &t.in_tenant(&t.tenant.slug);
    for name in ["old 1", "old 2", "new 1"] {
        t.create("shelf.book", json!({"name": name})).await;
    }
    let led = t.create("shelf.book", json!({"name": "old 3"})).await;
    t.create("shelf.book", json!({"name": "new 2", "after": led["id"]})).await;
    // Two that lead to one another go together.
    let [this, that] = [
        t.create("shelf.book", json!({"name": "old 4"})).await,
        t.create("shelf.book", json!({"name": "old 5"})).await,
    ];
    t.update("shelf.book", &this, json!({"after": that["id"]})).await.ok();
    t.update("shelf.book", &that, json!({"after": this["id"]})).await.ok();
    let round = async || t.kernel.purge_expired(&t.tenant).await.expect("a round");
    assert_eq!(round().await.removed, 0);
    t.at(Timestamp::now() + std::time::Duration::from_secs(31 * 24 * 3600));
    let purged = round().await;
    assert_eq!((purged.removed, purged.kept), (4, 1));
    let names: Vec<Json> = t.find("shelf.book", "true").await.iter().map(|book| book["name"].clone()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    assert_eq!(t.kernel.verify(&t.tenant).await.expect("checks"), vec![]);
}

#[nexus_testkit::test]
async fn what_is_led_to_by_something_that_hangs_elsewhere_stays(t: &Tenant) {
    let old = json!({"object": "core.tag", "set": {"expired": "name.startsWith('old')"}});
    t.act("core.customise", None, old).await.ok();
    let t = &t.in_tenant(&t.tenant.slug);
    let book = t.create("shelf.book", json!({"name": "Emma"})).await;
    let used = t.create("core.tag", json!({"name": "old and used"})).await;
    t.create("core.tag", json!({"name": "old"})).await;
    let target = json!({"object": "shelf.book", "id": book["id"]});
    t.create("core.tagging", json!({"target": target, "tag": used["id"]})).await;
    let purged = t.kernel.purge_expired(&t.tenant).await.expect("a round");
    assert_eq!((purged.removed, purged.kept, purged.refused), (1, 1, Vec::new()));
    assert_eq!(t.find("core.tag", "true").await.len(), 1);
}

#[nexus_testkit::test]
async fn a_round_with_absurd_days_removes_nothing(t: &Tenant) {
    t.at("2026-03-02T12:00:00Z".parse().expect("a moment"));
    books(t, 1).await;
    bulk(t, BulkRequest { filter: Some("true".to_owned()), ..request("delete") }).await.expect("a deletion");
    t.kernel.run_due_jobs(&t.tenant).await.expect("the schedules are there");
    let schedule = t.find("core.schedule", "declared == 'core.purge'").await.remove(0);
    t.update("core.schedule", &schedule, json!({"input": {"bin_days": u32::MAX}})).await.ok();
    t.at("2026-03-03T12:00:00Z".parse().expect("a moment"));
    t.kernel.run_due_jobs(&t.tenant).await.expect("the round comes");
    let jobs = t.find("core.job", "action == 'core.purge'").await;
    assert_eq!((jobs.len(), &jobs[0]["state"]), (1, &json!("done")), "{jobs:?}");
    let bin = ListParams { deleted: true, ..ListParams::default() };
    assert_eq!(t.list("shelf.book", bin).await.expect("books").len(), 1);
    let compacted = t.act("core.compact_log", None, json!({"days": u32::MAX})).await.ok();
    assert_eq!((&compacted["removed"], &compacted["more"]), (&json!(0), &json!(false)));
}

#[nexus_testkit::test]
async fn a_live_record_with_very_much_on_it_stays_whole_and_one_of_the_bin_goes_in_parts(t: &Tenant) {
    let old = json!({"object": "shelf.book", "set": {"expired": "name == 'old'"}});
    t.act("core.customise", None, old).await.ok();
    let t = &t.in_tenant(&t.tenant.slug);
    let book = t.create("shelf.book", json!({"name": "old"})).await;
    let slip = json!({"target": {"object": "shelf.book", "id": book["id"]}});
    for count in [5_000, 5_001] {
        let records = Some(vec![slip.clone(); count]);
        let made = bulk_of(t, "shelf.slip", BulkRequest { records, ..request("create") }).await.expect("slips");
        assert_eq!(made.done, count);
    }
    let purged = t.kernel.purge_expired(&t.tenant).await.expect("a round");
    assert_eq!((purged.removed, purged.kept, purged.refused.len()), (0, 1, 1));
    assert!(purged.refused[0].contains("stays, because more than 10000 records hang on it"), "{:?}", purged.refused);
    let counted = t.aggregate("shelf.slip", "", "count()").await.expect("figures");
    assert_eq!(counted[0]["count()"], 10_001);
    t.delete("shelf.book", &book).await.ok();
    let later = Timestamp::now() + std::time::Duration::from_secs(60);
    let purged = t.kernel.purge_bin(&t.tenant, later).await.expect("a round");
    assert_eq!((purged.removed, purged.kept, purged.refused.len()), (10_002, 0, 0));
}
