//! Search finds what a reader would find who looks through every record that is theirs to read, and counts nothing else.

use std::collections::BTreeMap;

use nexus_kernel::faces::search::{Facet, Hits, SearchParams};
use nexus_kernel::serde_json::Value as Json;
use nexus_testkit::On;

use crate::dice::Dice;
use crate::model::Cond;
use crate::parity::{Look, Tally, cases};

/// The texts that are searched: object, table and field.
const TEXTS: [(&str, &str, &str); 9] = [
    ("region", "", "name"),
    ("client", "", "name"),
    ("client", "", "note"),
    ("project", "", "name"),
    ("project", "", "hush"),
    ("project", "", "shy"),
    ("project", "lines", "product"),
    ("project", "lines", "whisper"),
    ("project", "vault", "metal"),
];

fn words(text: &str) -> Vec<String> {
    text.to_lowercase().split(|char: char| !char.is_alphanumeric()).map(str::to_owned).collect()
}

/// Whether a word of a text is the one that was typed: by the rules as they are told to users, worked out afresh.
fn fits(typed: &str, begins: bool, word: &str) -> bool {
    let slips = match typed.chars().count() {
        _ if typed.chars().any(char::is_numeric) => 0,
        9.. => 2,
        5.. => 1,
        _ => 0,
    };
    let beginnings = word.char_indices().map(|(end, _)| &word[..end]).filter(|_| begins);
    beginnings.chain([word]).any(|text| strsim::osa_distance(typed, text) <= slips)
}

