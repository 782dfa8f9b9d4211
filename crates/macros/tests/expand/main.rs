//! What the macros expand to works against a kernel that has only what they name.

#![allow(unreachable_pub, reason = "the small kernel is public as the real one is")]
#![allow(clippy::unwrap_used, clippy::result_large_err, reason = "a failed assumption here is a failed test")]

extern crate self as nexus_kernel;

mod entity;
mod operation;

pub use entity::{Entity, Id};
pub use futures::future::BoxFuture;
pub use nexus_model as model;
pub use {schemars, serde, serde_json};

use model::problem::{Kind, Result};
use model::{Decimal, Schema, Uuid, Value};
use nexus_macros::{action, manifest, objects};
use objects::{Deal, DealChannels, DealLine, DealPriority, DealSource, DealStage};
use operation::{Effect, Operation};
use serde_json::{Value as Json, json};

objects!("tests/expand/app/objects", app = "crm", crate_path = crate);

/// What runs operations.
pub struct Ctx;

/// The kernel's own app.
mod core {
    #[derive(Clone, Debug, PartialEq)]
    pub struct User;
    #[derive(Clone, Debug, PartialEq)]
    pub struct Company;
}

fn schema() -> Schema {
    let core = model::schema::AppSource {
        name: "core",
        manifest: "name = \"Core\"\nsuite = \"core\"\nicon = \"box\"\nabout = \"The base.\"",
        objects: &[
            ("user", "label = \"User\"\n[fields]\nname = { type = \"text\" }"),
            ("company", "label = \"Company\"\n[fields]\nname = { type = \"text\" }"),
        ],
        reports: &[],
    };
    let crm = manifest!("tests/expand/app/objects", app = "crm");
    Schema::load(&[core, crm]).unwrap()
}

fn deal() -> Deal {
    Deal {
        id: Id::new(Uuid::now_v7()),
        version: 2,
        company: Id::new(Uuid::now_v7()),
        name: "Two boats".to_owned(),
        source: Some(DealSource::N30Days),
        channels: vec![DealChannels::Phone],
        tags: vec!["boat".to_owned()],
        party: Id::new(Uuid::now_v7()),
        members: vec![Id::<core::User>::new(Uuid::now_v7())],
        budget: Some(model::Money::new(Decimal::new(5, 0), "EUR".parse().unwrap())),
        expected_close: Some("2026-01-31".parse().unwrap()),
        address: Some(model::value::Address { city: Some("Kisumu".to_owned()), ..Default::default() }),
        settings: Some(json!({ "colour": "red" })),
        stage: DealStage::Won,
        lines: vec![DealLine { about: "Boat".to_owned(), quantity: Decimal::TWO, ..DealLine::default() }],
        ..Deal::default()
    }
}

#[test]
fn a_record_comes_back_as_it_was_written() {
    let deal = deal();
    let mut record = deal.clone().into_record(&schema());
    assert_eq!(Deal::from_record(&record), deal);
    record.set("score", 6);
    record.set("created_by", Uuid::max());
    let read = Deal { score: Some(6), created_by: Some(Id::new(Uuid::max())), ..deal };
    assert_eq!(Deal::from_record(&record), read);
}

#[test]
fn what_is_not_given_is_null_and_what_the_engine_works_out_is_not_written() {
    let mut deal = deal();
    deal.score = Some(7);
    let record = Deal { party: Id::default(), owner: None, name: String::new(), ..deal }.into_record(&schema());
    for field in ["party", "owner", "name", "score", "created_at"] {
        assert_eq!(record.get(field), &Value::Null, "{field}");
    }
    assert_eq!(record.get("lines").as_rows()[0].get("quantity"), &Value::Decimal(Decimal::TWO));
    assert_eq!(record.get("stage"), &Value::from("won"));
}

