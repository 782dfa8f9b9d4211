//! GraphQL tells what REST tells: the same rights at every depth, the same refusals, and limits of its own.

use axum::body::Body;
use axum::http::{Request, header};
use nexus_kernel::serde_json::{Value as Json, json};
use nexus_testkit::On;

use crate::models::with_things;
use crate::wire::{Reply, Wire, post};

const GRAPHQL: &str = "/api/v1/graphql";

async fn asked(wire: &Wire, token: &str, body: Json) -> Reply {
    let mut request: Request<Body> = post(GRAPHQL, &body);
    request.headers_mut().insert(header::AUTHORIZATION, format!("Bearer {token}").parse().expect("a header"));
    wire.send(request).await
}

/// The data of a question that is answered in full.
#[track_caller]
fn data(answer: &Json) -> &Json {
    assert!(answer.get("errors").is_none(), "{answer}");
    &answer["data"]
}

impl Wire {
    async fn graph(&self, query: &str, variables: Json) -> Json {
        asked(self, &self.token, json!({"query": query, "variables": variables})).await.json()
    }

    /// The members of the problem with which a question is refused.
    async fn refused(&self, query: &str, variables: Json) -> Json {
        let answer = self.graph(query, variables).await;
        let errors = answer["errors"].as_array().unwrap_or_else(|| panic!("{query} is answered with {answer}"));
        errors[0]["extensions"].clone()
    }
}

#[nexus_testkit::database_test]
fn a_hidden_field_and_a_hidden_record_are_hidden_at_every_depth(on: On) {
    on.run(|storage| async move {
        let wire = Wire::over(&storage).await;
        let ids = with_things(&wire).await;
        let change = json!({"above": ids[8], "beside": [ids[7], ids[1]]});
        let nine = format!("/api/v1/shop/things/{}", ids[9]);
        assert!(wire.ask(crate::wire::patch(&nine, &change)).await.status.is_success());
        let user =
            json!({"name": "Wil", "email": "wil@example.com", "password": "a watcher's word", "roles": ["watcher"]});
        wire.ask(post("/api/v1/core/users", &user)).await;
        let credentials = json!({"email": "wil@example.com", "password": "a watcher's word"});
        let signed_in = wire.send(post("/api/v1/session", &credentials)).await.json();
        let token = signed_in["token"].as_str().expect("a token");

        let query = "{ shop_list_thing(sort: \"name\", filter: \"count != null\", count: \"exact\") { count data {
        name veil above { name veil above { name } } above_id beside { name veil } beside_ids lines { name }
    } } }";
        let answer = asked(&wire, token, json!({"query": query})).await.json();
        let page = &data(&answer)["shop_list_thing"];
        assert_eq!(page["count"], 4);
        let names: Vec<&str> =
            page["data"].as_array().expect("things").iter().filter_map(|t| t["name"].as_str()).collect();
        assert_eq!(names, ["thing 6", "thing 7", "thing 8", "thing 9"]);
        assert!(!answer.to_string().contains("veiled"), "{answer}");
        assert_eq!(page["data"][0]["above"], Json::Null, "what is above them all is not seen");
        assert_eq!(page["data"][0]["above_id"], wire.things[0]);
        assert_eq!(page["data"][3]["above"], json!({"name": "thing 8", "veil": null, "above": null}));
        assert_eq!(page["data"][3]["beside"], json!([{"name": "thing 7", "veil": null}]));
        assert_eq!(page["data"][3]["beside_ids"], json!([ids[7], ids[1]]));
        assert_eq!(page["data"][3]["lines"], json!([{"name": "a"}]));

        let whole = wire.graph(query, json!({})).await;
        let nine = &data(&whole)["shop_list_thing"]["data"][9];
        assert_eq!(nine["above"], json!({"name": "thing 8", "veil": "veiled 8", "above": {"name": "first"}}));
        assert_eq!(nine["beside"].as_array().map(Vec::len), Some(2));

        // One of several questions is refused; the others are answered.
        let query = format!(
            "{{ a: shop_get_thing(id: \"{}\") {{ name }} b: shop_get_thing(id: \"{}\") {{ name }} }}",
            ids[9], ids[1]
        );
        let answer = asked(&wire, token, json!({"query": query})).await.json();
        assert_eq!(answer["data"], json!({"a": {"name": "thing 9"}, "b": null}));
        assert_eq!(
            (&answer["errors"][0]["path"], &answer["errors"][0]["extensions"]["status"]),
            (&json!(["b"]), &json!(404))
        );
        let hidden = "{ shop_list_thing(filter: \"veil == 'veiled 7'\") { data { id } } }";
        let answer = asked(&wire, token, json!({"query": hidden})).await.json();
        assert_eq!(answer["errors"][0]["extensions"]["status"], 403);
        let mutation = format!("mutation {{ shop_delete_thing(record: \"{}\") {{ run }} }}", ids[9]);
        let answer = asked(&wire, token, json!({"query": mutation})).await.json();
        assert_eq!(answer["errors"][0]["extensions"]["status"], 403);
        wire.assert_sound(&["a watcher's word"]).await;
    });
}

