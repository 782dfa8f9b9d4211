//! What was typed, and what of a text it fits: whole words, beginnings, stems, and words with a slip of the fingers.

use frostem::Algorithm;
use nexus_kernel::search::Question;

use crate::words::{Word, languages, stems, words};

/// Words of a question that count.
const WORDS_MAX: usize = 12;
/// Letters from which one slip is forgiven, and from which two are.
const ONE_SLIP: usize = 5;
const TWO_SLIPS: usize = 9;

/// One word of a question.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sought {
    pub(crate) plain: String,
    pub(crate) stems: Vec<String>,
    /// It may go on: it is the last, and nothing was typed after it.
    pub(crate) begins: bool,
    /// Letters that may be wrong, missing, too many, or changed with their neighbour. Figures are no slips: an invoice
    /// of another number is another invoice.
    pub(crate) slips: u8,
}

/// The words of a question.
pub(crate) fn sought(question: &Question<'_>) -> Vec<Sought> {
    let languages = languages(question.countries);
    let typed = words(question.text);
    let last = typed.last().filter(|word| word.to == question.text.len()).map(|word| word.from);
    let sought = typed.iter().map(|word| Sought::new(word, &languages, Some(word.from) == last));
    let mut found: Vec<Sought> = Vec::new();
    for word in sought {
        if !found.contains(&word) && found.len() < WORDS_MAX {
            found.push(word);
        }
    }
    found
}

impl Sought {
    fn new(word: &Word, languages: &[Algorithm], begins: bool) -> Sought {
        let letters = word.plain.chars().count();
        let slips = match letters {
            _ if word.plain.chars().any(char::is_numeric) => 0,
            TWO_SLIPS.. => 2,
            ONE_SLIP.. => 1,
            _ => 0,
        };
        Sought { stems: stems(word, languages), plain: word.plain.clone(), begins, slips }
    }

    /// Whether a word of a text is one that this finds.
    pub(crate) fn fits(&self, word: &Word, languages: &[Algorithm]) -> bool {
        self.fits_plain(&word.plain) || stems(word, languages).iter().any(|stem| self.stems.contains(stem))
    }

    fn fits_plain(&self, plain: &str) -> bool {
        if plain == self.plain || (self.begins && plain.starts_with(&self.plain)) {
            return true;
        }
        let slips = usize::from(self.slips);
        let near = |text: &str| strsim::osa_distance(&self.plain, text) <= slips;
        slips > 0 && (near(plain) || (self.begins && plain.char_indices().any(|(end, _)| near(&plain[..end]))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(text: &str) -> Vec<Sought> {
        let countries = ["GB".to_owned()];
        let question = Question {
            text,
            countries: &countries,
            scopes: &[],
            owner: None,
            from: None,
            to: None,
            now: nexus_kernel::model::Timestamp::UNIX_EPOCH,
            limit: 1,
        };
        sought(&question)
    }

    fn finds(typed: &str, text: &str) -> bool {
        let english = [Algorithm::English];
        ask(typed).iter().all(|sought| words(text).iter().any(|word| sought.fits(word, &english)))
    }

    #[test]
    fn slips_are_forgiven_from_five_letters_and_two_from_nine() {
        assert!(finds("lantern", "Lantern") && finds("lantren", "Lantern") && finds("lanter", "Lantern"));
        assert!(!finds("lnatren", "Lantern"), "two slips in seven letters");
        assert!(finds("elektrizitat", "Electrizität"), "one letter is another");
        assert!(finds("eletrizitatt", "Elektrizität"), "one is missing, one too many");
        assert!(!finds("bolr", "Bolt"), "four letters");
        assert!(!finds("00018 ", "INV-00017"), "figures");
    }

    #[test]
    fn the_last_word_may_be_a_beginning() {
        assert!(finds("solar lan", "Solar lanterns"));
        assert!(!finds("lan solar", "Solar lanterns"), "only the last");
        assert!(!finds("lan ", "Lanterns"), "a space ends it");
        assert!(finds("lanre", "Lanterns"), "its fifth letter is no slip of the word, but one of its beginning `lante`")
    }

    #[test]
    fn a_word_is_found_by_its_stem() {
        assert!(finds("invoicing ", "Invoices"));
        assert_eq!(ask("Müller  Müller ").len(), 1);
        assert!(ask(" -- ").is_empty());
    }
}
