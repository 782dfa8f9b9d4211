//! Whether and when a person is told: by kind, in a digest or at once, never in their quiet hours.

use jiff::Zoned;
use jiff::civil::Weekday;
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
        let mail = match line.map(|line| line.mail) {
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

/// When a mail goes out that is asked for now; nothing where that is beyond all calendars.
fn moment(settings: &NotificationSettings, mail: NotificationMail, here: &Zoned) -> Option<Timestamp> {
    match mail {
        NotificationMail::AtOnce => match (settings.quiet_from, settings.quiet_until) {
            (Some(from), Some(until)) if is_quiet(here.hour().into(), from, until) => next(here, until, None),
            _ => Some(here.timestamp()),
        },
        NotificationMail::Daily => next(here, settings.digest_hour, None),
        NotificationMail::Weekly => next(here, settings.digest_hour, Some(Weekday::Monday)),
    }
}

/// Whether an hour lies in quiet hours, which may go over midnight.
fn is_quiet(hour: i64, from: i64, until: i64) -> bool {
    if from <= until { from <= hour && hour < until } else { from <= hour || hour < until }
}

/// The first time after `here` at which the clocks show the hour. Where they are put forward over it, the first moment
/// after (as RFC 5545 has it); where they are put back, the first of both.
fn next(here: &Zoned, hour: i64, weekday: Option<Weekday>) -> Option<Timestamp> {
    let hour = i8::try_from(hour).ok()?;
    let mut day = here.date();
    // A week has every weekday, and the eighth day is past the hour for sure.
    for _ in 0..=8 {
        let at = day.at(hour, 0, 0, 0).to_zoned(here.time_zone().clone()).ok()?;
        if at > *here && weekday.is_none_or(|weekday| day.weekday() == weekday) {
            return Some(at.timestamp());
        }
        day = day.tomorrow().ok()?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(mail: NotificationSettingsMail) -> NotificationSettings {
        NotificationSettings {
            mail,
            zone: "Europe/Berlin".to_owned(),
            digest_hour: 2,
            quiet_from: Some(22),
            quiet_until: Some(6),
            ..NotificationSettings::default()
        }
    }

    fn mailed(mail: NotificationSettingsMail, now: &str) -> String {
        let way = Way::of(Some(&settings(mail)), "tasks.due", now.parse().expect("a time")).expect("a way");
        way.mail.expect("mail").1.to_string()
    }

    #[test]
    fn mail_waits_until_the_quiet_hours_end_in_the_zone_of_its_reader() {
        use NotificationSettingsMail::{AtOnce, Daily, Weekly};
        // Berlin is at +01:00 in winter; the quiet hours are from 21:00 to 05:00 UTC.
        assert_eq!(mailed(AtOnce, "2026-01-15T20:59:59Z"), "2026-01-15T20:59:59Z");
        assert_eq!(mailed(AtOnce, "2026-01-15T21:00:00Z"), "2026-01-16T05:00:00Z");
        assert_eq!(mailed(AtOnce, "2026-01-16T04:59:59Z"), "2026-01-16T05:00:00Z");
        assert_eq!(mailed(Daily, "2026-01-15T00:59:59Z"), "2026-01-15T01:00:00Z");
        assert_eq!(mailed(Daily, "2026-01-15T01:00:00Z"), "2026-01-16T01:00:00Z");
        // 2026-01-15 is a Thursday, 2026-01-19 a Monday.
        assert_eq!(mailed(Weekly, "2026-01-15T12:00:00Z"), "2026-01-19T01:00:00Z");
        assert_eq!(mailed(Weekly, "2026-01-19T01:00:00Z"), "2026-01-26T01:00:00Z");
    }

    #[test]
    fn a_digest_comes_once_a_day_also_when_the_clocks_change() {
        use NotificationSettingsMail::Daily;
        // Berlin: 2026-03-29 02:00 becomes 03:00, and 2026-10-25 03:00 becomes 02:00 (EU Directive 2000/84/EC).
        assert_eq!(mailed(Daily, "2026-03-28T12:00:00Z"), "2026-03-29T01:00:00Z");
        assert_eq!(mailed(Daily, "2026-03-29T01:00:00Z"), "2026-03-30T00:00:00Z");
        assert_eq!(mailed(Daily, "2026-10-24T12:00:00Z"), "2026-10-25T00:00:00Z");
        assert_eq!(mailed(Daily, "2026-10-25T00:00:00Z"), "2026-10-26T01:00:00Z");
    }
}
