//! Records that may be one, by the criteria that their manifest names.
//!
//! Texts are compared without letter case, accents and what is no letter or digit. Those that only resemble one another
//! are looked for among neighbours: records are sorted by their texts, once as they are and once with the words in order,
//! and each is compared with those that follow (Hernández and Stolfo, "The merge/purge problem", 1995). So the work grows
//! with the number of records, not with its square.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use nexus_model::object::{Duplicate, system};
use nexus_model::{Object, Problem, Record, Uuid, json};
use nexus_store::Cursor;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::list::ListParams;
use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::kernel::Kernel;
use crate::policy::READ;
use crate::principal::Principal;
use crate::{Kind, Result, Tenant};

/// Records that one question compares.
const RECORDS_MAX: usize = 200_000;
/// Groups that are answered.
const GROUPS_MAX: usize = 100;
/// Records of a group that are answered.
const GROUP_MAX: usize = 100;
/// Records after each one in the order of their texts that it is compared with.
const NEIGHBOURS: usize = 20;
/// Letters of a text that are compared.
const TEXT_MAX: usize = 100;
/// Records read at a time.
const PAGE: usize = 500;

/// Among which records to look.
#[derive(Clone, Debug, Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DuplicatesParams {
    /// A CEL condition over the fields; all records when left out.
    pub filter: Option<String>,
    /// Only what may be one with this record.
    pub of: Option<Uuid>,
}

/// Records that may be one.
#[derive(Clone, Debug, Serialize)]
pub struct Likeness {
    /// At most 100, the oldest first.
    pub records: Vec<Titled>,
    pub reasons: Vec<Why>,
}

/// A record by what people call it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Titled {
    pub id: Uuid,
    pub title: String,
}

/// A criterion by which records of a group are alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Why {
    /// The criterion's name in the manifest.
    pub criterion: String,
    pub fields: Vec<String>,
    /// Whether the texts agree, or only resemble one another.
    pub same: bool,
}

impl Kernel {
    /// Groups of an object's records that may be one; at most 100.
    pub async fn duplicates(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        object: &Arc<Object>,
        params: DuplicatesParams,
    ) -> Result<Vec<Likeness>> {
        let object = Arc::clone(object);
        self.read_in(tenant, principal, None, move |ctx| Box::pin(async move { ctx.likenesses(&object, params).await }))
            .await
    }
}

/// The texts of a criterion, by the place of their record.
type Texts = Vec<(String, usize)>;

impl Ctx {
    async fn likenesses(&mut self, object: &Arc<Object>, params: DuplicatesParams) -> Result<Vec<Likeness>> {
        if !self.policy().may(object, READ) {
            return Err(Problem::denied(format!("you may not read {}", object.plural.to_lowercase())));
        }
        // What is not shown is no criterion either.
        let shown = |name: &String| object.field(name).is_some_and(|field| self.policy().shows(object, field));
        let criteria: Vec<Duplicate> =
            object.duplicates.iter().filter(|one| one.fields.iter().all(shown)).cloned().collect();
        if object.duplicates.is_empty() {
            let message = format!("{} has no [duplicates] in its manifest that say what to look for", object.name);
            return Err(Problem::not_found(message));
        }
        let (records, texts) = self.compared(object, params.filter, &criteria).await?;
        let mut groups = Groups::new(records.len());
        for (criterion, texts) in criteria.iter().zip(texts) {
            groups.same(criterion, &texts);
            if let Some(least) = criterion.fuzzy {
                groups.alike(criterion, texts.clone(), least);
                let in_order = |text: &str| {
                    let mut words: Vec<&str> = text.split(' ').collect();
                    words.sort_unstable();
                    words.join(" ")
                };
                groups.alike(criterion, texts.iter().map(|(text, at)| (in_order(text), *at)).collect(), least);
            }
        }
        Ok(groups.told(&records, params.of))
    }

    /// The records in the order of their ids, and for each criterion the texts of those that have any.
    async fn compared(
        &mut self,
        object: &Arc<Object>,
        filter: Option<String>,
        criteria: &[Duplicate],
    ) -> Result<(Vec<Titled>, Vec<Texts>)> {
        let filters = self.filters(object, &ListParams { filter, ..ListParams::default() })?;
        let named = criteria.iter().flat_map(|criterion| &criterion.fields);
        let wanted = named.map(String::as_str).chain([system::ID, object.title.as_str()]);
        let fields: Vec<usize> = wanted.filter_map(|name| object.position(name)).collect();
        let sort = vec![(system::ID.to_owned(), false)];
        let (mut records, mut texts) = (Vec::new(), vec![Texts::new(); criteria.len()]);
        let mut after = None;
        loop {
            let ask = Ask {
                filters: filters.clone(),
                sort: sort.clone(),
                after,
                limit: PAGE,
                fields: fields.clone(),
                ..Ask::default()
            };
            let page = self.ask(object, ask).await?;
            for record in &page {
                for (criterion, texts) in criteria.iter().zip(&mut texts) {
                    texts.extend(text_of(record, criterion).map(|text| (text, records.len())));
                }
                records.push(Titled { id: record.id(), title: record.title() });
            }
            if records.len() > RECORDS_MAX {
                let message = format!("selects more than {RECORDS_MAX} records to compare; narrow it");
                return Err(Problem { kind: Kind::TooLarge, ..Problem::field("filter", "max", message) });
            }
            match page.last().filter(|_| page.len() == PAGE) {
                Some(last) => after = Some(Cursor::after(last, &sort)),
                None => return Ok((records, texts)),
            }
        }
    }
}

