//! Who may see what, worked out over plain JSON: a second opinion that shares no code with the kernel.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use nexus_kernel::serde_json::Value as Json;

use crate::dice::Dice;
use crate::lab;

/// A condition that can be written as CEL and decided by hand.
#[derive(Clone, Debug)]
pub(crate) enum Cond {
    Me(&'static str),
    Listed(&'static str),
    Above(&'static str, i64),
    Is(&'static str, &'static str),
    Flag(&'static str),
    Tag(&'static str, &'static str),
    Blank(&'static str),
    Row(Box<Cond>),
    Not(Box<Cond>),
    And(Box<Cond>, Box<Cond>),
    Or(Box<Cond>, Box<Cond>),
}

/// What a role may do with an object.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) role: &'static str,
    verbs: Vec<&'static str>,
    rows: Option<Cond>,
    levels: Vec<u8>,
}

/// Grants by object.
#[derive(Clone, Debug, Default)]
pub(crate) struct Policy(pub(crate) BTreeMap<&'static str, Vec<Grant>>);

/// All records, by object and id, as they were given to the kernel; rows know their project as `parent`.
#[derive(Clone, Default)]
pub(crate) struct World(pub(crate) BTreeMap<&'static str, BTreeMap<String, Json>>);

/// Someone who looks.
#[derive(Clone, Debug)]
pub(crate) struct Eye {
    pub(crate) user: String,
    pub(crate) roles: Vec<&'static str>,
    pub(crate) companies: Vec<String>,
    pub(crate) administrator: bool,
    pub(crate) agent: bool,
}

pub(crate) const ROLES: [&str; 4] = ["reader", "helper", "keeper", "chief"];
const TAGS: [&str; 3] = ["red", "green", "blue"];

impl Cond {
    pub(crate) fn random(dice: &mut Dice, object: &str, depth: usize) -> Cond {
        let inner = |dice: &mut Dice| Box::new(Cond::random(dice, object, depth - 1));
        if depth > 0 {
            match dice.below(5) {
                0 => return Cond::Not(inner(dice)),
                1 => return Cond::And(inner(dice), inner(dice)),
                2 | 3 => return Cond::Or(inner(dice), inner(dice)),
                _ => {}
            }
        }
        let tag = *dice.of(&TAGS);
        let few = i64::try_from(dice.below(5)).expect("small");
        match object {
            "region" => dice.of(&[Cond::Flag("open"), Cond::Me("chief"), Cond::Is("name", "area 1")]).clone(),
            "client" => dice
                .of(&[
                    Cond::Above("grade", few),
                    Cond::Me("chief"),
                    Cond::Tag("tags", tag),
                    Cond::Flag("region.open"),
                    Cond::Me("region.chief"),
                    Cond::Blank("region"),
                ])
                .clone(),
            "project" => match dice.below(4) {
                0 => Cond::Row(Box::new(Cond::random(dice, "row", depth.min(1)))),
                _ => dice
                    .of(&[
                        Cond::Me("owner"),
                        Cond::Listed("members"),
                        Cond::Above("effort", few),
                        Cond::Above("twice", few),
                        Cond::Is("stage", "won"),
                        Cond::Tag("tags", tag),
                        Cond::Above("client.grade", few),
                        Cond::Me("client.chief"),
                        Cond::Tag("client.tags", tag),
                        Cond::Flag("client.region.open"),
                        Cond::Me("client.region.chief"),
                        Cond::Blank("client.region"),
                        Cond::Blank("client"),
                    ])
                    .clone(),
            },
            "row" => dice
                .of(&[
                    Cond::Is("product", "bolt"),
                    Cond::Above("quantity", few),
                    Cond::Above("client.grade", few),
                    Cond::Flag("client.region.open"),
                    Cond::Blank("client.grade"),
                ])
                .clone(),
            "line" => dice
                .of(&[
                    Cond::Is("product", "bolt"),
                    Cond::Above("quantity", few),
                    Cond::Above("client.grade", few),
                    Cond::Above("parent.effort", few),
                    Cond::Blank("parent.client.region"),
                ])
                .clone(),
            _ => Cond::Is("metal", "gold"),
        }
    }

    pub(crate) fn cel(&self, row: &str) -> String {
        match self {
            Cond::Me(path) => format!("{row}{path} == principal.user"),
            Cond::Listed(path) => format!("principal.user in {row}{path}"),
            Cond::Above(path, bound) => format!("{row}{path} > {bound}"),
            Cond::Is(path, text) => format!("{row}{path} == '{text}'"),
            Cond::Flag(path) => format!("{row}{path}"),
            Cond::Tag(path, tag) => format!("'{tag}' in {row}{path}"),
            Cond::Blank(path) => format!("{row}{path} == null"),
            Cond::Row(inner) => format!("lines.exists(l, {})", inner.cel("l.")),
            Cond::Not(inner) => format!("!({})", inner.cel(row)),
            Cond::And(a, b) => format!("({} && {})", a.cel(row), b.cel(row)),
            Cond::Or(a, b) => format!("({} || {})", a.cel(row), b.cel(row)),
        }
    }
}

impl Policy {
    pub(crate) fn random(dice: &mut Dice) -> Policy {
        let mut policy = Policy::default();
        for object in ["region", "client", "project"] {
            let mut grants = Vec::new();
            for role in ROLES.into_iter().chain(["everyone"]) {
                let granted = if role == "everyone" { dice.one_in(4) } else { !dice.one_in(3) };
                if !granted {
                    continue;
                }
                let mut verbs = vec!["sweep"];
                verbs.extend(if dice.one_in(8) { None } else { Some("read") });
                verbs.extend(dice.some(&["update", "delete", "export", "create"], 2));
                let depth = dice.below(3);
                let rows = if dice.one_in(6) { None } else { Some(Cond::random(dice, object, depth)) };
                grants.push(Grant { role, verbs, rows, levels: dice.some(&[1, 2], 2) });
            }
            policy.0.insert(object, grants);
        }
        policy
    }

    /// The grants of an object as its manifest has them.
    pub(crate) fn toml(&self, object: &str) -> String {
        let mut text = String::new();
        for grant in self.0.get(object).into_iter().flatten() {
            let rows = grant.rows.as_ref().map(|rows| format!("rows = \"{}\"\n", rows.cel("")));
            let (role, verbs, levels) = (grant.role, &grant.verbs, &grant.levels);
            let rows = rows.unwrap_or_default();
            write!(text, "\n[access.{role}]\n{rows}verbs = {verbs:?}\nlevels = {levels:?}\n").expect("text");
        }
        text
    }

    fn grants<'a>(&'a self, eye: &'a Eye, object: &str, verb: &'a str) -> impl Iterator<Item = &'a Grant> {
        let owner = if matches!(object, "line" | "coin") { "project" } else { object };
        let of_object = self.0.get(owner).into_iter().flatten();
        of_object.filter(move |grant| eye.roles.contains(&grant.role) && grant.verbs.contains(&verb))
    }

    /// Whether any record could be within reach.
    pub(crate) fn may(&self, eye: &Eye, object: &str, verb: &str) -> bool {
        eye.administrator || self.grants(eye, object, verb).next().is_some()
    }

    /// Whether a field of the level is shown.
    pub(crate) fn shows(&self, eye: &Eye, object: &str, field: &str) -> bool {
        let known = lab::fields(object).iter().find(|(name, ..)| *name == field);
        let (_, level, agents) = *known.unwrap_or_else(|| panic!("{object} has no {field}"));
        let granted = || self.grants(eye, object, "read").any(|grant| grant.levels.contains(&level));
        (agents || !eye.agent) && (level == 0 || eye.administrator || granted())
    }

    /// Whether a field of a project may be given a value by who may update it.
    pub(crate) fn writes(&self, eye: &Eye, field: &str) -> bool {
        let (_, level, agents) = *lab::fields("project").iter().find(|(name, ..)| *name == field).expect("a field");
        let granted = |verb| self.grants(eye, "project", verb).any(|grant| grant.levels.contains(&level));
        let by_agents = agents && field != "stiff";
        (by_agents || !eye.agent) && (level == 0 || eye.administrator || granted("update") || granted("create"))
    }

    /// Whether the verb is granted on the record.
    pub(crate) fn allows(&self, world: &World, eye: &Eye, object: &str, verb: &str, id: &str) -> bool {
        let record = world.get(object, id).expect("a record of the test");
        if let Some(parent) = record["parent"].as_str() {
            let shown = object != "coin" || self.shows(eye, "project", "vault");
            return shown && self.allows(world, eye, "project", verb, parent);
        }
        let company = record["company"].as_str();
        let inside = company.is_none_or(|id| eye.companies.is_empty() || eye.companies.iter().any(|own| own == id));
        let granted =
            |grant: &Grant| grant.rows.as_ref().is_none_or(|rows| world.holds(rows, object, record, eye, None));
        inside && (eye.administrator || self.grants(eye, object, verb).any(granted))
    }

    /// The records on which a verb is granted.
    pub(crate) fn seen<'w>(&self, world: &'w World, eye: &Eye, object: &str, verb: &str) -> Vec<&'w str> {
        let all = world.0[object].keys().map(String::as_str);
        all.filter(|id| self.allows(world, eye, object, verb, id)).collect()
    }

    /// The records that are seen and fit a filter; a link to what is not seen leads nowhere.
    pub(crate) fn fitting<'w>(&self, world: &'w World, eye: &Eye, object: &str, filter: &Cond) -> Vec<&'w str> {
        let fits = |id: &&str| world.holds(filter, object, &world.0[object][*id], eye, Some(self));
        self.seen(world, eye, object, "read").into_iter().filter(fits).collect()
    }
}

