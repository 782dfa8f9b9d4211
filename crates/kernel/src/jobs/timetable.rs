//! When a schedule is due: a cron pattern in a time zone.

use croner::parser::{CronParser, Seconds, Year};
use nexus_model::manifest::ManifestError;
use nexus_model::{Problem, Timestamp};
use serde_json::Value as Json;

use super::Handler;
use crate::Result;
use crate::registry::Registry;

/// A schedule that an app brings along.
#[derive(Clone, Debug)]
pub struct Timetable {
    pub(crate) name: &'static str,
    pub(super) cron: &'static str,
    pub(super) zone: &'static str,
    /// The full name of an action, or of a job that the app declares.
    pub(super) action: &'static str,
    pub(super) input: Json,
}

impl Timetable {
    /// Runs `action` at the times of a cron pattern, in UTC unless told otherwise.
    pub fn new(name: &'static str, cron: &'static str, action: &'static str) -> Timetable {
        Timetable { name, cron, zone: "UTC", action, input: Json::Null }
    }

    /// In a time zone, by its IANA name.
    pub fn zone(self, zone: &'static str) -> Timetable {
        Timetable { zone, ..self }
    }

    pub fn input(self, input: Json) -> Timetable {
        Timetable { input, ..self }
    }

    pub(crate) fn check(&self) -> Result<()> {
        next_after(self.cron, self.zone, Timestamp::UNIX_EPOCH).map(drop)
    }
}

/// The first time of a pattern after a moment.
///
/// Where the clock is put forward, what has one time of the day is run at the first moment that there is, and where it
/// is put back, once; what is run more often goes by the clock as it is (Vixie cron, and the Open Cron Pattern
/// Specification).
///
/// # Errors
/// When the pattern cannot be read or its time never comes (naming `cron`), or there is no such zone (naming `zone`).
pub(super) fn next_after(cron: &str, zone: &str, after: Timestamp) -> Result<Timestamp> {
    let parser = CronParser::builder().seconds(Seconds::Disallowed).year(Year::Disallowed).build();
    let pattern = parser.parse(cron).map_err(|error| {
        let form = "minute, hour, day of month, month and day of week, such as 0 7 * * MON-FRI";
        Problem::field("cron", "cron", format!("cannot be read as {form}: {error}"))
    })?;
    let zone = jiff::tz::TimeZone::get(zone).map_err(|_| {
        Problem::field(
            "zone",
            "zone",
            format!("there is no time zone {zone}; give its IANA name, such as Africa/Nairobi"),
        )
    })?;
    let next = pattern.find_next_occurrence(&after.to_zoned(zone), false);
    let next = next.map_err(|_| Problem::field("cron", "never", "names a time that never comes"))?;
    // A pattern has no seconds, and so neither has its time.
    Timestamp::from_second(next.timestamp().as_second()).map_err(|error| Problem::internal(error.to_string()))
}

