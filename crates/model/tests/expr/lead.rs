//! A lead with a field of every type, and what expressions give of it.

use std::collections::HashMap;
use std::sync::Arc;

use nexus_model::expr::{Env, Expr, ExprError, Objects, Scope, Vars};
use nexus_model::field::{Choice, Field, FieldType};
use nexus_model::object::{Object, ObjectName, State, States};
use nexus_model::value::Address;
use nexus_model::{Decimal, Money, Record, Uuid, Value};

pub(crate) struct Catalogue(pub(crate) HashMap<String, Arc<Object>>);

impl Objects for Catalogue {
    fn object(&self, name: &str) -> Option<&Object> {
        self.0.get(name).map(Arc::as_ref)
    }
}

pub(crate) fn name(name: &str) -> ObjectName {
    ObjectName::resolve("crm", name)
}

pub(crate) fn object(of: &str, child_of: Option<&str>, fields: Vec<Field>) -> Object {
    let parent = child_of.map(name);
    let mut all = Object::system_fields(false, parent.as_ref());
    all.extend(fields);
    let mut object = Object::with_fields(name(of), all);
    object.child_of = parent;
    object
}

pub(crate) fn choices(of: &[&str]) -> Vec<Choice> {
    of.iter().map(|value| Choice { value: value.to_string(), label: value.to_string() }).collect()
}

pub(crate) fn catalogue() -> Catalogue {
    let scope_free = Catalogue(HashMap::new());
    let scope = Scope { objects: &scope_free, this: None };
    let computed = Expr::parse("1 + 1", &scope).unwrap();
    let state = |value: &str| State {
        value: value.to_owned(),
        label: value.to_owned(),
        to: vec![],
        is_final: false,
        by: None,
        requires: vec![],
        when: None,
        roles: vec![],
        like: None,
    };
    let mut lead = object(
        "lead",
        None,
        vec![
            Field::new("name", FieldType::PersonName),
            Field::new("email", FieldType::Email),
            Field::new("budget", FieldType::Money),
            Field::new("score", FieldType::Integer),
            Field::new("rate", FieldType::Rate),
            Field::new("hot", FieldType::Boolean),
            Field::new("due", FieldType::Date),
            Field::new("called", FieldType::DateTime),
            Field::new("state", FieldType::Text),
            Field::new("source", FieldType::Choice(choices(&["web", "fair"]))),
            Field::new("sectors", FieldType::Choices(choices(&["steel", "food"]))),
            Field::new("tags", FieldType::Tags),
            Field::new("owner", FieldType::Link(name("user"))),
            Field::new("party", FieldType::Link(name("party"))),
            Field::new("watchers", FieldType::Links(name("user"))),
            Field::new("lines", FieldType::Table(name("line"))),
            Field::new("address", FieldType::Address),
            Field::new("password", FieldType::Secret),
            Field::new("extra", FieldType::Json),
            Field { computed: Some(computed), ..Field::new("two", FieldType::Integer) },
        ],
    );
    lead.states = Some(States {
        field: "state".to_owned(),
        initial: "new".to_owned(),
        list: vec![state("new"), state("won"), state("lost")],
    });
    let user = object(
        "user",
        None,
        vec![
            Field::new("name", FieldType::Text),
            Field::new("team", FieldType::Link(name("team"))),
            Field::new("boss", FieldType::Link(name("user"))),
        ],
    );
    let team = object("team", None, vec![Field::new("name", FieldType::Text)]);
    let party = object("party", None, vec![Field::new("name", FieldType::Text)]);
    let line = object(
        "line",
        Some("lead"),
        vec![Field::new("product", FieldType::Text), Field::new("quantity", FieldType::Quantity)],
    );
    Catalogue([lead, user, team, party, line].map(|object| (object.name.to_string(), Arc::new(object))).into())
}

pub(crate) fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub(crate) fn money(amount: &str, currency: &str) -> Money {
    Money::new(amount.parse().unwrap(), currency.parse().unwrap())
}

/// A lead with a value in most fields.
pub(crate) fn lead(catalogue: &Catalogue) -> Record {
    let mut line = Record::new(catalogue.0["crm.line"].clone());
    line.set("product", "bolt");
    line.set("quantity", Decimal::new(25, 1));
    let mut lead = Record::new(catalogue.0["crm.lead"].clone());
    lead.set("id", id(1));
    lead.set("name", "Ada Ünver");
    lead.set("budget", money("5000.50", "EUR"));
    lead.set("score", 7);
    lead.set("rate", Decimal::new(35, 4));
    lead.set("due", "2026-01-31".parse::<nexus_model::Date>().unwrap());
    lead.set("called", "2026-01-30T23:30:00Z".parse::<nexus_model::Timestamp>().unwrap());
    lead.set("state", "new");
    lead.set("source", "web");
    lead.set("tags", Value::List(vec!["a".into(), "b".into()]));
    lead.set("owner", id(2));
    lead.set("party", id(404));
    lead.set("lines", Value::Rows(vec![line]));
    lead.set("address", Value::Address(Box::new(Address { city: Some("Graz".to_owned()), ..Address::default() })));
    lead
}

pub(crate) fn parse(source: &str) -> Result<Expr, ExprError> {
    let catalogue = catalogue();
    let this = &*catalogue.0["crm.lead"];
    Expr::parse(source, &Scope { objects: &catalogue, this: Some(this) })
}

pub(crate) fn eval(source: &str) -> Value {
    let catalogue = catalogue();
    let lead = lead(&catalogue);
    let mut users = HashMap::new();
    for (number, team, boss) in [(2, 20, Some(3)), (3, 30, None)] {
        let mut user = Record::new(catalogue.0["crm.user"].clone());
        user.set("id", id(number));
        user.set("name", format!("user {number}"));
        user.set("team", id(team));
        user.set("boss", boss.map(id));
        users.insert(id(number), Arc::new(user));
    }
    let vars = Vars {
        user: Some(id(2)),
        teams: vec![id(20)],
        roles: vec!["seller".to_owned()],
        currency: "EUR".parse().ok(),
        today: "2026-02-10".parse().unwrap(),
        now: "2026-02-10T12:00:00.000000900Z".parse().unwrap(),
        ..Vars::default()
    };
    let expr = Expr::parse(source, &Scope { objects: &catalogue, this: Some(lead.object()) });
    let expr = expr.unwrap_or_else(|error| panic!("{source}: {error}"));
    let linked = |_: &ObjectName, id: Uuid| users.get(&id).cloned();
    expr.eval(&Env { record: Some(&lead), vars: &vars, linked: &linked })
}

pub(crate) fn check(source: &str, expected: impl Into<Value>) {
    assert_eq!(eval(source), expected.into(), "{source}");
}

pub(crate) fn refused(source: &str, message: &str) {
    let error = parse(source).expect_err(source);
    assert!(error.to_string().contains(message), "{source}: {error}");
}
