//! Access parity: what `get` denies shows up nowhere else.
//!
//! Grants, records and people are drawn by lot; who may see what is worked out in [`crate::model`].

use std::collections::{BTreeMap, BTreeSet};

use nexus_kernel::faces::ListParams;
use nexus_kernel::faces::aggregate::AggregateParams;
use nexus_kernel::model::Decimal;
use nexus_kernel::model::problem::Kind;
use nexus_kernel::serde_json::{Map, Value as Json};
use nexus_kernel::sheets::Format;
use nexus_testkit::{On, Tenant};

use crate::dice::Dice;
use crate::lab;
use crate::model::{Cond, Eye};
use crate::world::{Case, ids, own, uuid};

const OBJECTS: [&str; 5] = ["region", "client", "project", "line", "coin"];

/// How often each face was asked, with something to show and with something to hide.
#[derive(Default)]
pub(crate) struct Tally(BTreeMap<&'static str, (usize, usize)>);

impl Tally {
    pub(crate) fn note(&mut self, face: &'static str, shown: usize, hidden: usize) {
        let entry = self.0.entry(face).or_default();
        *entry = (entry.0 + shown, entry.1 + hidden);
    }

    pub(crate) fn assert_not_vacuous(&self) {
        eprintln!("face: shown, hidden: {:?}", self.0);
        for (face, (shown, hidden)) in &self.0 {
            assert!(*shown > 0 && *hidden > 0, "{face} was asked {shown} times to show and {hidden} times to hide");
        }
    }
}

/// One person before one tenant.
pub(crate) struct Look<'c> {
    pub(crate) case: &'c Case,
    pub(crate) who: &'c Tenant,
    pub(crate) eye: &'c Eye,
}

