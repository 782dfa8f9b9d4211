//! Random records in a tenant of the lab, and the people who look at them.

use std::collections::BTreeMap;

use nexus_kernel::model::Uuid;
use nexus_kernel::serde_json::{Map, Value as Json, json};
use nexus_kernel::{Call, Principal, PrincipalKind, Request};
use nexus_testkit::{Storage, Tenant};

use crate::dice::Dice;
use crate::lab;
use crate::model::{Eye, Policy, ROLES, World};

/// A tenant with its records, its grants and its people.
pub(crate) struct Case {
    pub(crate) admin: Tenant,
    pub(crate) policy: Policy,
    pub(crate) world: World,
    pub(crate) people: Vec<(Tenant, Eye)>,
}

const TAGS: [&str; 3] = ["red", "green", "blue"];

/// Null half as often as a value.
fn maybe(dice: &mut Dice, value: impl Into<Json>) -> Json {
    if dice.one_in(3) { Json::Null } else { value.into() }
}

fn number(dice: &mut Dice) -> i64 {
    i64::try_from(dice.below(6)).expect("small")
}

fn money(dice: &mut Dice) -> Json {
    json!({"amount": format!("{}.{}5", dice.below(90), dice.below(10)), "currency": "GBP"})
}

impl Case {
    pub(crate) async fn new(storage: &Storage, seed: u64) -> Case {
        let mut dice = Dice::new(seed);
        let policy = Policy::random(&mut dice);
        let admin = Tenant::open(vec![lab::app(&policy)], storage).await;
        let first = admin.find("core.company", "true").await[0]["id"].clone();
        let second = admin.create("core.company", json!({"name": "Second", "country": "GB", "currency": "GBP"})).await;
        let companies = [first, second["id"].clone()];
        let people = people(&mut dice, &admin, &companies).await;
        let users: Vec<Json> = people.iter().map(|(_, eye)| eye.user.clone().into()).collect();
        let mut world = records(&mut dice, &companies, &users);
        let mut calls = Vec::new();
        for object in ["region", "client", "project"] {
            for record in world.0[object].values() {
                let mut input = record.clone();
                input.as_object_mut().expect("a record").remove("twice");
                calls.push(Call { action: format!("lab.create_{object}"), record: None, input });
            }
        }
        admin.request(Request { calls, ..Request::default() }).await.reply();
        name_rows(&admin, &mut world).await;
        Case { admin, policy, world, people }
    }
}

/// Gives the rows of the world the ids that the kernel gave them.
async fn name_rows(admin: &Tenant, world: &mut World) {
    let projects = world.0.get_mut("project").expect("projects");
    let mut named = Vec::new();
    for (id, project) in projects {
        let stored = admin.get("lab.project", uuid(id)).await;
        for (table, object) in [("lines", "line"), ("vault", "coin")] {
            let rows = project[table].as_array_mut().expect("rows");
            for (row, stored) in rows.iter_mut().zip(stored[table].as_array().expect("rows")) {
                row["id"] = stored["id"].clone();
                named.push((object, stored["id"].as_str().expect("an id").to_owned(), row.clone()));
            }
        }
    }
    for (object, id, row) in named {
        world.0.entry(object).or_default().insert(id, row);
    }
}

/// People with roles by lot: one works in one company only, one is an agent, one the administrator.
async fn people(dice: &mut Dice, admin: &Tenant, companies: &[Json]) -> Vec<(Tenant, Eye)> {
    let mut people = Vec::new();
    for (index, name) in ["ann", "ben", "cid", "dot"].into_iter().enumerate() {
        let mut roles = dice.some(&ROLES, 2);
        if roles.is_empty() && index > 0 {
            roles.push(*dice.of(&ROLES));
        }
        let companies: Vec<Json> = if index == 1 { vec![dice.of(companies).clone()] } else { Vec::new() };
        let user =
            json!({"name": name, "email": format!("{name}@example.com"), "roles": roles, "companies": companies});
        let user = admin.create("core.user", user).await["id"].as_str().expect("an id").to_owned();
        let known = admin.kernel.principal(&admin.tenant, user.parse().expect("an id")).await.expect("a user");
        if roles.contains(&"chief") {
            roles.push("reader");
        }
        roles.push("everyone");
        let companies = companies.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect();
        let agent = index == 2;
        let kind = if agent { PrincipalKind::Agent } else { PrincipalKind::Person };
        let eye = Eye { user, roles, companies, administrator: false, agent };
        people.push((admin.as_principal(Principal { kind, ..(*known).clone() }), eye));
    }
    let user = admin.principal.user.to_string();
    let eye = Eye { user, roles: vec!["everyone"], companies: Vec::new(), administrator: true, agent: false };
    people.push((admin.clone(), eye));
    people
}

