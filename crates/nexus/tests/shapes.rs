//! Databases of every earlier form of the tables are opened, brought forward, and work.
//!
//! `shapes/README.md` says what they are and how the next is added.

use std::fs::File;
use std::io::copy;
use std::path::{Path, PathBuf};
use std::process::Command;

use flate2::read::GzDecoder;
use nexus_testkit::Scratch;
use serde_json::{Value as Json, json};

fn answers(args: &[&str]) -> Json {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nexus"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("NEXUS_")) {
        command.env_remove(name);
    }
    // An action's input is its `--json`, and its answer is JSON anyway.
    let asks = if args[0] == "run" { &[][..] } else { &["--json"] };
    let said = command.args(args).args(asks).output().expect("the binary runs");
    let told = String::from_utf8_lossy(&said.stdout);
    assert!(said.status.success(), "nexus {args:?}\n{told}\n{}", String::from_utf8_lossy(&said.stderr));
    // A list is one record a line.
    serde_json::from_str(&told).unwrap_or_else(|_| {
        let records = told.lines().map(|line| serde_json::from_str(line).expect("a record"));
        Json::Array(records.collect())
    })
}

/// Each file whose packed name ends so, unpacked into a folder.
fn shapes(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shapes");
    let files = std::fs::read_dir(kept).expect("the folder").map(|entry| entry.expect("a file").path());
    let files = files.filter(|path| path.to_string_lossy().ends_with(ending));
    let unpacked = files.map(|packed| {
        let name = packed.file_stem().expect("a name");
        let mut from = GzDecoder::new(File::open(&packed).expect("the file opens"));
        copy(&mut from, &mut File::create(folder.join(name)).expect("a file")).expect("it unpacks");
        folder.join(name)
    });
    let unpacked: Vec<PathBuf> = unpacked.collect();
    assert!(!unpacked.is_empty(), "there are {ending}");
    unpacked
}

/// What every shape holds, and that it is worked on.
fn works(place: &[&str]) {
    let run = |args: &[&str]| answers(&[args, place].concat());
    let foreseen = &run(&["migrate", "--check"])["tenants"][0];
    assert_eq!((&foreseen["succeeds"], &foreseen["lacking"]), (&json!(true), &json!([])), "{foreseen}");
    let count = |object: &str| run(&["export", object]).as_array().map_or(0, Vec::len);
    assert_eq!((count("crm.lead"), count("finance.invoice"), count("finance.journal_entry")), (13, 19, 39));
    let coast = run(&["export", "crm.lead", "--filter", "x_region == 'coast'"]);
    assert_eq!(coast["name"], "Amina of the coast", "{coast}");
    assert_eq!(run(&["verify"])["findings"], json!([]));
    // The changes of then are told, and those of now are made and undone.
    let (id, told) = (coast["id"].as_str().expect("an id"), &["changes", "crm.lead", "--record"][..]);
    let told = run(&[told, &[id]].concat());
    assert_eq!(told["fate"], "created", "{told}");
    let updated = run(&["run", "crm.update_lead", "--record", id, "--json", r#"{"x_region": "highlands"}"#]);
    run(&["undo", updated["run"].as_str().expect("a run")]);
    run(&["run", "custom.create_vehicle", "--json", r#"{"plate": "KDA 2"}"#]);
    assert_eq!(count("custom.vehicle"), 2);
    assert_eq!(run(&["verify"])["findings"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_file_there_was_is_brought_forward_on_both_databases() {
    let folder = tempfile::tempdir().expect("a folder");
    for shape in shapes(folder.path(), ".tar.gz") {
        let data = folder.path().join("data");
        let (file, data) = (shape.to_str().expect("a path"), data.to_str().expect("a path"));
        let scratch = Scratch::new().await;
        let url = scratch.url();
        for place in [vec!["--data", data], vec!["--data", data, "--database", url.as_str()]] {
            answers(&[&["restore", file], &place[..]].concat());
            works(&place);
        }
        scratch.remove().await;
        std::fs::remove_dir_all(data).expect("the folder goes");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_schema_there_was_is_brought_forward_on_both_databases() {
    let folder = tempfile::tempdir().expect("a folder");
    for shape in shapes(folder.path(), ".sql.gz") {
        let [data, files, backup] = ["data", "files", "backup.tar"].map(|name| folder.path().join(name));
        let [data, files, backup] = [&data, &files, &backup].map(|path| path.to_str().expect("a path"));
        let scratch = Scratch::new().await;
        scratch.run(&std::fs::read_to_string(&shape).expect("SQL")).await;
        let url = scratch.url();
        let place = ["--data", data, "--database", url.as_str()];
        // A backup is of the tables as they are there, before any release has brought them forward.
        answers(&[&["backup", backup], &place[..]].concat());
        works(&place);
        answers(&["restore", backup, "--data", files]);
        works(&["--data", files]);
        scratch.remove().await;
        std::fs::remove_dir_all(files).expect("the folder goes");
        std::fs::remove_file(backup).expect("the backup goes");
    }
}
