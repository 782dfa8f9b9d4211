//! Records that are put aside, and records that are begun from a template.

use nexus_kernel::faces::ListParams;
use nexus_kernel::faces::search::SearchParams;
use nexus_testkit::Tenant;
use serde_json::{Value as Json, json};

use crate::{apps, uuid};

#[nexus_testkit::test]
async fn an_archived_record_is_out_of_the_lists_and_stays_where_it_is_used(t: &Tenant) {
    let (ann, ben) = (t.user("ann", &["clerk"]).await, t.user("ben", &["reader"]).await);
    let [emma, sanditon] = [
        t.create("shelf.book", json!({"name": "Emma", "owner": ben.principal.user})).await,
        t.create("shelf.book", json!({"name": "Sanditon", "owner": ben.principal.user})).await,
    ];
    assert_eq!(emma["archived"], false);
    ben.act("shelf.archive_book", Some(uuid(&emma)), json!({})).await.problem("", "you may not archive");
    t.update("shelf.book", &emma, json!({"archived": true})).await.problem("archived", "");
    let run = ann.act("shelf.archive_book", Some(uuid(&emma)), json!({})).await.reply().run;
    ann.act("shelf.archive_book", Some(uuid(&emma)), json!({})).await.problem("", "it asks for !archived");
    let names = async |params: ListParams| -> Vec<Json> {
        let found = t.list("shelf.book", params).await.expect("books");
        found.iter().map(|book| book["name"].clone()).collect()
    };
    let filter = |filter: &str| ListParams { filter: Some(filter.to_owned()), ..ListParams::default() };
    assert_eq!(names(ListParams::default()).await, [json!("Sanditon")]);
    assert_eq!(names(ListParams { q: Some("m".to_owned()), ..ListParams::default() }).await, Vec::<Json>::new());
    assert_eq!(names(filter("name != 'x'")).await, [json!("Sanditon")]);
    // What a link leads to is another record.
    assert_eq!(names(filter("after == null || after.archived")).await, [json!("Sanditon")]);
    assert_eq!(names(filter("archived")).await, [json!("Emma")]);
    assert_eq!(names(filter("archived || !archived")).await.len(), 2);
    let counted = t.aggregate("shelf.book", "genre", "count()").await.expect("figures");
    assert_eq!(counted[0]["count()"], 1);
    t.kernel.index(&t.tenant).await.expect("an index");
    let hits = async |filter: Option<&str>| {
        let object = Some("shelf.book".to_owned());
        let filter = filter.map(str::to_owned);
        let params = SearchParams { q: "emma".to_owned(), object, filter, ..SearchParams::default() };
        t.kernel.search(&t.tenant, &t.principal, params).await.expect("hits").count
    };
    assert_eq!((hits(None).await, hits(Some("archived")).await), (0, 1));
    // It is there for who names it, and others may lead to it.
    assert_eq!(t.get("shelf.book", &emma).await["archived"], true);
    t.create("shelf.note", json!({"text": "a", "about": crate::to("shelf.book", &emma)})).await;
    t.undo(run).await.ok();
    ann.act("shelf.archive_book", Some(uuid(&sanditon)), json!({})).await.ok();
    ann.act("shelf.unarchive_book", Some(uuid(&sanditon)), json!({})).await.ok();
    assert_eq!(names(ListParams::default()).await.len(), 2);
}

#[nexus_testkit::test]
async fn a_template_gives_new_records_their_values_under_the_rights_of_who_makes_them(t: &Tenant) {
    let (ann, dan) = (t.user("ann", &["reader"]).await, t.user("dan", &[]).await);
    let poem = json!({"name": "Poem", "object": "shelf.book", "values": {"genre": "poem", "price": "5.00"}});
    for (values, place, told) in [
        (json!({"gender": "poem"}), "values/gender", ""),
        (json!({"genre": "song"}), "values/genre", ""),
        (json!({"cost": 1}), "values/cost", "leave it out"),
    ] {
        let template = json!({"name": "x", "object": "shelf.book", "values": values});
        t.try_create("core.template", template).await.problem(place, told);
    }
    dan.try_create("core.template", poem.clone()).await.problem("object", "there is no object shelf.book of which you");
    let poem = ann.create("core.template", poem).await;
    let made = json!({"values": {"name": "Ode", "price": "6.00"}});
    let made = ann.act("core.use_template", Some(uuid(&poem)), made).await.ok();
    let kept = (&made["name"], &made["genre"], &made["price"]["amount"]);
    assert_eq!(kept, (&json!("Ode"), &json!("poem"), &json!("6.00")));
    ann.act("core.use_template", Some(uuid(&poem)), json!({})).await.problem("name", "is required");
    dan.act("core.use_template", Some(uuid(&poem)), json!({})).await.problem("", "there is no template");
    ann.update("core.template", &poem, json!({"shared": true})).await.ok();
    // What is in it is for those who may make such records, and nobody else sees it.
    dan.act("core.use_template", Some(uuid(&poem)), json!({})).await.problem("", "there is no template");
    assert_eq!((dan.find("core.template", "true").await.len(), t.find("core.template", "true").await.len()), (0, 1));
    let cyd = t.user("cyd", &["clerk"]).await;
    let made = cyd.act("core.use_template", Some(uuid(&poem)), json!({"values": {"name": "Sonnet"}})).await.ok();
    assert_eq!(made["genre"], "poem");
}