/// A record's values of a criterion as one comparable text, if it has all of them.
fn text_of(record: &Record, criterion: &Duplicate) -> Option<String> {
    let mut texts = Vec::with_capacity(criterion.fields.len());
    for field in &criterion.fields {
        let text = plain(&json::shown(record.get(field)));
        if text.is_empty() {
            return None;
        }
        texts.push(text);
    }
    Some(texts.join(" "))
}

/// Letters and digits alone, in lower case and without marks, words apart by one space.
fn plain(text: &str) -> String {
    let marks = text.nfkd().filter(|letter| !is_combining_mark(*letter));
    let letters = marks.flat_map(char::to_lowercase).map(|letter| if letter.is_alphanumeric() { letter } else { ' ' });
    let letters: String = letters.take(TEXT_MAX).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether at least so many of a hundred letters agree.
fn is_alike(one: &str, other: &str, least: u8) -> bool {
    let letters = one.chars().count().max(other.chars().count());
    let agree = letters.saturating_sub(strsim::damerau_levenshtein(one, other));
    agree * 100 >= letters * usize::from(least)
}

/// Records joined to groups, each with its first one.
struct Groups {
    first: Vec<usize>,
    /// Why a record is alike another of its group.
    why: Vec<(usize, Why)>,
}

impl Groups {
    fn new(records: usize) -> Groups {
        Groups { first: (0..records).collect(), why: Vec::new() }
    }

    fn of(&mut self, mut at: usize) -> usize {
        while self.first[at] != at {
            self.first[at] = self.first[self.first[at]];
            at = self.first[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize, criterion: &Duplicate, same: bool) {
        let (one, other) = (self.of(one), self.of(other));
        let (first, later) = (one.min(other), one.max(other));
        self.first[later] = first;
        let why = Why { criterion: criterion.name.clone(), fields: criterion.fields.clone(), same };
        self.why.push((first, why));
    }

    fn same(&mut self, criterion: &Duplicate, texts: &Texts) {
        let mut known: HashMap<&str, usize> = HashMap::new();
        for (text, at) in texts {
            match known.get(text.as_str()) {
                Some(first) => self.join(*first, *at, criterion, true),
                None => drop(known.insert(text, *at)),
            }
        }
    }

    fn alike(&mut self, criterion: &Duplicate, mut texts: Texts, least: u8) {
        texts.sort_unstable();
        for (index, (text, at)) in texts.iter().enumerate() {
            for (other, beside) in texts[index + 1..].iter().take(NEIGHBOURS) {
                if text != other && is_alike(text, other, least) {
                    self.join(*at, *beside, criterion, false);
                }
            }
        }
    }

    fn told(mut self, records: &[Titled], of: Option<Uuid>) -> Vec<Likeness> {
        let mut groups: BTreeMap<usize, Likeness> = BTreeMap::new();
        for (at, why) in std::mem::take(&mut self.why) {
            let first = self.of(at);
            let group = groups.entry(first).or_insert_with(|| Likeness { records: Vec::new(), reasons: Vec::new() });
            group.reasons.push(why);
        }
        let mut members: BTreeMap<usize, bool> = BTreeMap::new();
        for (at, record) in records.iter().enumerate() {
            let first = self.of(at);
            let Some(group) = groups.get_mut(&first) else { continue };
            *members.entry(first).or_default() |= of.is_none_or(|of| of == record.id);
            if group.records.len() < GROUP_MAX {
                group.records.push(record.clone());
            }
        }
        groups.retain(|first, _| members.get(first).copied().unwrap_or_default());
        let mut groups: Vec<Likeness> = groups.into_values().take(GROUPS_MAX).collect();
        for group in &mut groups {
            group.reasons.sort_unstable();
            group.reasons.dedup();
        }
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::{is_alike, plain};

    #[test]
    fn texts_are_compared_by_their_letters_and_digits() {
        assert_eq!(plain("  Élodie   LAURENT-Petit "), "elodie laurent petit");
        assert_eq!(plain("Müller & Söhne, GmbH."), "muller sohne gmbh");
        assert_eq!(plain("—"), "");
    }

    #[test]
    fn one_letter_in_ten_may_differ() {
        assert!(is_alike("abcdefghij", "abcdefghix", 90) && !is_alike("abcdefghi", "abcdefghx", 90));
    }
}
