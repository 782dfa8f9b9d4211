//! Coverage-guided fuzzing of what reads text from outside, with libFuzzer on the stable compiler.

use crate::shell::{self, say};
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command};

/// Seconds of each target.
const SECONDS: u32 = 60;
/// What a target may take of memory, in MiB, and of seconds for one input.
const MEMORY: u32 = 2048;
const ONE_INPUT: u32 = 20;
/// Targets at a time.
const AT_ONCE: usize = 2;

/// What libFuzzer needs of the compiler: which edges were taken, and what was compared with what.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg fuzzing";

struct Target {
    name: &'static str,
    /// Folders of inputs to begin with.
    seeds: &'static [&'static str],
    /// Bytes of an input.
    longest: u32,
}

const TARGETS: &[Target] = &[
    Target {
        name: "manifest",
        seeds: &["apps/business/crm/objects", "apps/business/crm/reports", "apps/business/finance/objects"],
        longest: 4096,
    },
    Target { name: "expression", seeds: &[], longest: 512 },
    Target { name: "csv", seeds: &["apps/business/contacts/demo", "apps/business/crm/demo"], longest: 2048 },
    Target { name: "tsv", seeds: &[], longest: 2048 },
    Target { name: "fixed", seeds: &[], longest: 1024 },
    Target { name: "json_lines", seeds: &[], longest: 1024 },
    Target { name: "xlsx", seeds: &[], longest: 2048 },
    Target { name: "tus", seeds: &[], longest: 256 },
];

/// Runs every target for a minute. What was found to reach new code is kept in the cache for the next time.
pub(crate) fn run(ws: &Workspace) -> Result<()> {
    let folder = ws.path("fuzz");
    let triple = host()?;
    let target = ws.cache.join("fuzz");
    say("compiling the fuzz targets");
    let mut cargo = Command::new("cargo");
    // Flags go to what is fuzzed alone when a target is named, and not to build scripts.
    cargo.args(["build", "--release", "--locked", "--target", &triple]).current_dir(&folder);
    cargo.env("RUSTFLAGS", FLAGS).env("CARGO_TARGET_DIR", &target);
    shell::run(&mut cargo)?;
    let binaries = target.join(&triple).join("release");
    let mut failed = Vec::new();
    for pair in TARGETS.chunks(AT_ONCE) {
        let mut running: Vec<(&Target, PathBuf, Child)> = Vec::new();
        for fuzzed in pair {
            let corpus = target.join("corpus").join(fuzzed.name);
            fs::create_dir_all(&corpus).with_context(|| format!("cannot make {}", corpus.display()))?;
            let log = target.join(format!("{}.log", fuzzed.name));
            let out = fs::File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
            let mut command = Command::new(binaries.join(fuzzed.name));
            command.arg(format!("-max_total_time={SECONDS}")).arg(format!("-timeout={ONE_INPUT}"));
            command.arg(format!("-rss_limit_mb={MEMORY}")).arg(format!("-max_len={}", fuzzed.longest));
            command.arg(format!("-artifact_prefix={}/{}-", target.display(), fuzzed.name)).arg("-print_final_stats=1");
            let words = folder.join(format!("{}.dict", fuzzed.name));
            if words.exists() {
                command.arg(format!("-dict={}", words.display()));
            }
            command.arg(&corpus).args(fuzzed.seeds.iter().map(|seeds| ws.path(seeds)));
            let errors = out.try_clone().context("cannot write a log twice")?;
            let child = command.stdout(out).stderr(errors).spawn();
            running.push((fuzzed, log, child.with_context(|| format!("cannot start {}", fuzzed.name))?));
        }
        for (fuzzed, log, mut child) in running {
            let ended = child.wait().context("a fuzz target was lost")?;
            let told = fs::read_to_string(&log).unwrap_or_default();
            let runs = told.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
            if ended.success() && runs.is_some() {
                say(&format!("{}: {} inputs in {SECONDS} s", fuzzed.name, runs.unwrap_or_default().trim()));
            } else {
                let from = told.find("panicked at").or_else(|| told.find("ERROR:")).unwrap_or_default();
                say(&format!("{}:\n{}", fuzzed.name, told[from..].chars().take(3_000).collect::<String>()));
                failed.push(fuzzed.name);
            }
        }
    }
    if !failed.is_empty() {
        bail!("{} failed; the input is in {}", failed.join(", "), target.display());
    }
    Ok(())
}

/// The triple of this machine.
fn host() -> Result<String> {
    let said = Command::new("rustc").arg("-vV").output().context("cannot run rustc")?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let host = said.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned);
    host.context("rustc does not tell the host's triple")
}
