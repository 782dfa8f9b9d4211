//! The types of fields and what a manifest asks of them, as their users meet them.

use nexus_kernel::{App, AppSource};
use nexus_testkit::Tenant;
use serde_json::{Value as Json, json};

const THING: &str = r##"
label = "Thing"
title = "name"
quick_entry = ["name", "owner"]

[fields]
name      = { type = "text", required = true }
story     = { type = "markdown", search = true }
source    = { type = "code" }
takes     = { type = "duration", min = 60, max = 86400 }
stars     = { type = "rating" }
marks     = { type = "rating", max = 10 }
place     = { type = "geo" }
paint     = { type = "colour", default = "#0f0" }
code      = { type = "barcode", unique = true }
about     = { type = "dynamic_link", of = ["thing", "owner"] }
anything  = { type = "dynamic_link" }
owner     = { type = "link", to = "owner" }
owner_mail = { type = "email", fetch = "owner.email" }
parts     = { type = "table", of = "part" }
picture   = { type = "image" }
begins    = { type = "date" }
ends      = { type = "date" }

[views.when]
kind  = "calendar"
start = "begins"
end   = "ends"
[views.plan]
kind  = "gantt"
start = "begins"
end   = "ends"
by    = "owner"
[views.wall]
kind  = "gallery"
image = "picture"
card  = ["name"]
[views.figures]
kind     = "pivot"
rows     = ["owner"]
columns  = ["month(begins)"]
measures = ["sum(takes)", "count()"]
[views.shares]
kind     = "chart"
chart    = "pie"
rows     = ["owner"]
"##;
const PART: &str = "label = \"Part\"\nchild_of = \"thing\"\n[fields]\nowner = { type = \"link\", to = \"owner\" }\n\
                    mail = { type = \"email\", fetch = \"owner.email\" }\n";
const OWNER: &str = "label = \"Owner\"\ntitle = \"email\"\n[fields]\nemail = { type = \"email\" }\n";

fn apps() -> Vec<App> {
    let objects = &[("thing", THING), ("part", PART), ("owner", OWNER)];
    let manifest = "name = \"Shed\"\nsuite = \"t\"\nicon = \"x\"\nabout = \"a\"\n";
    vec![App::new(AppSource { name: "shed", manifest, objects, ..Default::default() })]
}

/// A thing with one more value, or the refusal of it.
async fn check(t: &Tenant, field: &str, given: Json, expect: Result<Json, &str>) {
    let outcome = t.try_create("shed.thing", json!({"name": "A", field: given})).await;
    match expect {
        Ok(kept) => assert_eq!(outcome.ok()[field], kept, "{field}"),
        Err(told) => drop(outcome.problem(field, told)),
    }
}

#[nexus_testkit::test]
async fn each_type_takes_what_people_write_and_answers_one_form(t: &Tenant) {
    check(t, "story", json!("# Why\n\n- so"), Ok(json!("# Why\n\n- so"))).await;
    check(t, "source", json!("fn main() {\n\treturn;\n}"), Ok(json!("fn main() {\n\treturn;\n}"))).await;
    for (given, seconds) in
        [(json!(90), 90), (json!("1:30"), 5_400), (json!("PT1H30M"), 5_400), (json!("1h 5s"), 3_605)]
    {
        check(t, "takes", given, Ok(json!(seconds))).await;
    }
    check(t, "takes", json!("soon"), Err("a number of seconds, or a text such as 1h 30m")).await;
    check(t, "takes", json!(59), Err("at least 60")).await;
    check(t, "takes", json!("48:00"), Err("at most 86400")).await;
    check(t, "stars", json!(5), Ok(json!(5))).await;
    check(t, "stars", json!(6), Err("at most 5")).await;
    check(t, "stars", json!(-1), Err("at least 0")).await;
    check(t, "marks", json!(10), Ok(json!(10))).await;
    let nairobi = json!({"latitude": "-1.2921", "longitude": "36.8219"});
    check(t, "place", nairobi.clone(), Ok(nairobi.clone())).await;
    check(t, "place", json!("-1.2921, 36.8219"), Ok(nairobi)).await;
    check(t, "place", json!("91, 0"), Err("at most 90 degrees")).await;
    check(t, "place", json!({"latitude": "1"}), Err("\"latitude\"")).await;
    check(t, "paint", json!(null), Ok(json!("#00ff00"))).await;
    check(t, "paint", json!("1A73E8"), Ok(json!("#1a73e8"))).await;
    check(t, "paint", json!("reddish"), Err("#1a73e8")).await;
    // The worked example of the GS1 General Specifications, 7.9: 629104150021 has the check digit 3.
    check(t, "code", json!("6291041500213"), Ok(json!("6291041500213"))).await;
    check(t, "code", json!("6291041500214"), Err("wrong check digit")).await;
    check(t, "code", json!("SHELF-7"), Ok(json!("SHELF-7"))).await;
    check(t, "code", json!("SHELF-7"), Err("another thing has SHELF-7")).await;
    let found = t.find("shed.thing", "takes > 3600 && paint == '#00ff00'").await;
    assert_eq!(found.len(), 3);
    assert_eq!(t.find("shed.thing", "place != null").await.len(), 2);
}

