//! The part of the form for journeys by the calendar: the usual rules by choosing, any other as
//! RFC 5545 writes it.
//!
//! **Invariant:** a rule that was read into choices is the same when they are sent back; one that
//! the choices cannot say stands in the field for a rule of one's own.

use compact_str::CompactString;
use filo_core::id::SegmentId;
use filo_core::journey::{Frequency, RULE_BYTES_MOST, Recurrence, Schedule};
use maud::{Markup, html};

use super::super::form::{DAYS, Drawing, value};
use super::super::form_read::Reading;
use crate::ui::form::Field;

/// How often, in the order in which it is offered.
const OFTEN: [&str; 6] = ["day", "week", "month-weekday", "month-day", "year", "rule"];
/// Which weekday of a month.
const NTH: [&str; 5] = ["1", "2", "3", "4", "-1"];
/// Days of the week as rules write them, Monday first.
const CODES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// What stands in the form of a schedule.
pub(super) fn put_schedule(put: &mut impl FnMut(&str, String), schedule: &Schedule) {
    put("trigger", "schedule".to_owned());
    put("segment", schedule.segment.to_string());
    put("cal_from", schedule.first_day.to_string());
    put("cal_at", schedule.at.to_string());
    let choices = choices(&schedule.rule);
    let given = |name: &str| {
        let found = choices.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.as_str())
    };
    if rule_of(given) == Some(schedule.rule.to_string()) {
        for (name, value) in choices {
            put(&name, value);
        }
    } else {
        put("cal_often", "rule".to_owned());
        put("cal_rule", schedule.rule.to_string());
    }
}

/// What would have to be chosen for a rule, as near as it comes.
fn choices(rule: &str) -> Vec<(String, String)> {
    let Ok(rule) = Recurrence::parse(rule) else {
        return Vec::new();
    };
    let mut chosen = Vec::new();
    let mut choose = |name: &str, value: String| chosen.push((name.to_owned(), value));
    choose("cal_every", rule.interval.to_string());
    let word = match rule.frequency {
        Frequency::Daily => "day",
        Frequency::Weekly => "week",
        Frequency::Monthly if rule.days.is_empty() => "month-day",
        Frequency::Monthly => "month-weekday",
        Frequency::Yearly => "year",
    };
    choose("cal_often", word.to_owned());
    for on in &rule.days {
        let place = usize::try_from(on.day.to_monday_zero_offset()).unwrap_or_default();
        match word {
            "week" => {
                let day = DAYS.get(place).unwrap_or(&"mon");
                choose(&format!("cal_{day}"), "1".to_owned());
            }
            _ => {
                choose("cal_nth", on.nth.to_string());
                choose(
                    "cal_weekday",
                    (*CODES.get(place).unwrap_or(&"MO")).to_owned(),
                );
            }
        }
    }
    for day in &rule.month_days {
        choose("cal_day", day.to_string());
    }
    chosen
}

/// The rule of what was chosen; nothing where a choice is missing.
fn rule_of<'a>(given: impl Fn(&str) -> &'a str) -> Option<String> {
    let every = match given("cal_every").trim() {
        "" | "1" => String::new(),
        number => format!(";INTERVAL={number}"),
    };
    Some(match given("cal_often") {
        "day" => format!("FREQ=DAILY{every}"),
        "week" => {
            let named = DAYS.iter().zip(CODES);
            let chosen = named.filter(|(day, _)| !given(&format!("cal_{day}")).is_empty());
            let codes: Vec<&str> = chosen.map(|(_, code)| code).collect();
            if codes.is_empty() {
                return None;
            }
            format!("FREQ=WEEKLY{every};BYDAY={}", codes.join(","))
        }
        "month-weekday" => {
            let (nth, day) = (given("cal_nth"), given("cal_weekday"));
            if nth.is_empty() || day.is_empty() {
                return None;
            }
            format!("FREQ=MONTHLY{every};BYDAY={nth}{day}")
        }
        "month-day" => {
            let day = given("cal_day").trim();
            if day.is_empty() {
                return None;
            }
            format!("FREQ=MONTHLY{every};BYMONTHDAY={day}")
        }
        "year" => format!("FREQ=YEARLY{every}"),
        _ => given("cal_rule").trim().to_owned(),
    })
}

