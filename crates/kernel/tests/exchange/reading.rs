//! Forms of files are made out and shown, columns find their fields, what is open is asked.

use nexus_kernel::model::Uuid;
use nexus_testkit::Tenant;
use serde_json::json;

use crate::shop::{apps, counts, import, inspect, rejects};

/// German, as an office program saves it: windows-1252, semicolons, commas before decimals, points within days.
const GERMAN: &[u8] = b"code;Description;price;Weight in kg;On sale since;active;Maker\n\
    A-1;Schl\xfcssel;1.234,50;0,25;31.01.2026;yes;Jos\xe9 & Co\n\
    A-2;K\xf6cher;12,00;1,5;1.2.2026;no;\n";

#[nexus_testkit::test]
async fn a_german_file_is_read_as_it_is_meant(t: &Tenant) {
    let told = inspect(t, GERMAN, "").await;
    let file = &told.file;
    assert_eq!((file.encoding.as_deref(), file.delimiter.as_deref()), (Some("windows-1252"), Some(";")));
    assert_eq!((file.decimal.as_deref(), file.dates.as_deref()), (Some(","), Some("%d.%m.%Y")));
    assert!(told.questions.is_empty(), "{:?}", told.questions);
    let guessed: Vec<_> = told.columns.iter().map(|guess| (guess.field.as_deref(), guess.confidence)).collect();
    let expect = [("code", 100), ("name", 95), ("price", 100), ("weight", 95), ("since", 95), ("active", 100)];
    let expect = expect.map(|(field, sure)| (Some(field), sure)).into_iter().chain([(Some("maker"), 95)]);
    assert_eq!(guessed, expect.collect::<Vec<_>>());

    let run = Uuid::now_v7();
    let report = import(t, GERMAN, "create = [\"maker\"]", false, run).await.expect("an import");
    assert_eq!(counts(&report), (2, 0, 0, 0), "{:?}", report.rejected);
    let part = t.find("shop.part", "code == 'A-1'").await.remove(0);
    assert_eq!((&part["name"], &part["price"]["amount"]), (&json!("Schlüssel"), &json!("1234.50")));
    assert_eq!(
        (&part["weight"], &part["since"], &part["active"]),
        (&json!("0.25"), &json!("2026-01-31"), &json!(true))
    );
    let makers = t.find("shop.maker", "name == 'José & Co'").await;
    assert_eq!((makers.len(), &part["maker"]), (1, &makers[0]["id"]), "a maker that there was not is made");

    let again = import(t, GERMAN, "key = \"code\"", false, Uuid::now_v7()).await.expect("an import");
    assert_eq!(counts(&again), (0, 0, 2, 0), "nothing differs from what is there");
    t.undo(run).await.ok();
    assert_eq!((t.find("shop.part", "true").await.len(), t.find("shop.maker", "true").await.len()), (0, 0));
}

#[nexus_testkit::test]
async fn what_the_rows_leave_open_is_asked_and_nothing_is_written(t: &Tenant) {
    let file = b"code,name,since,weight\nA,a,03/04/2026,\"1,500\"\n";
    let told = inspect(t, file, "").await;
    let about: Vec<&str> = told.questions.iter().map(|question| question.about.as_str()).collect();
    assert_eq!(about, ["decimal", "dates"]);
    let refused = import(t, file, "", false, Uuid::now_v7()).await.expect_err("it asks");
    let fields: Vec<&str> = refused.errors.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["mapping/file/decimal", "mapping/file/dates"]);
    assert!(t.find("shop.part", "true").await.is_empty());

    let said = "[file]\ndates = \"%m/%d/%Y\"\ndecimal = \",\"\n";
    let report = import(t, file, said, false, Uuid::now_v7()).await.expect("an import");
    assert_eq!(counts(&report), (1, 0, 0, 0), "{:?}", report.rejected);
    let part = t.find("shop.part", "true").await.remove(0);
    assert_eq!((&part["since"], &part["weight"]), (&json!("2026-03-04"), &json!("1.5")));
}

#[nexus_testkit::test]
async fn a_corrected_mapping_is_kept_and_used_again(t: &Tenant) {
    let file = b"Part no.,What it is,Made by\nA,Bolt,ada@example.com\nB,Nut,nobody@example.com\n";
    let maker = t.create("shop.maker", json!({"name": "Ada", "email": "ada@example.com"})).await;
    let told = inspect(t, file, "").await;
    let mut mapping = json!(told.mapping);
    mapping["map"] = json!({"Part no.": "code", "What it is": "name", "Made by": "maker.email"});
    mapping["key"] = json!("code");
    let columns: Vec<&str> = told.columns.iter().map(|guess| guess.column.as_str()).collect();
    let kept = json!({"name": "Supplier list", "object": "shop.part", "columns": columns, "mapping": mapping});
    t.create("core.import_mapping", kept).await;

    let run = Uuid::now_v7();
    assert_eq!(inspect(t, file, "").await.saved.as_deref(), Some("Supplier list"));
    let report = import(t, file, "", false, run).await.expect("an import");
    assert_eq!(counts(&report), (1, 0, 0, 1));
    assert_eq!(t.find("shop.part", "code == 'A'").await[0]["maker"], maker["id"]);

    let text = String::from_utf8(rejects(t, run).await).expect("text");
    let expect = "Part no.,What it is,Made by,import_error\n\
        B,Nut,nobody@example.com,maker there is no maker whose email is nobody@example.com\n";
    assert_eq!(text, expect);
    let mended = text.replace("B,Nut,nobody@", "B,Nut,ada@");
    let said = json!(mapping).to_string();
    let report = import(t, mended.as_bytes(), &said, false, Uuid::now_v7()).await.expect("an import");
    assert_eq!(counts(&report), (1, 0, 0, 0), "{:?}", report.rejected);
}

