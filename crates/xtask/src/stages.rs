//! A row of stages: each is named, timed and counted; the first failure ends the row.

use anyhow::{Result, bail};
use std::time::{Duration, Instant};

/// One named step and what to do when it fails.
pub(crate) struct Stage<T> {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) remedy: &'static str,
    pub(crate) run: fn(&T) -> Result<()>,
}

/// Runs the stages in order and prints the closing lines that people and machines read.
pub(crate) fn run<T>(context: &T, stages: &[&Stage<T>]) -> Result<()> {
    let start = Instant::now();
    for (done, stage) in stages.iter().enumerate() {
        println!("\n==> {}: {}", stage.name, stage.about);
        let began = Instant::now();
        let result = (stage.run)(context);
        println!("    {} {} in {}", stage.name, verdict(&result), spoken(began.elapsed()));
        if let Err(error) = result {
            println!("\ntotal time {}", spoken(start.elapsed()));
            let skipped = stages.len() - done - 1;
            println!(
                "{done} passed, 1 failed{}",
                match skipped {
                    0 => String::new(),
                    skipped => format!(", {skipped} skipped"),
                }
            );
            bail!("stage `{}` failed: {error:#}\n  remedy: {}", stage.name, stage.remedy);
        }
    }
    println!("\ntotal time {}", spoken(start.elapsed()));
    println!("{} passed, 0 failed", stages.len());
    Ok(())
}

fn verdict(result: &Result<()>) -> &'static str {
    if result.is_ok() { "passed" } else { "FAILED" }
}

/// A duration in the unit a person would choose.
pub(crate) fn spoken(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{}.{} s", seconds, time.subsec_millis() / 100),
        10..120 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_spoken_in_the_unit_a_person_would_choose() {
        let check = |millis, expect| assert_eq!(spoken(Duration::from_millis(millis)), expect);
        check(0, "0.0 s");
        check(9_940, "9.9 s");
        check(61_000, "61 s");
        check(125_000, "2 min 05 s");
    }

    #[test]
    fn the_first_failing_stage_ends_the_row() {
        fn passes(log: &std::cell::RefCell<Vec<u8>>) -> Result<()> {
            log.borrow_mut().push(1);
            Ok(())
        }
        fn fails(log: &std::cell::RefCell<Vec<u8>>) -> Result<()> {
            log.borrow_mut().push(2);
            bail!("no")
        }
        let stage = |run| Stage { name: "s", about: "", remedy: "", run };
        let (good, bad) = (stage(passes as fn(&_) -> _), stage(fails));
        let log = std::cell::RefCell::default();
        assert!(run(&log, &[&good, &good]).is_ok());
        assert!(run(&log, &[&good, &bad, &good]).is_err());
        assert_eq!(log.into_inner(), [1, 1, 1, 2]);
    }
}