impl<'c> Look<'c> {
    pub(crate) fn seen(&self, object: &str) -> Vec<&'c str> {
        self.case.policy.seen(&self.case.world, self.eye, object, "read")
    }

    pub(crate) fn total(&self, object: &str) -> usize {
        self.case.world.0[object].len()
    }

    pub(crate) fn shows(&self, object: &str, field: &str) -> bool {
        self.case.policy.shows(self.eye, object, field)
    }

    pub(crate) fn may(&self, object: &str) -> bool {
        self.case.policy.may(self.eye, object, "read") && (object != "coin" || self.shows("project", "vault"))
    }

    async fn list(&self, object: &str, params: ListParams) -> Result<nexus_kernel::faces::list::Page, Kind> {
        let object = self.who.kernel.registry.object(&format!("lab.{object}")).expect("an object");
        let page = self.who.kernel.list(&self.who.tenant, &self.who.principal, object, params).await;
        page.map_err(|problem| problem.kind)
    }

    /// Every page of a list.
    async fn all(&self, object: &str, params: ListParams) -> Vec<Json> {
        let mut found = Vec::new();
        let mut params = ListParams { limit: Some(7), ..params };
        loop {
            let page = self.list(object, params.clone()).await.unwrap_or_else(|kind| panic!("{object}: {kind:?}"));
            found.extend(page.data.iter().map(|record| Json::Object(record.to_json())));
            match page.next {
                Some(next) => params.after = Some(next),
                None => return found,
            }
        }
    }

    fn check_fields(&self, object: &str, record: &Map<String, Json>, wanted: &[&str]) {
        let given = &self.case.world.0[object][record["id"].as_str().expect("an id")];
        let found: BTreeSet<&str> = own(object, record).collect();
        let shown = wanted.iter().copied().filter(|field| self.shows(object, field));
        assert_eq!(found, shown.collect(), "fields of {object} for {:?}", self.eye);
        for field in found.into_iter().filter(|field| !matches!(*field, "lines" | "vault")) {
            assert_eq!(record[field], given[field], "{object}.{field}");
        }
        for (table, child) in [("lines", "line"), ("vault", "coin")] {
            for row in record.get(table).and_then(Json::as_array).into_iter().flatten() {
                self.check_fields(child, row.as_object().expect("a row"), &declared(child));
            }
        }
    }

    pub(crate) async fn get(&self, tally: &mut Tally) {
        for object in ["region", "client", "project"] {
            let seen = self.seen(object);
            tally.note("get", seen.len(), self.total(object) - seen.len());
            for id in self.case.world.0[object].keys() {
                match self.who.try_get(&format!("lab.{object}"), uuid(id)).await {
                    Ok(record) => {
                        assert!(seen.contains(&id.as_str()), "{object} {id} is shown to {:?}", self.eye);
                        self.check_fields(object, &record, &declared(object));
                    }
                    Err(problem) => {
                        assert!(!seen.contains(&id.as_str()), "{object} {id} is hidden from {:?}", self.eye);
                        assert_eq!(problem.kind, Kind::NotFound);
                        let name = self.case.world.0[object][id]["name"].as_str().expect("a name");
                        assert!(!problem.to_string().contains(name), "{problem}");
                    }
                }
            }
        }
    }

    pub(crate) async fn lists(&self, dice: &mut Dice, tally: &mut Tally) {
        for object in OBJECTS {
            if !self.may(object) {
                let refused = self.list(object, ListParams::default()).await.err();
                assert!(refused == Some(Kind::Denied), "{object}: {refused:?} for {:?}", self.eye);
                continue;
            }
            let seen = self.seen(object);
            tally.note("list", seen.len(), self.total(object) - seen.len());
            let flat: Vec<&str> = declared(object).into_iter().filter(|f| !matches!(*f, "lines" | "vault")).collect();
            let sorts: Vec<String> = flat
                .iter()
                .filter(|f| !matches!(**f, "tags" | "members" | "twice"))
                .filter(|field| self.shows(object, field))
                .map(|field| (*field).to_owned())
                .collect();
            let sort = [None, Some(format!("-{}", dice.of(&sorts))), Some(dice.of(&sorts).clone())];
            for sort in sort {
                let records = self.all(object, ListParams { sort, ..ListParams::default() }).await;
                assert_eq!(ids(&records), seen, "{object} for {:?}", self.eye);
                for record in &records {
                    self.check_fields(object, record.as_object().expect("a record"), &flat);
                }
            }
            for count in ["capped", "exact"] {
                let page = self.list(object, ListParams { count: Some(count.to_owned()), ..ListParams::default() });
                assert_eq!(page.await.expect("a page").count, Some(seen.len() as u64));
            }
            for _ in 0..6 {
                let depth = dice.below(3);
                self.filtered(object, &Cond::random(dice, object, depth), tally).await;
            }
        }
    }

    /// A filter that follows a link to what is not seen behaves as if the link led nowhere.
    async fn filtered(&self, object: &str, filter: &Cond, tally: &mut Tally) {
        let fitting = self.case.policy.fitting(&self.case.world, self.eye, object, filter);
        let source = filter.cel("");
        tally.note("filter", fitting.len(), self.total(object) - fitting.len());
        let params = ListParams { filter: Some(source.clone()), ..ListParams::default() };
        let records = self.all(object, params.clone()).await;
        assert_eq!(ids(&records), fitting, "{object} where {source} for {:?}", self.eye);
        let page = self.list(object, ListParams { count: Some("exact".to_owned()), ..params }).await.expect("a page");
        assert_eq!(page.count, Some(fitting.len() as u64), "{object} where {source}");
        if object == "project" {
            self.figures(&fitting, Some(source), tally).await;
        }
    }

    async fn aggregate(
        &self,
        group: &str,
        measures: &str,
        filter: Option<String>,
    ) -> Result<Vec<Map<String, Json>>, Kind> {
        let object = self.who.kernel.registry.object("lab.project").expect("an object");
        let params = AggregateParams {
            group: Some(group.to_owned()),
            measures: Some(measures.to_owned()),
            filter,
            q: None,
            at: None,
        };
        let rows = self.who.kernel.aggregate(&self.who.tenant, &self.who.principal, object, params).await;
        rows.map_err(|problem| problem.kind)
    }

    /// Counts and sums are those over the records that are seen.
    pub(crate) async fn figures(&self, seen: &[&str], filter: Option<String>, tally: &mut Tally) {
        tally.note("aggregate", seen.len(), self.total("project") - seen.len());
        let mut counts: BTreeMap<String, (i64, i64)> = BTreeMap::new();
        let mut sums: BTreeMap<String, Decimal> = BTreeMap::new();
        for id in seen {
            let project = &self.case.world.0["project"][*id];
            let entry = counts.entry(project["stage"].to_string()).or_default();
            *entry = (entry.0 + 1, entry.1 + project["effort"].as_i64().unwrap_or_default());
            if let Some(amount) = project["amount"]["amount"].as_str() {
                *sums.entry(project["client"].to_string()).or_default() +=
                    amount.parse::<Decimal>().expect("an amount");
            }
        }
        let rows = self.aggregate("stage", "count(),sum(effort)", filter.clone()).await.expect("figures");
        let figures = rows.iter().map(|row| {
            let number = |name: &str| row[name].as_i64().unwrap_or_default();
            (row["stage"].to_string(), (number("count()"), number("sum(effort)")))
        });
        assert_eq!(figures.collect::<BTreeMap<_, _>>(), counts, "{filter:?} for {:?}", self.eye);
        let mut months: BTreeMap<String, i64> = BTreeMap::new();
        for id in seen {
            let due = &self.case.world.0["project"][*id]["due"];
            *months
                .entry(due.as_str().map_or_else(|| "null".to_owned(), |due| format!("\"{}\"", &due[..7])))
                .or_default() += 1;
        }
        let rows = self.aggregate("month(due)", "count()", filter.clone()).await.expect("figures");
        let figures =
            rows.iter().map(|row| (row["month(due)"].to_string(), row["count()"].as_i64().unwrap_or_default()));
        assert_eq!(figures.collect::<BTreeMap<_, _>>(), months, "{filter:?} for {:?}", self.eye);
        let rows = self.aggregate("client", "sum(amount)", filter.clone()).await.expect("figures");
        let figures = rows.iter().filter_map(|row| {
            let amount = row["sum(amount)"]["amount"].as_str()?;
            Some((row["client"].to_string(), amount.parse::<Decimal>().expect("an amount")))
        });
        assert_eq!(figures.collect::<BTreeMap<_, _>>(), sums, "{filter:?} for {:?}", self.eye);
    }

    /// A linked record stands in place of its id only where it is seen itself.
    pub(crate) async fn expansions(&self, tally: &mut Tally) {
        if !self.may("project") {
            return;
        }
        let clients = self.seen("client");
        let expand = "client,lines.client".to_owned();
        for project in self.all("project", ListParams { expand: Some(expand), ..ListParams::default() }).await {
            let given = &self.case.world.0["project"][project["id"].as_str().expect("an id")];
            let rows = project["lines"].as_array().expect("rows").iter().zip(given["lines"].as_array().expect("rows"));
            for (found, given) in rows.chain([(&project, given)]) {
                let Some(id) = given["client"].as_str() else { continue };
                let seen = clients.contains(&id);
                tally.note("expand", seen.into(), (!seen).into());
                match found["client"].as_object() {
                    Some(client) => {
                        assert!(seen, "client {id} is expanded for {:?}", self.eye);
                        self.check_fields("client", client, &declared("client"));
                    }
                    None => assert!(!seen && found["client"] == id, "client {id} is not expanded for {:?}", self.eye),
                }
            }
        }
    }

    pub(crate) async fn exports(&self, tally: &mut Tally) {
        for object in ["region", "client", "project"] {
            let kind = self.who.kernel.registry.object(&format!("lab.{object}")).expect("an object");
            let params = || ListParams { sort: Some("name".to_owned()), ..ListParams::default() };
            let (kernel, tenant, principal) = (&self.who.kernel, &self.who.tenant, &self.who.principal);
            let may = self.may(object) && self.case.policy.may(self.eye, object, "export");
            let exportable = self.case.policy.seen(&self.case.world, self.eye, object, "export");
            let expected: Vec<&str> = self.seen(object).into_iter().filter(|id| exportable.contains(id)).collect();
            for format in [Format::Csv, Format::Json] {
                let export = kernel.export(tenant, principal, kind, params(), format).await;
                let Ok(mut export) = export else {
                    assert!(!may, "the export of {object} is refused to {:?}", self.eye);
                    continue;
                };
                assert!(may, "the export of {object} is open to {:?}", self.eye);
                let mut text = Vec::new();
                while let Some(piece) = export.next().await.expect("a piece") {
                    text.extend(piece);
                }
                let text = String::from_utf8(text).expect("UTF-8");
                let (columns, rows) = read_export(&text, format);
                assert_eq!(ids(&rows), expected, "the export of {object} for {:?}", self.eye);
                tally.note("export", rows.len(), self.total(object) - rows.len());
                let hidden = lab::fields(object).iter().filter(|(field, ..)| !self.shows(object, field));
                for (field, ..) in hidden {
                    assert!(!columns.contains(*field), "{field} is exported to {:?}", self.eye);
                }
            }
        }
    }
}

