//! Values that follow what they are worked out from, that stay, that are no longer kept, and that are said in other
//! languages.

use std::time::Duration;

use nexus_kernel::faces::ListParams;
use nexus_kernel::model::{Schema, Timestamp};
use nexus_kernel::{App, AppSource};
use nexus_testkit::{RecordId, Tenant};
use serde_json::{Value as Json, json};

const MANIFEST: &str = "name = \"Shop\"\nsuite = \"t\"\nicon = \"x\"\nabout = \"a\"\n[roles]\n\
                        clerk = { about = \"Sells\" }\nreader = { about = \"Looks\" }\n";
const COUNTRY: &str =
    "label = \"Country\"\ntitle = \"name\"\n[fields]\nname = { type = \"text\" }\nnote = { type = \"text\" }\n";
const MAKER: &str = "label = \"Maker\"\ntitle = \"name\"\n[fields]\nname = { type = \"text\", translatable = true }\n\
                     country = { type = \"link\", to = \"country\" }\n";
const SHELF: &str = r#"
label = "Shelf"
title = "path"
tree  = "above"
[fields]
name  = { type = "text", required = true }
above = { type = "link", to = "shelf" }
path  = { type = "text", computed = "above == null ? name : above.path + ' / ' + name", stored = true, recompute = "source" }
"#;
const PRODUCT: &str = r#"
label = "Product"
title = "name"
[fields]
name    = { type = "text", required = true, translatable = true, search = true }
about   = { type = "markdown", translatable = true }
maker   = { type = "link", to = "maker" }
origin  = { type = "text", computed = "maker.name + ', ' + maker.country.name", stored = true, recompute = "source" }
first   = { type = "text", computed = "maker.name", stored = true, recompute = "create" }
saved   = { type = "text", computed = "maker.name", stored = true }
contact = { type = "text", expired = "updated_at < now() - days(30)" }
needed  = { type = "text", required = "name == 'lamp'", expired = "true" }
[access.clerk]
verbs = ["read", "create", "update"]
rows  = "name != 'hidden'"
[access.reader]
verbs = ["read"]
"#;
const ORDER: &str = r#"
label  = "Order"
title  = "id"
ledger = "posted"
[fields]
posted = { type = "boolean" }
lines  = { type = "table", of = "line" }
"#;
const LINE: &str = r#"
label    = "Line"
child_of = "order"
[fields]
product = { type = "link", to = "product" }
named   = { type = "text", computed = "product.name", stored = true, recompute = "source" }
kept    = { type = "text", computed = "product.name", stored = true, recompute = "create" }
"#;

fn apps() -> Vec<App> {
    let objects = &[
        ("country", COUNTRY),
        ("maker", MAKER),
        ("shelf", SHELF),
        ("product", PRODUCT),
        ("order", ORDER),
        ("line", LINE),
    ];
    vec![App::new(AppSource { name: "shop", manifest: MANIFEST, objects, ..Default::default() })]
}

/// Does what waits to be done, to the end.
async fn work(t: &Tenant) {
    while t.kernel.run_due_jobs(&t.tenant).await.expect("jobs are run") > 0 {}
}

async fn lamp(t: &Tenant) -> (Json, Json, Json) {
    let country = t.create("shop.country", json!({"name": "Kenya"})).await;
    let maker = t.create("shop.maker", json!({"name": "Jua", "country": country["id"]})).await;
    let product = t.create("shop.product", json!({"name": "torch", "maker": maker["id"]})).await;
    (country, maker, product)
}

#[nexus_testkit::test]
async fn a_stored_value_follows_what_it_reads_of_other_records(t: &Tenant) {
    let (country, maker, product) = lamp(t).await;
    assert_eq!(product["origin"], "Jua, Kenya");
    t.update("shop.country", &country, json!({"note": "nothing reads this"})).await.ok();
    assert_eq!(t.find("core.job", "action == 'core.recompute'").await.len(), 0);

    t.update("shop.country", &country, json!({"name": "Uganda"})).await.ok();
    assert_eq!(t.get("shop.product", &product).await["origin"], "Jua, Kenya", "nobody waits for what follows");
    work(t).await;
    assert_eq!(t.get("shop.product", &product).await["origin"], "Jua, Uganda");

    let renamed = t.update("shop.maker", &maker, json!({"name": "Nuru"})).await.reply();
    work(t).await;
    let now = t.get("shop.product", &product).await;
    assert_eq!((&now["origin"], &now["first"]), (&json!("Nuru, Uganda"), &json!("Jua")));
    // What follows is saved, and what is worked out at each save goes with it.
    assert_eq!(now["saved"], "Nuru");
    let filter = |origin: &str| format!("origin == '{origin}'");
    assert_eq!(t.find("shop.product", &filter("Nuru, Uganda")).await.len(), 1);

    t.undo(renamed.run).await.ok();
    work(t).await;
    assert_eq!(t.get("shop.product", &product).await["origin"], "Jua, Uganda");
    assert_eq!(t.kernel.verify(&t.tenant).await.expect("checks"), vec![]);
}

