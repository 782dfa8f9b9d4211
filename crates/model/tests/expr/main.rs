//! The expression language: what it accepts, what it answers, and that no input harms it.

#![allow(clippy::unwrap_used)]

mod hostile;
mod lead;

use nexus_model::expr::{Expr, Scope, Type};
use nexus_model::{Decimal, Value};

use lead::{catalogue, check, money, name, parse, refused};

#[test]
fn operators_are_total_and_null_safe() {
    check("null == null", true);
    check("email == null", true);
    check("email != null", false);
    check("email == ''", false);
    check("hot == false", false);
    check("!hot", true);
    check("hot || true", true);
    check("hot && true", false);
    check("null > 1", false);
    check("email < 'z'", false);
    check("email + 'x' == null", true);
    check("score / 0", Value::Null);
    check("score % 0", Value::Null);
    check("9223372036854775807 + 1", Value::Null);
    check("7 / 2", 3);
    check("-7 % 2", -1);
    check("-score", -7);
    check("2 + 3 * 4 - 1", 13);
    check("score > 5 ? 'high' : 'low'", "high");
    check("hot ? 1 : 2.5", Decimal::new(25, 1));
    check("two + score", 9);
}

#[test]
fn decimals_are_exact() {
    check("0.1 + 0.2 == 0.3", true);
    check("0.0035", Decimal::new(35, 4));
    check("-0.0035", Decimal::new(-35, 4));
    check("1.5e3", Decimal::from(1500));
    check("1e-3", Decimal::new(1, 3));
    check("'ü' == 'ü' && rate == 0.0035", true);
    check("rate == '0.0035'", true);
    check("rate * 2", Decimal::new(7, 3));
    check("decimal('1.10') + 1", Decimal::new(21, 1));
    check("1.0 / 3 * 3 == 1", false);
    check("decimal('79228162514264337593543950335') * 10", Value::Null);
    refused("1.00000000000000000000000000001", "28 digits");
    refused("5u", "without 'u'");
}

#[test]
fn money_keeps_its_currency() {
    check("budget > money('5000')", true);
    check("budget > money('5000', 'USD')", false);
    check("budget < money('9999', 'USD')", false);
    check("budget == money('5000.5')", true);
    check("budget == money('5000.5', 'USD')", false);
    check("budget > 5000", true);
    check("budget == '5000.50'", true);
    check("budget in [1, 5000.5]", true);
    check("budget.amount", Decimal::new(50005, 1));
    check("budget.currency == 'EUR'", true);
    check("budget + money('0.5')", money("5001", "EUR"));
    check("budget + money('0.5', 'USD')", Value::Null);
    check("budget * 2", money("10001", "EUR"));
    check("0.5 * budget", money("2500.25", "EUR"));
    check("budget / budget", Decimal::ONE);
    check("-budget", money("-5000.5", "EUR"));
    check("money(score, 'USD')", money("7", "USD"));
    refused("budget + 1", "needs money on both sides");
    refused("budget == rate", ".amount");
    refused("budget == 'a lot'", "amount");
    refused("money('1', 'euro')", "ISO 4217");
    refused("money('0.00001')", "4 decimals");
}

#[test]
fn texts_compare_by_code_point_and_fold() {
    check("name.contains('Ün')", true);
    check("name.icontains('ünVER')", true);
    check("name.startsWith('Ada') && name.endsWith('ver')", true);
    check("email.contains('')", false);
    check("name.lower() == 'ada ünver'", true);
    check("size(name)", 9);
    check("'Z' < 'a'", true);
    check("name + ' (' + string(score) + ')'", "Ada Ünver (7)");
    check("name.matches('^Ada .nver$')", true);
    check("string(due) + string(rate) + string(budget)", "2026-01-310.00355000.50 EUR");
    check("'it\\'s' + \"\\u00fc\\n\"", "it'sü\n");
    refused("name.matches('(')", "regular expression");
    refused("name.matches(email)", "literal");
    refused("name.matches('(a{1000}){1000}')", "regular expression");
    refused("name + 1", "string(");
}

