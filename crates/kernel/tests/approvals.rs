//! Actions that wait: who is asked, what is run once they agree and in whose name, and that nothing goes around it.

use nexus_kernel::core::Team;
use nexus_kernel::prelude::*;
use nexus_kernel::{AppSource, BulkRequest, Call, Kind, Principal, PrincipalKind, Registry, Request};
use nexus_testkit::{RecordId, Tenant};

const BILL: &str = r#"
label = "Bill"
title = "name"
[fields]
name   = { type = "text", required = true }
amount = { type = "integer", required = true, default = 0 }
double = { type = "integer", computed = "amount * 2", stored = true }
[approval.update]
when = "double > 200"
by   = ["chief"]
[approval.settle]
by   = ["chief"]
[access.clerk]
verbs = ["read", "create", "update", "delete", "settle", "hurry"]
[access.chief]
verbs = ["read", "create", "update"]
"#;
const TARIFF: &str = "label = \"Tariff\"\ntitle = \"name\"\n[fields]\nname = { type = \"text\" }\n\
                      fee = { type = \"integer\" }\n[access.clerk]\nverbs = [\"read\"]\n";
/// What is dear by its tariff alone waits.
const DEAL: &str = r#"
label = "Deal"
title = "number"
[fields]
number = { type = "sequence", series = "D-{###}" }
tariff = { type = "link", to = "tariff" }
fee    = { type = "integer", fetch = "tariff.fee" }
pin    = { type = "secret" }
[approval.create]
when = "fee > 100"
by   = ["owner"]
[approval.update]
by   = ["owner"]
[access.clerk]
verbs = ["read", "create", "update"]
"#;
const MANIFEST: &str = "name = \"Bills\"\nsuite = \"t\"\nicon = \"x\"\nabout = \"a\"\n\
                        [roles.clerk]\nabout = \"Writes\"\n[roles.chief]\nabout = \"Decides\"\n\
                        [roles.owner]\nincludes = [\"chief\"]\nabout = \"Owns\"\n";

