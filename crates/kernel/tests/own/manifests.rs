//! Objects, roles and extensions that a tenant makes while it is in use.

use nexus_kernel::model::Timestamp;
use nexus_kernel::{App, AppSource, Call, Kind, Reply, Request};
use nexus_testkit::{On, Tenant};
use serde_json::{Value as Json, json};

const PARCEL: &str = "label = \"Parcel\"\ntitle = \"name\"\n[fields]\nname = { type = \"text\", required = true }\n\
                      lines = { type = \"table\", of = \"line\" }\n[access.everyone]\nverbs = [\"read\"]\n";
const LINE: &str = "label = \"Line\"\nchild_of = \"parcel\"\n[fields]\nwhat = { type = \"text\" }\n";
const YARD: &str = "name = \"Yard\"\nsuite = \"t\"\nicon = \"x\"\nabout = \"a\"\n";

fn apps() -> Vec<App> {
    vec![yard(PARCEL)]
}

fn yard(parcel: &'static str) -> App {
    let objects = Box::leak(Box::new([("parcel", parcel), ("line", LINE)]));
    App::new(AppSource { name: "yard", manifest: YARD, objects, ..Default::default() })
}

const VEHICLE: &str = r#"
label = "Vehicle"
title = "plate"

[fields]
plate  = { type = "text", required = true, unique = true }
parcel = { type = "link", to = "yard.parcel" }
seats  = { type = "integer", default = 5 }
stops  = { type = "table", of = "stop" }
number = { type = "sequence", series = "V-{####}" }

[states]
initial = "ready"
ready   = { to = ["away"] }
away    = { to = ["ready"] }

[access.driver]
rows  = "created_by == principal.user"
verbs = ["read", "create", "update"]
"#;
const STOP: &str = "label = \"Stop\"\nchild_of = \"vehicle\"\n[fields]\nplace = { type = \"text\", required = true }\n";
const CUSTOM: &str = "name = \"Fleet\"\nsuite = \"custom\"\nicon = \"truck\"\nabout = \"Our vehicles\"\n\
                      [roles.driver]\nabout = \"Drives\"\n";

fn manifest(kind: &str, name: &str, text: &str) -> Call {
    let input = json!({"kind": kind, "name": name, "text": text});
    Call { action: "core.create_manifest".to_owned(), record: None, input }
}

fn fleet() -> Vec<Call> {
    vec![manifest("app", "custom", CUSTOM), manifest("object", "vehicle", VEHICLE), manifest("object", "stop", STOP)]
}

async fn declare(t: &Tenant, calls: Vec<Call>) -> (Tenant, Reply) {
    let reply = t.request(Request { calls, ..Request::default() }).await.reply();
    (t.in_tenant(&t.tenant.slug), reply)
}

#[nexus_testkit::test]
async fn an_object_of_ones_own_has_everything_an_app_s_has(t: &Tenant) {
    let (t, _) = &declare(t, fleet()).await;
    let parcel = t.create("yard.parcel", json!({"name": "P"})).await;
    let driver = t.user("driver", &["driver"]).await;
    let input = json!({"plate": "KDA 1", "parcel": null, "stops": [{"place": "Thika"}, {"place": "Nyeri"}]});
    let vehicle = driver.create("custom.vehicle", input).await;
    assert_eq!(
        (&vehicle["seats"], &vehicle["state"], &vehicle["number"]),
        (&json!(5), &json!("ready"), &json!("V-0001"))
    );
    assert_eq!(vehicle["stops"][1]["place"], "Nyeri");
    driver.try_create("custom.vehicle", json!({"plate": "KDA 1"})).await.problem("plate", "another vehicle has KDA 1");
    let other = t.create("custom.vehicle", json!({"plate": "KDA 2", "parcel": parcel["id"]})).await;
    assert_eq!(driver.find("custom.vehicle", "true").await.len(), 1, "a driver's own");
    assert!(driver.try_get("custom.vehicle", &other).await.is_err());
    t.delete("yard.parcel", &parcel).await.problem("", "KDA 2");
    let someone = t.user("someone", &[]).await;
    someone.try_create("custom.vehicle", json!({"plate": "X"})).await.problem("", "may not create");
    assert!(t.kernel.verify(&t.tenant).await.expect("checks").is_empty());
}

