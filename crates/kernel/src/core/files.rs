//! What people do with files beside uploading them: replace what one contains, and go back to an earlier version.

use nexus_macros::action;
use nexus_model::Problem;
use schemars::JsonSchema;
use serde::Deserialize;

use super::objects::{File, FileVersion};
use crate::Result;
use crate::ctx::Ctx;
use crate::entity::Id;

/// Versions that a file has.
const VERSIONS_MAX: usize = 1_000;

/// What is to be the newest version.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct Replace {
    /// A file that was uploaded for this; it becomes the version and is no file of its own any more.
    with: Id<File>,
}

/// Makes what was uploaded the newest version of a file. Whatever refers to the file has the new version from then on.
#[action(object = "file", name = "replace", effect = "reversible", label = "New version")]
pub async fn replace_file(ctx: &mut Ctx, file: Id<File>, input: Replace) -> Result<File> {
    if input.with == file {
        return Err(Problem::field("with", "other", "is the file itself; upload the new version first"));
    }
    let file = ctx.get(file).await?;
    let upload = ctx.get(input.with).await?;
    let version = upload.versions.last().cloned().ok_or_else(|| Problem::internal("the file has no version"))?;
    // Refused while a record refers to it.
    ctx.delete(upload.id).await?;
    put(ctx, file, version).await
}

/// Which version is to be the newest again.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct Revert {
    /// Counted from 1, the oldest.
    version: usize,
}

/// Makes an earlier version of a file the newest; those between stay.
#[action(object = "file", name = "revert", effect = "reversible", label = "Go back to a version")]
pub async fn revert_file(ctx: &mut Ctx, file: Id<File>, input: Revert) -> Result<File> {
    let file = ctx.get(file).await?;
    let count = file.versions.len();
    let version = input.version.checked_sub(1).and_then(|at| file.versions.get(at)).cloned();
    let version = version.ok_or_else(|| {
        Problem::field("version", "range", format!("is from 1 to {count}: {} has so many versions", file.name))
    })?;
    put(ctx, file, version).await
}

async fn put(ctx: &mut Ctx, mut file: File, version: FileVersion) -> Result<File> {
    if file.versions.len() >= VERSIONS_MAX {
        let message =
            format!("{} has {VERSIONS_MAX} versions, and no more are kept; upload it as a new file", file.name);
        return Err(Problem::conflict(message));
    }
    let version = FileVersion { id: Id::default(), at: Some(ctx.now()), ..version };
    (file.media_type, file.size, file.digest) = (version.media_type.clone(), version.size, version.digest.clone());
    (file.text, file.width, file.height, file.examined) = (None, None, None, false);
    file.versions.push(version);
    ctx.save(file).await
}

/// A record of a file comes from its upload alone: one that named a content of its choice would open it.
pub(super) fn check_origin(ctx: &Ctx) -> Result<()> {
    if ctx.progress.action == "core.create_file" {
        return Err(Problem::denied("a file is made by uploading it: POST /api/v1/files"));
    }
    Ok(())
}