#[test]
fn dates_and_moments() {
    check("due >= '2026-01-01' && due < date('2026-02-01')", true);
    check("due + days(1) == '2026-02-01'", true);
    check("today() - due", 10);
    check("due < today() - days(9)", true);
    check("year(due) * 100 + month(due)", 202601);
    check("date(called) == '2026-01-30'", true);
    check("day(called)", 30);
    check("called > '2026-01-30'", true);
    check("called + days(1) > '2026-01-31T23:00:00+01:00'", true);
    check("now() == '2026-02-10T12:00:00Z'", true);
    check("date('9999-12-31') + days(1)", Value::Null);
    check("due + days(9223372036854775807)", Value::Null);
    refused("due == '31.1.2026'", "a date, as in");
    refused("due == called", "date(…) around the moment");
    refused("due + 1", "days(…)");
    refused("days(3)", "after '+' or '-'");
}

#[test]
fn links_lists_and_rows() {
    check("owner == principal.user", true);
    check("owner.team in principal.teams", true);
    check("owner.boss.team in principal.teams", false);
    check("owner.boss.boss.team == null", true);
    check("party.name == null", true);
    check("owner == '00000000-0000-0000-0000-000000000002'", true);
    check("'a' in tags && !('c' in tags)", true);
    check("email in [null, 'x']", false);
    check("state in ['new', 'won']", true);
    check("'seller' in principal.roles", true);
    check("has(tags) && !has(sectors)", true);
    check("tags != null && sectors == null", true);
    check("lines.exists(line, line.quantity > 2 && line.product == 'bolt')", true);
    check("lines.all(line, line.quantity > 3)", false);
    check("sectors.all(s, false)", true);
    check("sectors.exists(s, true)", false);
    check("tags.exists_one(t, t == 'a')", true);
    check("size(tags.filter(t, t > 'a')) + tags.size()", 3);
    check("tags.exists(t, ['b'].exists(u, t == u))", true);
    check("lines.exists(line, tags.exists(t, t + 'olt' == 'b' + line.product.lower().lower()))", false);
    check("address.city == 'Graz' && address.street == null", true);
    refused("party == 'nobody'", "the id (a UUID) of a crm.party");
    refused("party == owner", "cannot be compared");
    refused("owner.team.team", "no field 'team'");
    refused("owner.boss.boss.boss.boss.boss.name", "at most 4 links");
    refused("lines.exists(line, line == null)", "name one of its fields");
    refused("tags[0] == 'a'", "no places");
    refused("address == 'Graz'", "cannot be compared");
    refused("tags.all(a, tags.all(b, tags.all(c, tags.all(d, a == d))))", "at most 3 macros");
    refused("address.town", "street, street2, city");
}

#[test]
fn mistakes_are_named_with_a_remedy() {
    refused("budgt > 5", "did you mean 'budget'? (at character 1)");
    refused("score > 5 && nam == 'x'", "did you mean 'name'? (at character 14)");
    refused("state == 'lots'", "'state' is never 'lots' (did you mean 'lost'?); it is one of new, won, lost");
    refused("source in ['web', 'far']", "it is one of web, fair");
    refused("'tin' in sectors", "it is one of steel, food");
    refused("score = 5", "write '=='");
    refused("score > 5 and hot", "'&&'");
    refused("score > 'many'", "not a number");
    refused("score > name", "cannot be compared");
    refused("password == 'x'", "secret");
    refused("extra == 'x'", "cannot be compared");
    refused("principal.usr", "principal has no 'usr'");
    refused("sise(tags)", "did you mean 'size'?");
    refused("name.contain('x')", "did you mean 'contains'?");
    refused("score +", "not expected");
    refused("(score", "'(' is never closed");
    refused("score)", "closes nothing");
    refused("'abc", "never closed");
    refused("{'a': 1}", "'{' is not part");
    refused("tags.map(t, t)", "no function 'map'");
    refused("", "the end");
    let error = Expr::condition("1 + 1", &Scope { objects: &catalogue(), this: None }).unwrap_err();
    assert!(error.message.contains("a condition is needed"), "{error}");
}

#[test]
fn an_expression_tells_what_it_reads() {
    let expr = parse("budget > 5 && owner.boss.team in principal.teams && lines.exists(l, l.quantity > 1)").unwrap();
    assert_eq!(expr.ty(), &Type::Bool);
    assert_eq!(expr.fields(), ["budget", "owner", "lines"]);
    assert_eq!(expr.links(), [(name("user"), "boss".to_owned()), (name("lead"), "owner".to_owned())]);
    let reads: Vec<String> = expr.reads().iter().map(|(object, field)| format!("{object}.{field}")).collect();
    let expected = ["crm.lead.budget", "crm.user.team", "crm.user.boss", "crm.lead.owner", "crm.lead.lines"];
    assert_eq!(reads[..5], expected);
    assert_eq!(reads[5], "crm.line.quantity");
}
