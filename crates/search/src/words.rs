//! How a text is taken apart: words without letter case and accents, and their stems by language.

use frostem::{Algorithm, Stemmer};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Changes whenever texts are taken apart in another way, so that indexes are made anew.
pub(crate) const FORM: u32 = 1;
/// Longest word in bytes; what is longer is no word, and is not found.
const WORD_MAX: usize = 80;

/// A word of a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word {
    /// Where it stands, in bytes.
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// In lower case, accents kept, as stemmers want it.
    lower: String,
    /// Without accents.
    pub(crate) plain: String,
}

/// The words of a text: letters, digits and what belongs to them. Where a script writes no spaces, each character is
/// one.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut begun: Option<usize> = None;
    let mut end = |begun: &mut Option<usize>, to: usize| {
        if let Some(from) = begun.take().filter(|from| to - from <= WORD_MAX) {
            let lower: String = text[from..to].nfc().flat_map(char::to_lowercase).collect();
            let plain = fold(&lower);
            if !plain.is_empty() {
                found.push(Word { from, to, lower, plain });
            }
        }
    };
    for (at, char) in text.char_indices() {
        if stands_alone(char) {
            end(&mut begun, at);
            begun = Some(at);
            end(&mut begun, at + char.len_utf8());
        } else if char.is_alphanumeric() || (begun.is_some() && is_combining_mark(char)) {
            begun.get_or_insert(at);
        } else {
            end(&mut begun, at);
        }
    }
    end(&mut begun, text.len());
    found
}

/// Ideographs, kana, and the letters of Thai, Lao, Burmese and Khmer.
fn stands_alone(char: char) -> bool {
    let char = u32::from(char);
    let scripts =
        [0x0e00..=0x0eff, 0x1000..=0x109f, 0x1780..=0x17ff, 0x3040..=0x30ff, 0x3400..=0x4dbf, 0x4e00..=0x9fff];
    scripts.iter().any(|script| script.contains(&char))
        || (0xf900..=0xfaff).contains(&char)
        || (0x20000..=0x323af).contains(&char)
}

/// A word in lower case without its accents: what is written on a keyboard that lacks them.
fn fold(lower: &str) -> String {
    let mut plain = String::with_capacity(lower.len());
    for char in lower.nfkd().filter(|char| !is_combining_mark(*char)) {
        match char {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ħ' => plain.push('h'),
            'ı' => plain.push('i'),
            'ς' => plain.push('σ'),
            other => plain.extend(other.to_lowercase()),
        }
    }
    // Hangul goes back into its syllables.
    plain.nfc().collect()
}

/// The languages of a country's business life that have a stemmer. A word of another language is found as it is written.
fn languages_of(country: &str) -> &'static [Algorithm] {
    use Algorithm::{
        Arabic, Armenian, Catalan, Czech, Danish, Dutch, English, Estonian, Finnish, French, German, Greek, Hindi,
        Hungarian, Indonesian, Italian, Lithuanian, Norwegian, Polish, Portuguese, Romanian, Russian, Spanish, Swedish,
        Tamil, Turkish,
    };
    match country {
        "FR" | "MC" | "SN" | "CI" | "ML" | "BF" | "NE" | "TG" | "BJ" | "GA" | "CG" | "CD" | "GN" | "MG" | "HT" => {
            &[French]
        }
        "PT" | "BR" | "AO" | "MZ" | "CV" | "GW" | "ST" | "TL" => &[Portuguese],
        "ES" | "AD" => &[Spanish, Catalan],
        "MX" | "AR" | "CO" | "CL" | "PE" | "VE" | "EC" | "GT" | "CU" | "BO" | "DO" | "HN" | "PY" | "SV" | "NI"
        | "CR" | "PA" | "UY" | "GQ" => &[Spanish],
        "DE" | "AT" | "LI" => &[German],
        "CH" => &[German, French, Italian],
        "BE" => &[Dutch, French],
        "LU" => &[French, German],
        "NL" | "SR" => &[Dutch],
        "IT" | "SM" | "VA" => &[Italian],
        "RO" | "MD" => &[Romanian],
        "RU" | "BY" | "KZ" | "KG" => &[Russian],
        "PL" => &[Polish],
        "CZ" => &[Czech],
        "HU" => &[Hungarian],
        "LT" => &[Lithuanian],
        "EE" => &[Estonian],
        "AM" => &[Armenian],
        "GR" | "CY" => &[Greek],
        "TR" => &[Turkish],
        "SE" => &[Swedish],
        "NO" => &[Norwegian],
        "DK" => &[Danish],
        "FI" => &[Finnish, Swedish],
        "ID" => &[Indonesian],
        "IN" => &[English, Hindi, Tamil],
        "LK" | "SG" => &[English, Tamil],
        "MA" | "DZ" | "TN" | "LB" | "MR" | "TD" | "DJ" => &[Arabic, French],
        "EG" | "SA" | "AE" | "IQ" | "JO" | "KW" | "LY" | "OM" | "QA" | "SD" | "SY" | "YE" | "BH" | "PS" => {
            &[Arabic, English]
        }
        "CA" | "CM" | "RW" | "MU" => &[English, French],
        _ => &[English],
    }
}

