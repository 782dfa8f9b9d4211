//! Renders a template for its author: `cargo run -p nexus-print --example render -- invoice.typ data.json out.pdf`.

use nexus_print::{Template, pdf};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut path = |what| arguments.next().ok_or(format!("missing argument: {what}"));
    let (template, data, out) = (path("template.typ")?, path("data.json")?, path("out.pdf")?);
    let source = std::fs::read_to_string(&template)?;
    let data = serde_json::from_str(&std::fs::read_to_string(&data)?)?;
    let bytes = pdf(&Template { name: &template, source: &source }, &data)?;
    Ok(std::fs::write(out, bytes)?)
}
