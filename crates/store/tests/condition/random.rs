//! Random records of every object, from values that often meet.

use nexus_model::{Record, Uuid, Value};

use crate::shop::{address, id, money, object};

/// A small generator of numbers (xorshift); the property test gives its seed.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        let mut random = Random(seed ^ 0x9E37_79B9_7F4A_7C15);
        if random.0 == 0 {
            random.0 = 1;
        }
        for _ in 0..4 {
            random.next();
        }
        random
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        (self.next() >> 16) as usize % count
    }

    pub(crate) fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub(crate) fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

pub(crate) const TEXTS: [&str; 16] =
    ["", "a", "A", "ab", "aB", "b", "ä", "Ä", "ß", "İ", "日本", "it's", "%a_", "a!", "42", "2026-02-10"];
pub(crate) const INTS: [&str; 13] = [
    "0",
    "1",
    "-1",
    "2",
    "3",
    "7",
    "-7",
    "10",
    "1000000",
    "4611686018427387904",
    "9223372036854775807",
    "-9223372036854775807",
    "-9223372036854775808",
];
pub(crate) const DECIMALS: [&str; 12] =
    ["0", "1", "-1", "0.5", "1.5", "2.25", "0.0001", "100", "-2.5", "99.99", "123456.789", "3"];
pub(crate) const LITERAL_DECIMALS: [&str; 8] =
    ["0.00000001", "1.50", "0.333333333333", "1000000000000.5", "-0.25", "1e3", "2.0", "99999999999999999999.5"];
pub(crate) const DATES: [&str; 7] =
    ["2026-02-10", "2026-02-09", "2026-02-28", "2024-02-29", "1969-12-31", "0000-01-01", "9999-12-31"];
pub(crate) const MOMENTS: [&str; 6] = [
    "2026-02-10T12:00:00.000001Z",
    "2026-02-10T00:00:00Z",
    "2026-02-09T23:59:59.999999Z",
    "1969-12-31T23:59:59.5Z",
    "2026-02-10T12:00:00Z",
    "1900-01-01T00:00:00Z",
];
pub(crate) const CURRENCIES: [&str; 3] = ["EUR", "EUR", "USD"];
pub(crate) const COLOURS: [&str; 3] = ["red", "green", "blue"];

/// Things with lines, makers that some of them link to; every value null at times.
pub(crate) fn records(random: &mut Random) -> Vec<Record> {
    let mut records: Vec<Record> = (1..=10).map(|number| maker(random, number)).collect();
    records.extend((0..40).map(|number| thing(random, 100 + number)));
    records
}

fn maker(random: &mut Random, number: u128) -> Record {
    let mut maker = Record::new(object("maker").clone());
    maker.set("id", id(number));
    fill(random, &mut maker);
    if random.one_in(5) {
        maker.set("deleted_at", "2026-01-01T00:00:00Z".parse::<nexus_model::Timestamp>().unwrap());
    }
    maker
}

fn thing(random: &mut Random, number: u128) -> Record {
    let mut thing = Record::new(object("thing").clone());
    thing.set("id", id(number));
    fill(random, &mut thing);
    let mut rows = Vec::new();
    for place in 0..random.below(4) {
        let mut line = Record::new(object("line").clone());
        line.set("id", id(number * 1000 + place as u128));
        line.set("parent", id(number));
        line.set("position", place as i64);
        fill(random, &mut line);
        rows.push(line);
    }
    thing.set("lines", Value::Rows(rows));
    thing
}

fn fill(random: &mut Random, record: &mut Record) {
    let object = record.object().clone();
    for field in object.fields.iter().filter(|field| !field.system && !field.is_derived()) {
        if random.one_in(5) {
            continue;
        }
        let value = match field.kind.name() {
            "text" | "long_text" => random.of(&TEXTS).into(),
            "choice" => random.of(&COLOURS).into(),
            "integer" => Value::Int(random.of(&INTS).parse().unwrap()),
            "quantity" | "rate" | "percent" => Value::Decimal(random.of(&DECIMALS).parse().unwrap()),
            "money" => money(random.of(&DECIMALS), random.of(&CURRENCIES)),
            "boolean" => Value::Bool(random.one_in(2)),
            "date" => Value::Date(random.of(&DATES).parse().unwrap()),
            "datetime" => Value::DateTime(random.of(&MOMENTS).parse().unwrap()),
            "address" => {
                let city = random.of(&TEXTS);
                address(Some(city).filter(|_| random.one_in(2)), Some("DE").filter(|_| random.one_in(2)))
            }
            "link" => Value::Id(maker_id(random)),
            "links" => Value::List((0..random.below(4)).map(|_| Value::Id(maker_id(random))).collect()),
            "tags" => Value::List((0..random.below(4)).map(|_| random.of(&TEXTS[1..6]).into()).collect()),
            "choices" => Value::List((0..random.below(3)).map(|_| random.of(&COLOURS).into()).collect()),
            "json" => Value::Json(serde_json::json!({ "a": 1 })),
            _ => continue,
        };
        record.set(&field.name, value);
    }
}

/// One of the makers, or of two that do not exist.
pub(crate) fn maker_id(random: &mut Random) -> Uuid {
    id(1 + random.below(12) as u128)
}
