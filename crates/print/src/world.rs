//! The whole world a template sees: itself, its data, the shared module and the fonts.

use crate::fonts::FONTS;
use std::path::PathBuf;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Binding, Bytes, Datetime, Duration, Value};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

// Typst never forgets a file id, so every template goes by the same one.
static TEMPLATE_ID: LazyLock<FileId> = LazyLock::new(|| file_id("template.typ"));
static DATA_ID: LazyLock<FileId> = LazyLock::new(|| file_id("data.json"));

/// What templates import as `nexus.typ`, and the parts it is made of.
static SHARED: LazyLock<[Source; 5]> = LazyLock::new(|| {
    [
        ("nexus.typ", include_str!("shared/nexus.typ")),
        ("values.typ", include_str!("shared/values.typ")),
        ("sheet.typ", include_str!("shared/sheet.typ")),
        ("lines.typ", include_str!("shared/lines.typ")),
        ("closing.typ", include_str!("shared/closing.typ")),
    ]
    .map(|(name, text)| Source::new(file_id(name), text.to_owned()))
});

/// Typst's standard library without the two functions that turn a value into code.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let mut library = Library::default();
    for name in ["eval", "plugin"] {
        library.global.scope_mut().bind(name.into(), Binding::detached(Value::None));
    }
    library.std = Binding::detached(library.global.clone());
    LazyHash::new(library)
});

fn file_id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("a plain file name is a path");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// One document in the making.
pub(crate) struct PrintWorld {
    template: Source,
    data: Bytes,
    printed_at: Option<Datetime>,
}

impl PrintWorld {
    pub(crate) fn new(source: &str, json: String, printed_at: Option<Datetime>) -> Self {
        PrintWorld {
            template: Source::new(*TEMPLATE_ID, source.to_owned()),
            data: Bytes::from_string(json),
            printed_at,
        }
    }
}

impl World for PrintWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        *TEMPLATE_ID
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        std::iter::once(&self.template)
            .chain(SHARED.iter())
            .find(|source| source.id() == id)
            .cloned()
            .ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA_ID { Ok(self.data.clone()) } else { Err(not_found(id)) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        let at = self.printed_at?;
        Datetime::from_ymd(at.year()?, at.month()?, at.day()?)
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(PathBuf::from(id.vpath().get_without_slash()))
}