/// The columns and the records of an export.
fn read_export(text: &str, format: Format) -> (BTreeSet<String>, Vec<Json>) {
    let rows: Vec<Json> = match format {
        Format::Json => text.lines().map(|line| line.parse().expect("JSON")).collect(),
        Format::Csv => {
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let headings: Vec<String> = reader.headers().expect("headings").iter().map(str::to_owned).collect();
            let row = |cells: csv::StringRecord| {
                let cells = headings.iter().cloned().zip(cells.iter().map(Json::from));
                Json::Object(cells.collect())
            };
            let rows = reader.records().map(|cells| row(cells.expect("a row"))).collect();
            return (headings.into_iter().collect(), rows);
        }
        Format::Xlsx | Format::Parquet => unreachable!("no engine is wired in"),
    };
    let columns = rows.iter().filter_map(Json::as_object).flat_map(|row| row.keys().cloned()).collect();
    (columns, rows)
}

/// The declared fields of an object.
pub(crate) fn declared(object: &str) -> Vec<&'static str> {
    lab::fields(object).iter().map(|(name, ..)| *name).collect()
}

/// Runs `look` for every person of so many cases.
pub(crate) fn cases(on: On, seeds: std::ops::Range<u64>, look: impl AsyncFn(Look<'_>, &mut Dice, &mut Tally)) {
    let (mut tally, mut people) = (Tally::default(), 0);
    let count = seeds.end - seeds.start;
    for seed in seeds {
        on.run(|storage| async {
            let case = Case::new(&{ storage }, seed).await;
            let mut dice = Dice::new(seed);
            for (who, eye) in &case.people {
                people += 1;
                look(Look { case: &case, who, eye }, &mut dice, &mut tally).await;
            }
        });
    }
    eprintln!("{count} policies, {people} people");
    tally.assert_not_vacuous();
}

#[nexus_testkit::database_test]
fn what_get_denies_is_in_no_list_count_filter_or_figure(on: On) {
    cases(on, 0..10, async |look, dice, tally| {
        look.get(tally).await;
        look.lists(dice, tally).await;
        if look.may("project") {
            look.figures(&look.seen("project"), None, tally).await;
        }
    });
}

#[nexus_testkit::database_test]
fn what_get_denies_is_in_no_expansion_or_export(on: On) {
    cases(on, 100..110, async |look, _, tally| {
        look.expansions(tally).await;
        look.exports(tally).await;
    });
}
