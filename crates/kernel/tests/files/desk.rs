//! A tenant with an app whose records refer to files, and short words for what is done with them.

use futures::{StreamExt, TryStreamExt, stream};
use nexus_kernel::contents::{Depot, FilesError};
use nexus_kernel::model::Uuid;
use nexus_kernel::{App, AppSource, FileOptions, NewUpload, Problem, Uploading};
use nexus_testkit::{On, Tenant};

const APP: &str = r#"
name = "Desk"
suite = "office"
icon = "file"
about = "Letters."
[roles]
clerk = { about = "Sees the letters of the house" }
guest = { about = "Sees the letters that are open" }
"#;

const LETTER: &str = r#"
label = "Letter"
title = "name"
[fields]
name = { type = "text", required = true }
open = { type = "boolean" }
paper = { type = "file" }
veiled = { type = "file", level = 1 }
enclosures = { type = "table", of = "enclosure" }
[access.clerk]
verbs = ["read", "create", "update", "delete"]
[access.guest]
rows = "open"
verbs = ["read", "create", "update"]
"#;

const ENCLOSURE: &str = r#"
label = "Enclosure"
child_of = "letter"
[fields]
paper = { type = "image" }
"#;

fn app() -> App {
    App::new(AppSource {
        name: "desk",
        manifest: APP,
        objects: &[("enclosure", ENCLOSURE), ("letter", LETTER)],
        ..Default::default()
    })
}

/// Runs a test with a tenant whose files are in `depot`.
pub(crate) fn run_in<F: Future<Output = ()>>(on: On, files: FileOptions, test: impl FnOnce(Tenant) -> F) {
    on.run(|storage| async move {
        let tenant =
            Tenant::open_with(vec![app()], &storage, |options| nexus_kernel::Options { files, ..options }).await;
        test(tenant.clone()).await;
        let findings = tenant.kernel.verify(&tenant.tenant).await.expect("verify runs");
        assert!(findings.is_empty(), "after the test the data do not hold together: {findings:?}");
    });
}

/// The same with files in memory and nothing that looks at them.
pub(crate) fn run<F: Future<Output = ()>>(on: On, test: impl FnOnce(Tenant) -> F) {
    run_in(on, FileOptions::new(Some(Depot::memory())), test);
}

/// Bytes that nothing compresses or repeats, the same for a seed.
pub(crate) fn noise(seed: u64, bytes: usize) -> Vec<u8> {
    let mut noise = vec![0; bytes];
    blake3::Hasher::new().update(&seed.to_le_bytes()).finalize_xof().fill(&mut noise);
    noise
}

pub(crate) fn named(name: &str, size: usize) -> NewUpload {
    NewUpload { name: name.to_owned(), size: size as u64, ..NewUpload::default() }
}

/// Sends bytes, and then breaks the line if `broken`.
pub(crate) async fn send(
    t: &Tenant,
    upload: Uuid,
    offset: u64,
    bytes: &[u8],
    broken: bool,
) -> Result<Uploading, Problem> {
    let parts: Vec<_> = bytes.chunks(100_000).map(|part| Ok(bytes::Bytes::copy_from_slice(part))).collect();
    let end = broken.then(|| Err(FilesError::Source("the line broke".to_owned())));
    let body = stream::iter(parts).chain(stream::iter(end)).boxed();
    t.kernel.append_upload(&t.tenant, &t.principal, upload, offset, body).await
}

/// A file of these bytes.
pub(crate) async fn file(t: &Tenant, name: &str, bytes: &[u8]) -> Uuid {
    let begun = t.kernel.begin_upload(&t.tenant, &t.principal, named(name, bytes.len())).await;
    let upload = begun.unwrap_or_else(|problem| panic!("not begun: {problem}")).id;
    if !bytes.is_empty() {
        send(t, upload, 0, bytes, false).await.unwrap_or_else(|problem| panic!("not sent: {problem}"));
    }
    upload
}

/// What a version of a file contains, or why it is not open.
pub(crate) async fn read(t: &Tenant, file: Uuid, version: Option<usize>) -> Result<Vec<u8>, Problem> {
    let file = t.kernel.file(&t.tenant, &t.principal, file, version).await?;
    let parts = t.kernel.file_range(&t.tenant, &file, 0..file.content.size).await?;
    Ok(parts.try_collect::<Vec<_>>().await?.concat())
}
