//! The fonts of every print, loaded once.
//!
//! Inter is the house face, the same as on screen. Behind it stand the fonts that come with Typst:
//! where Inter lacks a letter, Libertinus Serif gives Hebrew and DejaVu Sans Mono gives Arabic.
//! Chinese, Japanese, Korean, Thai and the Indic scripts have no font here; their letters print as
//! boxes until one is added to [`INTER`]'s neighbours.

use std::sync::LazyLock;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// Inter 3.019, SIL Open Font License 1.1 (`fonts/OFL.txt`).
const INTER: [&[u8]; 2] = [include_bytes!("../fonts/Inter-Regular.otf"), include_bytes!("../fonts/Inter-SemiBold.otf")];

/// The fonts and the book by which Typst chooses among them; equal indices in both.
pub(crate) struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) fonts: Vec<Font>,
}

pub(crate) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let fonts: Vec<Font> =
        INTER.into_iter().chain(typst_assets::fonts()).flat_map(|file| Font::iter(Bytes::new(file))).collect();
    Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
});