/// What is worked out is nobody's change: it is in the way of no undo, and what comes back says what it would say now.
#[nexus_testkit::test]
async fn what_follows_is_in_the_way_of_no_undo(t: &Tenant) {
    let (country, maker, product) = lamp(t).await;
    let renamed = t.update("shop.product", &product, json!({"name": "lantern", "maker": null})).await.reply();
    let back = t.update("shop.product", &product, json!({"maker": maker["id"]})).await.reply();
    t.update("shop.maker", &maker, json!({"name": "Nuru"})).await.ok();
    work(t).await;
    let told = async || {
        let now = t.get("shop.product", &product).await;
        (now["name"].clone(), now["origin"].clone(), now["saved"].clone(), now["first"].clone())
    };
    assert_eq!(told().await, (json!("lantern"), json!("Nuru, Kenya"), json!("Nuru"), json!("Jua")));
    t.undo(back.run).await.ok();
    assert_eq!(t.get("shop.product", &product).await["maker"], Json::Null);
    t.undo(renamed.run).await.ok();
    assert_eq!(told().await, (json!("torch"), json!("Nuru, Kenya"), json!("Nuru"), json!("Jua")));

    // In the bin it follows nothing; restored by hand or by undo it has caught up.
    let deleted = t.delete("shop.product", &product).await.reply();
    t.update("shop.maker", &maker, json!({"name": "Mwanga"})).await.ok();
    work(t).await;
    t.undo(deleted.run).await.ok();
    assert_eq!(told().await.1, "Mwanga, Kenya");
    t.delete("shop.product", &product).await.ok();
    t.update("shop.country", &country, json!({"name": "Uganda"})).await.ok();
    work(t).await;
    t.act("shop.restore_product", (&product).record(), json!({})).await.ok();
    assert_eq!(told().await.1, "Mwanga, Uganda");

    // Made in a run, its rows included, and untouched by a person since, it is taken back.
    let order = t.try_create("shop.order", json!({"lines": [{"product": product["id"]}]})).await.reply();
    t.update("shop.product", &product, json!({"name": "beacon"})).await.ok();
    work(t).await;
    t.undo(order.run).await.ok();
    assert_eq!(t.find("shop.order", "true").await.len(), 0);
    assert_eq!(t.kernel.verify(&t.tenant).await.expect("checks"), vec![]);
}

#[nexus_testkit::test]
async fn a_path_follows_every_shelf_above_it(t: &Tenant) {
    let top = t.create("shop.shelf", json!({"name": "Hall"})).await;
    let middle = t.create("shop.shelf", json!({"name": "Row 1", "above": top["id"]})).await;
    let bottom = t.create("shop.shelf", json!({"name": "Box", "above": middle["id"]})).await;
    t.update("shop.shelf", &top, json!({"name": "Yard"})).await.ok();
    work(t).await;
    assert_eq!(t.get("shop.shelf", &bottom).await["path"], "Yard / Row 1 / Box");
}

#[nexus_testkit::test]
async fn rows_follow_with_their_record_and_what_is_posted_stays(t: &Tenant) {
    let (_, _, product) = lamp(t).await;
    let lines = json!([{"product": product["id"]}, {}]);
    let open = t.create("shop.order", json!({"lines": lines})).await;
    let posted = t.create("shop.order", json!({"posted": true, "lines": lines})).await;
    t.update("shop.product", &product, json!({"name": "lantern"})).await.ok();
    work(t).await;
    let names = async |order: &Json| {
        let order = t.get("shop.order", order).await;
        (order["lines"][0]["named"].clone(), order["lines"][0]["kept"].clone(), order["version"].clone())
    };
    assert_eq!(names(&open).await, (json!("lantern"), json!("torch"), json!(2)));
    assert_eq!(names(&posted).await, (json!("torch"), json!("torch"), json!(1)));
    assert_eq!(t.kernel.verify(&t.tenant).await.expect("checks"), vec![]);
}

