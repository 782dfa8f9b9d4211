//! Ways to look at records that people keep.

use nexus_kernel::faces::ListParams;
use nexus_testkit::Tenant;
use serde_json::{Value as Json, json};

use crate::apps;

#[nexus_testkit::test]
async fn a_saved_view_fits_its_object_and_is_taken_by_a_list(t: &Tenant) {
    let ann = t.user("ann", &["clerk"]).await;
    for (name, genre) in [("Emma", "novel"), ("Kubla Khan", "poem"), ("Persuasion", "novel")] {
        t.create("shelf.book", json!({"name": name, "genre": genre})).await;
    }
    let view = json!({"name": "Novels", "object": "shelf.book", "filter": "genre == 'novel' || name == 'none'",
        "sort": "-name", "columns": ["name", "owner"], "group": "genre", "kind": "kanban"});
    let changed = |field: &str, value: Json| {
        let mut view = view.clone();
        view[field] = value;
        view
    };
    for (field, value, place, told) in [
        ("object", json!("shelf.tome"), "object", "there is no object shelf.tome"),
        ("filter", json!("gender == 'novel'"), "filter", "gender"),
        ("sort", json!("-title"), "sort", "has no field title"),
        ("columns", json!(["name", "title"]), "columns", "has no field title"),
        ("group", json!("price"), "group", "columns of the board"),
        ("columns", json!(["cost"]), "columns", "has no field cost"),
        ("scope", json!("team"), "team", "names the team"),
        ("scope", json!("everyone"), "", "an administrator"),
    ] {
        ann.try_create("core.saved_view", changed(field, value)).await.problem(place, told);
    }
    let kept = ann.create("core.saved_view", view.clone()).await;
    let names = async |who: &Tenant, params: ListParams| -> Result<Vec<Json>, String> {
        let params = ListParams { view: kept["id"].as_str().map(str::to_owned), ..params };
        let found = who.list("shelf.book", params).await.map_err(|problem| problem.to_string())?;
        assert!(found.iter().all(|book| book.get("genre").is_none() && book.get("owner").is_some()));
        Ok(found.iter().map(|book| book["name"].clone()).collect())
    };
    assert_eq!(names(&ann, ListParams::default()).await, Ok(vec![json!("Persuasion"), json!("Emma")]));
    let more = ListParams {
        filter: Some("name < 'F' || name > 'Q'".to_owned()),
        sort: Some("name".to_owned()),
        ..ListParams::default()
    };
    assert_eq!(names(&ann, more).await, Ok(vec![json!("Emma")]));
    // Neither filter says where the other ends.
    let open = ListParams { filter: Some("name == 'Emma') || (true".to_owned()), ..ListParams::default() };
    assert!(names(&ann, open).await.expect_err("is no condition").contains("the filter cannot be read"));
    // It is hers alone until it is for others.
    let ben = t.user("ben", &["clerk"]).await;
    assert!(names(&ben, ListParams::default()).await.expect_err("is hers").contains("there is no saved view"));
    t.update("core.saved_view", &kept, json!({"scope": "role", "role": "clerk"})).await.ok();
    assert_eq!(names(&ben, ListParams::default()).await.map(|found| found.len()), Ok(2));
    ben.update("core.saved_view", &kept, json!({"name": "x"})).await.problem("", "you may not change");
    let elsewhere = ListParams { view: kept["id"].as_str().map(str::to_owned), ..ListParams::default() };
    let problem = t.list("core.tag", elsewhere).await.expect_err("it is of books");
    assert!(problem.to_string().contains("is a view of shelf.book"), "{problem}");
}
