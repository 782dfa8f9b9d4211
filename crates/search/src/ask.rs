//! A question as a query over the index. What a word fits gives points, and only what the asker sees can give any:
//! no figure of the whole index, such as how rare a word is, comes into the order of hits.

use nexus_kernel::search::Question;
use tantivy::Term;
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur, PhraseQuery, Query, TermQuery,
    TermSetQuery,
};
use tantivy::schema::IndexRecordOption;

use crate::shape::Shape;
use crate::terms::Sought;

/// Points of one word, by how it fits: in the title as a whole, as a beginning, with one slip and with two; and the same
/// in the other texts, where it may also share the stem.
const TITLE: [f32; 4] = [100.0, 80.0, 60.0, 50.0];
const TEXT: [f32; 4] = [45.0, 35.0, 20.0, 15.0];
const STEM: f32 = 40.0;
/// Points for words that stand in the title in their order.
const IN_ORDER: f32 = 20.0;

/// The query of a question whose words are known; none for a question without words.
pub(crate) fn query(shape: &Shape, question: &Question<'_>, words: &[Sought]) -> Option<BooleanQuery> {
    if words.is_empty() {
        return None;
    }
    let mut classes: Vec<&String> = question.scopes.iter().flat_map(|scope| &scope.shown).collect();
    classes.sort_unstable();
    classes.dedup();
    let every = |word: &Sought| -> (Occur, Box<dyn Query>) {
        let mut ways = ways(&TITLE, word, &|text| Term::from_field_text(shape.title, text));
        for class in &classes {
            ways.extend(within(shape, question, class, in_class(shape, class, word)));
        }
        (Occur::Must, Box::new(DisjunctionMaxQuery::new(ways)))
    };
    let mut clauses: Vec<_> = words.iter().map(every).collect();
    if words.len() > 1 {
        let terms = words.iter().map(|word| Term::from_field_text(shape.title, &word.plain)).collect();
        clauses.push((Occur::Should, points(PhraseQuery::new(terms), IN_ORDER)));
    }
    Some(BooleanQuery::new(clauses))
}

/// The ways in which a word may stand in texts of a class.
fn in_class(shape: &Shape, class: &str, word: &Sought) -> Vec<Box<dyn Query>> {
    let mut ways = ways(&TEXT, word, &|text| Shape::in_class(shape.words, class, text));
    for stem in &word.stems {
        ways.push(points(exactly(Shape::in_class(shape.stems, class, stem)), STEM));
    }
    ways
}

/// The same where the class is seen: of some objects it may be hidden.
fn within(shape: &Shape, question: &Question<'_>, class: &String, ways: Vec<Box<dyn Query>>) -> Vec<Box<dyn Query>> {
    if !question.scopes.iter().any(|scope| scope.hidden.contains(class)) {
        return ways;
    }
    let shown = question.scopes.iter().filter(|scope| scope.shown.contains(class));
    let objects: Vec<Term> = shown.map(|scope| Term::from_field_text(shape.object, &scope.object)).collect();
    let inside = |way: Box<dyn Query>| -> Box<dyn Query> {
        let of = ConstScoreQuery::new(Box::new(TermSetQuery::new(objects.clone())), 0.0);
        Box::new(BooleanQuery::new(vec![(Occur::Must, way), (Occur::Must, Box::new(of))]))
    };
    ways.into_iter().map(inside).collect()
}

fn ways([whole, begin, one, two]: &[f32; 4], word: &Sought, term: &dyn Fn(&str) -> Term) -> Vec<Box<dyn Query>> {
    let term = term(&word.plain);
    let mut ways = vec![points(exactly(term.clone()), *whole)];
    if word.begins {
        ways.push(points(FuzzyTermQuery::new_prefix(term.clone(), 0, true), *begin));
    }
    for (slips, score) in [(1, *one), (2, *two)] {
        if slips <= word.slips {
            let near = if word.begins { FuzzyTermQuery::new_prefix } else { FuzzyTermQuery::new };
            ways.push(points(near(term.clone(), slips, true), score));
        }
    }
    ways
}

fn exactly(term: Term) -> TermQuery {
    TermQuery::new(term, IndexRecordOption::Basic)
}

fn points(query: impl Query, points: f32) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(Box::new(query), points))
}