/// More records than one portion has, and more sources than one job has.
#[nexus_testkit::test]
async fn many_follow_many(t: &Tenant) {
    let country = t.create("shop.country", json!({"name": "Kenya"})).await;
    let makers: Vec<Json> =
        (0..130).map(|number| json!({"name": format!("m{number}"), "country": country["id"]})).collect();
    let object = std::sync::Arc::clone(t.kernel.registry.object("shop.maker").expect("an object"));
    let made = nexus_kernel::BulkRequest {
        action: "create".to_owned(),
        records: Some(makers),
        ..nexus_kernel::BulkRequest::default()
    };
    t.kernel.bulk(&t.tenant, &t.principal, &object, None, made).await.expect("makers");
    let page = ListParams { limit: Some(500), ..ListParams::default() };
    for maker in t.list("shop.maker", page.clone()).await.expect("makers") {
        let name = format!("p {}", maker["name"].as_str().expect("a name"));
        t.create("shop.product", json!({"name": name, "maker": maker["id"]})).await;
    }
    t.update("shop.country", &country, json!({"name": "Uganda"})).await.ok();
    work(t).await;
    let of = async |filter: &str| t.find("shop.product", filter).await.len();
    assert_eq!(of("origin.endsWith(', Uganda')").await, 130);
    let rename = nexus_kernel::BulkRequest {
        action: "update".to_owned(),
        filter: Some("true".to_owned()),
        input: json!({"name": "one"}),
        ..nexus_kernel::BulkRequest::default()
    };
    let run = t.kernel.bulk(&t.tenant, &t.principal, &object, None, rename).await.expect("an update").run;
    work(t).await;
    assert_eq!(of("origin == 'one, Uganda'").await, 130);
    t.undo(run).await.ok();
    work(t).await;
    assert_eq!((of("origin == 'one, Uganda'").await, of("origin == 'm7, Uganda'").await), (0, 1));
}

#[nexus_testkit::test]
async fn a_value_is_emptied_when_it_is_no_longer_kept(t: &Tenant) {
    let (_, _, product) = lamp(t).await;
    t.update("shop.product", &product, json!({"contact": "Amina", "needed": "yes"})).await.ok();
    let other = t.create("shop.product", json!({"name": "lamp", "contact": "Baraka", "needed": "yes"})).await;
    let round = async || t.kernel.expire_values(&t.tenant).await.expect("a round");
    // What somebody may want at once is emptied at once, and what a rule wants there stays.
    let first = round().await;
    assert_eq!((first.emptied, first.kept), (1, 1));
    t.at(Timestamp::now() + Duration::from_secs(31 * 24 * 3600));
    let later = round().await;
    assert_eq!((later.emptied, later.kept), (2, 1));
    let now = t.get("shop.product", &product).await;
    assert_eq!((&now["contact"], &now["name"]), (&Json::Null, &json!("torch")));
    assert_eq!(t.get("shop.product", &other).await["needed"], "yes");
    assert_eq!(t.find("shop.product", "has(contact)").await.len(), 0);
    assert_eq!((round().await.emptied, t.kernel.verify(&t.tenant).await.expect("checks")), (0, vec![]));
}

fn in_language(tag: &str) -> ListParams {
    ListParams { language: Some(tag.to_owned()), ..ListParams::default() }
}

#[nexus_testkit::test]
async fn a_record_is_told_in_the_language_that_is_asked_for(t: &Tenant) {
    let (_, maker, product) = lamp(t).await;
    let id = t_id(&product);
    let clerk = t.user("clerk", &["clerk"]).await;
    let french = json!({"language": "fr", "fields": {"name": "lampe de poche", "about": "**Robuste**"}});
    let said = clerk.act("shop.translate_product", Some(id), french).await.ok();
    assert_eq!(said, json!({"language": "fr", "fields": {"name": "lampe de poche", "about": "**Robuste**"}}));
    let brazil = json!({"language": "pt-BR", "fields": {"name": "lanterna"}});
    let run = clerk.act("shop.translate_product", Some(id), brazil).await.reply().run;
    t.act("shop.translate_maker", Some(t_id(&maker)), json!({"language": "pt", "fields": {"name": "Sol"}})).await.ok();

    let told = async |tag: &str| {
        let params = ListParams { expand: Some("maker".to_owned()), ..in_language(tag) };
        let found = t.list("shop.product", params).await.expect("a list").remove(0);
        (found["name"].clone(), found["maker"]["name"].clone(), found["version"].clone())
    };
    // RFC 4647, 3.4: from the longest tag to the shortest, then the text itself.
    assert_eq!(told("pt-BR").await, (json!("lanterna"), json!("Sol"), json!(1)));
    assert_eq!(told("pt-PT").await, (json!("torch"), json!("Sol"), json!(1)));
    assert_eq!(told("fr-CA").await, (json!("lampe de poche"), json!("Jua"), json!(1)));
    assert_eq!(told("sw").await.0, "torch");
    t.undo(run).await.ok();
    assert_eq!(told("pt-BR").await.0, "torch");
    // Nothing but what is asked for says it otherwise.
    assert_eq!(t.find("shop.product", "name == 'torch'").await.len(), 1);
    assert_eq!(t.get("shop.product", &product).await["about"], Json::Null);
    let lookup = t.list("shop.product", in_language("a language")).await;
    lookup.expect_err("no tag").to_string().contains("language").then_some(()).expect("it names the field");
}