#[nexus_testkit::test]
async fn a_manifest_that_does_not_fit_changes_nothing(t: &Tenant) {
    let extension = |text: &str| vec![manifest("extension", "yard.parcel", text)];
    let cases = [
        (extension("[fields]\nsize = { type = \"text\" }\n"), "begins with `x_`: `x_size`"),
        (extension("[fields]\nx_size = { type = \"monney\" }\n"), "yard.parcel.toml:2: x_size: there is no field type"),
        (extension("[fields]\nx_a = { type = \"text\" }\nx_b = { type = \"integer\", computed = \"y\" }\n"), ":3: x_b"),
        (extension("label = \"P\"\n"), "label: an extension of yard.parcel cannot say this"),
        (extension("[states]\nx_s = { like = \"new\" }\n"), "has no states to add to"),
        (extension("[access.everyone]\nverbs = [\"delete\"]\n"), "grants this role something here already"),
        (vec![manifest("extension", "yard.crate", "[fields]\n")], "there is no object yard.crate to extend"),
        (
            vec![manifest("object", "vehicle", "label = \"V\"\n[fields]\na = { type = \"link\", to = \"b\" }\n")],
            "custom.b",
        ),
        (vec![manifest("object", "Vehicle", "label = \"V\"\n")], "named in snake_case"),
        (
            vec![manifest("app", "custom", &format!("{CUSTOM}[roles.administrator]\nabout = \"Me\"\n"))],
            "administrator: an app has this role already",
        ),
        (vec![manifest("app", "mine", CUSTOM)], "the app of your own is custom"),
        (vec![manifest("object", "vehicle", "label = ")], "vehicle.toml:1"),
    ];
    for (calls, told) in cases {
        let problem = t.request(Request { calls, ..Request::default() }).await.problem("", told);
        assert!(matches!(problem.kind, Kind::Invalid | Kind::Malformed), "{problem:?}");
    }
    assert!(t.find("core.manifest", "true").await.is_empty());
    let someone = t.user("someone", &[]).await;
    someone.request(Request { calls: fleet(), ..Request::default() }).await.problem("", "may not create");
    // A preview tells of the same refusals, and keeps nothing.
    let preview = Request { calls: fleet(), preview: true, ..Request::default() };
    assert_eq!(t.request(preview).await.reply().changes.len(), 3);
    assert!(t.in_tenant(&t.tenant.slug).tenant.object("custom.vehicle").is_err());
}

