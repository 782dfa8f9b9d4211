//! The table in `benches/README.md`, between two markers; rows that were not measured stay as they are.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::all;
use crate::measure::Figure;

const BEGIN: &str = "<!-- figures: written by `cargo xtask bench` -->";
const END: &str = "<!-- end of figures -->";
const HEAD: &str = "| what | Nexus | ceiling | ratio | bar | measured |\n|---|---|---|---|---|---|";

/// A row by the name of its benchmark.
pub(crate) type Row = (String, String);

pub(crate) fn rows(figures: &[Figure]) -> Vec<Row> {
    let day: String = nexus_kernel::model::Timestamp::now().to_string().chars().take(10).collect();
    let row = |figure: &Figure| {
        let bar = figure.bar.map_or_else(|| "–".to_owned(), |bar| format!("{bar}"));
        let cells = [
            format!("`{}`: {}", figure.name, figure.what),
            figure.nexus_told(),
            figure.ceiling_told(),
            figure.ratio_told(),
            bar,
            day.clone(),
        ];
        (figure.name.clone(), format!("| {} |", cells.join(" | ")))
    };
    figures.iter().map(row).collect()
}

pub(crate) fn table(rows: &[Row]) -> String {
    let lines: Vec<_> = rows.iter().map(|(_, line)| line.as_str()).collect();
    format!("{HEAD}\n{}", lines.join("\n"))
}

/// Replaces the rows of the benchmarks that were run.
pub(crate) fn write(path: &Path, facts: &str, figures: &[Figure]) -> Result<()> {
    let (_, old, _) = parts(path, BEGIN, END)?;
    let new = rows(figures);
    let kept = old.lines().filter_map(|line| {
        let name = line.strip_prefix("| `")?.split_once('`')?.0;
        (!new.iter().any(|(known, _)| known == name)).then(|| (name.to_owned(), line.to_owned()))
    });
    let mut all: Vec<Row> = kept.chain(new.iter().cloned()).collect();
    all.sort_by_key(|(name, _)| all_names().position(|known| known == *name));
    replace(path, BEGIN, END, &format!("{}\n\n{facts}", table(&all)))
}

fn all_names() -> impl Iterator<Item = String> {
    all().map(|(name, base)| format!("{name}{}", base.suffix()))
}

/// Replaces what stands between two markers.
pub(crate) fn replace(path: &Path, begin: &str, end: &str, text: &str) -> Result<()> {
    let (before, _, after) = parts(path, begin, end)?;
    Ok(fs::write(path, format!("{before}{begin}\n{text}\n{end}{after}"))?)
}

/// What stands before, between and after two markers.
fn parts(path: &Path, begin: &str, end: &str) -> Result<(String, String, String)> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let found = text.split_once(begin).and_then(|(before, rest)| Some((before, rest.split_once(end)?)));
    let (before, (between, after)) = found.with_context(|| format!("{} lacks the markers {begin}", path.display()))?;
    Ok((before.to_owned(), between.to_owned(), after.to_owned()))
}
