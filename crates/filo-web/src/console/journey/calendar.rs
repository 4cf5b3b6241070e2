//! A journey by the calendar: when it comes round next, and what became of what came round.

use filo_app::journey::Calendar;
use filo_core::journey::{Journey, Trigger};
use filo_core::time::Timestamp;
use maud::{Markup, html};

use crate::i18n::Words;

/// The next dates, as a list.
pub(super) fn next_dates(words: Words, next: &[Timestamp]) -> Markup {
    html! {
        @if next.is_empty() { p { (words.say("calendar-no-next")) } }
        @else {
            ul.points {
                @for at in next { li { (words.long_date(*at)) ", " (words.time(*at)) } }
            }
        }
    }
}

/// Beside the steps of a journey by the calendar, or one that was.
pub(super) fn calendar(words: Words, journey: &Journey, calendar: &Calendar) -> Markup {
    let is_by_calendar = matches!(journey.trigger, Trigger::Schedule(_));
    html! {
        @if is_by_calendar || !calendar.occurrences.is_empty() {
            section.card {
                h2 { (words.say("calendar-title")) }
                @if is_by_calendar {
                    h3 { (words.say("calendar-next")) }
                    (next_dates(words, &calendar.next))
                }
                h3 { (words.say("calendar-past")) }
                @if calendar.occurrences.is_empty() { p.soft { (words.say("calendar-no-past")) } }
                @else {
                    dl.facts {
                        @for row in &calendar.occurrences {
                            dt { (words.date_time(row.at)) }
                            dd {
                                (words.fill(&format!("calendar-outcome-{}", row.outcome), [
                                    ("count", row.entered.into()),
                                    ("number", words.number(row.entered.unsigned_abs()).into()),
                                ]))
                            }
                        }
                    }
                }
            }
        }
    }
}
