//! A line of a purchase history: customer, posted invoice, posted payment, as `nexus import` reads CDNOW's.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Result, ensure};
use nexus_kernel::ImportRequest;

use crate::Plan;
use crate::measure::{Figure, interleave, rate};
use crate::place::{Base, Place};

/// Lines of one file; a third are of new customers.
const ROUND: usize = 1_000;

/// The mapping that the demo imports CDNOW's history with.
const MAPPING: &str = include_str!("../../apps/business/finance/demo/cdnow.toml");

pub(crate) async fn run(plan: &Plan, base: Base) -> Result<Vec<Figure>> {
    let place = Place::open(base).await?;
    let object = Arc::clone(place.kernel.registry.object("finance.invoice")?);
    let [nexus] = interleave(plan.rounds, async |_, turn| {
        let request = ImportRequest {
            file: Box::new(std::io::Cursor::new(text(turn * ROUND))),
            name: "CDNOW_master.txt".to_owned(),
            mapping: MAPPING.parse()?,
            preview: false,
            company: None,
            run: None,
        };
        let start = Instant::now();
        let report = place.kernel.import(&place.tenant, &place.admin, &object, request).await?;
        ensure!(report.rejected_count == 0, "lines were refused: {:?}", report.rejected.first());
        Ok(rate(ROUND, start.elapsed()))
    })
    .await?;
    Ok(vec![Figure {
        name: format!("purchase{}", base.suffix()),
        what: "lines of the CDNOW history, 100 lines a commit: customer, posted invoice, posted payment".to_owned(),
        unit: "lines/s",
        nexus,
        ceiling: Vec::new(),
        bar: None,
    }])
}

/// Lines in the form of `CDNOW_master.txt`.
fn text(first: usize) -> String {
    let mut text = "customer_id date number_of_cds dollar_value\n".to_owned();
    for number in first..first + ROUND {
        let (day, pounds, pence) = (1 + number % 28, 5 + number % 60, number % 100);
        let _ = writeln!(text, " {:05} 199702{day:02}  1  {pounds}.{pence:02}", number / 3);
    }
    text
}
