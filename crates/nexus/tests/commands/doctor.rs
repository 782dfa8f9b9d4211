//! What is set, told and tried: the reference of settings, secrets in files, and `nexus doctor`.

use std::net::TcpListener;

use super::*;

/// What `nexus doctor` says of one check.
fn line(lines: &Json, check: &str) -> (String, String) {
    let found = lines.as_array().into_iter().flatten().find(|line| line["check"] == check);
    let text = |name: &str| found.and_then(|line| line[name].as_str()).unwrap_or_default().to_owned();
    (text("verdict"), text("value"))
}

#[test]
fn the_reference_of_settings_is_the_one_that_the_binary_prints() {
    let printed =
        Command::new(env!("CARGO_BIN_EXE_nexus")).arg("configuration").output().expect("the binary runs").stdout;
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/configuration.md");
    let kept = std::fs::read(kept).expect("docs/configuration.md");
    assert!(printed == kept, "docs/configuration.md is stale; run: nexus configuration > docs/configuration.md");
}

#[test]
fn a_secret_stands_in_a_file_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, secret) = (folder.path().join("data"), folder.path().join("password"));
    std::fs::write(&secret, "a quiet morning\n").expect("written");
    let init = ["init", "--company", "Kibo Ltd", "--country", "KE", "--email", "ada@kibo.example", "--json"];
    let run = |plain: Option<&str>| {
        let mut command = nexus(&data, &init);
        command.env("NEXUS_PASSWORD_FILE", &secret);
        plain.map(|plain| command.env("NEXUS_PASSWORD", plain));
        let output = command.output().expect("the binary runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, err) = run(Some("another morning"));
    assert_eq!(code, Some(2));
    assert!(err.contains("NEXUS_PASSWORD and NEXUS_PASSWORD_FILE are both set; keep one of them"), "{err}");
    assert_eq!(run(None).0, Some(0));
    std::fs::write(&secret, "\n").expect("written");
    assert!(run(None).1.contains("is empty; write the value into it"));
    // Any command takes its secrets so, and none asks for those of another.
    let (url, gone) = (folder.path().join("url"), folder.path().join("gone"));
    std::fs::write(&url, format!("sqlite:{}\n", data.display())).expect("written");
    for args in [vec!["verify"], vec!["tenant", "list"], vec!["run", "core.forget_replies"]] {
        let mut command = nexus(folder.path(), &args);
        let output = command.env("NEXUS_DATABASE_FILE", &url).env("NEXUS_PASSWORD_FILE", &gone).output();
        let output = output.expect("the binary runs");
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    std::fs::write(&secret, "a quiet evening\n").expect("written");
    let help = nexus(&data, &["init", "--help"]).env("NEXUS_PASSWORD_FILE", &secret).output();
    let help = String::from_utf8_lossy(&help.expect("the binary runs").stdout).into_owned();
    assert!(help.contains("--password") && !help.contains("a quiet evening"), "{help}");
}

#[test]
fn the_doctor_finds_all_well_and_names_what_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let fresh = answers(data, &["doctor", "--json", "--listen", "127.0.0.1:0"]);
    assert_eq!(line(&fresh, "database").0, "warn", "{fresh}");
    set_up(data, &[]);
    let sound = answers(data, &["doctor", "--json", "--listen", "127.0.0.1:0"]);
    for check in ["settings", "disk", "database", "clock", "plans", "port", "lock", "files", "search", "mail"] {
        assert_eq!(line(&sound, check).0, "ok", "{check}: {sound}");
    }
    assert_eq!(line(&sound, "mail").1, "there is none: --mail is not set");

    // Nobody listens on a port that was free a moment ago: neither mail server nor scanner answers.
    let free = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let taken_at = taken.local_addr().expect("its address").to_string();
    let (mail, scanner) = (format!("smtp://{free}"), format!("tcp:{free}"));
    let flags = ["--mail", &mail, "--mail-from", "nexus@kibo.example", "--scanner", &scanner, "--listen", &taken_at];
    let mut ill = nexus(data, &[&["doctor", "--json"], flags.as_slice()].concat());
    let ill = ill.env("NEXUS_LISTNE", "1").output().expect("the binary runs");
    assert_eq!(ill.status.code(), Some(1));
    let ill: Json = serde_json::from_slice(&ill.stdout).expect("JSON");
    for (check, verdict) in [("settings", "warn"), ("port", "warn"), ("mail", "fail"), ("scanner", "fail")] {
        assert_eq!(line(&ill, check).0, verdict, "{check}: {ill}");
    }
    assert!(line(&ill, "settings").1.contains("did you mean NEXUS_LISTEN?"), "{ill}");
    assert_eq!(line(&ill, "database").0, "ok");

    let (printed, _) = ends(1, data, &[&["doctor"], flags.as_slice()].concat());
    assert!(printed.contains("fail mail") && printed.contains("mend host, port, tls, user and password"), "{printed}");
}

#[test]
fn the_doctor_says_who_has_the_folder_and_looks_at_every_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, plans) = (folder.path().join("data"), folder.path().join("plans"));
    set_up(&data, &[]);
    std::fs::create_dir(&plans).expect("a folder");
    std::fs::write(plans.join("small.toml"), "label = \"Small\"\nabout = \"Few\"\nlimits = 7\n").expect("written");
    let beside = format!("beside=sqlite:{}", folder.path().join("beside").display());
    let places = format!("{beside},away=postgres://nexus:secret@127.0.0.1:1/nexus");
    let server = Served::start(&data);
    let flags = ["doctor", "--json", "--listen", "127.0.0.1:0", "--places", &places, "--plans"];
    let (told, _) = ends(1, &data, &[flags.as_slice(), &[&plans.display().to_string()]].concat());
    assert!(!told.contains("secret"), "{told}");
    let told: Json = serde_json::from_str(&told).expect("JSON");
    let (verdict, value) = line(&told, "lock");
    assert_eq!(verdict, "ok");
    assert!(value.contains(", which serves http://127.0.0.1:") && value.ends_with(" has it"), "{value}");
    let places = told.as_array().into_iter().flatten().filter(|line| line["check"] == "place");
    let verdicts: Vec<_> = places.map(|line| (line["verdict"].as_str(), line["remedy"].is_null())).collect();
    // In the order of their names: away, beside.
    assert_eq!(verdicts, [(Some("fail"), false), (Some("ok"), true)]);
    assert_eq!(line(&told, "plans").0, "fail", "{told}");
    let at = value.split("http://").nth(1).and_then(|rest| rest.split(' ').next()).expect("an address").to_owned();
    let own = answers(&data, &["doctor", "--json", "--listen", &at]);
    assert_eq!(
        line(&own, "port"),
        ("ok".to_owned(), format!("{at} is served by the process that has the data folder"))
    );
    drop(server);
    assert_eq!(
        line(&answers(&data, &["doctor", "--json", "--listen", "127.0.0.1:0"]), "lock").1,
        "no process has the data folder"
    );
}