#[nexus_testkit::database_test]
fn each_level_is_read_with_one_statement_whatever_the_number_of_records(on: On) {
    on.run(|storage| async move {
        let wire = Wire::over(&storage).await;
        let mut above = wire.things[0].clone();
        for count in 0..60 {
            let thing = json!({"name": format!("thing {count}"), "above": above, "beside": [wire.things[1], above]});
            let made = wire.ask(post("/api/v1/shop/things", &thing)).await.json();
            above = made["id"].as_str().expect("an id").to_owned();
        }
        let reads = |wire: &Wire| wire.logged().matches("records are read").count();
        let query = "query ($limit: Int) { shop_list_thing(limit: $limit) { data {
        name above { name above { name } beside { name } }
    } } }";
        for limit in [1, 60] {
            let before = reads(&wire);
            let answer = wire.graph(query, json!({ "limit": limit })).await;
            let page = data(&answer)["shop_list_thing"]["data"].as_array().expect("things");
            assert_eq!(page.len(), limit);
            assert_eq!(page[0]["above"]["above"]["name"], "thing 57");
            assert_eq!(page[0]["above"]["beside"][1]["name"], "thing 57");
            assert_eq!(reads(&wire) - before, 4, "the page and three links, with {limit} records");
        }
    });
}

#[nexus_testkit::database_test]
fn a_few_records_that_lead_to_one_another_are_not_told_without_end(on: On) {
    on.run(|storage| async move {
        let wire = Wire::over(&storage).await;
        let ids = with_things(&wire).await;
        for id in &ids {
            let change = crate::wire::patch(&format!("/api/v1/shop/things/{id}"), &json!({ "beside": ids }));
            assert!(wire.ask(change).await.status.is_success());
        }
        // Ten things, each with ten beside it: 10 + 100 + 1,000 + 10,000 records to the third link.
        let filter = "filter=count%20!%3D%20null";
        let list = |depth: usize| format!("/api/v1/shop/things?{filter}&expand={}", ["beside"].repeat(depth).join("."));
        assert_eq!(wire.ask(crate::wire::get(&list(3))).await.status, 200);
        let refused = wire.ask(crate::wire::get(&list(4))).await;
        assert_eq!(refused.status, 413);
        assert!(refused.json()["detail"].as_str().is_some_and(|told| told.contains("more than 100,000 records")));
        let one = "shop_list_thing(filter: \"count != null\") { data { beside { beside { beside { name } } } } }";
        let several: String = (0..10).map(|at| format!("a{at}: {one} ")).collect();
        let answer = wire.graph(&format!("{{ {several} }}"), json!({})).await;
        // Nine times 11,110 records are told, and the tenth is too much.
        let errors = answer["errors"].as_array().expect("errors");
        assert_eq!((errors.len(), &errors[0]["extensions"]["status"]), (1, &json!(413)));
        let whole = answer["data"].as_object().expect("data").values().filter(|page| page["data"].is_array()).count();
        assert_eq!(whole, 9);
    });
}

#[nexus_testkit::database_test]
fn questions_without_measure_are_refused_before_anything_is_read(on: On) {
    on.run(|storage| async move {
        let wire = Wire::over(&storage).await;
        assert_eq!(wire.send(post(GRAPHQL, &json!({"query": "{ __schema { types { name } } }"}))).await.status, 401);
        let deep = format!("{{ shop_list_thing {{ data {{ {}name{} }} }} }}", "above { ".repeat(14), " }".repeat(14));
        let wide = format!("{{ shop_list_thing {{ data {{ {} }} }} }}", "name ".repeat(2_001));
        let many: String =
            (0..42).map(|at| format!("a{at}: shop_list_thing(limit: 500) {{ data {{ name }} }} ")).collect();
        let long = format!("{{ shop_list_thing(q: \"{}\") {{ count }} }}", "a".repeat(70_000));
        let nested = "{a".repeat(20_000);
        let listed = format!("{{ shop_list_thing(q: {}) {{ count }} }}", "[".repeat(20_000));
        for query in [deep, wide, format!("{{ {many} }}"), long, nested, listed] {
            let refused = wire.refused(&query, json!({})).await;
            assert_eq!(refused["status"], 413, "{}", query.chars().take(60).collect::<String>());
        }
        for (query, variables, status, field) in [
            ("{ shop_list_thing(filter: \"nmae == 1\") { count } }", json!({}), 400, "filter"),
            ("{ shop_list_thing(sort: \"tags\") { count } }", json!({}), 400, "sort"),
            ("{ shop_list_thing(limit: -1) { count } }", json!({}), 422, "limit"),
            ("{ shop_get_thing(id: \"7\") { name } }", json!({}), 422, "id"),
            (
                "mutation ($input: ShopCreateThingInput!) { shop_create_thing(input: $input) { run } }",
                json!({"input": {"name": "a", "count": 1001}}),
                422,
                "count",
            ),
        ] {
            let refused = wire.refused(query, variables).await;
            assert_eq!(refused["status"], status, "{query}: {refused}");
            assert_eq!(refused["errors"][0]["field"], field, "{query}: {refused}");
            assert!(refused["type"].as_str().is_some_and(|kind| kind.starts_with("/problems/")), "{refused}");
        }
        for query in [
            "{",
            "{ nothing }",
            "mutation { shop_create_thing { run } }",
            "subscription { a }",
            "query a { a } query b { b }",
        ] {
            assert!(wire.graph(query, json!({})).await["errors"][0]["message"].is_string(), "{query} is answered");
        }
        wire.assert_sound(&[]).await;
    });
}

