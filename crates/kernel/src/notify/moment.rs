//! Whether and when a person is told: by kind, in a digest or at once, never in their quiet hours.

use jiff::Zoned;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use nexus_model::{Problem, Timestamp};

use crate::Result;
use crate::core::{NotificationKindMail, NotificationMail, NotificationSettings, NotificationSettingsMail};

/// How a person is told of something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Way {
    /// In the inbox.
    pub(super) in_app: bool,
    /// By mail, and when.
    pub(super) mail: Option<(NotificationMail, Timestamp)>,
}

impl Way {
    /// What a person's settings say of a kind: the line of the kind, else that of its app, else what they say of all.
    /// Who has none is told in the app and by mail at once.
    ///
    /// # Errors
    /// When the zone is none; it was one when it was kept.
    pub(super) fn of(settings: Option<&NotificationSettings>, kind: &str, now: Timestamp) -> Result<Way> {
        let Some(settings) = settings else {
            return Ok(Way { in_app: true, mail: Some((NotificationMail::AtOnce, now)) });
        };
        let app = kind.split('.').next().unwrap_or_default();
        let line = |name: &str| settings.kinds.iter().find(|line| line.kind == name);
        let line = line(kind).or_else(|| line(app));
        let in_app = line.is_none_or(|line| line.in_app);
        let mail = match line.and_then(|line| line.mail) {
            Some(NotificationKindMail::AtOnce) => Some(NotificationMail::AtOnce),
            Some(NotificationKindMail::Daily) => Some(NotificationMail::Daily),
            Some(NotificationKindMail::Weekly) => Some(NotificationMail::Weekly),
            Some(NotificationKindMail::Never) => None,
            None => match settings.mail {
                NotificationSettingsMail::AtOnce => Some(NotificationMail::AtOnce),
                NotificationSettingsMail::Daily => Some(NotificationMail::Daily),
                NotificationSettingsMail::Weekly => Some(NotificationMail::Weekly),
                NotificationSettingsMail::Never => None,
            },
        };
        let here = now.to_zoned(zone(&settings.zone)?);
        let mail = mail.map(|mail| (mail, moment(settings, mail, &here).unwrap_or(now)));
        Ok(Way { in_app, mail })
    }
}

/// The time zone of an IANA name.
///
/// # Errors
/// When there is none, naming `zone`.
pub(super) fn zone(name: &str) -> Result<TimeZone> {
    TimeZone::get(name).map_err(|_| {
        let message = format!("there is no time zone {name}; give its IANA name, such as Africa/Nairobi");
        Problem::field("zone", "zone", message)
    })
}

/// When the quiet hours end in which a mail would go out now; nothing outside of them.
///
/// # Errors
/// When the zone is none.
pub(super) fn quiet_until(settings: Option<&NotificationSettings>, now: Timestamp) -> Result<Option<Timestamp>> {
    let Some(settings) = settings else { return Ok(None) };
    let here = now.to_zoned(zone(&settings.zone)?);
    Ok(awake(settings, here).map(|at| at.timestamp()).filter(|at| *at > now))
}

/// When a mail goes out that is asked for now; nothing where that is beyond all calendars.
fn moment(settings: &NotificationSettings, mail: NotificationMail, here: &Zoned) -> Option<Timestamp> {
    let at = match mail {
        NotificationMail::AtOnce => awake(settings, here.clone()),
        NotificationMail::Daily => digest(settings, here, None),
        NotificationMail::Weekly => digest(settings, here, Some(Weekday::Monday)),
    };
    at.map(|at| at.timestamp())
}

/// A moment, or the end of the quiet hours that it lies in.
fn awake(settings: &NotificationSettings, at: Zoned) -> Option<Zoned> {
    match (settings.quiet_from, settings.quiet_until) {
        (Some(from), Some(until)) if is_quiet(at.hour().into(), from, until) => next(&at, until),
        _ => Some(at),
    }
}

/// The next digest after `here`. One whose hour is quiet comes when the quiet hours end, be it on the day after.
fn digest(settings: &NotificationSettings, here: &Zoned, weekday: Option<Weekday>) -> Option<Zoned> {
    let mut day = here.date().yesterday().ok()?;
    // A week has every weekday, and the ninth day is past the hour for sure.
    for _ in 0..=9 {
        if weekday.is_none_or(|weekday| day.weekday() == weekday) {
            let at = awake(settings, clock(day, settings.digest_hour, here)?)?;
            if at > *here {
                return Some(at);
            }
        }
        day = day.tomorrow().ok()?;
    }
    None
}

/// Whether an hour lies in quiet hours, which may go over midnight.
fn is_quiet(hour: i64, from: i64, until: i64) -> bool {
    if from <= until { from <= hour && hour < until } else { from <= hour || hour < until }
}

/// The first time after `here` at which the clocks show the hour.
fn next(here: &Zoned, hour: i64) -> Option<Zoned> {
    let mut days = [here.date(), here.date().tomorrow().ok()?].into_iter();
    days.find_map(|day| clock(day, hour, here).filter(|at| at > here))
}

