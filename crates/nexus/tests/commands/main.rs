//! The command line as a script uses it: what is printed, what is left behind, and the exit code.

mod doctor;
mod exchange;
mod log;
mod migrate;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use nexus_testkit::Scratch;
use serde_json::{Value as Json, json};

const INIT: &[&str] = &[
    "--company",
    "Kibo Traders Ltd",
    "--country",
    "KE",
    "--email",
    "ada@kibo.example",
    "--password",
    "a quiet morning",
];

fn nexus(data: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nexus"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("NEXUS_")) {
        command.env_remove(name);
    }
    command.args(args).arg("--data").arg(data).stdin(Stdio::null());
    command
}

/// Runs a command that must end with `code`; answers what it printed.
fn ends(code: i32, data: &Path, args: &[&str]) -> (String, String) {
    let Output { status, stdout, stderr } = nexus(data, args).output().expect("the binary runs");
    let (out, err) = (String::from_utf8_lossy(&stdout).into_owned(), String::from_utf8_lossy(&stderr).into_owned());
    assert_eq!(status.code(), Some(code), "nexus {args:?}\n{out}\n{err}");
    (out, err)
}

fn answers(data: &Path, args: &[&str]) -> Json {
    let (out, _) = ends(0, data, args);
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("nexus {args:?} printed no JSON: {error}: {out}"))
}

fn set_up(data: &Path, more: &[&str]) -> Json {
    answers(data, &[&["init", "--json"], INIT, more].concat())
}

/// A server that is ended when dropped.
struct Served(Child);

impl Served {
    fn start(data: &Path) -> Served {
        Served::start_with(data, &[])
    }

    fn start_with(data: &Path, more: &[&str]) -> Served {
        let mut command = nexus(data, &[&["serve", "--listen", "127.0.0.1:0"], more].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("a server");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        assert!(line.starts_with("listening on http://127.0.0.1:"), "{line}");
        Served(child)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn init_twice_says_what_exists_and_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    assert_eq!(set_up(data, &[])["created"], true);
    let before = std::fs::read(data.join("control.db")).expect("the control file");
    assert_eq!(
        set_up(data, &["--demo"]),
        json!({"created": false, "tenant": "kibo-traders-ltd", "company": "Kibo Traders Ltd"})
    );
    assert_eq!(
        ends(0, data, &["init"]).0,
        "Kibo Traders Ltd is there already (tenant kibo-traders-ltd); nothing was changed\n"
    );
    assert_eq!(std::fs::read(data.join("control.db")).expect("the control file"), before);
    assert_eq!(ends(0, data, &["export", "crm.lead", "--json"]).0, "", "the second init loaded no sample data");
}

#[test]
fn the_sample_data_fit_and_every_role_gets_a_user() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = set_up(folder.path(), &["--demo"]);
    let records = made["demo"]["records"].as_array().expect("records");
    for entry in records {
        assert_eq!(entry["rejected"], 0, "{entry}");
    }
    let count = |object: &str| records.iter().find(|entry| entry["object"] == object).map(|entry| &entry["created"]);
    assert_eq!(count("contacts.party"), Some(&json!(40)));
    let users = made["demo"]["users"].as_array().expect("users");
    assert!(users.iter().any(|user| user["email"] == "sales@kibo.example" && user["roles"][0] == "salesperson"));
    ends(0, folder.path(), &["verify"]);
}

#[test]
fn wrong_usage_ends_with_2_and_names_what_is_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let wrong = |args: &[&str], expect: &str| {
        let (_, err) = ends(2, data, args);
        assert!(err.contains(expect), "nexus {args:?}: {err}");
    };
    wrong(&["init"], "missing: --company, --email, --password");
    wrong(
        &["init", "--company", "A", "--email", "a@b.example", "--password", "0123456789", "--country", "XX"],
        "--currency",
    );
    wrong(&["serve", "--apps", "crn"], "there is no app `crn`; there are");
    wrong(&["serve", "--database", "mysql://localhost/nexus"], "--database");
    wrong(&["serve", "--waiting-max", "0"], "--waiting-max: at least 1");
    wrong(&["serve", "--log", "=="], "--log");
    wrong(&["run", "crm.create_lead", "--json", "[]"], "--json");
    wrong(&["import", "contacts.party", "x.csv", "--map", "name"], "COLUMN=FIELD");
    std::fs::write(data.join("nexus.toml"), "listne = \"0.0.0.0:80\"\n").expect("written");
    wrong(&["verify"], "unknown field `listne`");
}