#[nexus_testkit::database_test]
fn a_change_is_previewed_made_once_and_undone(on: On) {
    on.run(|storage| async move {
    let wire = Wire::over(&storage).await;
    let create = "mutation ($input: ShopCreateThingInput!, $preview: Boolean, $key: String) {
        shop_create_thing(input: $input, preview: $preview, idempotency_key: $key) {
            run replayed changes output { id name size price { amount currency } above { name } lines { name quantity } }
        }
    }";
    let input = json!({
        "name": "lantern", "size": "small", "price": "40", "above": wire.things[0],
        "lines": [{"name": "glass", "quantity": "2"}, {"name": "wick", "quantity": 1}]
    });
    let variables = |preview: bool| json!({"input": input, "preview": preview, "key": "lantern"});
    let before = wire.state().await;
    let answer = wire.graph(create, variables(true)).await;
    let preview = &data(&answer)["shop_create_thing"];
    assert_eq!(preview["run"], Json::Null);
    assert_eq!(preview["changes"][0]["verb"], "create", "{preview}");
    assert_eq!(wire.state().await, before, "a preview changes nothing");

    let answer = wire.graph(create, variables(false)).await;
    let made = data(&answer)["shop_create_thing"].clone();
    assert_eq!(made["output"]["size"], "small");
    assert_eq!(made["output"]["price"], json!({"amount": "40.00", "currency": "GBP"}));
    assert_eq!(made["output"]["above"]["name"], "first");
    assert_eq!(made["output"]["lines"], json!([{"name": "glass", "quantity": "2"}, {"name": "wick", "quantity": "1"}]));
    let answer = wire.graph(create, variables(false)).await;
    let again = &data(&answer)["shop_create_thing"];
    assert_eq!((&again["run"], &again["replayed"]), (&made["run"], &json!(true)));

    let count = "{ shop_list_thing(filter: \"name == 'lantern'\", count: \"exact\") { count }
        shop_aggregate_thing(measures: \"count(),sum(price)\", filter: \"name == 'lantern'\") }";
    let counted = wire.graph(count, json!({})).await;
    assert_eq!(data(&counted)["shop_list_thing"]["count"], 1);
    assert_eq!(data(&counted)["shop_aggregate_thing"][0]["count()"], 1);
    let undo =
        wire.graph("mutation ($run: ID!) { undo(run: $run) { undone changes } }", json!({"run": made["run"]})).await;
    assert_eq!(data(&undo)["undo"]["undone"], made["run"]);
    assert_eq!(data(&wire.graph(count, json!({})).await)["shop_list_thing"]["count"], 0);

    let calls = json!([
        {"action": "shop.create_thing", "input": {"name": "one"}},
        {"action": "shop.create_thing", "input": {"name": "two", "count": 2000}}
    ]);
    let batch = "mutation ($calls: [Call!]!) { batch(calls: $calls) { run outputs } }";
    let refused = wire.refused(batch, json!({ "calls": calls })).await;
    assert_eq!((&refused["step"], &refused["status"]), (&json!(1), &json!(422)));
    let first = json!({ "calls": [calls[0]] });
    assert_eq!(data(&wire.graph(batch, first).await)["batch"]["outputs"][0]["name"], "one");
    wire.assert_sound(&[]).await;
    });
}