/// The hour of a day where `here` is. Where the clocks are put forward over it, the first moment after (as RFC 5545 has
/// it); where they are put back, the first of both.
fn clock(day: Date, hour: i64, here: &Zoned) -> Option<Zoned> {
    day.at(i8::try_from(hour).ok()?, 0, 0, 0).to_zoned(here.time_zone().clone()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(mail: NotificationSettingsMail, digest_hour: i64, quiet: Option<(i64, i64)>) -> NotificationSettings {
        NotificationSettings {
            mail,
            zone: "Europe/Berlin".to_owned(),
            digest_hour,
            quiet_from: quiet.map(|(from, _)| from),
            quiet_until: quiet.map(|(_, until)| until),
            ..NotificationSettings::default()
        }
    }

    fn mailed(settings: &NotificationSettings, now: &str) -> String {
        let way = Way::of(Some(settings), "tasks.due", now.parse().expect("a time")).expect("a way");
        way.mail.expect("mail").1.to_string()
    }

    use NotificationSettingsMail::{AtOnce, Daily, Weekly};

    #[test]
    fn mail_waits_until_the_quiet_hours_end_in_the_zone_of_its_reader() {
        // Berlin is at +01:00 in winter; the quiet hours are from 21:00 to 05:00 UTC.
        let at_once = settings(AtOnce, 7, Some((22, 6)));
        assert_eq!(mailed(&at_once, "2026-01-15T20:59:59Z"), "2026-01-15T20:59:59Z");
        assert_eq!(mailed(&at_once, "2026-01-15T21:00:00Z"), "2026-01-16T05:00:00Z");
        assert_eq!(mailed(&at_once, "2026-01-16T04:59:59Z"), "2026-01-16T05:00:00Z");
        let until = |now: &str| quiet_until(Some(&at_once), now.parse().expect("a time")).expect("an answer");
        assert_eq!(until("2026-01-16T04:59:59Z").map(|at| at.to_string()), Some("2026-01-16T05:00:00Z".to_owned()));
        assert_eq!(until("2026-01-16T05:00:00Z"), None);
        assert_eq!(quiet_until(None, "2026-01-16T04:59:59Z".parse().expect("a time")).expect("an answer"), None);
    }

    #[test]
    fn a_digest_comes_at_its_hour_or_when_the_quiet_hours_end_that_it_lies_in() {
        let daily = settings(Daily, 2, None);
        assert_eq!(mailed(&daily, "2026-01-15T00:59:59Z"), "2026-01-15T01:00:00Z");
        assert_eq!(mailed(&daily, "2026-01-15T01:00:00Z"), "2026-01-16T01:00:00Z");
        let daily = settings(Daily, 2, Some((22, 6)));
        assert_eq!(mailed(&daily, "2026-01-15T00:59:59Z"), "2026-01-15T05:00:00Z");
        // The hour has passed, and the digest of today still waits.
        assert_eq!(mailed(&daily, "2026-01-15T03:00:00Z"), "2026-01-15T05:00:00Z");
        assert_eq!(mailed(&daily, "2026-01-15T05:00:00Z"), "2026-01-16T05:00:00Z");
        // 2026-01-15 is a Thursday, 2026-01-19 a Monday.
        let weekly = settings(Weekly, 2, Some((22, 6)));
        assert_eq!(mailed(&weekly, "2026-01-15T12:00:00Z"), "2026-01-19T05:00:00Z");
        assert_eq!(mailed(&weekly, "2026-01-19T05:00:00Z"), "2026-01-26T05:00:00Z");
        // Monday's at 23:00 comes on Tuesday.
        let weekly = settings(Weekly, 23, Some((22, 6)));
        assert_eq!(mailed(&weekly, "2026-01-15T12:00:00Z"), "2026-01-20T05:00:00Z");
        assert_eq!(mailed(&weekly, "2026-01-20T04:00:00Z"), "2026-01-20T05:00:00Z");
        assert_eq!(mailed(&weekly, "2026-01-20T05:00:00Z"), "2026-01-27T05:00:00Z");
    }

    #[test]
    fn a_digest_comes_once_a_day_also_when_the_clocks_change() {
        // Berlin: 2026-03-29 02:00 becomes 03:00, and 2026-10-25 03:00 becomes 02:00 (EU Directive 2000/84/EC).
        let daily = settings(Daily, 2, None);
        assert_eq!(mailed(&daily, "2026-03-28T12:00:00Z"), "2026-03-29T01:00:00Z");
        assert_eq!(mailed(&daily, "2026-03-29T01:00:00Z"), "2026-03-30T00:00:00Z");
        assert_eq!(mailed(&daily, "2026-10-24T12:00:00Z"), "2026-10-25T00:00:00Z");
        assert_eq!(mailed(&daily, "2026-10-25T00:00:00Z"), "2026-10-26T01:00:00Z");
    }
}
