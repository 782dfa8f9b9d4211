//! Whoever may read a record reads what hangs on it, and nobody else does: through every face, as of any moment.

use std::collections::BTreeSet;

use nexus_kernel::faces::ListParams;
use nexus_kernel::faces::search::SearchParams;
use nexus_kernel::model::{Timestamp, Uuid};
use nexus_testkit::Tenant;
use serde_json::{Value as Json, json};

use crate::{apps, to, uuid};

/// Numbers that look random and are the same in each run (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).expect("small")
    }
}

/// A record, and who may read it by the words of the manifests above.
struct Thing {
    object: &'static str,
    record: Json,
    owner: Option<Uuid>,
    open: bool,
    deleted: bool,
    shared: Vec<Uuid>,
}

impl Thing {
    fn is_read_by(&self, who: &Tenant) -> bool {
        let has = |role: &str| who.principal.roles.iter().any(|held| held == role);
        let by_role = match self.object {
            "shelf.book" => has("clerk") || (has("reader") && self.owner == Some(who.principal.user)),
            "shelf.paper" => has("reader") && self.open,
            _ => has("clerk"),
        };
        !self.deleted && (who.principal.administrator || by_role || self.shared.contains(&who.principal.user))
    }
}

async fn made(t: &Tenant, people: &[Tenant], dice: &mut Dice) -> Vec<Thing> {
    let mut things = Vec::new();
    for at in 0..24 {
        let object = ["shelf.book", "shelf.paper", "shelf.vault"][dice.below(3)];
        let mut thing =
            Thing { object, record: json!(null), owner: None, open: false, deleted: false, shared: Vec::new() };
        let mut values = json!({"name": format!("thing {at}")});
        match object {
            "shelf.book" => {
                let owner = people[dice.below(people.len())].principal.user;
                thing.owner = Some(owner);
                values["owner"] = json!(owner);
            }
            "shelf.paper" => {
                thing.open = dice.below(2) == 0;
                values["open"] = json!(thing.open);
            }
            _ => {}
        }
        thing.record = t.create(object, values).await;
        things.push(thing);
    }
    things
}

async fn ids(who: &Tenant, params: ListParams) -> BTreeSet<Uuid> {
    let params = ListParams { limit: Some(500), ..params };
    who.list("core.comment", params).await.expect("comments are everybody's to ask for").iter().map(uuid).collect()
}

/// Compares what each face tells one person of comments with what brute force expects.
async fn compare(who: &Tenant, expected: &BTreeSet<Uuid>, all: &[Uuid]) {
    assert_eq!(ids(who, ListParams::default()).await, *expected, "list of {}", who.principal.name);
    let object = who.tenant.object("core.comment").expect("comments");
    let params = ListParams { count: Some("exact".to_owned()), limit: Some(1), ..ListParams::default() };
    let page = who.kernel.list(&who.tenant, &who.principal, object, params).await.expect("a page");
    assert_eq!(page.count, Some(expected.len() as u64));
    let counted = who.aggregate("core.comment", "created_by", "count()").await.expect("figures");
    let counted: u64 = counted.iter().map(|row| row["count()"].as_u64().expect("a number")).sum();
    assert_eq!(counted, expected.len() as u64);
    for id in all {
        assert_eq!(who.try_get("core.comment", *id).await.is_ok(), expected.contains(id));
    }
    let params = SearchParams {
        q: "remark".to_owned(),
        object: Some("core.comment".to_owned()),
        limit: Some(100),
        ..SearchParams::default()
    };
    let hits = who.kernel.search(&who.tenant, &who.principal, params).await.expect("hits");
    assert_eq!(hits.data.iter().map(|hit| hit.id).collect::<BTreeSet<_>>(), *expected);
    assert_eq!(hits.count, expected.len());
    let (mut told, mut after) = (BTreeSet::new(), 0);
    loop {
        let (events, last) = who.kernel.events(&who.tenant, &who.principal, after).await.expect("events");
        let of_comments = events.iter().filter(|event| event["object"] == "comment");
        told.extend(
            of_comments.map(|event| event["record"].as_str().and_then(|id| id.parse::<Uuid>().ok()).expect("an id")),
        );
        if last == after {
            break;
        }
        after = last;
    }
    assert_eq!(told, *expected, "events of {}", who.principal.name);
}