#[nexus_testkit::database_test]
fn a_field_made_at_run_time_is_in_the_schema_of_its_tenant_at_once(on: On) {
    on.run(|storage| async move {
        let wire = Wire::over(&storage).await;
        let query = "{ shop_list_thing(sort: \"name\") { data { name x_colour } } }";
        let unknown = wire.graph(query, json!({})).await;
        assert!(unknown["errors"][0]["message"].as_str().is_some_and(|text| text.contains("x_colour")), "{unknown}");
        assert!(!wire.ask(crate::wire::get("/api/v1/openapi.json")).await.json().to_string().contains("\"x_colour\""));
        let set = json!({"fields.x_colour": {"type": "choice", "of": ["red", "blue"]}});
        let customise = "mutation ($input: CoreCustomiseInput!) { core_customise(input: $input) { run } }";
        let answer = wire.graph(customise, json!({"input": {"object": "shop.thing", "set": set}})).await;
        let run = data(&answer)["core_customise"]["run"].clone();
        let paint =
            "mutation ($id: ID!) { shop_update_thing(record: $id, input: {x_colour: red}) { output { x_colour } } }";
        let painted = wire.graph(paint, json!({"id": wire.things[0]})).await;
        assert_eq!(data(&painted)["shop_update_thing"]["output"]["x_colour"], "red");
        let listed = wire.graph(query, json!({})).await;
        assert_eq!(
            data(&listed)["shop_list_thing"]["data"],
            json!([{"name": "first", "x_colour": "red"}, {"name": "second", "x_colour": null}])
        );
        let document = wire.ask(crate::wire::get("/api/v1/openapi.json")).await.json();
        assert!(document["components"]["schemas"]["ShopThing"]["properties"]["x_colour"].is_object());
        // Whoever is of no tenant learns nothing of what one has declared.
        let open = wire.send(crate::wire::get("/api/v1/openapi.json")).await.json();
        assert!(open["components"]["schemas"]["ShopThing"]["properties"]["x_colour"].is_null());
        assert!(run.is_string());
    });
}

#[nexus_testkit::database_test]
fn a_search_finds_what_its_asker_may_read_and_costs_what_figures_cost(on: On) {
    on.run(|storage| async move {
        let wire = Wire::over(&storage).await;
        let ids = with_things(&wire).await;
        let user =
            json!({"name": "Wil", "email": "wil@example.com", "password": "a watcher's word", "roles": ["watcher"]});
        wire.ask(post("/api/v1/core/users", &user)).await;
        let credentials = json!({"email": "wil@example.com", "password": "a watcher's word"});
        let signed_in = wire.send(post("/api/v1/session", &credentials)).await.json();
        let token = signed_in["token"].as_str().expect("a token");
        let query = "query ($q: String!, $filter: String, $limit: Int, $after: String) {
            search(q: $q, object: \"shop.thing\", filter: $filter, limit: $limit, after: $after) {
                count capped next data { app object id title snippet at } facets
            } }";
        // Of ten things the watcher sees those whose count is above 5, and no word that stands in `veil`.
        for (q, filter, all, seen) in
            [("thing", json!(null), 10, 4), ("veiled", json!(null), 10, 0), ("thing", json!("count < 7"), 7, 1)]
        {
            let variables = json!({"q": q, "filter": filter, "limit": 100});
            let whole = wire.graph(query, variables.clone()).await;
            assert_eq!(data(&whole)["search"]["count"], all, "{q}: {whole}");
            let told = asked(&wire, token, json!({"query": query, "variables": variables})).await.json();
            let hits = &data(&told)["search"];
            assert_eq!(hits["count"], seen, "{q}: {told}");
            assert_eq!(hits["data"].as_array().map(Vec::len), Some(seen), "{q}: {told}");
            assert!(!told.to_string().contains("veiled "), "{told}");
        }
        let nine = json!({"q": "thing 9"});
        let answer = wire.graph(query, nine).await;
        let hit = &data(&answer)["search"]["data"][0];
        assert_eq!((&hit["app"], &hit["object"], &hit["id"]), (&json!("shop"), &json!("thing"), &json!(ids[9])));
        assert_eq!(hit["title"], "thing 9");
        let first = wire.graph(query, json!({"q": "thing", "limit": 6})).await;
        let next = &data(&first)["search"]["next"];
        let second = wire.graph(query, json!({"q": "thing", "limit": 6, "after": next})).await;
        assert_eq!(data(&second)["search"]["data"].as_array().map(Vec::len), Some(4));

        let many: String = (0..41).map(|at| format!("a{at}: search(q: \"thing\") {{ count }} ")).collect();
        assert_eq!(wire.refused(&format!("{{ {many} }}"), json!({})).await["status"], 413);
        for (variables, status, field) in [
            (json!({"q": "thing", "filter": "nmae == 1"}), 400, "filter"),
            (json!({"q": "thing", "limit": -1}), 422, "limit"),
        ] {
            let refused = wire.refused(query, variables).await;
            assert_eq!(
                (&refused["status"], &refused["errors"][0]["field"]),
                (&json!(status), &json!(field)),
                "{refused}"
            );
        }
        wire.assert_sound(&["a watcher's word"]).await;
    });
}
