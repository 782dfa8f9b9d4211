//! Which field a column is meant for: by its heading, and by whether its texts can be values of the field.

use nexus_model::value::ADDRESS_PARTS;
use nexus_model::{Field, FieldType, Object, Schema};
use schemars::JsonSchema;
use serde::Serialize;

use super::convention;

/// Certainty, of a hundred, from which a heading names a field beyond doubt.
pub(super) const CERTAIN: usize = 95;
/// Below it nothing is proposed.
const LEAST: usize = 60;

/// A field that a column may go to.
pub(super) struct Target<'a> {
    pub(super) path: String,
    label: String,
    field: &'a Field,
}

/// What a column seems to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Guess {
    pub column: String,
    /// The field, such as `email` or `address.city`; none where nothing fits
    pub field: Option<String>,
    /// How certain that is, of a hundred
    pub confidence: usize,
    /// Why
    pub reason: String,
    /// What stands in the first rows
    pub sample: Vec<String>,
}

/// Whether a caller may give a field a value.
pub(super) fn is_given(field: &Field) -> bool {
    !field.system && !field.is_derived() && !matches!(field.kind, FieldType::Secret)
}

/// The fields of an object that a column may go to.
pub(super) fn targets<'a>(object: &'a Object, schema: &'a Schema) -> Vec<Target<'a>> {
    let mut targets = Vec::new();
    for field in object.fields.iter().filter(|field| is_given(field)) {
        let mut put = |part: &str, label: String| {
            let path = if part.is_empty() { field.name.clone() } else { format!("{}.{part}", field.name) };
            targets.push(Target { path, label, field });
        };
        match &field.kind {
            FieldType::Table(_) => {}
            FieldType::Address => {
                for part in ADDRESS_PARTS {
                    put(part, format!("{} {part}", field.label));
                }
            }
            FieldType::Link(to) => {
                put("", field.label.clone());
                let unique = |of: &&Field| of.unique.as_ref().is_some_and(Vec::is_empty) && of.kind.is_text();
                for of in schema.expect(to).fields.iter().filter(unique) {
                    put(&of.name, format!("{} {}", field.label, of.label));
                }
            }
            FieldType::Money => {
                put("", field.label.clone());
                let path = nexus_model::field::currency_column(&field.name);
                targets.push(Target { path, label: format!("{} currency", field.label), field });
            }
            _ => put("", field.label.clone()),
        }
    }
    targets
}

/// What the columns seem to be; no two go to one field. `texts` are those of a column in the first rows.
pub(super) fn guess(targets: &[Target<'_>], columns: &[String], texts: impl Fn(&str) -> Vec<String>) -> Vec<Guess> {
    let samples: Vec<Vec<String>> = columns.iter().map(|column| texts(column)).collect();
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        for (to, target) in targets.iter().enumerate() {
            let alike = named_alike(column, target);
            let sure = if alike >= CERTAIN { alike } else { (2 * alike + fit(&samples[at], target.field)) / 3 };
            if alike >= LEAST && sure >= LEAST {
                pairs.push((sure, at, to));
            }
        }
    }
    // The surest first; of equals the one that stands first in the file and in the object.
    pairs.sort_by_key(|(sure, at, to)| (std::cmp::Reverse(*sure), *at, *to));
    let mut taken: Vec<Option<(usize, usize)>> = vec![None; columns.len()];
    for (sure, at, to) in pairs {
        if taken[at].is_none() && !taken.iter().flatten().any(|(_, known)| *known == to) {
            taken[at] = Some((sure, to));
        }
    }
    let told = columns.iter().zip(samples).zip(taken).map(|((column, sample), taken)| {
        let sample = sample.into_iter().filter(|text| !text.is_empty()).take(3).collect();
        let column = column.clone();
        match taken {
            None => {
                let reason = "no field has a name like it; say one, or leave it out with an empty one".to_owned();
                Guess { column, field: None, confidence: 0, reason, sample }
            }
            Some((confidence, to)) => {
                let target = &targets[to];
                let reason = match confidence {
                    100 => "it is the field's name".to_owned(),
                    CERTAIN.. => format!("it is the field's label, {}", target.label),
                    _ => format!("it is much like {}, and the texts fit", target.label),
                };
                Guess { column, field: Some(target.path.clone()), confidence, reason, sample }
            }
        }
    });
    told.collect()
}

/// How much a heading is the name of a field, of a hundred.
fn named_alike(column: &str, target: &Target<'_>) -> usize {
    if column == target.path {
        return 100;
    }
    let (column, path, label) = (plain(column), plain(&target.path), plain(&target.label));
    if column.is_empty() {
        return 0;
    }
    let joined = |text: &str| text.replace(' ', "");
    if joined(&column) == joined(&path) || joined(&column) == joined(&label) {
        return CERTAIN;
    }
    let alike = |other: &str| {
        let most = column.chars().count().max(other.chars().count());
        let differ = strsim::damerau_levenshtein(&column, other);
        // A heading with a word more, such as “Customer name” for a name, is one that is meant.
        let within = column.split(' ').any(|word| word == other);
        let near = most.saturating_sub(differ) * 100 / most.max(1);
        if within { near.max(75) } else { near }
    };
    alike(&path).max(alike(&label)).min(CERTAIN - 1)
}

/// Small letters and digits, with one blank between words.
fn plain(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Of a hundred texts how many can be values of a field.
fn fit(texts: &[String], field: &Field) -> usize {
    let filled: Vec<&String> = texts.iter().filter(|text| !text.is_empty()).collect();
    let fits = filled.iter().filter(|text| is_value(text, field)).count();
    if filled.is_empty() { 100 } else { fits * 100 / filled.len() }
}

fn is_value(text: &str, field: &Field) -> bool {
    let number = |text: &str| ['.', ','].iter().any(|mark| convention::number(text, Some(*mark)).is_ok());
    match &field.kind {
        FieldType::Date | FieldType::DateTime => {
            convention::day(text, None).is_some() || convention::dates(std::iter::once(text)) != Ok(None)
        }
        FieldType::Money => number(text) || text.parse::<nexus_model::Currency>().is_ok(),
        kind if kind.is_integer() || kind.scale().is_some() => number(text),
        FieldType::Boolean => super::row::truth(text).is_some(),
        FieldType::Choice(choices) => {
            choices.iter().any(|choice| choice.value == text || choice.label.eq_ignore_ascii_case(text))
        }
        FieldType::Link(_) | FieldType::Links(_) | FieldType::Choices(_) | FieldType::Tags => true,
        _ => nexus_model::json::parse(field, &text.into()).is_ok(),
    }
}