#[nexus_testkit::test]
async fn what_hangs_on_records_is_seen_by_those_who_see_the_records_and_by_nobody_else(t: &Tenant) {
    let day = |day: i8| -> Timestamp { format!("2031-03-{day:02}T10:00:00Z").parse().expect("a moment") };
    t.at(day(1));
    let mut people = Vec::new();
    for (name, roles) in [("ann", &["reader"][..]), ("ben", &["reader", "clerk"]), ("cyd", &["reader"]), ("dan", &[])] {
        people.push(t.user(name, roles).await);
    }
    let mut dice = Dice(0x5EED_0004);
    let mut things = made(t, &people, &mut dice).await;
    let mut comments: Vec<(usize, Uuid)> = Vec::new();
    for _ in 0..60 {
        let at = dice.below(things.len());
        let input = json!({"target": to(things[at].object, &things[at].record), "body": "a remark"});
        comments.push((at, uuid(&t.create("core.comment", input).await)));
    }
    t.at(day(2));
    let all: Vec<Uuid> = comments.iter().map(|(_, id)| *id).collect();
    let expected = |things: &[Thing], who: &Tenant| -> BTreeSet<Uuid> {
        comments.iter().filter(|(at, _)| things[*at].is_read_by(who)).map(|(_, id)| *id).collect()
    };
    let before: Vec<_> = people.iter().map(|who| expected(&things, who)).collect();
    // Some are shared, some deleted, some opened or closed.
    for thing in &mut things {
        let record = uuid(&thing.record);
        match dice.below(4) {
            0 => {
                let with = people[dice.below(people.len())].principal.user;
                t.create("core.share", json!({"target": to(thing.object, &thing.record), "user": with})).await;
                thing.shared.push(with);
            }
            1 => {
                t.delete(thing.object, record).await.ok();
                thing.deleted = true;
            }
            2 if thing.object == "shelf.paper" => {
                thing.open = !thing.open;
                t.update(thing.object, record, json!({"open": thing.open})).await.ok();
            }
            _ => {}
        }
    }
    t.kernel.index(&t.tenant).await.expect("an index");
    let mut seen = 0;
    for (who, before) in people.iter().zip(before) {
        let now = t.kernel.principal(&t.tenant, who.principal.user).await.expect("a user");
        let who = who.as_principal((*now).clone());
        let expected = expected(&things, &who);
        compare(&who, &expected, &all).await;
        seen += expected.len();
        // As of before, with the rights of now: a share lets see also what was before it.
        let shared = |id: &&Uuid| {
            let at = comments.iter().find(|(_, known)| known == *id).map(|(at, _)| *at).expect("a comment");
            things[at].shared.contains(&who.principal.user)
        };
        let then: BTreeSet<Uuid> = before.iter().chain(all.iter().filter(shared)).copied().collect();
        let at = Some("2031-03-01T23:00:00Z".to_owned());
        assert_eq!(ids(&who, ListParams { at, ..ListParams::default() }).await, then);
    }
    compare(t, &expected(&things, t), &all).await;
    assert!((20..180).contains(&seen), "the dice left nothing to tell apart: {seen}");
}

#[nexus_testkit::test]
async fn one_comments_on_what_one_reads_and_changes_the_own_alone(t: &Tenant) {
    let (ann, ben) = (t.user("ann", &["reader"]).await, t.user("ben", &["clerk"]).await);
    let book = ann.create("shelf.book", json!({"name": "Emma"})).await;
    let other = t.create("shelf.book", json!({"name": "Persuasion"})).await;
    let say = |record: &Json| json!({"target": to("shelf.book", record), "body": "good"});
    let said = ann.create("core.comment", say(&book)).await;
    ann.try_create("core.comment", say(&other)).await.problem("target", "leads to no book");
    ben.create("core.comment", say(&book)).await;
    assert_eq!(ann.find("core.comment", "true").await.len(), 2);
    ben.update("core.comment", &said, json!({"body": "bad"})).await.problem("", "you may not change");
    ben.delete("core.comment", &said).await.problem("", "you may not delete");
    ann.update("core.comment", &said, json!({"body": "better"})).await.ok();
    // Of a record that is taken away what hangs on it is, too.
    t.update("shelf.book", &book, json!({"owner": t.principal.user})).await.ok();
    assert_eq!(ann.find("core.comment", "true").await.len(), 0);
    ann.update("core.comment", &said, json!({"body": "no"})).await.problem("", "there is no comment");
    let object = t.tenant.object("core.comment").expect("comments");
    let asked = nexus_kernel::faces::explain::ExplainParams { verb: "read".to_owned(), user: Some(ann.principal.user) };
    let told = t.kernel.explain(&t.tenant, &t.principal, object, Some(uuid(&said)), asked).await.expect("told");
    assert!(
        !told.allowed
            && told.summary.ends_with("the record that it hangs on may not be read, or nothing may be hung on it"),
        "{told:?}"
    );
}
