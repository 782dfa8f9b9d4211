//! Files in and out by the command line: looked at, imported, mended, and a whole company as an archive.

use serde_json::{Value as Json, json};

use crate::{answers, ends, set_up};

#[test]
fn a_file_is_looked_at_imported_under_a_run_and_its_refused_rows_are_mended() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    set_up(&data, &[]);
    let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    let (file, mapping, rejects) = (path("people.csv"), path("people.json"), path("rejects.csv"));
    std::fs::write(&file, "Name;Kind;e-mail\nAda;Person;ada@example.com\nJürgen;Person;nobody\n").expect("written");
    let (told, _) = ends(0, &data, &["import", "contacts.party", &file, "--inspect"]);
    let inspected: Json = serde_json::from_str(&told).expect("JSON");
    assert_eq!((&inspected["file"]["delimiter"], &inspected["questions"]), (&json!(";"), &json!([])));
    assert_eq!(inspected["mapping"]["map"]["e-mail"], "email");
    std::fs::write(&mapping, told).expect("written");
    let run = "0199a000-0000-7000-8000-000000000001";
    let import = ["import", "contacts.party", &file, "--map-file", &mapping, "--run", run, "--rejects", &rejects];
    for _ in 0..2 {
        let (out, _) = ends(1, &data, &import);
        assert!(out.contains("2 rows: 1 records created"), "the second time it is answered as it was: {out}");
    }
    let text = std::fs::read_to_string(&rejects).expect("refused rows");
    assert!(text.starts_with("Name;Kind;e-mail;import_error\nJürgen;Person;nobody;email "), "{text}");
    std::fs::write(&rejects, text.replace("nobody", "j@example.com")).expect("written");
    ends(0, &data, &["import", "contacts.party", &rejects, "--map", "e-mail=email"]);
    ends(0, &data, &["undo", run]);
    let (out, _) = ends(0, &data, &["export", "contacts.party", "--fields", "name"]);
    assert_eq!(out, "name\nJürgen\n");
}

#[test]
fn an_archive_makes_the_company_again_elsewhere_and_beside_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, other) = (folder.path().join("data"), folder.path().join("other"));
    set_up(&data, &[]);
    let archive = folder.path().join("kibo.tar");
    let archive = archive.to_str().expect("a path");
    let written = answers(&data, &["archive", archive, "--json"]);
    assert!(ends(1, &data, &["archive", archive]).1.contains("exists already"));
    let restored = answers(&other, &["restore", archive, "--json"]);
    assert_eq!((&restored["hash"], &restored["rows"]), (&written["hash"], &written["rows"]));
    assert!(ends(1, &other, &["restore", archive]).1.contains("there is a tenant kibo-traders-ltd already"));
    let beside = answers(&other, &["restore", archive, "--as", "kibo-2", "--json"]);
    assert_eq!(beside["hash"], written["hash"]);
    ends(0, &other, &["verify"]);
    let mut bytes = std::fs::read(archive).expect("the archive");
    let at = bytes.windows(12).position(|text| text == b"Kibo Traders").expect("its name");
    bytes[at] ^= 1;
    let last = bytes.windows(12).rposition(|text| text == b"Kibo Traders").expect("a row");
    bytes[last] ^= 1;
    std::fs::write(archive, bytes).expect("written");
    assert!(ends(1, &folder.path().join("third"), &["restore", archive]).1.contains("damaged"));
}