fn records(dice: &mut Dice, companies: &[Json], users: &[Json]) -> World {
    let mut world = World::default();
    let mut put = |object, record: Json| {
        let id = record["id"].as_str().expect("an id").to_owned();
        world.0.entry(object).or_insert_with(BTreeMap::new).insert(id.clone(), record);
        Json::from(id)
    };
    let tags = |dice: &mut Dice| Json::from(dice.some(&TAGS, 2));
    let regions: Vec<Json> = (0..4)
        .map(|index| {
            let (id, open, chief) = (dice.id(), dice.one_in(2), dice.of(users).clone());
            put("region", json!({"id": id, "name": format!("area {index}"), "open": open, "chief": maybe(dice, chief)}))
        })
        .collect();
    let clients: Vec<Json> = (0..7)
        .map(|index| {
            let (region, chief, grade) = (dice.of(&regions).clone(), dice.of(users).clone(), number(dice));
            let record = json!({
                "id": dice.id(), "name": format!("buyer {index}"), "grade": maybe(dice, grade),
                "region": maybe(dice, region), "chief": maybe(dice, chief), "tags": tags(dice),
                "note": format!("kept note {index}")
            });
            put("client", record)
        })
        .collect();
    for index in 0..24 {
        let id = dice.id().to_string();
        let lines: Vec<Json> = (0..dice.below(3)).map(|_| line(dice, &id, &clients)).collect();
        let vault: Vec<Json> =
            (0..dice.below(2)).map(|_| json!({"parent": id, "metal": dice.of(&["gold", "iron"])})).collect();
        let (client, rival, owner) = (dice.of(&clients).clone(), dice.of(&clients).clone(), dice.of(users).clone());
        let effort = number(dice);
        let effort = maybe(dice, effort);
        let due = format!("2026-0{}-11", 1 + dice.below(6));
        let (amount, pay) = (money(dice), money(dice));
        let (stage, company) = (*dice.of(&["new", "won", "lost"]), dice.of(companies).clone());
        let record = json!({
            "id": id, "company": company, "name": format!("plan p{index:02}x"), "client": maybe(dice, client),
            "rival": rival, "owner": maybe(dice, owner), "members": dice.some(&users.iter().collect::<Vec<_>>(), 3),
            "effort": effort, "twice": effort.as_i64().map(|effort| effort * 2), "amount": maybe(dice, amount),
            "stage": maybe(dice, stage), "due": maybe(dice, due),
            "tags": tags(dice), "hush": format!("hush h{index:02}x"), "pay": pay, "shy": format!("shy s{index:02}x"),
            "stiff": "stiff", "lines": lines, "vault": vault
        });
        put("project", record);
    }
    for object in ["line", "coin"] {
        world.0.entry(object).or_default();
    }
    world
}

fn line(dice: &mut Dice, parent: &str, clients: &[Json]) -> Json {
    let (client, quantity, cost) = (dice.of(clients).clone(), number(dice), money(dice));
    json!({
        "parent": parent, "product": dice.of(&["bolt", "nut"]), "quantity": maybe(dice, quantity),
        "client": maybe(dice, client), "cost": cost, "whisper": "told softly"
    })
}

/// The ids of a list of records, in order.
pub(crate) fn ids(records: &[Json]) -> Vec<&str> {
    let mut ids: Vec<&str> = records.iter().filter_map(|record| record["id"].as_str()).collect();
    ids.sort_unstable();
    ids
}

pub(crate) fn uuid(id: &str) -> Uuid {
    id.parse().expect("an id")
}

/// The names of a record's own fields, without the engine's.
pub(crate) fn own<'a>(object: &'a str, record: &'a Map<String, Json>) -> impl Iterator<Item = &'a str> {
    let declared = lab::fields(object);
    record.keys().map(String::as_str).filter(move |name| declared.iter().any(|(known, ..)| known == name))
}