/// The fields.
pub(super) fn calendar_fields(drawing: &Drawing<'_>) -> Markup {
    let words = drawing.words;
    let option = |group: &str, word: &str| {
        let label = words.say(&format!("calendar-{group}-{word}"));
        (word.to_owned(), label.into_owned())
    };
    let often = OFTEN.map(|word| option("often", word));
    let nth = NTH.map(|word| option("choose", word));
    let days = DAYS.iter().zip(CODES);
    let days: Vec<(String, String)> = days
        .map(|(day, code)| {
            let label = words.say(&format!("journey-day-{day}"));
            (code.to_owned(), label.into_owned())
        })
        .collect();
    let from = Field {
        name: "cal_from",
        label: &words.say("calendar-field-from"),
        value: value(drawing.pairs, "cal_from"),
        hint: Some(&words.say("calendar-field-from-hint")),
        wrong: drawing.wrong.get("cal_from").map(String::as_str),
        ..Field::default()
    };
    let is_open = value(drawing.pairs, "trigger") == "schedule";
    html! {
        details open[is_open] {
            summary { (words.say("calendar-fields")) }
            (drawing.select("cal_often", "calendar-field-often", &often))
            (drawing.line("cal_every", "calendar-field-every", 4))
            fieldset {
                legend { (words.say("calendar-field-days")) }
                div.days {
                    @for day in DAYS { (drawing.check(&format!("cal_{day}"), &format!("journey-day-{day}"))) }
                }
                @if let Some(wrong) = drawing.wrong.get("cal_days") { p.wrong { (wrong) } }
            }
            (drawing.select("cal_nth", "calendar-field-nth", &nth))
            (drawing.select("cal_weekday", "calendar-field-weekday", &days))
            (drawing.line("cal_day", "calendar-field-day", 3))
            (from.date())
            (drawing.line("cal_at", "calendar-field-at", 5))
            (drawing.line("cal_rule", "calendar-field-rule", RULE_BYTES_MOST))
        }
    }
}

/// What was chosen; nothing if something is wrong, which is said at its field.
pub(super) fn read_schedule(from: &mut Reading<'_>, segment: SegmentId) -> Option<Schedule> {
    let (first_day, at) = (from.text("cal_from").parse(), from.text("cal_at").parse());
    if first_day.is_err() {
        from.blame("cal_from", "calendar-wrong-from");
    }
    if at.is_err() {
        from.blame("cal_at", "journey-wrong-clock");
    }
    let field = match from.text("cal_often") {
        "week" => "cal_days",
        "month-day" => "cal_day",
        "rule" => "cal_rule",
        _ => "cal_often",
    };
    let pairs = from.pairs;
    let Some(rule) = rule_of(|name| value(pairs, name)) else {
        from.blame(field, "calendar-wrong-days");
        return None;
    };
    let (Ok(first_day), Ok(at)) = (first_day, at) else {
        return None;
    };
    let schedule = Schedule {
        rule: CompactString::from(rule),
        first_day,
        at,
        segment,
    };
    if let Err(fault) = schedule.timetable() {
        let words = from.words;
        let why = words.fill("calendar-wrong-rule", [("why", fault.cause.into())]);
        let field = match fault.field {
            "first_day" => "cal_from",
            _ => field,
        };
        from.wrong.entry(field.to_owned()).or_insert(why);
        return None;
    }
    Some(schedule)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a rule is the same after it went through the form.
    fn check(rule: &str, often: &str) {
        let schedule = Schedule {
            rule: rule.into(),
            first_day: "2027-01-01".parse().unwrap(),
            at: "09:00".parse().unwrap(),
            segment: SegmentId(1),
        };
        let mut pairs = Vec::new();
        put_schedule(
            &mut |name: &str, value: String| pairs.push((name.to_owned(), value)),
            &schedule,
        );
        assert_eq!(value(&pairs, "cal_often"), often, "{rule}");
        assert_eq!(rule_of(|name| value(&pairs, name)).as_deref(), Some(rule));
    }

    #[test]
    fn a_rule_is_the_same_after_it_went_through_the_form() {
        check("FREQ=DAILY", "day");
        check("FREQ=DAILY;INTERVAL=3", "day");
        check("FREQ=WEEKLY;BYDAY=MO,TH", "week");
        check("FREQ=MONTHLY;BYDAY=1MO", "month-weekday");
        check("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR", "month-weekday");
        check("FREQ=MONTHLY;BYMONTHDAY=15", "month-day");
        check("FREQ=MONTHLY;BYMONTHDAY=-1", "month-day");
        check("FREQ=YEARLY", "year");
        check("FREQ=DAILY;COUNT=5", "rule");
        check("FREQ=WEEKLY", "rule");
        check("FREQ=MONTHLY;BYMONTHDAY=1,15", "rule");
        check("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "rule");
        check("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "rule");
    }
}
