//! What is read as of a moment is what was read then: lists, figures and single records, whoever asks.

use nexus_kernel::faces::ListParams;
use nexus_kernel::faces::aggregate::AggregateParams;
use nexus_kernel::model::Timestamp;
use nexus_kernel::model::problem::Kind;
use nexus_kernel::serde_json::{Value as Json, json};
use nexus_testkit::{On, Tenant};

use crate::dice::Dice;
use crate::undo::{Writer, apps, send};
use crate::world::{Case, uuid};

/// What one person reads of an object, as text: a filtered, ordered page with its count, the bin, and figures.
pub(crate) async fn read(t: &Tenant, object: &str, asked: &Asked, at: Option<Timestamp>) -> String {
    let kind = t.kernel.registry.object(object).expect("an object");
    let at = at.map(|at| at.to_string());
    let text = |text: &str| Some(text.to_owned());
    let mut told = Vec::new();
    for deleted in [false, true] {
        let params = ListParams {
            filter: text(asked.filter),
            sort: text(asked.sort),
            expand: text(asked.expand),
            count: text("exact"),
            limit: Some(500),
            deleted,
            at: at.clone(),
            ..ListParams::default()
        };
        told.push(match t.kernel.list(&t.tenant, &t.principal, kind, params).await {
            Ok(page) => json!(page),
            Err(problem) => json!(problem.to_string()),
        });
    }
    let params = AggregateParams { group: text(asked.group), measures: text(asked.measures), at, ..Default::default() };
    told.push(match t.kernel.aggregate(&t.tenant, &t.principal, kind, params).await {
        Ok(rows) => json!(rows),
        Err(problem) => json!(problem.to_string()),
    });
    json!(told).to_string()
}

/// A question whose answer is compared.
pub(crate) struct Asked {
    filter: &'static str,
    sort: &'static str,
    expand: &'static str,
    group: &'static str,
    measures: &'static str,
}

pub(crate) const PARCELS: Asked = Asked {
    filter: "true",
    sort: "-count,name",
    expand: "items,inside",
    group: "size",
    measures: "count(),sum(weight)",
};

#[nexus_testkit::database_test]
fn what_is_read_as_of_a_moment_is_what_was_read_then(on: On) {
    let mut compared = 0;
    for seed in 900..902 {
        on.run(|storage| async {
            let t = Tenant::open(apps(), &{ storage }).await;
            let mut dice = Dice::new(seed);
            let before = Timestamp::now();
            for _ in 0..3 {
                t.create("yard.parcel", json!({"name": "first", "items": [{"name": "a"}, {"name": "b"}]})).await;
            }
            let mut writer = Writer::new(&mut dice);
            let mut taken = Vec::new();
            for _ in 0..30 {
                let calls = writer.run(&t).await;
                let ran = send(&t, &calls, false).await;
                if let Ok(reply) = ran
                    && taken.len() % 5 == 4
                {
                    t.undo(reply.run).await.ok();
                }
                taken.push((read(&t, "yard.parcel", &PARCELS, None).await, Timestamp::now()));
            }
            for (then, at) in &taken {
                assert_eq!(read(&t, "yard.parcel", &PARCELS, Some(*at)).await, *then, "as of {at}");
                compared += 1;
            }
            // Each record by itself, of which other events are taken back than of a list.
            let (then, at) = &taken[12];
            let then: Json = nexus_kernel::serde_json::from_str(then).expect("JSON");
            let kind = t.kernel.registry.object("yard.parcel").expect("an object");
            for parcel in then[0]["data"].as_array().expect("records") {
                let expand = Some("items,inside".to_owned());
                let params = ListParams { at: Some(at.to_string()), expand, ..ListParams::default() };
                let id = uuid(parcel["id"].as_str().expect("an id"));
                let found = t.kernel.get(&t.tenant, &t.principal, kind, id, params).await.expect("it was there");
                assert_eq!(json!(found), *parcel);
            }
            // Before the first event there was nothing, and a moment that is to come is refused.
            let none = ListParams { at: Some(before.to_string()), ..ListParams::default() };
            assert_eq!(t.list("yard.parcel", none).await.expect("a list"), Vec::<Json>::new());
            for (at, said) in [("2100-01-01T00:00:00Z", "still to come"), ("yesterday", "is a moment such as")] {
                let params = ListParams { at: Some(at.to_owned()), ..ListParams::default() };
                let problem = t.list("yard.parcel", params).await.expect_err("no moment");
                assert!(problem.kind == Kind::Malformed && problem.to_string().contains(said), "{problem}");
            }
            // What is read as of a moment leaves nothing behind.
            let (now, _) = taken.last().expect("a run");
            assert_eq!(read(&t, "yard.parcel", &PARCELS, None).await, *now);
        });
    }
    println!("{compared} moments compared");
    assert_eq!(compared, 60);
}

