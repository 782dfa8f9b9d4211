//! A mistake in a manifest is reported with its file, its line, the entry and what would be right.

use nexus_model::Schema;
use nexus_model::schema::AppSource;

const APP: &str = "name = \"Fleet\"\nsuite = \"business\"\nicon = \"car\"\nabout = \"Cars.\"\n";

const CAR: &str = r#"label = "Car"
plural = "Cars"
icon = "car"
about = "A car."
title = "name"

[fields]
name = { type = "text", required = true }
"#;

/// What is reported of an app whose manifest and whose object `car` end with these lines.
fn reported(app: &str, car: &str) -> Vec<String> {
    // Manifests are part of the program, so they live as long as it.
    let (manifest, car): (&str, &str) = (format!("{APP}{app}").leak(), format!("{CAR}{car}").leak());
    let source = AppSource { name: "fleet", manifest, objects: vec![("car", car)].leak(), ..Default::default() };
    match Schema::load(&[source]) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn an_object_without_mistakes_loads() {
    assert_eq!(reported("menu = [\"car\"]", "due = { type = \"date\", due_when = \"name != ''\" }"), [""; 0]);
}

#[test]
fn each_mistake_is_told_with_file_line_and_entry() {
    let wrong = [
        ("speed = { type = \"velocity\" }", "fleet/objects/car.toml:9: speed: there is no field type `velocity`"),
        (
            "speed = { type = \"txt\" }",
            "fleet/objects/car.toml:9: speed: there is no field type `txt`; did you mean `text`?",
        ),
        (
            "name2 = { type = \"text\", requierd = true }",
            "fleet/objects/car.toml:9: unknown field `requierd`; did you mean `required`?",
        ),
        (
            "wheels = { type = \"integer\", computed = \"sum(parts, amount)\" }",
            "fleet/objects/car.toml:9: wheels: there is no function 'sum'; a field with `rollup = { over = ",
        ),
        (
            "size = { type = \"text\", computed = \"name\", stored = true, recompute = \"source\" }",
            "fleet/objects/car.toml:9: size: `recompute = \"source\"` is for values that are read by a link; leave it out",
        ),
        (
            "heavy = { type = \"text\", computed = \"name == 'x'\" }",
            "fleet/objects/car.toml:9: heavy: the expression gives true or false, the field is of type text",
        ),
        ("wheels = { type = \"integer\", visible = \"nmae == 'x'\" }", "fleet/objects/car.toml:9: wheels: "),
        ("wheels = { type = \"integer\", visible = \"name > 3\" }", "fleet/objects/car.toml:9: wheels: "),
        ("wheels = { type = \"integer\", visible = \"name\" }", "fleet/objects/car.toml:9: wheels: "),
        (
            "wheels = { type = \"integer\", due_when = \"true\" }",
            "fleet/objects/car.toml:9: wheels: `due_when` is for dates",
        ),
        ("owner = { type = \"link\", to = \"person\" }", "fleet/objects/car.toml:9: owner: "),
        ("plate = { type = \"text\", pattern = \"[\" }", "fleet/objects/car.toml:9: plate: `pattern` is not a regular"),
        ("mileage = { type = \"integer\", min = \"few\" }", "fleet/objects/car.toml:9: mileage: "),
        ("total = { type = \"decimal\", computed = \"name\" }", "fleet/objects/car.toml:9: total: "),
    ];
    for (line, start) in wrong {
        let told = reported("", line);
        assert!(told.len() == 1 && told[0].starts_with(start), "{line}: {told:?} does not begin with {start}");
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let told =
        reported("menu = [\"lorry\"]", "speed = { type = \"velocity\" }\nowner = { type = \"link\", to = \"person\" }");
    let starts =
        ["fleet/app.toml:0: lorry: ", "fleet/objects/car.toml:9: speed: ", "fleet/objects/car.toml:10: owner: "];
    assert_eq!(told.len(), starts.len(), "{told:?}");
    assert!(told.iter().zip(starts).all(|(text, start)| text.starts_with(start)), "{told:?}");
}
