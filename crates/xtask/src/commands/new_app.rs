//! `new app <suite>/<name>`: a new app folder that compiles and passes its own test.

use crate::workspace::Workspace;
use anyhow::Result;

pub(crate) fn run(_ws: &Workspace, _app: &str) -> Result<()> {
    anyhow::bail!("written once the first app exists")
}