#[test]
fn a_default_is_the_one_of_the_manifest() {
    let deal = Deal::default();
    assert!(deal.active && deal.rounds == 3 && deal.chance == Decimal::new(125, 1));
    assert_eq!((deal.priority, deal.stage), (DealPriority::High, DealStage::Open));
    assert_eq!((deal.r#type, deal.source, DealLine::default().quantity), (None, None, Decimal::ONE));
}

#[test]
fn a_choice_is_its_value_everywhere() {
    assert_eq!(DealSource::TradeFair.to_string(), "trade_fair");
    assert_eq!("30_days".parse(), Ok(DealSource::N30Days));
    assert_eq!("fax".parse::<DealSource>().unwrap_err(), "is one of web, trade_fair, 30_days, not fax");
    assert_eq!(DealStage::Lost.label(), "Gone");
    assert_eq!(serde_json::to_value(DealSource::Web).unwrap(), json!("web"));
    assert_eq!(serde_json::from_value::<DealSource>(json!("web")).unwrap(), DealSource::Web);
    assert_eq!(operation::schema::<DealPriority>()["enum"], json!(["low", "high"]));
}

#[test]
fn a_record_in_another_state_is_a_conflict() {
    assert!(deal().require_state(DealStage::Won).is_ok());
    let problem = deal().require_state(DealStage::Open).unwrap_err();
    assert_eq!((problem.kind, problem.detail.as_str()), (Kind::Conflict, "deal is won, not open"));
}

/// What to make of the deal.
#[derive(serde::Deserialize, schemars::JsonSchema)]
struct Reopen {
    why: String,
}

/// Opens a deal
/// that was lost.
///
/// Not told to anyone.
#[action(
    object = "deal",
    name = "reopen",
    effect = "reversible",
    when = "stage == 'lost'",
    label = "Reopen",
    inverse = "crm.lose_deal",
    elevated
)]
async fn reopen_deal(_ctx: &mut Ctx, deal: Id<Deal>, input: Reopen) -> Result<Deal> {
    Ok(Deal { id: deal, name: input.why, ..Deal::default() })
}

#[action(object = "deal", effect = "read")]
async fn echo(_: &mut Ctx, deal: Id<Deal>) -> Result<String> {
    Ok(deal.uuid().to_string())
}

#[action(effect = "external")]
async fn call(_: &mut Ctx, input: Reopen) -> Result<Vec<String>> {
    Ok(vec![input.why])
}

#[action(effect = "money")]
async fn pay(_: &mut Ctx) -> Result<()> {
    Ok(())
}

#[test]
fn an_operation_says_what_was_declared() {
    let spec = reopen_deal.spec();
    assert_eq!((spec.function, spec.object, spec.name), ("reopen_deal", Some("deal"), "reopen"));
    assert!(spec.on_record && spec.elevated);
    assert_eq!((spec.label, spec.about), (Some("Reopen"), "Opens a deal that was lost."));
    assert_eq!((spec.effect, spec.when), (Effect::Reversible, Some("stage == 'lost'")));
    assert_eq!((spec.inverse, spec.output), (Some("crm.lose_deal"), Some(json!({ "x-object": "crm.deal" }))));
    assert_eq!(spec.input["required"], json!(["why"]));

    let spec = pay.spec();
    assert_eq!((spec.object, spec.name, spec.on_record, spec.elevated), (None, "pay", false, false));
    assert_eq!((spec.about, spec.effect, spec.output), ("", Effect::Money, None));
}

fn run(operation: impl Operation, record: Option<Uuid>, input: Json) -> Result<Json> {
    futures::executor::block_on(operation.run(&mut Ctx, record, input))
}

#[test]
fn an_operation_passes_record_and_input_and_gives_its_output() {
    let id = Uuid::now_v7();
    let reopened = json!({ "object": "crm.deal", "id": id.to_string() });
    assert_eq!(run(reopen_deal, Some(id), json!({ "why": "They called" })), Ok(reopened));
    assert_eq!(run(echo, Some(id), json!({})), Ok(json!(id.to_string())));
    assert_eq!(run(call, None, json!({ "why": "Bell" })), Ok(json!(["Bell"])));
    assert_eq!(run(pay, None, json!({})), Ok(Json::Null));
    assert_eq!(run(echo, None, json!({})).unwrap_err().detail, "needs the id of a crm.deal");
    assert_eq!(run(pay, None, json!({ "all": true })).unwrap_err().kind, Kind::Malformed);
}
