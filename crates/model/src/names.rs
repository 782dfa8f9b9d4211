//! One rule for names: from a manifest's snake_case to labels, URL segments and tables.

/// Whether `name` may name an app, object, field, state or role: `snake_case`, at most 48 characters.
pub fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|first| first.is_ascii_lowercase())
        && name.len() <= 48
        && chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !name.ends_with('_')
        && !name.contains("__")
}

/// `unit_price` → `Unit price`, and `x_insurer`, which a company has of its own, → `Insurer`.
pub fn label(name: &str) -> String {
    let words = name.strip_prefix("x_").unwrap_or(name).replace('_', " ");
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().collect::<String>() + chars.as_str(),
        None => words,
    }
}

/// The English plural of a word or of the last word of a name: `party` → `parties`, `tax` → `taxes`.
pub fn plural(word: &str) -> String {
    let vowel_before_y = ["ay", "ey", "oy", "uy"].iter().any(|end| word.ends_with(end));
    if word.ends_with('y') && !vowel_before_y {
        format!("{}ies", &word[..word.len() - 1])
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end)) {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

/// The URL segment of an object's plural: `journal_entries` → `journal-entries`.
pub fn segment(name: &str) -> String {
    name.replace('_', "-")
}

/// `journal_entry` → `JournalEntry`, the Rust and TypeScript type.
pub fn type_name(name: &str) -> String {
    name.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}