#[nexus_testkit::test]
async fn a_dynamic_link_leads_to_a_record_of_one_of_several_objects(t: &Tenant) {
    let owner = t.create("shed.owner", json!({"email": "ada@example.com"})).await;
    let to = |object: &str, id: &Json| json!({"object": object, "id": id});
    check(t, "about", to("shed.owner", &owner["id"]), Ok(to("shed.owner", &owner["id"]))).await;
    check(t, "about", to("core.user", &owner["id"]), Err("leads to a record of shed.thing, shed.owner")).await;
    check(t, "about", to("shed.thing", &owner["id"]), Err("leads to no thing")).await;
    check(t, "about", json!("x"), Err("is an object and an id")).await;
    check(t, "anything", to("core.user", &json!(t.principal.user)), Ok(to("core.user", &json!(t.principal.user))))
        .await;
    check(t, "anything", to("shed.nothing", &owner["id"]), Err("there is no object shed.nothing")).await;
    check(t, "anything", to("shed.part", &owner["id"]), Err("there is no object shed.part")).await;
    let id = owner["id"].as_str().expect("an id");
    let found = t.find("shed.thing", &format!("about == '{id}'")).await;
    assert_eq!(found.len(), 1);
    let changed = t.update("shed.thing", &found[0], json!({"about": null})).await.ok();
    assert_eq!(changed["about"], Json::Null);
    // Whoever may not read a record does not lead to it.
    let someone = t.user("someone", &[]).await;
    someone.try_create("shed.thing", json!({"name": "B"})).await.problem("", "may not create");
}

#[nexus_testkit::test]
async fn a_fetched_value_follows_its_link_until_somebody_gives_another(t: &Tenant) {
    let ada = t.create("shed.owner", json!({"email": "ada@example.com"})).await;
    let ben = t.create("shed.owner", json!({"email": "ben@example.com"})).await;
    let input = json!({"name": "A", "owner": ada["id"], "parts": [{"owner": ben["id"]}, {}]});
    let thing = t.create("shed.thing", input).await;
    assert_eq!(
        (&thing["owner_mail"], &thing["parts"][0]["mail"]),
        (&json!("ada@example.com"), &json!("ben@example.com"))
    );
    assert_eq!(thing["parts"][1]["mail"], Json::Null);
    let moved = t.update("shed.thing", &thing, json!({"owner": ben["id"]})).await.ok();
    assert_eq!(moved["owner_mail"], "ben@example.com");
    let own = t.update("shed.thing", &thing, json!({"owner_mail": "own@example.com"})).await.ok();
    assert_eq!(own["owner_mail"], "own@example.com");
    let back = t.update("shed.thing", &thing, json!({"owner": ada["id"]})).await.ok();
    assert_eq!(back["owner_mail"], "own@example.com", "what somebody gave stays");
    // What was taken over stays as it was then; the link is what is followed.
    let other = t.create("shed.thing", json!({"name": "B", "owner": ben["id"]})).await;
    t.update("shed.owner", &ben, json!({"email": "new@example.com"})).await.ok();
    let renamed = t.update("shed.thing", &other, json!({"name": "C"})).await.ok();
    assert_eq!(renamed["owner_mail"], "ben@example.com");
}

#[nexus_testkit::test]
async fn every_kind_of_view_is_told(t: &Tenant) {
    let meta = t.kernel.meta(&t.tenant, &t.principal, None).await.expect("meta");
    let meta = serde_json::to_value(&meta).expect("json");
    let shed = meta["apps"].as_array().and_then(|apps| apps.iter().find(|app| app["name"] == "shed")).expect("the app");
    let thing = &shed["objects"][0];
    let view = |name: &str| {
        let views = thing["views"].as_array().expect("views");
        views.iter().find(|view| view["name"] == name).cloned().unwrap_or_else(|| panic!("{name} of {views:?}"))
    };
    assert_eq!((&view("when")["kind"], &view("when")["end"]), (&json!("calendar"), &json!("ends")));
    assert_eq!((&view("plan")["kind"], &view("plan")["by"]), (&json!("gantt"), &json!("owner")));
    assert_eq!((&view("wall")["kind"], &view("wall")["image"]), (&json!("gallery"), &json!("picture")));
    assert_eq!(view("figures")["measures"], json!(["sum(takes)", "count()"]));
    assert_eq!((&view("shares")["chart"], &view("shares")["measure"]), (&json!("pie"), &json!("count()")));
    assert_eq!(thing["quick_entry"], json!(["name", "owner"]));
}

#[test]
fn a_view_that_names_nothing_is_refused() {
    let refused = |view: &str, told: &str| {
        let text = format!("label = \"Thing\"\n[fields]\nname = {{ type = \"text\" }}\n[views.v]\n{view}\n");
        let objects = Box::leak(Box::new([("thing", &*text.leak())]));
        let manifest = "name = \"Shed\"\nsuite = \"t\"\nicon = \"x\"\nabout = \"a\"\n";
        let app = App::new(AppSource { name: "shed", manifest, objects, ..Default::default() });
        let error =
            nexus_kernel::Registry::new(vec![app], None).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains(told), "{view}: {error}");
    };
    refused("kind = \"calendar\"", "a calendar needs `start`, a date");
    refused("kind = \"calendar\"\nstart = \"name\"", "`start` names no date: name");
    refused("kind = \"gallery\"\nimage = \"name\"", "`image` names no picture: name");
    refused("kind = \"pivot\"\nrows = [\"name\"]", "needs `rows` and `measures`");
    refused("kind = \"chart\"\nrows = [\"month(day)\"]", "has no field `day`");
    refused("kind = \"map\"", "there is no view kind `map`");
}
