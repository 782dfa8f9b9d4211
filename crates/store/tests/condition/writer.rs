//! Random conditions over a thing, of expressions of every type.

use crate::random::{COLOURS, CURRENCIES, DATES, DECIMALS, INTS, LITERAL_DECIMALS, MOMENTS, Random, TEXTS, maker_id};

/// What names are in scope besides the thing's own fields.
#[derive(Clone, Default)]
struct Around {
    lines: Vec<String>,
    texts: Vec<String>,
    makers: Vec<String>,
    macros: usize,
}

/// Macros that may stand inside one another.
const MACROS: usize = 3;

/// Writes a condition over a thing.
pub(crate) fn condition(random: &mut Random, depth: usize) -> String {
    Writer { random, names: 0 }.bool(depth, &Around::default())
}

struct Writer<'r> {
    random: &'r mut Random,
    names: usize,
}

impl Writer<'_> {
    fn pick(&mut self, list: &[&str]) -> String {
        self.random.of(list).to_owned()
    }

    fn name(&mut self) -> String {
        self.names += 1;
        format!("x{}", self.names)
    }

    /// The path to a maker: a link field, its boss, a row's maker.
    fn maker(&mut self, around: &Around) -> String {
        match self.random.below(8) {
            0 | 1 => "maker".to_owned(),
            2 => "second".to_owned(),
            3 => "maker.boss".to_owned(),
            4 => "second.boss.boss".to_owned(),
            5 if !around.lines.is_empty() => format!("{}.maker", self.of(&around.lines)),
            6 if !around.makers.is_empty() => self.of(&around.makers),
            7 => "(flag ? maker : second)".to_owned(),
            _ => "maker".to_owned(),
        }
    }

    fn of(&mut self, list: &[String]) -> String {
        list[self.random.below(list.len())].clone()
    }

    /// A field of the thing, of a maker or of a row.
    fn field(&mut self, around: &Around, own: &[&str], makers: &[&str], rows: &[&str]) -> String {
        match self.random.below(6) {
            0 | 1 if !makers.is_empty() => format!("{}.{}", self.maker(around), self.random.of(makers)),
            2 | 3 if !rows.is_empty() && !around.lines.is_empty() => {
                let line = self.of(&around.lines);
                if self.random.one_in(5) {
                    format!("{line}.parent.{}", self.random.of(own))
                } else {
                    format!("{line}.{}", self.random.of(rows))
                }
            }
            _ => self.pick(own),
        }
    }

    fn choice(&mut self, depth: usize, around: &Around, one: fn(&mut Self, usize, &Around) -> String) -> String {
        let (a, b, c) = (self.bool(depth, around), one(self, depth, around), one(self, depth, around));
        format!("({a} ? {b} : {c})")
    }

    fn joined(
        &mut self,
        depth: usize,
        around: &Around,
        signs: &[&str],
        one: fn(&mut Self, usize, &Around) -> String,
    ) -> String {
        let (a, b) = (one(self, depth, around), one(self, depth, around));
        format!("({a} {} {b})", self.random.of(signs))
    }

    fn int(&mut self, depth: usize, around: &Around) -> String {
        let field = |w: &mut Self| {
            w.field(around, &["count", "other_count", "doubled", "again", "answer"], &["count", "answer"], &["number"])
        };
        if depth == 0 {
            return if self.random.one_in(2) { self.pick(&INTS) } else { field(self) };
        }
        match self.random.below(9) {
            0 | 1 => self.joined(depth - 1, around, &["+", "-", "*", "/", "%"], Self::int),
            2 => self.choice(depth - 1, around, Self::int),
            3 => format!("size({})", self.text(depth - 1, around)),
            4 => {
                let date = self.date(depth - 1, around);
                format!("{}({date})", self.random.of(&["year", "month", "day"]))
            }
            5 => format!("({} - {})", self.date(depth - 1, around), self.date(depth - 1, around)),
            6 => format!(
                "size({})",
                self.pick(&["tags", "watchers", "lines", "colours", "maker.tags", "principal.teams"])
            ),
            7 if around.macros < MACROS => {
                let (over, name, inside) = self.over(around);
                let test = self.bool(depth - 1, &inside);
                if over.starts_with(['[', 'p']) { field(self) } else { format!("size({over}.filter({name}, {test}))") }
            }
            _ => format!("-{}", field(self)),
        }
    }

    fn decimal(&mut self, depth: usize, around: &Around) -> String {
        if depth == 0 {
            return match self.random.below(3) {
                0 => self.pick(&LITERAL_DECIMALS),
                _ => self.field(
                    around,
                    &["qty", "rate", "share", "part", "budget.amount", "total.amount"],
                    &["qty", "half.amount"],
                    &["quantity"],
                ),
            };
        }
        match self.random.below(7) {
            0..=2 => self.joined(depth - 1, around, &["+", "-", "*", "/", "%"], Self::decimal),
            3 => self.choice(depth - 1, around, Self::decimal),
            4 => format!("decimal({})", self.int(depth - 1, around)),
            5 => format!("({} / {})", self.money(depth - 1, around), self.money(depth - 1, around)),
            _ => format!("{}.amount", self.money(depth - 1, around)),
        }
    }

    fn money(&mut self, depth: usize, around: &Around) -> String {
        if depth == 0 {
            return match self.random.below(4) {
                0 => format!("money('{}')", self.random.of(&DECIMALS)),
                1 => format!("money('{}', '{}')", self.random.of(&DECIMALS), self.random.of(&CURRENCIES)),
                _ => self.field(around, &["budget", "price", "total", "sum"], &["budget", "half"], &["amount"]),
            };
        }
        match self.random.below(6) {
            0 | 1 => self.joined(depth - 1, around, &["+", "-"], Self::money),
            2 => self.choice(depth - 1, around, Self::money),
            3 => {
                let (money, by) = (self.money(depth - 1, around), self.decimal(depth - 1, around));
                if self.random.one_in(3) {
                    format!("({by} * {money})")
                } else {
                    format!("({money} {} {by})", self.random.of(&["*", "/"]))
                }
            }
            4 => format!(
                "money({} + qty, {})",
                self.decimal(depth - 1, around),
                self.pick(&["budget.currency", "name", "'USD'"])
            ),
            _ => self.money(0, around),
        }
    }

    fn literal_text(&mut self) -> String {
        format!("\"{}\"", self.random.of(&TEXTS))
    }

    fn text(&mut self, depth: usize, around: &Around) -> String {
        if depth == 0 {
            return match self.random.below(4) {
                0 => self.literal_text(),
                1 if !around.texts.is_empty() => self.of(&around.texts),
                _ => self.field(
                    around,
                    &["name", "note", "shout", "made_by", "place.city", "budget.currency", "sum.currency"],
                    &["name", "loud", "place.country", "budget.currency"],
                    &["product"],
                ),
            };
        }
        match self.random.below(6) {
            0 | 1 => self.joined(depth - 1, around, &["+"], Self::text),
            2 => self.choice(depth - 1, around, Self::text),
            3 => format!("{}.lower()", self.text(depth - 1, around)),
            4 => {
                let value = match self.random.below(3) {
                    0 => self.field(around, &["count", "again"], &["count"], &["number"]),
                    1 => self.field(around, &["qty", "rate"], &["qty"], &["quantity"]),
                    _ => self.field(around, &["day", "tomorrow"], &["day"], &[]),
                };
                format!("string({value})")
            }
            _ => self.text(0, around),
        }
    }

    fn date(&mut self, depth: usize, around: &Around) -> String {
        if depth == 0 {
            return match self.random.below(4) {
                0 => format!("date('{}')", self.random.of(&DATES)),
                1 => "today()".to_owned(),
                _ => self.field(around, &["day", "due", "tomorrow"], &["day"], &[]),
            };
        }
        match self.random.below(4) {
            0 => {
                let (date, days) = (self.date(depth - 1, around), self.int(depth - 1, around));
                format!("({date} {} days({days}))", self.random.of(&["+", "-"]))
            }
            1 => self.choice(depth - 1, around, Self::date),
            2 => format!("date({})", self.moment(depth - 1, around)),
            _ => self.date(0, around),
        }
    }

    fn moment(&mut self, depth: usize, around: &Around) -> String {
        if depth == 0 {
            return match self.random.below(4) {
                0 => format!("timestamp('{}')", self.random.of(&MOMENTS)),
                1 => "now()".to_owned(),
                _ => self.pick(&["at", "seen"]),
            };
        }
        match self.random.below(3) {
            0 => format!("({} + days({}))", self.moment(depth - 1, around), self.int(depth - 1, around)),
            1 => self.choice(depth - 1, around, Self::moment),
            _ => self.moment(0, around),
        }
    }

    fn id(&mut self, around: &Around) -> String {
        match self.random.below(4) {
            0 => "principal.user".to_owned(),
            1 => format!("{}.id", self.maker(around)),
            _ => self.maker(around),
        }
    }

    fn bool(&mut self, depth: usize, around: &Around) -> String {
        if depth == 0 {
            return match self.random.below(8) {
                0 => self.pick(&["true", "false", "(null == null)"]),
                _ => self.field(around, &["flag", "sure", "late", "has_lines"], &["flag"], &["big"]),
            };
        }
        let test = self.test(depth, around);
        format!("({test})")
    }

    fn test(&mut self, depth: usize, around: &Around) -> String {
        match self.random.below(16) {
            0 => self.joined(depth - 1, around, &["&&", "||"], Self::bool),
            1 => format!("!{}", self.bool(depth - 1, around)),
            2 => self.choice(depth - 1, around, Self::bool),
            3..=5 => self.comparison(depth - 1, around),
            6 => self.simple_comparison(around),
            7 | 8 => self.membership(depth - 1, around),
            9 | 10 if around.macros < MACROS => {
                let (over, name, inside) = self.over(around);
                let how = if over.starts_with(['[', 'p']) {
                    self.pick(&["exists", "all"])
                } else {
                    self.pick(&["exists", "all", "exists_one"])
                };
                format!("{over}.{how}({name}, {})", self.bool(depth - 1, &inside))
            }
            11 | 12 => {
                let (a, b) = (self.text(depth - 1, around), self.text(depth - 1, around));
                format!("{a}.{}({b})", self.random.of(&["contains", "icontains", "startsWith", "endsWith"]))
            }
            13 => format!("has({})", self.anything(depth - 1, around)),
            14 => format!("{} {} null", self.anything(depth - 1, around), self.random.of(&["==", "!="])),
            _ => self.joined(depth - 1, around, &["==", "!="], Self::bool),
        }
    }

    fn anything(&mut self, depth: usize, around: &Around) -> String {
        match self.random.below(9) {
            0 => self.int(depth, around),
            1 => self.decimal(depth, around),
            2 => self.money(depth, around),
            3 => self.text(depth, around),
            4 => self.date(depth, around),
            5 => self.moment(depth, around),
            6 => self.id(around),
            7 => self.pick(&["tags", "lines", "watchers", "maker.tags", "place", "maker.place", "extra", "flag"]),
            _ => self.bool(depth, around),
        }
    }

    /// Two values of one type.
    fn comparison(&mut self, depth: usize, around: &Around) -> String {
        let signs = &["==", "!=", "<", "<=", ">", ">="];
        match self.random.below(8) {
            0 => self.joined(depth, around, signs, Self::int),
            1 => self.joined(depth, around, signs, Self::decimal),
            2 | 3 => self.joined(depth, around, signs, Self::money),
            4 => self.joined(depth, around, signs, Self::text),
            5 => self.joined(depth, around, signs, Self::date),
            6 => self.joined(depth, around, signs, Self::moment),
            _ => format!("({} {} {})", self.id(around), self.random.of(&["==", "!="]), self.id(around)),
        }
    }

    /// A field and a literal, as most filters are.
    fn simple_comparison(&mut self, around: &Around) -> String {
        let sign = self.pick(&["==", "!=", "<", "<=", ">", ">="]);
        let eq = self.pick(&["==", "!="]);
        match self.random.below(9) {
            0 => format!("{} {sign} {}", self.int(0, around), self.random.of(&LITERAL_DECIMALS)),
            1 => format!("qty {sign} '{}'", self.random.of(&LITERAL_DECIMALS)),
            2 => format!("{} {sign} {}", self.random.of(&DECIMALS), self.pick(&["budget", "total", "maker.budget"])),
            3 => format!("budget {sign} '{}'", self.random.of(&DECIMALS)),
            4 => format!("{} {sign} '{}'", self.date(0, around), self.random.of(&DATES)),
            5 => format!("at {sign} '{}'", self.random.of(&MOMENTS)),
            6 => format!("kind {eq} '{}'", self.random.of(&COLOURS)),
            7 => format!("{} {eq} '{}'", self.maker(around), maker_id(self.random)),
            _ => format!("{} {sign} {}", self.text(0, around), self.literal_text()),
        }
    }

    fn membership(&mut self, depth: usize, around: &Around) -> String {
        let list = |w: &mut Self, one: fn(&mut Self, usize, &Around) -> String| {
            let items: Vec<String> = (0..w.random.below(4))
                .map(|_| if w.random.one_in(6) { "null".to_owned() } else { one(w, depth, around) })
                .collect();
            format!("[{}]", items.join(", "))
        };
        match self.random.below(9) {
            0 => format!(
                "{} in {}",
                self.text(depth, around),
                self.pick(&["tags", "maker.tags", "principal.roles", "principal.creates"])
            ),
            1 => {
                format!("{} in {}", self.id(around), self.pick(&["watchers", "principal.teams", "principal.companies"]))
            }
            2 => format!("'{}' in colours", self.random.of(&COLOURS)),
            3 => format!("{} in {}", self.text(depth, around), list(self, Self::text)),
            4 => format!("{} in {}", self.int(depth, around), list(self, Self::int)),
            5 => format!("{} in {}", self.decimal(depth, around), list(self, Self::decimal)),
            6 => format!("{} in {}", self.money(depth, around), list(self, Self::money)),
            7 => format!("{} in {}", self.date(depth, around), list(self, Self::date)),
            _ => format!("kind in ['red', '{}']", self.random.of(&COLOURS)),
        }
    }

    /// A list or rows, a name for its items, and what is in scope inside.
    fn over(&mut self, around: &Around) -> (String, String, Around) {
        let name = self.name();
        let mut inside = Around { macros: around.macros + 1, ..around.clone() };
        let over = match self.random.below(8) {
            0..=3 => {
                inside.lines.push(name.clone());
                "lines".to_owned()
            }
            4 => {
                inside.texts.push(name.clone());
                self.pick(&["tags", "maker.tags"])
            }
            5 => {
                inside.makers.push(name.clone());
                "watchers".to_owned()
            }
            6 => {
                inside.texts.push(name.clone());
                format!("[{}, {}]", self.text(1, around), self.text(0, around))
            }
            _ => {
                inside.texts.push(name.clone());
                "principal.roles".to_owned()
            }
        };
        (over, name, inside)
    }
}
