//! Rules of the calendar as people say them.

use filo_core::journey::{End, Frequency, OnDay, Recurrence, Schedule, Until};

use super::journey::weekday_word;
use crate::i18n::Words;
use crate::ui::shown::line;

/// “Ogni mese, il primo lunedì, alle 09:00, dal 01/12/2026”; a rule that cannot be kept as it was
/// written.
pub(crate) fn schedule_sentence(words: Words, schedule: &Schedule) -> String {
    let Ok(table) = schedule.timetable() else {
        return words.fill("calendar-unread", [("rule", line(&schedule.rule).into())]);
    };
    let rule = table.rule();
    let mut said = vec![often(words, rule)];
    said.extend(limits(words, rule));
    said.push(words.fill("calendar-at", [("time", schedule.at.to_string().into())]));
    let first = words.civil_date(schedule.first_day);
    said.push(words.fill("calendar-from", [("day", first.into())]));
    said.extend(end(words, rule.end));
    said.join(", ")
}

fn often(words: Words, rule: &Recurrence) -> String {
    let key = match rule.frequency {
        Frequency::Daily => "calendar-daily",
        Frequency::Weekly => "calendar-weekly",
        Frequency::Monthly => "calendar-monthly",
        Frequency::Yearly => "calendar-yearly",
    };
    words.fill(key, [("count", i64::from(rule.interval).into())])
}

/// On which days of those only.
fn limits(words: Words, rule: &Recurrence) -> Vec<String> {
    let list = |key: &str, all: Vec<String>| {
        (!all.is_empty()).then(|| words.fill(key, [("all", all.join(", ").into())]))
    };
    let numbers = |of: &[i16]| of.iter().map(|it| nth(words, *it)).collect::<Vec<_>>();
    let months = rule.months.iter();
    let months = months.map(|month| words.say(&format!("month-{month}")).into_owned());
    let days = rule.days.iter().map(|on| on_day(words, *on)).collect();
    let dates = rule.month_days.iter().map(|it| date_word(words, *it));
    [
        list("calendar-days", days),
        list("calendar-dates", dates.collect()),
        list("calendar-year-days", numbers(&rule.year_days)),
        list("calendar-weeks", numbers(&rule.weeks)),
        list("calendar-months", months.collect()),
        list("calendar-places", numbers(&rule.places)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn on_day(words: Words, on: OnDay) -> String {
    let day = weekday_word(words, on.day);
    match on.nth {
        0 => day,
        number => words.fill(
            "calendar-nth-day",
            [("nth", nth(words, number).into()), ("day", day.into())],
        ),
    }
}

/// The day of a month: by its number from the beginning, or from the end.
fn date_word(words: Words, number: i16) -> String {
    match number {
        1.. => words.fill("calendar-date", [("number", i64::from(number).into())]),
        _ => words.fill("calendar-date-last", [("nth", nth(words, number).into())]),
    }
}

/// The so manieth, from the beginning or from the end.
fn nth(words: Words, number: i16) -> String {
    let key = match number {
        1.. => "calendar-nth",
        _ => "calendar-nth-last",
    };
    words.fill(key, [("number", i64::from(number.unsigned_abs()).into())])
}

fn end(words: Words, end: End) -> Option<String> {
    Some(match end {
        End::Never => return None,
        End::Count(count) => words.fill("calendar-count", [("count", i64::from(count).into())]),
        End::Until(until) => {
            let day = match until {
                Until::Day(day) => words.civil_date(day),
                Until::Local(at) => words.civil_date(at.date()),
                Until::Instant(at) => words.date_time(at),
            };
            words.fill("calendar-until", [("day", day.into())])
        }
    })
}

#[cfg(test)]
mod tests {
    use filo_core::id::SegmentId;

    use super::*;
    use crate::i18n::Language;

    fn check(rule: &str, it: &str, en: &str) {
        let schedule = Schedule {
            rule: rule.into(),
            first_day: "2027-01-01".parse().unwrap(),
            at: "09:00".parse().unwrap(),
            segment: SegmentId(1),
        };
        let say = |language| schedule_sentence(Words::of(language), &schedule);
        assert_eq!(say(Language::Italian), it);
        assert_eq!(say(Language::English), en);
    }

    #[test]
    fn rules_are_told_in_both_languages() {
        check(
            "FREQ=DAILY",
            "Ogni giorno, alle 09:00, dal 01/01/2027",
            "Every day, at 09:00, from 1 Jan 2027 on",
        );
        check(
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
            "Ogni 2 settimane, lunedì, giovedì, alle 09:00, dal 01/01/2027",
            "Every 2 weeks, on Monday, Thursday, at 09:00, from 1 Jan 2027 on",
        );
        check(
            "FREQ=MONTHLY;BYDAY=1MO,-1FR",
            "Ogni mese, il primo lunedì, l’ultimo venerdì, alle 09:00, dal 01/01/2027",
            "Every month, on the first Monday, the last Friday, at 09:00, from 1 Jan 2027 on",
        );
        check(
            "FREQ=MONTHLY;BYMONTHDAY=15,-1;COUNT=3",
            "Ogni mese, il giorno 15, l’ultimo giorno del mese, alle 09:00, dal 01/01/2027, per 3 volte",
            "Every month, on day 15, the last day of the month, at 09:00, from 1 Jan 2027 on, 3 times",
        );
        check(
            "FREQ=YEARLY;UNTIL=20301231",
            "Ogni anno, il giorno 1, nei mesi: gennaio, alle 09:00, dal 01/01/2027, fino al 31/12/2030",
            "Every year, on day 1, in January, at 09:00, from 1 Jan 2027 on, until 31 Dec 2030",
        );
        check(
            "FREQ=SECONDLY",
            "Secondo una regola che non si può leggere (FREQ=SECONDLY)",
            "By a rule that cannot be read (FREQ=SECONDLY)",
        );
    }
}
