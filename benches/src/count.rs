//! Instructions that one operation of a hot path takes, as callgrind counts them: other than its time, they are the
//! same on a busy machine. Two runs of this program differ only in how often they do the operation; what the longer
//! one takes more is the operations' alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::paths::{self, Path as HotPath};

/// Instructions an operation by path.
type Counts = BTreeMap<String, u64>;

/// Thousandths by which a count may differ from the kept one: what random hash seeds and threads come to is below 5.
const TOLERANCE: u64 = 30;

const HEAD: &str = "\
# Instructions of one operation on SQLite, 64 callers where it writes: what `cargo xtask bench --compare` compares
# with and `cargo xtask bench --accept` writes anew.
";

/// Counts the named paths, all when there are none, and tells how they differ from those kept in `file`.
///
/// # Errors
/// When one differs by more than [`TOLERANCE`] and is not accepted.
pub(crate) fn run(file: &Path, names: &[String], accept: bool) -> Result<()> {
    let kept = fs::read_to_string(file).unwrap_or_default();
    let mut kept: Counts = toml::from_str(&kept).with_context(|| format!("{} cannot be read", file.display()))?;
    let mut strayed = Vec::new();
    for path in paths::ALL.iter().filter(|path| names.is_empty() || names.iter().any(|name| name == path.name)) {
        let count = count(path)?;
        let told = match kept.get(path.name) {
            Some(before) => {
                let differs = count.abs_diff(*before) * 1_000 / before;
                let sign = if count < *before { "−" } else { "+" };
                if differs > TOLERANCE {
                    strayed.push(path.name);
                }
                format!("{sign}{}.{} % of {before}", differs / 10, differs % 10)
            }
            None => {
                strayed.push(path.name);
                "not counted before".to_owned()
            }
        };
        println!("{:8} {count:>10} instructions, {told}", path.name);
        kept.insert(path.name.to_owned(), count);
    }
    if accept {
        return Ok(fs::write(file, format!("{HEAD}{}", toml::to_string(&kept)?))?);
    }
    if strayed.is_empty() {
        return Ok(());
    }
    bail!(
        "{} left the {}.{} % within which a count may move; mend it, or take it with cargo xtask bench --accept",
        strayed.join(", "),
        TOLERANCE / 10,
        TOLERANCE % 10
    )
}

fn count(path: &HotPath) -> Result<u64> {
    let [few, many] = path.times;
    let (less, more) = (instructions(path.name, few)?, instructions(path.name, many)?);
    Ok(more.saturating_sub(less) / (many - few) as u64)
}

/// All instructions of a run of this program that does the path so many times.
fn instructions(name: &str, times: usize) -> Result<u64> {
    let out = tempfile::NamedTempFile::new()?;
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--quiet", "--tool=callgrind", &format!("--callgrind-out-file={}", out.path().display())]);
    valgrind.arg(std::env::current_exe()?).args(["walk", name, &times.to_string()]).stderr(Stdio::piped());
    let ran = valgrind.output().context("valgrind cannot be started; remedy: apt-get install valgrind")?;
    if !ran.status.success() {
        bail!("valgrind failed on {name}:\n{}", String::from_utf8_lossy(&ran.stderr));
    }
    let told = fs::read_to_string(out.path())?;
    let totals = told.lines().find_map(|line| line.strip_prefix("totals: "));
    totals.and_then(|totals| totals.trim().parse().ok()).context("callgrind wrote no totals")
}
