//! What the figures were measured on.
#![allow(clippy::float_arithmetic)]

use std::fs;
use std::io::Write as _;
use std::time::Instant;

use nexus_kernel::model::Timestamp;

use crate::measure::median;

/// One line: processor, memory, disk, versions, day.
pub(crate) fn facts() -> String {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let after = |text: &str, key: &str| {
        let line = text.lines().find(|line| line.starts_with(key)).and_then(|line| line.split_once(':'));
        line.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor = after(&read("/proc/cpuinfo"), "model name");
    let memory = after(&read("/proc/meminfo"), "MemTotal");
    let memory = memory.trim_end_matches(" kB").parse::<u64>().unwrap_or_default() / (1 << 20);
    let load = read("/proc/loadavg").split(' ').next().unwrap_or_default().to_owned();
    let kernel = read("/proc/sys/kernel/osrelease").trim().to_owned();
    let profile = if cfg!(debug_assertions) { "dev" } else { "release" };
    let day = Timestamp::now().to_string().chars().take(10).collect::<String>();
    let flush = flush_us();
    format!(
        "{day}, profile {profile}: {cores} × {processor}, {memory} GiB, Linux {kernel}, SQLite {}, one append made durable in \
         {flush:.0} µs, load {load} from others and us.",
        rusqlite::version()
    )
}

/// How long the disk takes to make one appended page durable, in microseconds.
fn flush_us() -> f64 {
    let timed = || -> std::io::Result<Vec<f64>> {
        let mut file = tempfile::tempfile()?;
        let page = [7_u8; 4096];
        (0..200)
            .map(|_| {
                let start = Instant::now();
                file.write_all(&page)?;
                file.sync_data()?;
                Ok(start.elapsed().as_secs_f64() * 1e6)
            })
            .collect()
    };
    timed().map(|times| median(&times)).unwrap_or_default()
}
