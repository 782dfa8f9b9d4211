//! How much a document asks for, worked out before anything follows it: a few fragments that name one another twice
//! each are short to write and without end to visit.

use std::collections::HashMap;

use async_graphql::Name;
use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};
use nexus_kernel::{Kind, Problem};

/// Fields within one another. What tools ask to learn the schema is 14 deep.
const DEPTH_MAX: usize = 16;
/// Fields of a document, those of a fragment counted wherever it is used.
const FIELDS_MAX: usize = 2_000;
/// Brackets within one another.
const NESTING_MAX: usize = 48;

/// Fields, and how deep they are.
#[derive(Clone, Copy, Default)]
struct Weight {
    fields: usize,
    depth: usize,
}

/// Refuses a document that is wider or deeper than it may be.
pub(super) fn check(document: &ExecutableDocument) -> Result<(), Problem> {
    let mut known = HashMap::new();
    for (_, operation) in document.operations.iter() {
        let weight = weigh(document, &operation.node.selection_set.node, &mut known, 0)?;
        if weight.depth > DEPTH_MAX {
            let message = format!("the fields are {} deep; at most {DEPTH_MAX}", weight.depth);
            return Err(Problem::new(Kind::TooLarge, message));
        }
        if weight.fields > FIELDS_MAX {
            let message = format!("there are {} fields; at most {FIELDS_MAX}", weight.fields);
            return Err(Problem::new(Kind::TooLarge, message));
        }
    }
    Ok(())
}

/// A fragment is weighed once; none while it is being weighed.
fn weigh<'a>(
    document: &'a ExecutableDocument,
    selection: &'a SelectionSet,
    known: &mut HashMap<&'a Name, Option<Weight>>,
    level: usize,
) -> Result<Weight, Problem> {
    let mut all = Weight::default();
    for item in &selection.items {
        let one = match &item.node {
            Selection::Field(field) => {
                let inner = weigh(document, &field.node.selection_set.node, known, level)?;
                Weight { fields: inner.fields.saturating_add(1), depth: inner.depth + 1 }
            }
            Selection::InlineFragment(fragment) => weigh(document, &fragment.node.selection_set.node, known, level)?,
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                // One that is not there is told by the validation.
                let Some(fragment) = document.fragments.get(name) else { continue };
                match known.get(name) {
                    Some(Some(weight)) => *weight,
                    Some(None) => return Err(Problem::malformed(format!("the fragment {name} contains itself"))),
                    // A chain of fragments is followed one call a fragment.
                    None if level >= NESTING_MAX => {
                        let message = format!("fragments lead through more than {NESTING_MAX} others");
                        return Err(Problem::new(Kind::TooLarge, message));
                    }
                    None => {
                        known.insert(name, None);
                        let weight = weigh(document, &fragment.node.selection_set.node, known, level + 1)?;
                        known.insert(name, Some(weight));
                        weight
                    }
                }
            }
        };
        all = Weight { fields: all.fields.saturating_add(one.fields), depth: all.depth.max(one.depth) };
    }
    Ok(all)
}

/// Refuses nesting that no question has before a parser meets it, which calls itself for each bracket.
pub(super) fn check_nesting(query: &str) -> Result<(), Problem> {
    let mut rest = query;
    let mut depth = 0usize;
    while let Some(next) = rest.chars().next() {
        rest = match next {
            '#' => rest.split_once(['\n', '\r']).map_or("", |(_, rest)| rest),
            '"' => after_text(rest),
            _ => {
                match next {
                    '{' | '[' | '(' => depth += 1,
                    '}' | ']' | ')' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                &rest[next.len_utf8()..]
            }
        };
        if depth > NESTING_MAX {
            let message = format!("the document nests its brackets more than {NESTING_MAX} deep");
            return Err(Problem::new(Kind::TooLarge, message));
        }
    }
    Ok(())
}

/// What follows a text, which begins here; nothing after one that does not end.
fn after_text(query: &str) -> &str {
    let (mut rest, end) = match query.strip_prefix("\"\"\"") {
        Some(rest) => (rest, "\"\"\""),
        None => (&query[1..], "\""),
    };
    loop {
        if let Some(after) = rest.strip_prefix(end) {
            return after;
        }
        // In a block only its own end is escaped, where any backslash in a line is.
        let skipped = if end.len() == 3 { rest.strip_prefix("\\\"\"\"") } else { rest.strip_prefix('\\') };
        if let Some(after) = skipped {
            rest = if end.len() == 3 {
                after
            } else {
                after.get(after.chars().next().map_or(0, char::len_utf8)..).unwrap_or("")
            };
            continue;
        }
        match rest.chars().next() {
            // A text in quotes ends with its line, whether it is closed or not.
            Some('\n' | '\r') if end.len() == 1 => return rest,
            Some(next) => rest = &rest[next.len_utf8()..],
            None => return "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_query(query: &str) -> Result<(), Problem> {
        check_nesting(query)?;
        check(&async_graphql::parser::parse_query(query).expect("a document"))
    }

    #[test]
    fn fragments_that_double_are_weighed_without_being_followed() {
        let mut query = "{ ...f0 }".to_owned();
        for at in 0..40 {
            query.push_str(&format!(" fragment f{at} on Query {{ ...f{} ...f{} }}", at + 1, at + 1));
        }
        query.push_str(" fragment f40 on Query { a }");
        assert_eq!(check_query(&query).map_err(|problem| problem.kind), Err(Kind::TooLarge));
        let circle = "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }";
        assert_eq!(check_query(circle).map_err(|problem| problem.kind), Err(Kind::Malformed));
    }

    #[test]
    fn width_and_depth_have_their_bounds() {
        let wide = |fields: usize| format!("{{ {} }}", "a ".repeat(fields));
        assert!(check_query(&wide(FIELDS_MAX)).is_ok());
        assert!(check_query(&wide(FIELDS_MAX + 1)).is_err());
        let deep = |levels: usize| format!("{}a{}", "{a".repeat(levels - 1) + "{", "}".repeat(levels));
        assert!(check_query(&deep(DEPTH_MAX)).is_ok());
        assert!(check_query(&deep(DEPTH_MAX + 1)).is_err());
    }

    #[test]
    fn brackets_in_texts_and_remarks_neither_count_nor_hide_others() {
        let ok = |query: &str| check_nesting(query).is_ok();
        let brackets = "{".repeat(NESTING_MAX + 1);
        assert!(ok(&format!("{{ a(b: \"{brackets}\") }}")));
        assert!(ok(&format!("# {brackets}\n{{ a }}")));
        assert!(ok(&format!("{{ a(b: \"\"\"\" \\\"\"\" {brackets}\"\"\") }}")));
        assert!(!ok(&brackets));
        assert!(!ok(&"{ # }\n".repeat(NESTING_MAX + 1)));
        assert!(!ok(&format!("# \"\n{brackets}")));
        assert!(!ok(&"{a(b: \"}\\\"}\")".repeat(NESTING_MAX + 1)));
        assert!(!ok(&"{a(b: \"\"\"}\"}\"\"\")".repeat(NESTING_MAX + 1)));
    }
}
