//! How much more an operation costs when there are more rows: each size filled anew on SQLite, as a table and a plot.
#![allow(clippy::float_arithmetic)]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Result, anyhow};
use nexus_kernel::model::Uuid;
use plotters::prelude::*;
use serde_json::json;

use crate::measure::{median, rate};
use crate::shelf::Shelf;
use crate::{Plan, create, get, list, machine, post, report};

/// Rows, unless others are asked for. A million of each take some 2 GB, and more takes so much more.
pub(crate) const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
/// What grows.
const WHAT: [&str; 4] = ["create", "get", "list", "post"];
/// The most that an operation may cost among the most rows, in times of what it costs among the fewest.
const BAR: f64 = 1.5;
const BEGIN: &str = "<!-- growth: written by `cargo xtask bench growth` -->";
const END: &str = "<!-- end of growth -->";
const SIZE: (u32, u32) = (900, 480);

/// Operations of one round, for each of [`WHAT`].
const ROUND: [usize; 4] = [3_200, 6_400, 150, 1_280];

/// Microseconds of each of [`WHAT`] among so many rows.
struct Costs {
    rows: usize,
    us: [f64; 4],
}

/// Measures each size; `folder` gets the plot, and its README the table.
pub(crate) async fn run(plan: &Plan, sizes: &[usize], folder: Option<&Path>) -> Result<()> {
    let mut all = Vec::new();
    for rows in sizes {
        let costs = measure(plan, *rows).await?;
        println!("{}", line(&costs));
        all.push(costs);
    }
    let Some(folder) = folder else { return Ok(()) };
    plot(&folder.join("growth.svg"), &all)?;
    let text = format!("{}\n\n{}", table(&all), machine::facts());
    report::replace(&folder.join("README.md"), BEGIN, END, &text)
}

async fn measure(plan: &Plan, rows: usize) -> Result<Costs> {
    let shelf = Arc::new(Shelf::fill_with_entries(rows).await?);
    let (place, reader) = (&shelf.place, list::accountant(&shelf));
    // What is measured are the operations, not the disk that they would first read from.
    std::io::copy(&mut std::fs::File::open(place.file())?, &mut std::io::sink())?;
    let mut us: [Vec<f64>; 4] = Default::default();
    for turn in 0..=plan.rounds {
        for (at, what) in WHAT.iter().enumerate() {
            let count = ROUND[at];
            let first = turn * count;
            let took = match *what {
                "create" => {
                    let calls = (first..first + count).map(|number| (None, create::input(rows + number))).collect();
                    let start = Instant::now();
                    place.act_all("contacts.create_party", calls).await?;
                    start.elapsed()
                }
                "get" => {
                    let wanted: Arc<Vec<Uuid>> =
                        Arc::new((first..first + count).map(|at| get::pick(&shelf.parties, at)).collect());
                    let start = Instant::now();
                    get::ask(&shelf, &wanted).await?;
                    start.elapsed()
                }
                "list" => {
                    let start = Instant::now();
                    for at in first..first + count {
                        list::ask(&shelf, &reader, list::least(at)).await?;
                    }
                    start.elapsed()
                }
                _ => {
                    let drafts = post::drafts(place, count).await?;
                    let calls = drafts.iter().map(|[entry, ..]| (Some(*entry), json!({}))).collect();
                    let start = Instant::now();
                    place.act_all("finance.post_journal_entry", calls).await?;
                    start.elapsed()
                }
            };
            // A first round warms up.
            if turn > 0 {
                us[at].push(1e6 / rate(count, took));
            }
        }
    }
    Ok(Costs { rows, us: us.map(|round| median(&round)) })
}

fn line(costs: &Costs) -> String {
    let cells: Vec<String> = costs.us.iter().map(|us| format!("{us:.0} µs")).collect();
    format!("| {} | {} |", costs.rows, cells.join(" | "))
}

fn table(all: &[Costs]) -> String {
    let head = format!("| rows | {} |\n|---|---|---|---|---|", WHAT.map(|what| format!("`{what}`")).join(" | "));
    let lines: Vec<String> = all.iter().map(line).collect();
    let grown = |at: usize| match (all.first(), all.last()) {
        (Some(first), Some(last)) => format!("**{:.2}**", last.us[at] / first.us[at]),
        _ => String::new(),
    };
    let grown: Vec<String> = (0..WHAT.len()).map(grown).collect();
    format!("{head}\n{}\n| most against fewest, bar {BAR} | {} |", lines.join("\n"), grown.join(" | "))
}

/// Each operation's cost over the rows, in times of its cost among the fewest.
fn plot(path: &Path, all: &[Costs]) -> Result<()> {
    let (Some(first), Some(last)) = (all.first(), all.last()) else { return Ok(()) };
    let times = |costs: &Costs, at: usize| costs.us[at] / first.us[at];
    let highest = all.iter().flat_map(|costs| (0..WHAT.len()).map(move |at| times(costs, at))).fold(2.0, f64::max);
    let rows = |costs: &Costs| costs.rows as f64;
    let failed = |error: &dyn std::fmt::Display| anyhow!("{} cannot be drawn: {error}", path.display());
    let area = SVGBackend::new(path, SIZE).into_drawing_area();
    area.fill(&WHITE).map_err(|error| failed(&error))?;
    let mut chart = ChartBuilder::on(&area)
        .caption("Cost of an operation by rows, in times of the fewest", ("sans-serif", 20))
        .margin(16)
        .x_label_area_size(40)
        .y_label_area_size(48)
        .build_cartesian_2d((rows(first)..rows(last).max(rows(first) * 10.0)).log_scale(), 0.0..highest * 1.1)
        .map_err(|error| failed(&error))?;
    chart
        .configure_mesh()
        .x_desc("rows")
        .x_label_formatter(&|rows| format!("{rows:.0}"))
        .draw()
        .map_err(|error| failed(&error))?;
    for (at, what) in WHAT.iter().enumerate() {
        let colour = Palette99::pick(at).to_rgba();
        let points = all.iter().map(|costs| (rows(costs), times(costs, at)));
        chart
            .draw_series(LineSeries::new(points, colour.stroke_width(2)).point_size(4))
            .map_err(|error| failed(&error))?
            .label(*what)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour.stroke_width(2)));
    }
    let bar = [(rows(first), BAR), (rows(last), BAR)];
    chart
        .draw_series(LineSeries::new(bar, BLACK))
        .map_err(|error| failed(&error))?
        .label("bar")
        .legend(|(x, y)| PathElement::new([(x, y), (x + 18, y)], BLACK));
    let mut labels = chart.configure_series_labels();
    labels.position(SeriesLabelPosition::UpperLeft).border_style(BLACK).draw().map_err(|error| failed(&error))?;
    area.present().map_err(|error| failed(&error))
}
