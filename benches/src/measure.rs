//! Rounds of Nexus and of the ceiling, one after the other, so that a busy moment of the machine meets both.
#![allow(clippy::float_arithmetic)]

use std::time::Duration;

use anyhow::Result;

/// Done per second in each round.
pub(crate) type Rates = Vec<f64>;

/// One row of the table.
pub(crate) struct Figure {
    pub(crate) name: String,
    /// What is done, in a few words.
    pub(crate) what: String,
    /// What the rates count.
    pub(crate) unit: &'static str,
    pub(crate) nexus: Rates,
    /// Hand-written SQL, where there is some to compare with.
    pub(crate) ceiling: Rates,
    /// The least ratio that we hold ourselves to.
    pub(crate) bar: Option<f64>,
}

pub(crate) fn rate(done: usize, took: Duration) -> f64 {
    f64::from(u32::try_from(done).unwrap_or(u32::MAX)) / took.as_secs_f64()
}

pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => 0.0,
        len if len % 2 == 1 => sorted[len / 2],
        len => f64::midpoint(sorted[len / 2 - 1], sorted[len / 2]),
    }
}

fn spread(values: &[f64]) -> (f64, f64) {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    (least, values.iter().copied().fold(0.0, f64::max))
}

/// A rate with three digits that mean something: `41 300`, `812`, `9.4`.
fn told(rate: f64) -> String {
    let whole = match rate {
        rate if rate >= 10_000.0 => format!("{:.0}", (rate / 100.0).round() * 100.0),
        rate if rate >= 1_000.0 => format!("{:.0}", (rate / 10.0).round() * 10.0),
        rate if rate >= 100.0 => format!("{rate:.0}"),
        rate => return format!("{rate:.1}"),
    };
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn told_rates(rates: &[f64], unit: &str) -> String {
    if rates.is_empty() {
        return "–".to_owned();
    }
    let (least, most) = spread(rates);
    format!("{} {unit} ({}–{})", told(median(rates)), told(least), told(most))
}

impl Figure {
    pub(crate) fn ratios(&self) -> Rates {
        self.nexus.iter().zip(&self.ceiling).map(|(nexus, ceiling)| nexus / ceiling).collect()
    }

    pub(crate) fn nexus_told(&self) -> String {
        told_rates(&self.nexus, self.unit)
    }

    pub(crate) fn ceiling_told(&self) -> String {
        told_rates(&self.ceiling, self.unit)
    }

    pub(crate) fn ratio_told(&self) -> String {
        let ratios = self.ratios();
        if ratios.is_empty() {
            return "–".to_owned();
        }
        let (least, most) = spread(&ratios);
        format!("**{:.2}** ({least:.2}–{most:.2})", median(&ratios))
    }

    pub(crate) fn line(&self) -> String {
        format!(
            "    {}: {}, ceiling {}, ratio {}",
            self.what,
            self.nexus_told(),
            self.ceiling_told(),
            self.ratio_told()
        )
    }
}

/// The rates of `rounds` rounds of each contender, interleaved; a first round warms up and does not count.
pub(crate) async fn interleave<const N: usize>(
    rounds: usize,
    mut round: impl AsyncFnMut(usize, usize) -> Result<f64>,
) -> Result<[Rates; N]> {
    let mut rates: [Rates; N] = std::array::from_fn(|_| Vec::with_capacity(rounds));
    for turn in 0..=rounds {
        for offset in 0..N {
            // Each begins in turn, so that none always runs after the same other.
            let contender = (turn + offset) % N;
            let measured = round(contender, turn).await?;
            if turn > 0 {
                rates[contender].push(measured);
            }
        }
    }
    Ok(rates)
}