#[nexus_testkit::test]
async fn entries_are_set_one_by_one_and_keep_what_stands_beside_them(t: &Tenant) {
    let customise = async |t: &Tenant, object: &str, set: Json| {
        let answer = t.act("core.customise", None, json!({"object": object, "set": set})).await.ok();
        (t.in_tenant(&t.tenant.slug), answer["manifest"].as_str().map(str::to_owned).unwrap_or_default())
    };
    let (t, _) = &customise(t, "custom", json!({"roles.driver": {"about": "Drives"}})).await;
    let set = json!({"title": "plate", "fields.plate": {"type": "text", "required": true}, "access.driver": {"verbs": ["read"]}});
    let (t, text) = &customise(t, "custom.vehicle", set).await;
    assert_eq!(
        text,
        "label = \"Vehicle\"\ntitle = \"plate\"\n\n[fields]\nplate = { type = \"text\", required = true }\n\n\
         [access]\ndriver = { verbs = [\"read\"] }\n"
    );
    t.create("custom.vehicle", json!({"plate": "KDA 1"})).await;
    let own = t.find("core.manifest", "name == 'vehicle'").await.remove(0);
    t.update("core.manifest", &own, json!({"text": format!("# Ours since 2026.\n{text}")})).await.ok();
    let t = &t.in_tenant(&t.tenant.slug);
    let (t, text) =
        &customise(t, "custom.vehicle", json!({"fields.seats": {"type": "integer"}, "access.driver": null})).await;
    assert!(
        text.starts_with("# Ours since 2026.\n") && text.contains("seats = ") && !text.contains("access"),
        "{text}"
    );
    let (t, text) = &customise(t, "yard.parcel", json!({"fields.x_size": {"type": "text"}})).await;
    assert_eq!(text, "[fields]\nx_size = { type = \"text\" }\n");
    let (t, text) = &customise(t, "yard.parcel", json!({"fields.x_size": null})).await;
    assert_eq!((text.as_str(), t.find("core.manifest", "name == 'yard.parcel'").await.len()), ("", 0));

    let refused = async |object: &str, set: Json, field: &str, told: &str| {
        t.act("core.customise", None, json!({"object": object, "set": set})).await.problem(field, told);
    };
    refused("yard.parcel", json!({}), "set", "from 1 to 200").await;
    refused("parcel", json!({"fields.x_a": {}}), "object", "such as crm.lead").await;
    refused("yard.crate", json!({"fields.x_a": {"type": "text"}}), "text", "no object yard.crate").await;
    refused("custom.vehicle", json!({"label.x": 1}), "set/label.x", "leads through label").await;
    refused("custom.vehicle", json!({"fields.a b": 1}), "set/fields.a b", "is a place").await;
    refused("custom.vehicle", json!({"fields.w": {"type": "integer", "min": 1.5}}), "set/fields.w", "decimals as text")
        .await;
    refused("custom.vehicle", json!({"fields.plate": null}), "text", "plate").await;
    let someone = t.user("someone", &[]).await;
    let input = json!({"object": "custom.vehicle", "set": {"label": "Car"}});
    someone.act("core.customise", None, input).await.problem("", "may not run core.customise");
}

#[nexus_testkit::test]
async fn records_get_the_default_of_a_new_field_which_goes_as_it_came(t: &Tenant) {
    let parcel = t.create("yard.parcel", json!({"name": "P"})).await;
    let text = "[fields]\nx_rank = { type = \"integer\", default = 7 }\nx_sent = { type = \"boolean\" }\n\
                x_loud = { type = \"text\", computed = \"name + '!'\", stored = true }\n";
    let (first, declared) = &declare(t, vec![manifest("extension", "yard.parcel", text)]).await;
    let found = first.find("yard.parcel", "x_rank == 7 && !x_sent && x_loud == 'P!'").await;
    assert_eq!((found.len(), &found[0]["version"]), (1, &parcel["version"]), "nobody changed it");
    first.update("yard.parcel", &parcel, json!({"x_rank": 8})).await.ok();
    first.undo(declared.run).await.problem("", "x_rank has a value in 1 parcel");
    first.update("yard.parcel", &parcel, json!({"x_rank": 7})).await.ok();
    first.undo(declared.run).await.ok();
    let second = first.in_tenant(&t.tenant.slug);
    second.try_create("yard.parcel", json!({"name": "Q", "x_rank": 1})).await.problem("x_rank", "");
}