fn apps() -> Vec<App> {
    let objects = &[("bill", BILL), ("tariff", TARIFF), ("deal", DEAL)];
    let source = AppSource { name: "bills", manifest: MANIFEST, objects, ..Default::default() };
    vec![App::new(source).action(pay).action(hasten).action(settle).action(hurry)]
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Payee {
    name: String,
}

/// Moves money: a team stands for it.
#[action(effect = "money")]
async fn pay(ctx: &mut Ctx, input: Payee) -> Result<Team> {
    ctx.create(Team { name: input.name, ..Team::default() }).await
}

/// Moves money without saying so.
#[action(effect = "reversible")]
async fn hasten(ctx: &mut Ctx, input: Payee) -> Result<Json> {
    ctx.run(pay, None, json!(input)).await
}

/// Waits for the chief.
#[action(object = "bill", name = "settle", effect = "reversible", elevated)]
async fn settle(ctx: &mut Ctx, input: Payee) -> Result<Team> {
    ctx.create(Team { name: input.name, ..Team::default() }).await
}

/// Does the same by an authority of its own.
#[action(object = "bill", name = "hurry", effect = "reversible", elevated)]
async fn hurry(ctx: &mut Ctx, input: Payee) -> Result<Json> {
    ctx.run(settle, None, json!(input)).await
}

/// What those who decide read of Ada's wish.
const WORDS: [&str; 2] = ["Amount from 100 to 101", "Double from 200 to 202"];

/// Asks for an amount that waits; the approval.
async fn asks(who: &Tenant, bill: &Json, amount: i64) -> Json {
    let reply = who.update("bills.bill", bill, json!({"amount": amount})).await.reply();
    let approval = reply.approval.expect("it waits");
    assert_eq!((&reply.outputs[0]["approval"], &reply.outputs[0]["state"]), (&json!(approval), &json!("asked")));
    json!({"id": approval})
}

async fn amount(t: &Tenant, bill: &Json) -> i64 {
    t.get("bills.bill", bill).await["amount"].as_i64().expect("an amount")
}

/// Titles and words of what somebody was told of approvals, oldest first.
async fn told(who: &Tenant) -> Vec<(String, String)> {
    let mut found = who.find("core.notification", "user == principal.user && kind == 'core.approval'").await;
    found.sort_by_key(|told| told["id"].as_str().map(str::to_owned));
    let text = |told: &Json, field: &str| told[field].as_str().unwrap_or_default().to_owned();
    found.iter().map(|told| (text(told, "title"), text(told, "body"))).collect()
}

fn pair(title: &str, body: &str) -> (String, String) {
    (title.to_owned(), body.to_owned())
}

#[nexus_testkit::test]
async fn what_a_rule_holds_waits_until_a_role_approves_it(t: &Tenant) {
    let (ada, max) = (t.user("ada", &["clerk"]).await, t.user("max", &["clerk"]).await);
    let (eve, ben) = (t.user("eve", &["owner"]).await, t.user("ben", &["chief"]).await);
    let bill = ada.create("bills.bill", json!({"name": "Rent", "amount": 50})).await;
    ada.update("bills.bill", &bill, json!({"amount": 100})).await.ok();
    let asked = asks(&ada, &bill, 101).await;
    assert_eq!(amount(t, &bill).await, 100, "nothing is written yet");
    let preview = eve.get("core.approval", &asked).await["preview"].clone();
    assert_eq!(preview, json!([{"summary": "Changes bill Rent", "changes": WORDS}]));
    for decides in [&eve, &ben] {
        assert_eq!(
            told(decides).await,
            [pair("ada asks: Update bill Rent", &format!("Changes bill Rent: {}", WORDS.join(", ")))]
        );
        assert_eq!(decides.find("core.approval", "state == 'asked'").await.len(), 1);
    }
    assert!(told(&max).await.is_empty() && max.find("core.approval", "true").await.is_empty());
    ada.act("core.approve", (&asked).record(), json!({})).await.problem("", "you may not run core.approve");
    max.act("core.refuse", (&asked).record(), json!({})).await.problem("", "there is no approval");

    // It is run as Ada in a run of Eve's, and taken back as any other.
    let run = eve.act("core.approve", (&asked).record(), json!({})).await.reply().run;
    assert_eq!(amount(t, &bill).await, 101);
    let approval = t.get("core.approval", &asked).await;
    assert_eq!((&approval["state"], &approval["run"]), (&json!("approved"), &json!(run)));
    assert_eq!(approval["decided_by"], json!(eve.principal.user));
    let events = t.kernel.events(&t.tenant, &t.principal, 0).await.expect("events").0;
    let change = events.iter().rfind(|event| event["object"] == "bill").expect("an event");
    assert_eq!((&change["run"], &change["user"]["name"]), (&json!(run), &json!("ada")));
    assert_eq!(told(&ada).await, [pair("eve approves: Update bill Rent", "")]);
    ben.act("core.approve", (&asked).record(), json!({})).await.problem("", "it asks for state == 'asked'");
    eve.undo(run).await.ok();
    assert_eq!(amount(t, &bill).await, 100);
    // Taken back, it is asked again, of a record that is another by now.
    ben.act("core.approve", (&asked).record(), json!({})).await.problem("", "was changed since it was asked for");

    // Nobody decides what they asked for themselves, an administrator neither.
    let own = asks(&eve, &bill, 300).await;
    eve.act("core.approve", (&own).record(), json!({})).await.problem("", "nobody decides what they asked for");
    assert_eq!(told(&eve).await.len(), 1);
    let note = json!({"note": "Too dear"});
    ben.act("core.refuse", (&own).record(), &note).await.ok();
    assert_eq!(told(&eve).await[1], pair("ben refuses: Update bill Rent", "Too dear"));
    let of_admin = asks(t, &bill, 300).await;
    t.act("core.approve", (&of_admin).record(), json!({})).await.problem("", "nobody decides what they asked for");
    eve.act("core.withdraw", (&of_admin).record(), json!({})).await.problem("", "");
    t.act("core.withdraw", (&of_admin).record(), json!({})).await.ok();
    assert_eq!(amount(t, &bill).await, 100);
}

#[nexus_testkit::test]
async fn what_is_approved_is_what_was_asked_for_by_who_may_still_do_it(t: &Tenant) {
    t.on("2026-03-02".parse().expect("a day"));
    let (ada, ben) = (t.user("ada", &["clerk"]).await, t.user("ben", &["chief"]).await);
    let bill = ada.create("bills.bill", json!({"name": "Rent", "amount": 50})).await;
    t.kernel.run_due_jobs(&t.tenant).await.expect("schedules are declared");
    let stale = asks(&ada, &bill, 200).await;
    ada.update("bills.bill", &bill, json!({"amount": 60})).await.ok();
    ben.act("core.approve", (&stale).record(), json!({})).await.problem("", "was changed since it was asked for");
    // What cannot be done is refused at once and waits for nobody.
    ada.update("bills.bill", &bill, json!({"amount": 200, "name": null})).await.problem("name", "is required");
    ada.update("bills.bill", &bill, json!({"amount": 200, "colour": "red"})).await.problem("colour", "is no field");
    let late = asks(&ada, &bill, 200).await;
    t.update("core.user", ada.principal.user, json!({"roles": []})).await.ok();
    ben.act("core.approve", (&late).record(), json!({}))
        .await
        .problem("", "what was asked for is refused: you may not");
    t.update("core.user", ada.principal.user, json!({"active": false})).await.ok();
    ben.act("core.approve", (&late).record(), json!({})).await.problem("", "may no longer sign in");
    t.on("2026-04-01".parse().expect("a day"));
    ben.act("core.approve", (&late).record(), json!({})).await.problem("", "nobody decided it until 2026-04-01");
    t.kernel.run_due_jobs(&t.tenant).await.expect("the nightly round");
    for expired in [&stale, &late] {
        assert_eq!(t.get("core.approval", expired).await["state"], "expired");
    }
    assert_eq!(amount(t, &bill).await, 60);
}

#[nexus_testkit::test]
async fn a_retry_asks_once_a_preview_waits_for_nobody_and_a_batch_waits_as_a_whole(t: &Tenant) {
    let (ada, ben) = (t.user("ada", &["clerk"]).await, t.user("ben", &["chief"]).await);
    let bill = ada.create("bills.bill", json!({"name": "Rent", "amount": 50})).await;
    let dear = |amount: i64| Call {
        action: "bills.update_bill".to_owned(),
        record: (&bill).record(),
        input: json!({"amount": amount}),
    };
    let made = Call { action: "bills.create_bill".to_owned(), record: None, input: json!({"name": "Light"}) };
    let request = Request { calls: vec![dear(150)], idempotency_key: Some("k".to_owned()), ..Request::default() };
    let first = ada.request(request.clone()).await.reply();
    let again = ada.request(request.clone()).await.reply();
    assert_eq!((first.approval, first.run, again.replayed), (again.approval, again.run, true));
    assert_eq!(t.find("core.approval", "true").await.len(), 1);
    let tried = ada.request(Request { preview: true, idempotency_key: None, ..request }).await.reply();
    assert_eq!((tried.approval, tried.changes.len()), (None, 1));
    assert_eq!(tried.changes[0]["summary"], "Changes bill Rent");
    let batch = ada.request(Request { calls: vec![made, dear(160)], ..Request::default() }).await.reply();
    assert_eq!(t.find("bills.bill", "true").await.len(), 1);
    let approval = t.get("core.approval", batch.approval.expect("it waits")).await;
    assert_eq!(
        (&approval["summary"], &approval["preview"]),
        (
            &json!("Create bill and 1 more"),
            &json!([
                {"summary": "Creates bill Light", "changes": ["Name set to Light", "Amount set to 0", "Double set to 0"]},
                {"summary": "Changes bill Rent", "changes": ["Amount from 50 to 160", "Double from 100 to 320"]},
            ])
        )
    );
    ben.act("core.approve", batch.approval, json!({})).await.ok();
    assert_eq!((t.find("bills.bill", "true").await.len(), amount(t, &bill).await), (2, 160));
    // Of many, those that wait are refused with the reason, and the others are done.
    let object = std::sync::Arc::clone(t.tenant.object("bills.bill").expect("bills"));
    let bulk = BulkRequest {
        action: "update".to_owned(),
        filter: Some("true".to_owned()),
        input: json!({"name": "Same"}),
        ..BulkRequest::default()
    };
    let report = ada.kernel.bulk(&ada.tenant, &ada.principal, &object, None, bulk).await.expect("a report");
    assert_eq!((report.done, report.refused_count), (1, 1));
    assert!(report.refused[0].errors[0].message.contains("waits for approval by chief"), "{report:?}");
}

#[nexus_testkit::test]
async fn what_a_model_asks_for_waits_for_the_person_whom_it_works_for(t: &Tenant) {
    let agent = t.as_principal(Principal { kind: PrincipalKind::Agent, ..(*t.principal).clone() });
    let paid = async || t.find("core.team", "true").await.len();
    let to = |name: &str| json!({"name": name});
    let asked = agent.act("bills.pay", None, to("Ann")).await.reply().approval.expect("it waits");
    let told = told(t).await;
    assert_eq!((told.len(), told[0].0.as_str()), (1, "admin asks: Pay"));
    assert!(told[0].1.starts_with("Creates team Ann: Name set to Ann"), "{told:?}");
    let refused = agent.act("core.approve", Some(asked), json!({})).await.problem("", "a person decides");
    assert_eq!((refused.kind, paid().await), (Kind::Denied, 0));
    // Nor does it go around it, inside of something else or later.
    agent.act("bills.hasten", None, to("Ben")).await.problem("", "waits for approval by the person whom you work for");
    agent.create("core.job", json!({"action": "bills.pay", "input": to("Cid")})).await;
    t.kernel.run_due_jobs(&t.tenant).await.expect("jobs run");
    let waiting = t.find("core.approval", "agent && state == 'asked'").await;
    assert_eq!((paid().await, waiting.len()), (0, 2));
    let foreseen = |approval: &Json| approval["preview"][0]["summary"] == "Creates team Cid";
    assert!(waiting.iter().any(foreseen), "what a job would do is told as well: {waiting:?}");
    let run = t.act("core.approve", Some(asked), json!({})).await.reply().run;
    assert_eq!(paid().await, 1);
    agent.undo(run).await.problem("", "a person takes it back");
    assert!(t.act("bills.hasten", None, to("Dan")).await.reply().approval.is_none(), "a person is asked nothing");
    // What can be taken back is done at once.
    agent.create("bills.bill", json!({"name": "Rent"})).await;
}

#[nexus_testkit::test]
async fn a_rule_holds_whatever_way_its_action_is_asked_for(t: &Tenant) {
    let (ada, ben) = (t.user("ada", &["clerk"]).await, t.user("ben", &["chief"]).await);
    let eve = t.user("eve", &["owner"]).await;
    let dear = t.create("bills.tariff", json!({"name": "Dear", "fee": 500})).await;
    let cheap = t.create("bills.tariff", json!({"name": "Cheap", "fee": 5})).await;
    // What the engine would fill in counts: the fee comes from the tariff. No number is lost on the way.
    let deal = ada.create("bills.deal", json!({"tariff": cheap["id"]})).await;
    let asked = ada.try_create("bills.deal", json!({"tariff": dear["id"]})).await.reply().approval;
    assert_eq!((&deal["number"], t.find("bills.deal", "true").await.len()), (&json!("D-001"), 1));
    ben.act("core.approve", asked, json!({})).await.problem("", "there is no approval");
    eve.act("core.approve", asked, json!({})).await.ok();
    assert_eq!(t.find("bills.deal", "fee == 500 && number == 'D-002'").await.len(), 1);

    // Whoever decides one step decides no other of the same batch.
    let call = |action: &str, record: Option<nexus_kernel::model::Uuid>, input: Json| Call {
        action: action.to_owned(),
        record,
        input,
    };
    let settled = call("bills.settle", None, json!({"name": "Ann"}));
    let change = call("bills.update_deal", (&deal).record(), json!({"fee": 7}));
    let both = Request { calls: vec![settled.clone(), change], ..Request::default() };
    ada.request(both).await.problem("", "ask for each by itself");
    // Nor does an action that has authority of its own.
    ada.act("bills.hurry", None, json!({"name": "Ann"})).await.problem("", "waits for approval by chief");
    let agent = ada.as_principal(Principal { kind: PrincipalKind::Agent, ..(*ada.principal).clone() });
    let asked = agent.request(Request { calls: vec![settled], ..Request::default() }).await.reply().approval;
    ada.act("core.approve", asked, json!({})).await.problem("", "you may not run core.approve");
    ben.act("core.approve", asked, json!({})).await.ok();
    assert_eq!(t.find("core.team", "name == 'Ann'").await.len(), 1);

    // What waits is there to be read, so that no secret waits.
    let secret = ada.update("bills.deal", &deal, json!({"pin": "4711"})).await.problem("pin", "is secret");
    assert!(!secret.to_string().contains("4711"));
    assert!(t.find("core.approval", "state == 'asked'").await.is_empty());
}

#[nexus_testkit::test]
async fn a_company_says_at_run_time_what_waits(t: &Tenant) {
    let ada = t.user("ada", &["clerk"]).await;
    let bill = ada.create("bills.bill", json!({"name": "Rent"})).await;
    let customise = async |set: Json| t.act("core.customise", None, json!({"object": "bills.bill", "set": set})).await;
    customise(json!({"approval.forge": {"by": ["chief"]}})).await.problem("", "no action forge");
    customise(json!({"approval.delete": {"by": ["king"]}})).await.problem("", "no app declares the role king");
    customise(json!({"approval.delete": {"by": []}})).await.problem("", "names under `by` the roles");
    customise(json!({"approval.update": {"by": ["clerk"]}})).await.problem("", "the app's own stays");
    customise(json!({"approval.delete": {"by": ["chief"], "when": "name == 'Rent'"}})).await.ok();
    let ada = ada.in_tenant("example-ltd");
    let other = ada.create("bills.bill", json!({"name": "Light"})).await;
    assert!(ada.delete("bills.bill", &other).await.reply().approval.is_none());
    assert!(ada.delete("bills.bill", &bill).await.reply().approval.is_some());
    assert_eq!(ada.find("bills.bill", "true").await.len(), 1);
}

#[test]
fn a_manifest_that_holds_what_is_not_there_is_refused() {
    const WRONG: &str = "label = \"Bill\"\ntitle = \"name\"\n[fields]\nname = { type = \"text\" }\n\
                         [approval.send]\nby = [\"chief\"]\n";
    let source = AppSource { name: "bills", manifest: MANIFEST, objects: &[("bill", WRONG)], ..Default::default() };
    let error = Registry::new(vec![App::new(source)], None).err().expect("refused").to_string();
    assert!(error.contains("bills.bill has no action send that changes something"), "{error}");
}
