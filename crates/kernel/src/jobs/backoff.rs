//! The pause before a job that failed is tried again.

use jiff::SignedDuration;
use nexus_model::Uuid;

/// A pause after the `attempt`th failure: any between none and a bound that doubles with each failure ("full jitter",
/// Brooker, Exponential Backoff And Jitter, AWS 2015), so that what failed together does not come back together. It is
/// drawn from the job and the attempt, and so the same for whoever works it out.
pub(super) fn pause(job: Uuid, attempt: i64, first_seconds: i64, most_seconds: i64) -> SignedDuration {
    let doublings = u32::try_from(attempt.clamp(1, 40) - 1).unwrap_or_default();
    let bound = first_seconds.saturating_mul(1 << doublings).min(most_seconds).max(0);
    let bound = u128::from(bound.unsigned_abs()) * 1_000_000;
    let mut seed = job.as_bytes().to_vec();
    seed.extend(attempt.to_be_bytes());
    let drawn = blake3::hash(&seed);
    let (drawn, _) = drawn.as_bytes().split_at(8);
    let drawn = drawn.iter().fold(0_u128, |number, byte| (number << 8) | u128::from(*byte));
    let micros = (drawn * (bound + 1)) >> 64;
    SignedDuration::from_micros(i64::try_from(micros).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_pause_is_within_its_bound(seed: u128, attempt in 1_i64..100, first in 1_i64..86_400, most in 1_i64..604_800) {
            let pause = pause(Uuid::from_u128(seed), attempt, first, most);
            prop_assert!(!pause.is_negative());
            let doubled = i128::from(first) << (attempt - 1).min(60);
            prop_assert!(i128::from(pause.as_secs()) <= doubled.min(i128::from(most)));
        }
    }

    #[test]
    fn pauses_of_a_thousand_jobs_spread_over_the_whole_bound() {
        // 16 s after the third failure of one that begins with 4 s; a tenth of the bound holds about a hundred.
        let mut tenths = [0; 10];
        for seed in 0..1_000 {
            let micros = pause(Uuid::from_u128(seed), 3, 4, 3_600).as_micros();
            tenths[usize::try_from(micros * 10 / 16_000_001).expect("a tenth")] += 1;
        }
        assert!(tenths.iter().all(|count| (60..=140).contains(count)), "{tenths:?}");
    }
}