#[nexus_testkit::test]
async fn who_may_change_a_record_translates_it_and_nobody_else(t: &Tenant) {
    let (_, _, product) = lamp(t).await;
    let hidden = t.create("shop.product", json!({"name": "hidden"})).await;
    let (clerk, reader) = (t.user("clerk", &["clerk"]).await, t.user("reader", &["reader"]).await);
    let french = json!({"language": "fr", "fields": {"name": "cachée"}});
    reader.act("shop.translate_product", Some(t_id(&product)), french.clone()).await.problem("", "may not translate");
    clerk.act("shop.translate_product", Some(t_id(&hidden)), french.clone()).await.problem("", "there is no product");
    t.act("shop.translate_product", Some(t_id(&hidden)), french).await.ok();
    // Who does not see the record does not see what it says in any language.
    assert_eq!(
        (clerk.find("core.translation", "true").await.len(), reader.find("core.translation", "true").await.len()),
        (0, 1)
    );
    let direct = json!({"target": {"object": "shop.product", "id": product["id"]}, "field": "name", "language": "fr", "text": "x"});
    clerk.try_create("core.translation", direct.clone()).await.problem("", "may not create");
    let mut wrong = direct;
    wrong["field"] = "saved".into();
    t.try_create("core.translation", wrong).await.problem("field", "translatable fields of a product: name, about");
    for (language, refused) in [("french", true), ("fr_FR", true), ("zh-Hant-TW", false), ("es-419", false)] {
        let said = json!({"language": language, "fields": {"name": "x"}});
        let outcome = t.act("shop.translate_product", Some(t_id(&product)), said).await;
        if refused { drop(outcome.problem("language", "")) } else { drop(outcome.ok()) }
    }
}

fn t_id(record: &Json) -> nexus_kernel::model::Uuid {
    record["id"].as_str().and_then(|id| id.parse().ok()).expect("an id")
}

#[test]
fn a_mistake_in_what_follows_is_named() {
    let field = |attributes: &str| {
        let object = format!(
            "label = \"A\"\ntitle = \"x\"\ntree = \"up\"\n[fields]\nx = {{ type = \"text\" }}\n\
            up = {{ type = \"link\", to = \"a\" }}\nother = {{ type = \"link\", to = \"a\" }}\nf = {{ type = \"text\", {attributes} }}\n"
        );
        let objects: &'static [(&str, &str)] = Box::leak(Box::new([("a", &*object.leak())]));
        let source = AppSource {
            name: "t",
            manifest: "name = \"T\"\nsuite = \"t\"\nicon = \"x\"\nabout = \"a\"\n",
            objects,
            ..Default::default()
        };
        Schema::load(&[source]).map(drop).map_err(|errors| errors[0].to_string())
    };
    let wrong = |attributes: &str, words: &str| {
        let error = field(attributes).expect_err(attributes);
        assert!(error.contains(":8: f") && error.contains(words), "{attributes}: {error}");
    };
    assert_eq!(field("computed = \"up.f + x\", stored = true, recompute = \"source\""), Ok(()));
    wrong("computed = \"other.f + x\", stored = true, recompute = \"source\"", "from itself");
    wrong("computed = \"x\", stored = true, recompute = \"source\"", "read by a link");
    wrong(
        "computed = \"(x == '' ? up : other).x\", stored = true, recompute = \"source\"",
        "named one after the other",
    );
    wrong("computed = \"x\", recompute = \"create\"", "`stored`");
    wrong("required = true, expired = \"true\"", "cannot expire");
    wrong("computed = \"x\", expired = \"true\"", "somebody gave");
    wrong("unique = true, translatable = true", "nor unique");
    wrong("level = 1, translatable = true", "everybody sees");
}
