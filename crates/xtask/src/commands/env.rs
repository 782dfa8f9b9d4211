//! `env`: export lines, so that plain cargo in a developer's shell shares the compile cache.

use crate::workspace::Workspace;
use anyhow::Result;

pub(crate) fn run(ws: &Workspace) -> Result<()> {
    println!("export CARGO_TARGET_DIR={}", quoted(&ws.target.to_string_lossy()));
    println!("export RUSTFLAGS={}", quoted(&ws.rustflags()));
    Ok(())
}

/// Quoted for a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_in_a_path_survives_the_shell() {
        assert_eq!(quoted("/home/o'neil/x y"), r"'/home/o'\''neil/x y'");
    }
}
