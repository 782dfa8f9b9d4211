//! Any text as the manifest of an object, of an extension and of a report: it becomes a shape or a list of mistakes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nexus_model::Schema;
use nexus_model::schema::{AppSource, OwnKind, OwnManifest};

const APP: &str = "name = \"Yard\"\nsuite = \"t\"\nicon = \"box\"\nabout = \"a\"\n[roles.clerk]\nabout = \"b\"\n";
const PARCEL: &str = "label = \"Parcel\"\ntitle = \"name\"\n[fields]\nname = { type = \"text\", required = true }\n\
                      size = { type = \"choice\", of = [\"s\", \"l\"] }\nprice = { type = \"money\" }\n\
                      items = { type = \"table\", of = \"item\" }\n[states]\ninitial = \"new\"\n\
                      new = { to = [\"sent\"] }\nsent = {}\n";
const ITEM: &str = "label = \"Item\"\nchild_of = \"parcel\"\n[fields]\nwhat = { type = \"text\" }\n";

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let source = [AppSource {
        name: "yard",
        manifest: APP,
        objects: &[("parcel", PARCEL), ("item", ITEM)],
        ..AppSource::default()
    }];
    let own = |kind, name: &str| OwnManifest { kind, name: name.to_owned(), text: text.to_owned() };
    for own in [
        own(OwnKind::Object, "thing"),
        own(OwnKind::Extension, "yard.parcel"),
        own(OwnKind::Report, "figures"),
        own(OwnKind::App, "custom"),
    ] {
        if let Err(errors) = Schema::load_with(&source, &[own]) {
            assert!(!errors.is_empty() && errors.iter().all(|error| !error.message.is_empty()));
        }
    }
});