impl Look<'_> {
    /// The words of a record that this person sees.
    fn legible(&self, object: &str, record: &Json) -> Vec<String> {
        let mut legible = Vec::new();
        for (_, table, field) in TEXTS.into_iter().filter(|(of, ..)| *of == object) {
            let child = if table == "lines" { "line" } else { "coin" };
            if table.is_empty() {
                if self.shows(object, field) {
                    legible.extend(words(record[field].as_str().unwrap_or_default()));
                }
            } else if self.shows(object, table) && self.shows(child, field) {
                let rows = record[table].as_array().into_iter().flatten();
                legible.extend(rows.flat_map(|row| words(row[field].as_str().unwrap_or_default())));
            }
        }
        legible
    }

    /// The records that a search ought to find, by object.
    fn wanted(&self, typed: &str, only: Option<(&str, &Cond)>) -> BTreeMap<&'static str, Vec<String>> {
        let sought = words(typed.trim_end());
        let open = !typed.ends_with(' ');
        let mut wanted = BTreeMap::new();
        for object in
            ["region", "client", "project"].into_iter().filter(|object| only.is_none_or(|(of, _)| of == *object))
        {
            let seen = match only {
                Some((_, filter)) => self.case.policy.fitting(&self.case.world, self.eye, object, filter),
                None => self.seen(object),
            };
            let found = seen.into_iter().filter(|id| {
                let legible = self.legible(object, &self.case.world.0[object][*id]);
                let fits = |(at, typed): (usize, &String)| {
                    let begins = open && at + 1 == sought.len();
                    legible.iter().any(|word| fits(typed, begins, word))
                };
                sought.iter().enumerate().all(fits)
            });
            let found: Vec<String> = found.map(str::to_owned).collect();
            if !found.is_empty() {
                wanted.insert(object, found);
            }
        }
        wanted
    }

    async fn found(&self, params: SearchParams) -> Hits {
        let (kernel, tenant, principal) = (&self.who.kernel, &self.who.tenant, &self.who.principal);
        let params = SearchParams { app: Some("lab".to_owned()), limit: Some(100), ..params };
        kernel.search(tenant, principal, params).await.unwrap_or_else(|problem| panic!("{problem}"))
    }

    /// Words of some text of the world, whoever may read it: whole, cut off, or with two letters changed over.
    fn typed(&self, dice: &mut Dice) -> String {
        let (object, table, field) = *dice.of(&TEXTS);
        let records: Vec<&Json> = self.case.world.0[object].values().collect();
        let record = *dice.of(&records);
        let rows = record[table].as_array().map(Vec::as_slice).unwrap_or_default();
        let holder = if rows.is_empty() { record } else { dice.of(rows) };
        let text = holder[field].as_str().or(record["name"].as_str()).expect("a text");
        let mut typed = words(text);
        if dice.one_in(2) {
            typed = vec![dice.of(&typed).clone()];
        }
        let slip = |word: &mut String, at: usize| {
            let mut letters: Vec<char> = word.chars().collect();
            letters.swap(at, at + 1);
            *word = letters.into_iter().collect();
        };
        let chosen = dice.below(typed.len());
        let length = typed[chosen].chars().count();
        match dice.below(4) {
            0 if length > 1 => slip(&mut typed[chosen], dice.below(length - 1)),
            1 if length > 1 => typed.last_mut().expect("a word").truncate(length - 1),
            2 => typed.reverse(),
            _ => {}
        }
        let end = if dice.one_in(3) { " " } else { "" };
        format!("{}{end}", typed.join(" "))
    }

    async fn search_words(&self, dice: &mut Dice, tally: &mut Tally) {
        for _ in 0..25 {
            let typed = self.typed(dice);
            let wanted = self.wanted(&typed, None);
            let everything = Look { eye: &self.everyone_else(), ..*self }.wanted(&typed, None);
            let count = |found: &BTreeMap<&str, Vec<String>>| found.values().map(Vec::len).sum::<usize>();
            tally.note("search", count(&wanted), count(&everything) - count(&wanted));
            let hits = self.found(SearchParams { q: typed.clone(), ..SearchParams::default() }).await;
            self.compare(&typed, &hits, &wanted);

            let depth = dice.below(3);
            let filter = Cond::random(dice, "project", depth);
            if self.may("project") {
                let wanted = self.wanted(&typed, Some(("project", &filter)));
                let (object, source) = (Some("lab.project".to_owned()), Some(filter.cel("")));
                let asked =
                    SearchParams { q: typed.clone(), object, filter: source.clone(), ..SearchParams::default() };
                let hits = self.found(asked).await;
                tally.note("filter", count(&wanted), count(&everything) - count(&wanted));
                self.compare(&format!("{typed} where {source:?}"), &hits, &wanted);
                self.owners(&hits, &wanted);
            }
        }
    }

    /// Someone who sees everything.
    fn everyone_else(&self) -> crate::model::Eye {
        crate::model::Eye { administrator: true, agent: false, companies: Vec::new(), ..self.eye.clone() }
    }

    fn compare(&self, typed: &str, hits: &Hits, wanted: &BTreeMap<&str, Vec<String>>) {
        let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for hit in &hits.data {
            found.entry(hit.object.as_str()).or_default().push(hit.id.to_string());
        }
        found.values_mut().for_each(|ids| ids.sort_unstable());
        assert_eq!(&found, wanted, "`{typed}` for {:?}", self.eye);
        let count = wanted.values().map(Vec::len).sum::<usize>();
        assert_eq!((hits.count, hits.capped), (count, false), "`{typed}` for {:?}", self.eye);
        let counts = |facets: &[Facet]| facets.iter().map(|facet| (facet.value.clone(), facet.count)).collect();
        let objects: BTreeMap<String, usize> = counts(&hits.facets.object);
        assert_eq!(objects, wanted.iter().map(|(object, ids)| (format!("lab.{object}"), ids.len())).collect());
        let apps: BTreeMap<String, usize> = counts(&hits.facets.app);
        assert_eq!(apps.values().sum::<usize>(), count);
        assert_eq!(hits.facets.time.iter().map(|facet| facet.count).sum::<usize>(), count);
        for hit in &hits.data {
            let legible = self.legible(&hit.object, &self.case.world.0[hit.object.as_str()][&hit.id.to_string()]);
            let told = format!("{} {} {}", hit.title, hit.subtitle, hit.snippet.clone().unwrap_or_default());
            let told = told.replace("<mark>", " ").replace("</mark>", " ");
            for word in words(&told).into_iter().filter(|word| !word.is_empty()) {
                assert!(legible.contains(&word), "`{word}` is told to {:?}: {hit:?}", self.eye);
            }
            assert!(hit.snippet.as_ref().is_some_and(|snippet| snippet.contains("<mark>")), "`{typed}`: {hit:?}");
        }
    }

    fn owners(&self, hits: &Hits, wanted: &BTreeMap<&str, Vec<String>>) {
        let mut owners: BTreeMap<String, usize> = BTreeMap::new();
        for id in wanted.get("project").into_iter().flatten() {
            if let Some(owner) = self.case.world.0["project"][id]["owner"].as_str() {
                *owners.entry(owner.to_owned()).or_default() += 1;
            }
        }
        let told = hits.facets.owner.iter().map(|facet| (facet.value.clone(), facet.count));
        assert_eq!(told.collect::<BTreeMap<_, _>>(), owners, "owners for {:?}", self.eye);
    }
}

#[nexus_testkit::database_test]
fn a_search_finds_and_counts_what_its_asker_may_read_and_nothing_else(on: On) {
    cases(on, 300..310, async |look, dice, tally| look.search_words(dice, tally).await);
}
