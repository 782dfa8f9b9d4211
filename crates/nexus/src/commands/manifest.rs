//! `nexus manifest`: what a company has declared for itself, as the files that an app would have.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use nexus_kernel::faces::ListParams;
use nexus_kernel::model::schema::{OwnKind, OwnManifest};
use nexus_kernel::model::{Uuid, names};
use nexus_kernel::{Call, Kernel, Principal, Request, Tenant};
use serde_json::{Value as Json, json};
use std::sync::Arc;

use crate::failure::Failure;
use crate::output;
use crate::place::{Place, Who, wait};

/// The object of the records.
const OBJECT: &str = "core.manifest";
/// A company has at most 500 of them.
const PAGE: usize = 500;

/// What a company has declared for itself: fields, states, views, roles and objects of its own
#[derive(Args)]
pub(crate) struct Manifest {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Export(Export),
    Import(Import),
}

/// Write them into a folder, as TOML files in the notation of an app's
#[derive(Args)]
#[command(after_help = "Example:\n  nexus manifest export ./ours --data ./data")]
struct Export {
    /// The folder, made when missing
    folder: PathBuf,
    #[command(flatten)]
    common: Common,
}

/// Declare what a folder's files say: all of it as one change, or nothing
///
/// Manifests that are there already are replaced; others stay.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus manifest import ./ours --data ./data --tenant kibo-ltd")]
struct Import {
    /// The folder
    folder: PathBuf,
    /// Answer what would change, and change nothing
    #[arg(long)]
    preview: bool,
    #[command(flatten)]
    common: Common,
}

#[derive(Args)]
struct Common {
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    place: Place,
}

impl Manifest {
    pub(crate) fn json(&self) -> bool {
        match &self.command {
            Command::Export(command) => command.common.json,
            Command::Import(command) => command.common.json,
        }
    }

    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let (common, lock) = match &self.command {
            Command::Export(command) => (&command.common, false),
            Command::Import(command) => (&command.common, !command.preview),
        };
        let found = common.place.find()?;
        found.log("warn")?;
        found.must_exist()?;
        let _lock = if lock { found.lock()? } else { None };
        let kernel = found.open_existing()?;
        wait(async {
            let (tenant, principal) = common.who.find(&kernel).await?;
            let own = own(&kernel, &tenant, &principal).await?;
            match &self.command {
                Command::Export(command) => {
                    export(&command.folder, own.into_values().map(|(_, own)| own), common.json)?
                }
                Command::Import(command) => {
                    let calls = calls(&command.folder, &own)?;
                    let files = calls.len();
                    let request = Request { calls, preview: command.preview, ..Request::default() };
                    let reply = kernel.dispatch(&tenant, &principal, request).await?;
                    let would = if command.preview { " would be" } else { "" };
                    if common.json {
                        output::json(&json!({"run": reply.run, "manifests": files, "changes": reply.changes}));
                    } else {
                        output::line(format_args!("{files} manifests{would} in force, run {}", reply.run));
                    }
                }
            }
            Ok(ExitCode::SUCCESS)
        })
    }
}

/// What there is, by its file.
pub(super) async fn own(
    kernel: &Kernel,
    tenant: &Arc<Tenant>,
    principal: &Arc<Principal>,
) -> Result<BTreeMap<String, (Uuid, OwnManifest)>, Failure> {
    let object = Arc::clone(tenant.object(OBJECT)?);
    let params = ListParams { limit: Some(PAGE), ..ListParams::default() };
    let page = kernel.list(tenant, principal, &object, params).await?;
    let text = |record: &Json, field: &str| record[field].as_str().unwrap_or_default().to_owned();
    let own = page.data.iter().filter_map(|shown| {
        let record = json!(shown);
        let kind = KINDS.iter().find(|(name, _)| *name == record["kind"])?.1;
        let own = OwnManifest { kind, name: text(&record, "name"), text: text(&record, "text") };
        Some((own.file(), (shown.id(), own)))
    });
    Ok(own.collect())
}

const KINDS: [(&str, OwnKind); 4] = [
    ("app", OwnKind::App),
    ("object", OwnKind::Object),
    ("extension", OwnKind::Extension),
    ("report", OwnKind::Report),
];

fn export(folder: &Path, own: impl Iterator<Item = OwnManifest>, as_json: bool) -> Result<(), Failure> {
    let mut files = Vec::new();
    for own in own {
        let path = folder.join(own.file());
        let made =
            path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, &own.text));
        made.map_err(|error| Failure::file("write", &path, &error))?;
        files.push(path.display().to_string());
    }
    if as_json {
        output::json(&json!({ "files": files }));
    } else {
        files.iter().for_each(output::line);
    }
    Ok(())
}

/// The calls that bring a folder's files into force.
fn calls(folder: &Path, known: &BTreeMap<String, (Uuid, OwnManifest)>) -> Result<Vec<Call>, Failure> {
    let app = OwnManifest { kind: OwnKind::App, name: "custom".to_owned(), text: String::new() };
    let mut found = vec![app];
    let folders = [
        (OwnKind::Object, "custom/objects"),
        (OwnKind::Extension, "custom/extensions"),
        (OwnKind::Report, "custom/reports"),
    ];
    for (kind, inside) in folders {
        let Ok(entries) = std::fs::read_dir(folder.join(inside)) else { continue };
        for entry in entries {
            let path = entry.map_err(|error| Failure::file("read", &folder.join(inside), &error))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if let Some(name) = name.strip_suffix(".toml").filter(|name| name.split('.').all(names::is_name)) {
                found.push(OwnManifest { kind, name: name.to_owned(), text: String::new() });
            }
        }
    }
    let mut calls = Vec::new();
    for own in found {
        let path = folder.join(own.file());
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            // Who has no roles of their own needs no file for the app.
            Err(error) if own.kind == OwnKind::App && error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(Failure::file("read", &path, &error)),
        };
        let kind = KINDS.iter().find(|(_, kind)| *kind == own.kind).map(|(name, _)| *name);
        calls.push(match known.get(&own.file()) {
            Some((id, _)) => {
                Call { action: "core.update_manifest".to_owned(), record: Some(*id), input: json!({ "text": text }) }
            }
            None => Call {
                action: "core.create_manifest".to_owned(),
                record: None,
                input: json!({"kind": kind, "name": own.name, "text": text}),
            },
        });
    }
    if calls.is_empty() {
        return Err(Failure::usage(format!(
            "there is no custom/app.toml, custom/objects or custom/extensions in {}",
            folder.display()
        )));
    }
    Ok(calls)
}