/// The languages of a tenant whose companies are in these countries.
pub(crate) fn languages(countries: &[String]) -> Vec<Algorithm> {
    let mut all: Vec<Algorithm> = Vec::new();
    for language in countries.iter().flat_map(|country| languages_of(country)) {
        if !all.contains(language) {
            all.push(*language);
        }
    }
    if all.is_empty() { vec![Algorithm::English] } else { all }
}

/// The stems of a word, one a language; those that are the same are told once.
pub(crate) fn stems(word: &Word, languages: &[Algorithm]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for language in languages {
        let stem = fold(&Stemmer::new(*language).stem(&word.lower));
        if !stem.is_empty() && !found.contains(&stem) {
            found.push(stem);
        }
    }
    found
}

/// Takes a text apart for the index: into words, or with languages into their stems.
#[derive(Clone)]
struct Taker(Option<Vec<Algorithm>>);

impl Tokenizer for Taker {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        let mut tokens = Vec::new();
        for (position, word) in words(text).into_iter().enumerate() {
            let (offset_from, offset_to) = (word.from, word.to);
            let token = |text| Token { offset_from, offset_to, position, text, position_length: 1 };
            match &self.0 {
                None => tokens.push(token(word.plain)),
                Some(languages) => tokens.extend(stems(&word, languages).into_iter().map(token)),
            }
        }
        Tokens { tokens, next: 0 }
    }
}

/// What takes texts apart into words.
pub(crate) fn into_words() -> TextAnalyzer {
    TextAnalyzer::from(Taker(None))
}

/// What takes texts apart into stems.
pub(crate) fn into_stems(languages: Vec<Algorithm>) -> TextAnalyzer {
    TextAnalyzer::from(Taker(Some(languages)))
}

/// Tokens that are known already.
struct Tokens {
    tokens: Vec<Token>,
    /// One more than the place of the token at hand.
    next: usize,
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.plain).collect()
    }

    #[test]
    fn words_lose_case_accents_and_punctuation() {
        assert_eq!(plain("Müller & Söhne GmbH"), ["muller", "sohne", "gmbh"]);
        // The same word with its accent as a character of its own.
        assert_eq!(plain("Mu\u{308}ller"), ["muller"]);
        assert_eq!(
            plain("L'électricité, São João; INV-2026-00017"),
            ["l", "electricite", "sao", "joao", "inv", "2026", "00017"]
        );
        assert_eq!(plain("Straße Ærø Łódź Ἀθῆναι ΟΔΟΣ"), ["strasse", "aero", "lodz", "αθηναι", "οδοσ"]);
        assert_eq!(plain("北京 公司"), ["北", "京", "公", "司"]);
        assert_eq!(plain("한국어"), ["한국어"]);
        assert!(plain(" -- ?! ").is_empty());
        assert!(plain(&"x".repeat(WORD_MAX + 1)).is_empty());
    }

    #[test]
    fn a_word_knows_where_it_stands() {
        let text = "für Müller";
        let at: Vec<&str> = words(text).iter().map(|word| &text[word.from..word.to]).collect();
        assert_eq!(at, ["für", "Müller"]);
    }

    #[test]
    fn stems_are_those_of_the_countries_languages() {
        let stems_of = |word: &str, countries: &[&str]| {
            let countries: Vec<String> = countries.iter().map(|country| (*country).to_owned()).collect();
            stems(&words(word)[0], &languages(&countries))
        };
        assert_eq!(stems_of("lanterns", &["KE"]), stems_of("lantern", &["KE"]));
        assert_eq!(stems_of("électriques", &["FR"]), stems_of("électrique", &["FR"]));
        assert_eq!(stems_of("quantidades", &["BR"]), stems_of("quantidade", &["PT"]));
        assert_eq!(languages(&["CH".to_owned()]).len(), 3, "German, French and Italian");
    }
}