const PROJECTS: Asked = Asked {
    filter: "client.grade != 3 || effort > 2 || lines.exists(l, l.client.region.open)",
    sort: "-due,name",
    expand: "lines,client",
    group: "stage",
    measures: "count(),sum(effort)",
};
const CLIENTS: Asked =
    Asked { filter: "region.open || grade > 1", sort: "name", expand: "region", group: "grade", measures: "count()" };

/// A change of the lab by its administrator; some are refused.
async fn change(dice: &mut Dice, case: &Case) {
    let ids = |object: &str| case.world.0[object].keys().cloned().collect::<Vec<_>>();
    let users: Vec<String> = case.people.iter().map(|(_, eye)| eye.user.clone()).collect();
    let (regions, clients) = (ids("region"), ids("client"));
    let (project, client, region) = (dice.of(&ids("project")).clone(), dice.of(&clients).clone(), dice.of(&regions));
    let grade = dice.below(6);
    let (object, record, input) = match dice.below(8) {
        0 => ("region", region.clone(), json!({"open": dice.one_in(2), "chief": dice.of(&users)})),
        1 => ("client", client, json!({"grade": grade, "region": region, "tags": dice.some(&["red", "blue"], 2)})),
        2 => ("client", client, json!({"chief": dice.of(&users), "note": format!("note {grade}")})),
        3 => ("project", project, json!({"effort": grade, "stage": dice.of(&["new", "won", "lost"])})),
        4 => ("project", project, json!({"client": client, "owner": dice.of(&users), "members": [dice.of(&users)]})),
        5 => {
            let row = json!({"product": dice.of(&["bolt", "nut"]), "quantity": grade, "client": client});
            ("project", project, json!({"lines": [row], "vault": []}))
        }
        6 => return drop(case.admin.delete("lab.project", uuid(&project)).await),
        _ => return drop(case.admin.act("lab.restore_project", Some(uuid(&project)), json!({})).await),
    };
    case.admin.update(&format!("lab.{object}"), uuid(&record), input).await.0.ok();
}

#[nexus_testkit::database_test]
fn who_reads_the_past_is_told_what_the_rights_of_now_would_have_shown_then(on: On) {
    let (mut compared, mut differ) = (0, 0);
    for seed in 920..922 {
        on.run(|storage| async {
            let case = Case::new(&{ storage }, seed).await;
            let mut dice = Dice::new(seed);
            let questions = [("lab.project", &PROJECTS), ("lab.client", &CLIENTS)];
            let mut taken = Vec::new();
            for _ in 0..8 {
                for (who, _) in &case.people {
                    for (object, asked) in questions {
                        let then = read(who, object, asked, None).await;
                        taken.push((who, object, asked, then, Timestamp::now()));
                    }
                }
                for _ in 0..6 {
                    change(&mut dice, &case).await;
                }
            }
            for (who, object, asked, then, at) in &taken {
                let told = read(who, object, asked, Some(*at)).await;
                assert_eq!(told, *then, "{object} as of {at} for {}", who.principal.name);
                compared += 1;
                differ += usize::from(told != read(who, object, asked, None).await);
            }
        });
    }
    println!("{compared} answers compared, of which {differ} are others now");
    assert!(compared == 160 && differ > 60, "{compared} {differ}");
}
