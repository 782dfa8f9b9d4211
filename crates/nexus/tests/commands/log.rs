//! What happened as a file that proves itself.

use super::*;

#[test]
fn an_exported_log_shows_when_a_line_of_it_was_changed() {
    let data = tempfile::tempdir().expect("a folder");
    set_up(data.path(), &[]);
    answers(data.path(), &["run", "crm.create_lead", "--json", r#"{"name": "Ada"}"#]);
    let file = data.path().join("log.jsonl");
    let path = file.to_str().expect("a path");
    let written = answers(data.path(), &["log", "export", path, "--json"]);
    assert!(written["events"].as_i64() > Some(5), "{written}");
    // It is checked wherever it is taken to, without the data.
    let binary = env!("CARGO_BIN_EXE_nexus");
    let check = |file: &str| Command::new(binary).args(["log", "check", file, "--json"]).output().expect("it runs");
    let said = check(path);
    assert_eq!(serde_json::from_slice::<Json>(&said.stdout).expect("JSON"), written);
    let ends = |hash: &str| {
        let args = ["log", "check", path, "--json", "--ends", hash];
        Command::new(binary).args(args).output().expect("it runs")
    };
    let hash = written["hash"].as_str().expect("a hash");
    assert_eq!(ends(hash).status.code(), Some(0));
    assert_eq!(ends("9f").status.code(), Some(2), "no hash");
    let text = std::fs::read_to_string(&file).expect("the file");
    let last = text.lines().count();
    let lines = |keep: &dyn Fn(usize) -> bool| -> String {
        text.lines().enumerate().filter(|(at, _)| keep(*at)).map(|(_, line)| format!("{line}\n")).collect()
    };
    let forged = [text.replace("Ada", "Eve"), lines(&|at| at != last - 2), lines(&|at| at > 0)];
    for (forged, line) in forged.iter().zip([last, last - 1, 1]) {
        std::fs::write(&file, forged).expect("the file");
        let said = check(path);
        let told: Json = serde_json::from_slice(&said.stdout).expect("JSON");
        assert_eq!((said.status.code(), &told["line"]), (Some(1), &json!(line)), "{told}");
    }
    // Lines that are missing at the end are missed by who knows where it ended.
    std::fs::write(&file, lines(&|at| at != last - 1)).expect("the file");
    assert_eq!(check(path).status.code(), Some(0));
    let said = ends(hash);
    let told: Json = serde_json::from_slice(&said.stdout).expect("JSON");
    assert_eq!((said.status.code(), &told["line"]), (Some(1), &json!(last - 1)), "{told}");
    // The file took its name when it was whole.
    assert!(
        std::fs::read_dir(data.path())
            .expect("a folder")
            .all(|entry| { !entry.expect("an entry").file_name().to_string_lossy().starts_with(".nexus-log-") })
    );
}
