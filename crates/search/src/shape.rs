//! The shape of an index: its fields, and a record as a document of it.

use std::collections::BTreeMap;
use std::net::Ipv6Addr;

use nexus_kernel::model::Uuid;
use nexus_kernel::search::Doc;
use tantivy::schema::{
    BytesOptions, FAST, Field, IndexRecordOption, IpAddrOptions, JsonObjectOptions, OwnedValue, STRING, Schema,
    TextFieldIndexing, TextOptions,
};
use tantivy::{TantivyDocument, Term};

/// The tokenizers, by the names under which an index knows them.
pub(crate) const WORDS: &str = "words";
pub(crate) const STEMS: &str = "stems";
/// Columns, by name.
pub(crate) const OBJECT: &str = "object";
pub(crate) const ID: &str = "id";
pub(crate) const OWNER: &str = "owner";
pub(crate) const AT: &str = "at";
pub(crate) const USES: &str = "uses";

/// The fields of an index. Nothing of a record is stored: what is told of it comes from the record itself.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    /// Object and id, by which a record is replaced.
    pub(crate) key: Field,
    pub(crate) title: Field,
    /// Words of the other texts; the path is their class, so that each class is looked through by itself.
    pub(crate) words: Field,
    /// The stems of the same.
    pub(crate) stems: Field,
    pub(crate) object: Field,
    id: Field,
    owner: Field,
    at: Field,
    uses: Field,
}

impl Shape {
    pub(crate) fn new() -> (Shape, Schema) {
        let mut schema = Schema::builder();
        let indexing = |tokenizer: &str, option: IndexRecordOption| {
            TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option).set_fieldnorms(false)
        };
        let json = |tokenizer: &str| {
            JsonObjectOptions::default().set_indexing_options(indexing(tokenizer, IndexRecordOption::Basic))
        };
        let title = indexing(WORDS, IndexRecordOption::WithFreqsAndPositions);
        // A column of 128 bits is one of addresses.
        let id = IpAddrOptions::default().set_fast();
        let shape = Shape {
            key: schema.add_bytes_field("key", BytesOptions::default().set_indexed()),
            title: schema.add_text_field("title", TextOptions::default().set_indexing_options(title)),
            words: schema.add_json_field("words", json(WORDS)),
            stems: schema.add_json_field("stems", json(STEMS)),
            object: schema.add_text_field(OBJECT, STRING.set_fast("raw")),
            id: schema.add_ip_addr_field(ID, id.clone()),
            owner: schema.add_ip_addr_field(OWNER, id),
            at: schema.add_i64_field(AT, FAST),
            uses: schema.add_u64_field(USES, FAST),
        };
        (shape, schema.build())
    }

    pub(crate) fn key(&self, object: &str, id: Uuid) -> Term {
        Term::from_field_bytes(self.key, &key(object, id))
    }

    /// A term of a class of text, under `words` or `stems`.
    pub(crate) fn in_class(field: Field, class: &str, text: &str) -> Term {
        let mut term = Term::from_field_json_path(field, class, false);
        term.append_type_and_str(text);
        term
    }

    pub(crate) fn document(&self, doc: Doc) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_bytes(self.key, &key(&doc.object, doc.id));
        document.add_text(self.title, &doc.title);
        document.add_text(self.object, &doc.object);
        document.add_ip_addr(self.id, address(doc.id));
        if let Some(owner) = doc.owner {
            document.add_ip_addr(self.owner, address(owner));
        }
        document.add_i64(self.at, doc.at.as_microsecond());
        document.add_u64(self.uses, doc.uses);
        let mut classes: BTreeMap<String, OwnedValue> = BTreeMap::new();
        for (class, text) in doc.texts {
            let texts = classes.entry(class).or_insert_with(|| OwnedValue::Array(Vec::new()));
            if let OwnedValue::Array(texts) = texts {
                texts.push(OwnedValue::Str(text));
            }
        }
        document.add_object(self.words, classes.clone());
        document.add_object(self.stems, classes);
        document
    }
}

fn key(object: &str, id: Uuid) -> Vec<u8> {
    [object.as_bytes(), id.as_bytes().as_slice()].concat()
}

fn address(id: Uuid) -> Ipv6Addr {
    Ipv6Addr::from(id.as_u128())
}

pub(crate) fn uuid(address: Ipv6Addr) -> Uuid {
    Uuid::from_u128(u128::from(address))
}
