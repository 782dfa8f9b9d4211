//! What a migration would do, is told; what loses values is done with consent, and leaves a copy that can be restored.

use super::*;

const TENANT: &str = "kibo-traders-ltd";
/// What a release left behind that declared one field more, in both spellings of a schema.
const LEFT: &str =
    "ALTER TABLE crm__lead ADD COLUMN colour text; UPDATE crm__lead SET colour = 'red' WHERE name = 'Ada'";

/// Puts a column into a tenant's file that no manifest declares.
fn leave_behind(data: &Path) {
    let file = data.join("tenants").join(format!("{TENANT}.db"));
    rusqlite::Connection::open(file).expect("a file").execute_batch(LEFT).expect("it runs");
}

/// The only leads that have a colour in a tenant's file.
fn coloured(data: &Path) -> Vec<String> {
    let file = data.join("tenants").join(format!("{TENANT}.db"));
    let connection = rusqlite::Connection::open(file).expect("a file");
    let mut names = connection.prepare("SELECT name FROM crm__lead WHERE colour = 'red'").expect("there is a colour");
    let names = names.query_map([], |row| row.get(0)).expect("leads");
    names.collect::<Result<_, _>>().expect("names")
}

/// That both leads are foreseen to stay, and one to lose a value with consent; where the copy is.
fn reduced(data: &Path, place: &[&str]) -> std::path::PathBuf {
    let run = |args: &[&str]| answers(data, &[args, place].concat());
    let (told, _) = ends(0, data, &[&["migrate", "--check"], place].concat());
    let expected = format!(
        "{TENANT}: in form\n  crm__lead.colour, which nothing declares, is removed; 1 row loses a value (it stays"
    );
    assert!(told.starts_with(&expected), "{told}");
    let foreseen = &run(&["migrate", "--check", "--json"])["tenants"][0];
    assert_eq!(foreseen["steps"].as_array().map(Vec::len), Some(1), "{foreseen}");
    let step = &foreseen["steps"][0];
    assert_eq!(
        json!([step["kind"], step["table"], step["part"], step["rows"], step["needs_consent"]]),
        json!(["drop_column", "crm__lead", "colour", 1, true])
    );
    // Without consent it stays, however often the tables are brought to their form.
    assert_eq!(run(&["migrate", "--json"])["reduced"], json!([]));
    assert_eq!(run(&["migrate", "--check", "--json"])["tenants"][0], *foreseen);

    let done = run(&["migrate", "--allow-destructive", "--json"]);
    assert_eq!(done["reduced"][0]["steps"][0]["part"], "colour", "{done}");
    assert_eq!(run(&["migrate", "--check", "--json"])["tenants"][0]["steps"], json!([]));
    assert_eq!(run(&["migrate", "--allow-destructive", "--json"])["reduced"], json!([]), "nothing is left to remove");
    let (leads, _) = ends(0, data, &[&["export", "crm.lead"], place].concat());
    assert_eq!(leads.lines().count(), 3, "the leads themselves stay: {leads}");
    ends(0, data, &[&["verify"], place].concat());
    done["reduced"][0]["copy"].as_str().expect("a path").into()
}

fn with_leads(data: &Path, place: &[&str]) {
    set_up(data, place);
    for name in ["Ada", "Bob"] {
        let lead = json!({ "name": name }).to_string();
        answers(data, &[&["run", "crm.create_lead", "--json", lead.as_str()], place].concat());
    }
}

#[test]
fn what_nothing_declares_goes_with_consent_and_is_in_a_copy() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, restored) = (folder.path().join("data"), folder.path().join("restored"));
    with_leads(&data, &[]);
    leave_behind(&data);
    let copy = reduced(&data, &[]);
    assert!(copy.starts_with(data.join("copies")), "{}", copy.display());
    ends(0, &restored, &["restore", copy.to_str().expect("a path")]);
    assert_eq!(coloured(&restored), ["Ada"]);
    let (_, told) = ends(2, &data, &["migrate", "--allow-destructive", "--apps", "crm"]);
    assert!(told.contains("--apps: leave it out here"), "{told}");
    ends(2, &data, &["migrate", "--allow-destructive", "--check"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schema_is_kept_whole_before_it_loses_anything() {
    let (folder, scratch) = (tempfile::tempdir().expect("a folder"), Scratch::new().await);
    let (data, restored) = (folder.path().join("data"), folder.path().join("restored"));
    let url = scratch.url();
    let place = ["--database", url.as_str()];
    with_leads(&data, &place);
    scratch.run(&format!("SET search_path = tenant_{}; {LEFT}", TENANT.replace('-', "_"))).await;
    let copy = reduced(&data, &place);
    ends(0, &restored, &["restore", copy.to_str().expect("a path")]);
    assert_eq!(coloured(&restored), ["Ada"]);
    ends(0, &restored, &["verify"]);
    scratch.remove().await;
}