#[nexus_testkit::test]
async fn what_has_values_does_not_go(t: &Tenant) {
    let text = "[fields]\nx_weight = { type = \"quantity\", unit = \"kg\" }\nx_marks = { type = \"tags\" }\n";
    let (first, declared) = &declare(t, vec![manifest("extension", "yard.parcel", text)]).await;
    let parcel = first.create("yard.parcel", json!({"name": "P", "x_weight": "2.5", "x_marks": ["red"]})).await;
    let own = first.find("core.manifest", "true").await.remove(0);
    first.undo(declared.run).await.problem("", "x_weight has a value in 1 parcel");
    let fewer = json!({"text": "[fields]\nx_weight = { type = \"quantity\" }\n"});
    first.update("core.manifest", &own, fewer.clone()).await.problem("text", "x_marks has a value in 1 parcel");
    first.update("yard.parcel", &parcel, json!({"x_marks": []})).await.ok();
    first.update("core.manifest", &own, fewer).await.ok();
    let second = first.in_tenant(&first.tenant.slug);
    second.try_create("yard.parcel", json!({"name": "Q", "x_marks": ["b"]})).await.problem("x_marks", "");
    second.update("yard.parcel", &parcel, json!({"x_weight": null})).await.ok();
    second.delete("core.manifest", &own).await.ok();
    let third = second.in_tenant(&t.tenant.slug);
    third.try_create("yard.parcel", json!({"name": "Q", "x_weight": "1"})).await.problem("x_weight", "");
    // The values of history are told still.
    let object = third.tenant.object("yard.parcel").expect("parcels").clone();
    let id = parcel["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    let history = third.kernel.history(&third.tenant, &third.principal, &object, id, None).await.expect("history");
    assert!(serde_json::to_string(&history).expect("json").contains("x_weight"));
}

#[nexus_testkit::test]
async fn rows_of_an_app_s_table_keep_what_a_tenant_adds_to_them(t: &Tenant) {
    let text = "[fields]\nx_fragile = { type = \"boolean\" }\n";
    let (t, _) = &declare(t, vec![manifest("extension", "yard.line", text)]).await;
    let lines = json!([{"what": "cup", "x_fragile": true}, {"what": "book"}]);
    let parcel = t.create("yard.parcel", json!({"name": "P", "lines": lines})).await;
    assert_eq!((&parcel["lines"][0]["x_fragile"], &parcel["lines"][1]["x_fragile"]), (&json!(true), &json!(false)));
    let renamed = t.update("yard.parcel", &parcel, json!({"name": "Q"})).await.ok();
    assert_eq!(renamed["lines"][0]["x_fragile"], true);
}

/// A later release of an app takes a field away that a tenant's rule reads: the tenant works without its extension,
/// is told why, and keeps its values.
#[nexus_testkit::database_test]
fn what_no_longer_fits_after_an_upgrade_is_set_aside(on: On) {
    const OLDER: &str = "label = \"Parcel\"\ntitle = \"name\"\n[fields]\nname = { type = \"text\", required = true }\n\
                         depth = { type = \"integer\" }\nlines = { type = \"table\", of = \"line\" }\n";
    on.run(async |storage| {
        let text = "[fields]\nx_width = { type = \"integer\" }\n[rules.x_wide]\ncheck = \"x_width > depth\"\nmessage = \"wide\"\n";
        let older = Tenant::open(vec![yard(OLDER)], &storage).await;
        let (older, _) = declare(&older, [fleet(), vec![manifest("extension", "yard.parcel", text)]].concat()).await;
        let parcel = older.create("yard.parcel", json!({"name": "P", "depth": 1, "x_width": 2})).await;
        older.create("custom.vehicle", json!({"plate": "KDA 1"})).await;
        drop(older);

        let newer = Tenant::open(vec![yard(PARCEL)], &storage).await;
        let [aside] = newer.tenant.set_aside() else { panic!("{:?}", newer.tenant.set_aside()) };
        assert!(aside.to_string().starts_with("custom/extensions/yard.parcel.toml:"), "{aside}");
        let found = newer.kernel.verify(&newer.tenant).await.expect("checks");
        assert!(found.iter().any(|finding| finding.place == "manifests"), "{found:?}");
        assert!(newer.get("yard.parcel", &parcel).await.get("x_width").is_none());
        assert_eq!(newer.find("custom.vehicle", "plate == 'KDA 1'").await.len(), 1, "the others are in force");
        // Mended, the values are there again.
        let own = newer.find("core.manifest", "kind == 'extension'").await.remove(0);
        newer.update("core.manifest", &own, json!({"text": "[fields]\nx_width = { type = \"integer\" }\n"})).await.ok();
        let mended = newer.in_tenant(&newer.tenant.slug);
        assert_eq!(mended.get("yard.parcel", &parcel).await["x_width"], 2);
        assert!(mended.kernel.verify(&mended.tenant).await.expect("checks").is_empty());
    });
}

/// A copy, and a tenant as it was, have the tables that the tenant made for itself.
#[nexus_testkit::database_test]
fn a_copy_has_what_the_tenant_declared(on: On) {
    on.run(async |storage| {
        let t = Tenant::open(apps(), &storage).await;
        let (t, _) = declare(&t, fleet()).await;
        let vehicle = t.create("custom.vehicle", json!({"plate": "KDA 1"})).await;
        let moment = Timestamp::now();
        t.update("custom.vehicle", &vehicle, json!({"plate": "KDB 1"})).await.ok();
        let (kernel, slug) = (std::sync::Arc::clone(&t.kernel), t.tenant.slug.clone());
        let work = move || {
            let copied = kernel.branch_tenant(&slug, "rehearsal").expect("a branch");
            assert_eq!(kernel.content(&slug).expect("content"), copied);
            let (entry, home) = kernel.found(&slug).expect("the tenant");
            let entry = nexus_kernel::store::TenantEntry { slug: "as-it-was".to_owned(), ..entry };
            kernel.rewind_tenant(&entry, &home, moment).expect("rewound");
        };
        tokio::task::spawn_blocking(work).await.expect("copies");
        assert_eq!(t.in_tenant("rehearsal").get("custom.vehicle", &vehicle).await["plate"], "KDB 1");
        assert_eq!(t.in_tenant("as-it-was").get("custom.vehicle", &vehicle).await["plate"], "KDA 1");
    });
}

const BY_SEATS: &str = r#"
label    = "Vehicles by seats"
about    = "How many vehicles have how many seats"
object   = "vehicle"
group    = ["seats"]
measures = ["count()", "max(seats)"]
labels   = { "count()" = "Number" }
[parameters]
least = { field = "seats", bound = "from" }
"#;

#[nexus_testkit::test]
async fn a_report_of_ones_own_answers_at_once_and_is_refused_with_its_line(t: &Tenant) {
    let (t, _) = &declare(t, fleet()).await;
    for (plate, seats) in [("KDA 1", 5), ("KDA 2", 5), ("KDA 3", 14)] {
        t.create("custom.vehicle", json!({"plate": plate, "seats": seats})).await;
    }
    let (t, reply) = &declare(t, vec![manifest("report", "by_seats", BY_SEATS)]).await;
    let report = t.report("custom", "by-seats", json!({})).await;
    let row = |seats: i64, count: i64| json!({"seats": seats, "count()": count, "max(seats)": seats});
    assert_eq!(report, json!({"rows": [row(5, 2), row(14, 1)], "totals": {"count()": 3, "max(seats)": 14}}));
    // As an address gives it.
    assert_eq!(t.report("custom", "by-seats", json!({"least": "6"})).await["rows"], json!([row(14, 1)]));
    let driver = t.user("driver", &["driver"]).await;
    assert_eq!(driver.report("custom", "by-seats", json!({})).await["rows"], json!([]), "a driver's own");

    let wrong = [
        (BY_SEATS.replace("max(seats)", "sum(plate)"), "plate has no sum"),
        (BY_SEATS.replace("[\"seats\"]", "[\"wheels\"]"), "no field wheels"),
        (BY_SEATS.replace("\"vehicle\"", "\"boat\""), "there is no object custom.boat"),
        (BY_SEATS.replace("field = \"seats\"", "field = \"plate\""), "bounds are for dates"),
        (format!("filter = \"seats > 'a'\"\n{}", BY_SEATS.trim_start()), "custom/reports/other.toml:1"),
    ];
    for (text, message) in wrong {
        let calls = vec![manifest("report", "other", &text)];
        t.request(Request { calls, ..Request::default() }).await.problem("text", message);
    }
    t.undo(reply.run).await;
    let t = &t.in_tenant(&t.tenant.slug);
    let problem = t.try_report("custom", "by-seats", json!({})).await.expect_err("it is gone");
    assert!(problem.to_string().contains("no report by-seats"), "{problem}");
}