impl World {
    fn get(&self, object: &str, id: &str) -> Option<&Json> {
        self.0.get(object)?.get(id)
    }

    /// The value at a path; under a policy, only through what the eye sees.
    fn at<'w>(&'w self, path: &str, object: &str, record: &'w Json, eye: &Eye, guard: Option<&Policy>) -> &'w Json {
        let Some((link, rest)) = path.split_once('.') else { return &record[path] };
        let target = lab::target(object, link);
        let found = record[link].as_str().and_then(|id| Some((id, self.get(target, id)?)));
        let found = found.filter(|(id, _)| guard.is_none_or(|policy| policy.allows(self, eye, target, "read", id)));
        found.map_or(&Json::Null, |(_, linked)| self.at(rest, target, linked, eye, guard))
    }

    fn holds(&self, cond: &Cond, object: &str, record: &Json, eye: &Eye, guard: Option<&Policy>) -> bool {
        let at = |path: &str| self.at(path, object, record, eye, guard);
        let has = |list: &Json, item: &str| list.as_array().is_some_and(|items| items.iter().any(|i| i == item));
        match cond {
            Cond::Me(path) => at(path).as_str() == Some(&eye.user),
            Cond::Listed(path) => has(at(path), &eye.user),
            Cond::Above(path, bound) => at(path).as_i64().is_some_and(|number| number > *bound),
            Cond::Is(path, text) => at(path).as_str() == Some(text),
            Cond::Flag(path) => at(path).as_bool() == Some(true),
            Cond::Tag(path, tag) => has(at(path), tag),
            Cond::Blank(path) => at(path).is_null(),
            Cond::Row(inner) => {
                let rows = record["lines"].as_array().into_iter().flatten();
                rows.into_iter().any(|row| self.holds(inner, "line", row, eye, guard))
            }
            Cond::Not(inner) => !self.holds(inner, object, record, eye, guard),
            Cond::And(a, b) => [a, b].iter().all(|part| self.holds(part, object, record, eye, guard)),
            Cond::Or(a, b) => [a, b].iter().any(|part| self.holds(part, object, record, eye, guard)),
        }
    }
}