#[test]
fn what_is_refused_ends_with_1_and_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, none) = (folder.path(), folder.path().join("none"));
    assert!(ends(1, &none, &["verify"]).1.contains("set it up with `nexus init --data"));
    set_up(data, &[]);
    let (_, err) = ends(1, data, &["run", "crm.create_lead", "--json", r#"{"name": "A", "email": "nobody"}"#]);
    let problem: Json = serde_json::from_str(&err).expect("JSON");
    assert_eq!(problem["errors"][0]["field"], "email");
    ends(1, data, &["run", "crm.create_lead", "--json", r#"{"name": "A"}"#, "--user", "nobody@kibo.example"]);
    ends(1, data, &["export", "crm.lead", "--filter", "colour == 'red'"]);
}

#[test]
fn an_action_runs_and_its_run_is_undone() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    set_up(data, &[]);
    let lead = r#"{"name": "Tendai Moyo", "state": "qualified"}"#;
    let preview = answers(data, &["run", "crm.create_lead", "--preview", "--json", lead]);
    assert_eq!(preview["changes"][0]["summary"], "Creates lead Tendai Moyo");
    assert_eq!(ends(0, data, &["export", "crm.lead"]).0.lines().count(), 1, "a preview makes nothing");
    let made = answers(data, &["run", "crm.create_lead", "--user", "ada@kibo.example", "--json", lead]);
    let (run, id) = (made["run"].as_str().expect("a run"), made["output"]["id"].as_str().expect("an id"));
    assert!(made["output"]["owner"].is_string(), "the user who ran it owns it");
    let converted = answers(data, &["run", "crm.convert_lead", "--record", id]);
    assert_eq!(converted["output"]["title"], "Tendai Moyo");
    let (_, err) = ends(1, data, &["undo", run]);
    assert!(err.contains("changed since") || err.contains("conflict"), "{err}");
    ends(0, data, &["undo", converted["run"].as_str().expect("a run")]);
    ends(0, data, &["undo", run]);
    assert_eq!(ends(0, data, &["export", "crm.lead", "--json"]).0, "");
    ends(0, data, &["verify"]);
}

#[test]
fn an_import_answers_its_refused_rows_and_keeps_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    set_up(&data, &[]);
    let file = folder.path().join("people.csv");
    std::fs::write(&file, "Who,kind,email\nAda,person,ada@example.com\nBob,person,nobody\n").expect("written");
    let file = file.to_str().expect("a path");
    let import = ["import", "contacts.party", file, "--map", "Who=name"];
    let (out, err) = ends(1, &data, &[&import[..], &["--preview"]].concat());
    assert!(out.contains("1 records would be created"), "{out}");
    assert!(err.starts_with("row 2: email:"), "{err}");
    let (out, _) = ends(1, &data, &import);
    assert!(out.contains("2 rows: 1 records created, 0 updated, 0 unchanged, 1 rows refused"), "{out}");
    let (out, _) = ends(0, &data, &["export", "contacts.party", "--json"]);
    assert_eq!(out.lines().count(), 1);
    assert!(out.contains("\"name\":\"Ada\""), "{out}");
}

/// Fields and objects of one company's own, written out as an app's files and declared in another.
#[test]
fn what_a_company_declares_goes_to_another_as_files() {
    let (first, second) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    set_up(first.path(), &[]);
    set_up(second.path(), &[]);
    let field = json!({"object": "crm.lead", "set": {"fields.x_region": {"type": "text", "search": true}}});
    let object = json!({"object": "custom.vehicle", "set": {"title": "plate", "fields.plate": {"type": "text"}}});
    for input in [field, object] {
        answers(first.path(), &["run", "core.customise", "--json", &input.to_string()]);
    }
    let lead = r#"{"name": "Ada", "x_region": "Coast"}"#;
    answers(first.path(), &["run", "crm.create_lead", "--json", lead]);
    answers(first.path(), &["run", "custom.create_vehicle", "--json", r#"{"plate": "KDA 1"}"#]);
    let (csv, _) = ends(0, first.path(), &["export", "custom.vehicle"]);
    assert!(csv.contains("KDA 1"), "{csv}");

    let ours = first.path().join("ours");
    let to = ours.to_str().expect("a path");
    let files = answers(first.path(), &["manifest", "export", to, "--json"]);
    assert_eq!(files["files"].as_array().map(Vec::len), Some(2), "{files}");
    let extension = std::fs::read_to_string(ours.join("custom/extensions/crm.lead.toml")).expect("the extension");
    assert_eq!(extension, "[fields]\nx_region = { type = \"text\", search = true }\n");
    ends(2, second.path(), &["run", "custom.create_vehicle"]);
    let preview = answers(second.path(), &["manifest", "import", to, "--preview", "--json"]);
    assert_eq!(preview["changes"].as_array().map(Vec::len), Some(2), "{preview}");
    ends(1, second.path(), &["run", "crm.create_lead", "--json", lead]);
    let declared = answers(second.path(), &["manifest", "import", to, "--json"]);
    answers(second.path(), &["run", "crm.create_lead", "--json", lead]);
    // Again it changes nothing; and it cannot be taken back while there are values.
    assert_eq!(answers(second.path(), &["manifest", "import", to, "--json"])["manifests"], 2);
    let (_, refused) = ends(1, second.path(), &["undo", declared["run"].as_str().expect("a run")]);
    assert!(refused.contains("x_region has a value in 1 lead"), "{refused}");
    ends(0, second.path(), &["verify"]);
}

#[test]
fn while_a_server_runs_others_read_and_back_up_but_do_not_write() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    set_up(&data, &[]);
    let served = Served::start(&data);
    let create = ["run", "crm.create_lead", "--json", r#"{"name": "A"}"#];
    let (_, err) = ends(1, &data, &create);
    assert!(err.contains(&format!("is in use by process {}, which serves http://", served.0.id())), "{err}");
    ends(0, &data, &[&create[..], &["--preview"]].concat());
    ends(0, &data, &["export", "crm.lead"]);
    ends(0, &data, &["verify"]);
    let backup = folder.path().join("nexus.tar");
    let backup = backup.to_str().expect("a path");
    assert_eq!(answers(&data, &["backup", backup, "--json"])["tenants"], 1);
    assert!(ends(1, &data, &["backup", backup]).1.contains("exists already"));
    drop(served);
    ends(0, &data, &create);

    let restored = folder.path().join("restored");
    ends(0, &restored, &["restore", backup]);
    ends(0, &restored, &["verify"]);
    assert_eq!(ends(0, &restored, &["export", "crm.lead", "--json"]).0, "", "the backup is from before the lead");
    assert!(ends(1, &data, &["restore", backup]).1.contains("is not empty"));
}

#[test]
fn a_damaged_backup_is_refused_and_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    set_up(&data, &[]);
    let backup = folder.path().join("nexus.tar");
    ends(0, &data, &["backup", backup.to_str().expect("a path")]);
    let sound = std::fs::read(&backup).expect("the backup");
    let restored = folder.path().join("restored");
    let refused = |bytes: &[u8], expect: &str| {
        std::fs::write(&backup, bytes).expect("written");
        let (_, err) = ends(1, &restored, &["restore", backup.to_str().expect("a path")]);
        assert!(err.contains(expect), "{err}");
        assert!(!restored.exists());
    };
    let mut flipped = sound.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    refused(&flipped, "damaged");
    refused(&sound[..sound.len() / 2], "");
    refused(b"not a backup at all", "the backup cannot be read");
    std::fs::write(&backup, &sound).expect("written");
    ends(0, &restored, &["restore", backup.to_str().expect("a path")]);
}

#[test]
fn the_document_lists_the_apps_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let document = answers(folder.path(), &["openapi", "--apps", "crm"]);
    assert!(document["paths"]["/crm/leads"]["post"].is_object());
    assert!(document["paths"]["/finance/invoices"].is_null());
}

/// From a folder to PostgreSQL and back, by move and by backup: the same content everywhere, books that hold.
#[tokio::test(flavor = "multi_thread")]
async fn a_company_goes_to_postgresql_and_back_and_is_the_same() {
    let (folder, scratch, second) =
        (tempfile::tempdir().expect("a folder"), Scratch::new().await, Scratch::new().await);
    let (data, slug) = (folder.path(), "kibo-traders-ltd");
    set_up(data, &["--demo"]);
    let places = format!("big={}", scratch.url());
    let places = ["--places", places.as_str()];
    let content =
        |args: &[&str]| answers(data, &[&["tenant", "content", slug, "--json"], args].concat())["hash"].clone();
    let begun = content(&[]);
    for to in ["big", "home", "big"] {
        let moved = answers(data, &[&["tenant", "move", slug, "--to", to, "--json"], &places[..]].concat());
        assert_eq!((&moved["place"], &moved["hash"]), (&json!(to), &begun));
        ends(0, data, &[&["verify"], &places[..]].concat());
    }
    let (_, told) = ends(1, data, &["verify"]);
    assert!(told.contains("there is no place `big`"), "{told}");

    let (first, other) = (data.join("first.tar"), data.join("second.tar"));
    let (first, other) = (first.to_str().expect("a path"), other.to_str().expect("a path"));
    let url = second.url();
    let database = ["--database", url.as_str()];
    ends(0, data, &[&["backup", first], &places[..]].concat());
    ends(0, data, &[&["restore", first], &database[..]].concat());
    assert_eq!(content(&database), begun, "what was backed up from one server is on another");
    let (_, told) = ends(1, data, &[&["restore", first], &database[..]].concat());
    assert!(told.contains("there are companies in the database already"), "{told}");
    ends(0, data, &[&["tenant", "branch", slug, "rehearsal"], &database[..]].concat());
    ends(0, data, &[&["verify"], &database[..]].concat());
    ends(0, data, &[&["backup", other], &database[..]].concat());
    let restored = data.join("restored");
    ends(0, &restored, &["restore", other]);
    assert_eq!(answers(&restored, &["tenant", "content", slug, "--json"])["hash"], begun);
    assert_eq!(answers(&restored, &["tenant", "content", "rehearsal", "--json"])["hash"], begun);
    ends(0, &restored, &["verify"]);
    scratch.remove().await;
    second.remove().await;
}

/// The server that has the folder does what a command asks, and says what it cannot.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_moves_branches_and_takes_back_the_companies_of_its_folder() {
    let (folder, scratch) = (tempfile::tempdir().expect("a folder"), Scratch::new().await);
    let (data, slug) = (folder.path(), "kibo-traders-ltd");
    set_up(data, &["--demo"]);
    // A server gives a company its schedules when it has it for the first time.
    let content = || answers(data, &["tenant", "content", slug, "--json"])["hash"].clone();
    let (fresh, first) = (content(), Served::start(data));
    assert!((0..1_000).any(|_| content() != fresh), "the server never had the company");
    drop(first);
    let moment = nexus_kernel::model::Timestamp::now().to_string();
    let begun = answers(data, &["tenant", "content", slug, "--json"])["hash"].clone();
    let places = format!("big={}", scratch.url());
    let places = ["--places", places.as_str()];
    let lead = ["run", "crm.create_lead", "--json", r#"{"name": "Later"}"#];
    ends(0, data, &lead);
    let now = answers(data, &["tenant", "content", slug, "--json"])["hash"].clone();

    let server = Served::start(data);
    let (_, told) = ends(1, data, &[&["tenant", "move", slug, "--to", "big"], &places[..]].concat());
    assert!(told.contains("the server that has the data folder says: there is no place `big`"), "{told}");
    drop(server);
    // The socket of a server that was killed is in nobody's way.
    let server = Served::start_with(data, &places);
    for to in ["big", "home"] {
        let moved = answers(data, &[&["tenant", "move", slug, "--to", to, "--json"], &places[..]].concat());
        assert_eq!((&moved["place"], &moved["hash"]), (&json!(to), &now));
    }
    assert_eq!(answers(data, &["tenant", "branch", slug, "rehearsal", "--json"])["hash"], now);
    let restore = ["restore", "--tenant", slug, "--at", moment.as_str(), "--as", "before", "--json"];
    assert_eq!(answers(data, &restore)["taken_back"], 1);
    assert!(ends(1, data, &restore).1.contains("there is a tenant before already"));
    assert_eq!(answers(data, &["tenant", "content", "before", "--json"])["hash"], begun, "as it was, log and all");
    ends(1, data, &lead);
    drop(server);

    // The same from a backup, which keeps when each company was made.
    let backup = data.join("nexus.tar");
    let backup = backup.to_str().expect("a path");
    ends(0, data, &["backup", backup]);
    let more = ["restore", backup, "--tenant", slug, "--at", moment.as_str(), "--as", "again", "--json"];
    assert_eq!(answers(data, &more)["taken_back"], 1);
    assert_eq!(answers(data, &["tenant", "content", "again", "--json"])["hash"], begun);
    let restored = data.join("restored");
    ends(0, &restored, &["restore", backup]);
    let made = |folder: &Path| {
        let storage = nexus_kernel::store::Storage::Folder(folder.to_owned());
        let control = nexus_kernel::store::Control::open(&storage).expect("the control tables");
        control.tenant(slug).expect("asked").expect("the company").created_at
    };
    assert_eq!(made(&restored), made(data));
    assert!(made(data).is_some());
    scratch.remove().await;
}