#[nexus_testkit::test]
async fn a_preview_counts_what_would_become_of_each_row_and_changes_nothing(t: &Tenant) {
    t.create("shop.part", json!({"code": "A", "name": "Bolt", "stock": 3})).await;
    t.create("shop.part", json!({"code": "B", "name": "Nut", "stock": 4})).await;
    let file = b"code,name,stock\nA,Bolt,3\nB,Nut,5\nC,Screw,6\nD,Nail,many\n";
    let run = Uuid::now_v7();
    let report = import(t, file, "key = \"code\"", true, run).await.expect("a preview");
    assert_eq!(counts(&report), (1, 1, 1, 1));
    assert_eq!(report.rejected[0].errors[0].field, "stock");
    assert_eq!(report.preview.len(), 2, "{:?}", report.preview);
    assert_eq!(t.find("shop.part", "stock == 4").await.len(), 1, "nothing was changed");
    assert!(t.find("core.import", "true").await.is_empty(), "and nothing is kept of it");
}

#[nexus_testkit::test]
async fn no_two_columns_go_to_one_field(t: &Tenant) {
    for (headings, mapping, told) in [
        ("code,name,Description", "", "two columns go to name"),
        ("code,What,name", "[map]\nWhat = \"name\"", "two columns go to name"),
        ("code,name,maker,by", "[map]\nby = \"maker.email\"", "two columns go to maker.email"),
        ("code,name,town,origin", "[map]\ntown = \"origin.city\"", "two columns go to origin"),
        ("code,name,price,cost", "[map]\ncost = \"price\"", "two columns go to price"),
        ("code,name,bins,shelf", "[map]\nshelf = \"bins.shelf\"", "bins is given as a whole"),
        ("code,name", "[map]\nWhat = \"name\"\nSize = \"weight\"", "has no column What, Size, which the mapping names"),
    ] {
        let file = format!("{headings}\na,b,c,d\n");
        let problem = import(t, file.as_bytes(), mapping, false, Uuid::now_v7()).await.expect_err(headings);
        assert!(problem.detail.contains(told), "{headings}: {problem}");
    }
    // An inspection proposes no field that the mapping has given away.
    let told = inspect(t, b"code,What,name\na,b,c\n", "[map]\nWhat = \"name\"").await;
    let fields: Vec<_> = told.columns.iter().map(|guess| (guess.column.as_str(), guess.field.as_deref())).collect();
    assert_eq!(fields, [("code", Some("code")), ("What", Some("name")), ("name", None)]);
    let report = import(t, b"code,What,name\na,b,c\n", &json!(told.mapping).to_string(), false, Uuid::now_v7()).await;
    assert_eq!(counts(&report.expect("an import")), (1, 0, 0, 0));
    assert_eq!(t.find("shop.part", "name == 'b'").await.len(), 1);
}

#[nexus_testkit::test]
async fn a_kept_mapping_is_for_the_same_headings_in_any_order_and_leaves_answers_to_the_caller(t: &Tenant) {
    let mapping = json!({"map": {"Nr": "code", "What": "name", "Kg": "weight"}, "file": {"decimal": "."}});
    let kept = json!({"name": "Weights", "object": "shop.part", "columns": ["Nr", "What", "Kg"], "mapping": mapping});
    t.create("core.import_mapping", kept).await;
    let weigh = async |file: &str, mapping: &str| {
        let report = import(t, file.as_bytes(), mapping, false, Uuid::now_v7()).await?;
        Ok::<_, nexus_kernel::Problem>((counts(&report), report.file.decimal))
    };
    let point = Some(".".to_owned());
    assert_eq!(weigh("Kg;Nr;What\n1,234;A;a\n", "").await, Ok(((1, 0, 0, 0), point)));
    assert_eq!(t.find("shop.part", "code == 'A'").await[0]["weight"], json!("1234"));
    // What the caller answers holds before what was kept.
    let said = "[file]\ndecimal = \",\"";
    assert_eq!(weigh("Nr;What;Kg\nB;b;1,234\n", said).await, Ok(((1, 0, 0, 0), Some(",".to_owned()))));
    assert_eq!(t.find("shop.part", "code == 'B'").await[0]["weight"], json!("1.234"));
    // With a heading more or less it is for other files.
    for file in ["Nr;What;Kg;More\nC;c;1;x\n", "Nr;What\nC;c\n"] {
        let problem = weigh(file, "").await.expect_err("it is for others");
        assert!(problem.detail.contains("shop.part has no field Nr"), "{problem}");
        assert_eq!(inspect(t, file.as_bytes(), "").await.saved, None);
    }
}

#[nexus_testkit::test]
async fn headings_may_have_braces_and_gaps(t: &Tenant) {
    let mapping = "[map]\n\"{code}\" = \"code\"\n\"a}b{c\" = \"name\"\n\"{}\" = \"notes\"\n";
    let file = b"{code},,a}b{c,{}\nA,x,Bolt,{name}\n";
    let report = import(t, file, mapping, false, Uuid::now_v7()).await.expect("an import");
    assert_eq!(counts(&report), (1, 0, 0, 0), "{:?}", report.rejected);
    let part = t.find("shop.part", "code == 'A'").await.remove(0);
    assert_eq!((&part["name"], &part["notes"]), (&json!("Bolt"), &json!("{name}")));
}