#[test]
fn the_doctor_asks_postgresql_for_its_version_clock_and_rights() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let scratch = runtime.block_on(Scratch::new());
    let folder = tempfile::tempdir().expect("a folder");
    let files = format!("file:{}", folder.path().join("files").display());
    let flags = ["doctor", "--json", "--database", &scratch.url(), "--listen", "127.0.0.1:0", "--files", &files];
    let sound = answers(folder.path(), &flags);
    for check in ["database", "clock", "files"] {
        assert_eq!(line(&sound, check).0, "ok", "{check}: {sound}");
    }
    assert!(line(&sound, "database").1.starts_with("PostgreSQL "), "{sound}");
    runtime.block_on(scratch.remove());
}

#[test]
fn what_belongs_together_is_asked_for_together() {
    let folder = tempfile::tempdir().expect("a folder");
    let refused = |args: &[&str], expect: &str| {
        let (_, err) = ends(2, folder.path(), args);
        assert!(err.contains(expect), "nexus {args:?}: {err}");
    };
    refused(&["serve", "--mail", "smtp://localhost"], "--mail and --mail-from: give both");
    refused(&["doctor", "--public-url", "nexus.kibo.example"], "--public-url: write https://HOST");
    let mail = ["--mail", "file:mail", "--mail-from", "nexus@kibo.example"];
    refused(
        &[&["serve", "--listen", "0.0.0.0:0"], mail.as_slice()].concat(),
        "--public-url: links in mail cannot lead to 0.0.0.0:0",
    );
    std::fs::write(folder.path().join("nexus.toml"), "jobs_max = 0\n").expect("written");
    refused(&["serve"], "--jobs-max: at least 1");
}