impl Registry {
    /// Takes the work that an app declares, and when it comes round.
    pub(crate) fn add_jobs(
        &mut self,
        app: &str,
        jobs: Vec<(&'static str, Handler)>,
        schedules: Vec<Timetable>,
        errors: &mut Vec<ManifestError>,
    ) {
        let mut wrong = |entry: &str, message: String| {
            let (file, entry) = (format!("{app}/src"), entry.to_owned());
            errors.push(ManifestError { file, line: 0, entry, message });
        };
        for (name, handler) in jobs {
            let full = format!("{app}.{name}");
            if self.action(&full).is_ok() || self.jobs.insert(full, handler).is_some() {
                wrong(name, "a job has the name of another or of an action".to_owned());
            }
        }
        for timetable in schedules {
            if let Err(problem) = timetable.check() {
                wrong(timetable.name, problem.to_string());
            }
            if self.schedules.iter().any(|(of, known)| of == app && known.name == timetable.name) {
                wrong(timetable.name, "two schedules have one name".to_owned());
            }
            self.schedules.push((app.to_owned(), timetable));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The next times of a pattern, as the clocks of the zone show them.
    fn times(cron: &str, zone: &str, after: &str, count: usize) -> Vec<String> {
        let tz = jiff::tz::TimeZone::get(zone).expect("a zone");
        let mut at: Timestamp = after.parse().expect("a time");
        let mut times = Vec::new();
        for _ in 0..count {
            at = next_after(cron, zone, at).expect("a next time");
            times.push(at.to_zoned(tz.clone()).strftime("%Y-%m-%d %H:%M %:z").to_string());
        }
        times
    }

    #[test]
    fn a_time_that_the_clock_leaves_out_is_made_up_for_at_once_and_one_that_it_repeats_is_run_once() {
        // Berlin: 2026-03-29 02:00 becomes 03:00, and 2026-10-25 03:00 becomes 02:00 (EU Directive 2000/84/EC).
        let spring = times("30 2 * * *", "Europe/Berlin", "2026-03-27T12:00:00Z", 3);
        assert_eq!(spring, ["2026-03-28 02:30 +01:00", "2026-03-29 03:00 +02:00", "2026-03-30 02:30 +02:00"]);
        let autumn = times("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2);
        assert_eq!(autumn, ["2026-10-25 02:30 +02:00", "2026-10-26 02:30 +01:00"]);
    }

    #[test]
    fn a_zone_that_goes_back_for_ramadan_is_followed() {
        // Morocco: back to +00 on 2026-02-15 at 03:00 and forward to +01 on 2026-03-22 at 02:00 (tzdata, africa).
        let back = times("30 2 * * *", "Africa/Casablanca", "2026-02-14T12:00:00Z", 2);
        assert_eq!(back, ["2026-02-15 02:30 +01:00", "2026-02-16 02:30 +00:00"]);
        let forward = times("30 2 * * *", "Africa/Casablanca", "2026-03-21T12:00:00Z", 2);
        assert_eq!(forward, ["2026-03-22 03:00 +01:00", "2026-03-23 02:30 +01:00"]);
    }

    #[test]
    fn a_zone_that_never_changes_is_the_same_all_year() {
        let nairobi = times("30 2 29 3,10 *", "Africa/Nairobi", "2026-01-01T00:00:00Z", 2);
        assert_eq!(nairobi, ["2026-03-29 02:30 +03:00", "2026-10-29 02:30 +03:00"]);
    }

    #[test]
    fn what_is_run_every_half_hour_goes_by_the_clock_as_it_is() {
        let spring = times("*/30 * * * *", "Europe/Berlin", "2026-03-29T00:20:00Z", 3);
        assert_eq!(spring, ["2026-03-29 01:30 +01:00", "2026-03-29 03:00 +02:00", "2026-03-29 03:30 +02:00"]);
        let autumn = times("*/30 * * * *", "Europe/Berlin", "2026-10-25T00:20:00Z", 4);
        let expected = ["02:30 +02:00", "02:00 +01:00", "02:30 +01:00", "03:00 +01:00"];
        assert_eq!(autumn, expected.map(|time| format!("2026-10-25 {time}")));
    }

    #[test]
    fn the_last_day_of_each_month_is_found_in_december_too() {
        let last = times("0 18 L * *", "UTC", "2026-11-30T19:00:00Z", 3);
        assert_eq!(last, ["2026-12-31 18:00 +00:00", "2027-01-31 18:00 +00:00", "2027-02-28 18:00 +00:00"]);
    }

    #[test]
    fn working_days_and_the_second_tuesday_are_found() {
        // 2026-08-15 is a Saturday, 2026-11-15 a Sunday.
        let pay = times("0 9 15W 8,11 *", "UTC", "2026-08-01T00:00:00Z", 2);
        assert_eq!(pay, ["2026-08-14 09:00 +00:00", "2026-11-16 09:00 +00:00"]);
        let second = times("0 9 * * TUE#2", "UTC", "2026-08-01T00:00:00Z", 2);
        assert_eq!(second, ["2026-08-11 09:00 +00:00", "2026-09-08 09:00 +00:00"]);
        let week = times("0 7 * * MON-FRI", "UTC", "2026-08-14T07:00:00Z", 2);
        assert_eq!(week, ["2026-08-17 07:00 +00:00", "2026-08-18 07:00 +00:00"]);
    }

    #[test]
    fn what_cannot_be_read_is_refused_by_the_field_at_fault() {
        let now = Timestamp::UNIX_EPOCH;
        for (cron, zone, field) in [
            ("", "UTC", "cron"),
            ("61 * * * *", "UTC", "cron"),
            ("0 0 0 * * *", "UTC", "cron"),
            ("0 0 30 2 *", "UTC", "cron"),
            ("0 7 * * *", "Africa/Atlantis", "zone"),
            ("0 7 * * *", "", "zone"),
        ] {
            let problem = next_after(cron, zone, now).expect_err(cron);
            assert_eq!(problem.errors[0].field, field, "{cron} {zone}: {problem}");
        }
    }
}
