//! The table in `benches/README.md`, between two markers; rows that were not measured stay as they are.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::NAMES;
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
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let missing = || format!("{} lacks the markers of the figures", path.display());
    let (before, rest) = text.split_once(BEGIN).with_context(missing)?;
    let (old, after) = rest.split_once(END).with_context(missing)?;
    let new = rows(figures);
    let kept = old.lines().filter_map(|line| {
        let name = line.strip_prefix("| `")?.split_once('`')?.0;
        (!new.iter().any(|(known, _)| known == name)).then(|| (name.to_owned(), line.to_owned()))
    });
    let mut all: Vec<Row> = kept.chain(new.iter().cloned()).collect();
    all.sort_by_key(|(name, _)| NAMES.iter().position(|known| known == name));
    let figures = format!("{BEGIN}\n{}\n\n{facts}\n{END}", table(&all));
    fs::write(path, format!("{before}{figures}{after}"))?;
    Ok(())
}
