//! Times: windows, stretches, days and hours.

use filo_core::segment::{Calendar, Hours, Span, Window};

use super::{Teller, in_a_row};

/// The bits of all seven days.
const ANY_DAY: u8 = 0b111_1111;
const DAY_MINUTES: u16 = 1440;
/// Names of days, in the order of their bits.
pub(crate) const WEEKDAYS: [&str; 7] = [
    "day-monday",
    "day-tuesday",
    "day-wednesday",
    "day-thursday",
    "day-friday",
    "day-saturday",
    "day-sunday",
];

impl Teller<'_> {
    /// “negli ultimi 90 giorni”; nothing for always.
    pub(super) fn during(self, window: Window) -> String {
        let words = self.words;
        match window {
            Window::Ever => String::new(),
            Window::Last(span) => self.span("last", span),
            Window::Before(span) => {
                words.fill("said-before", [("span", self.span("span", span).into())])
            }
            Window::Ago(oldest, newest) => {
                let ends = [
                    ("oldest", self.span("span", oldest).into()),
                    ("newest", self.span("span", newest).into()),
                ];
                words.fill("said-ago", ends)
            }
            Window::Calendar(calendar) => words.say(calendar_key(calendar)).into_owned(),
            Window::Days(first, last) if first == last => {
                words.fill("said-day", [("day", words.civil_date(first).into())])
            }
            Window::Days(first, last) => {
                let ends = [
                    ("first", words.civil_date(first).into()),
                    ("last", words.civil_date(last).into()),
                ];
                words.fill("said-days", ends)
            }
            Window::Since(day) => words.fill("said-since", [("day", words.civil_date(day).into())]),
        }
    }

    /// A stretch of time: `last` and `next` say which, `span` only how long.
    pub(super) fn span(self, which: &str, span: Span) -> String {
        let key = format!("said-{which}-{}", span.unit().word());
        self.so_many(&key, span.amount())
    }

    /// “nei prossimi 7 giorni”.
    pub(super) fn days(self, which: &str, days: u16) -> String {
        self.so_many(&format!("said-{which}-days"), u32::from(days))
    }

    fn so_many(self, key: &str, amount: u32) -> String {
        let number = self.words.number(u64::from(amount));
        let fill = [("count", amount.into()), ("number", number.into())];
        self.words.fill(key, fill)
    }

    /// “di sabato o di domenica tra le 18:00 e le 22:00”.
    pub(super) fn hours(self, hours: Hours) -> String {
        let is_whole = (hours.from, hours.to) == (0, DAY_MINUTES);
        let days = match hours.days {
            ANY_DAY if is_whole => self.words.say("said-any-day").into_owned(),
            ANY_DAY => String::new(),
            days => self.weekdays(days),
        };
        let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let between = match is_whole {
            true => String::new(),
            false => {
                let ends = [
                    ("from", time(hours.from).into()),
                    ("to", time(hours.to).into()),
                ];
                self.words.fill("said-hours", ends)
            }
        };
        in_a_row([days, between])
    }

    /// Days one by one, and three or more in a row from the first to the last.
    fn weekdays(self, days: u8) -> String {
        let chosen: Vec<usize> = (0..7).filter(|day| days & (1 << day) != 0).collect();
        let name = |day: usize| self.words.say(WEEKDAYS[day]);
        let one = |day: &usize| {
            self.words
                .fill("said-weekday", [("day", name(*day).into())])
        };
        let row = |row: &[usize]| match row {
            [first, _, .., last] => {
                let ends = [("first", name(*first).into()), ("last", name(*last).into())];
                vec![self.words.fill("said-weekdays", ends)]
            }
            few => few.iter().map(one).collect(),
        };
        let said = chosen.chunk_by(|one, next| one + 1 == *next).flat_map(row);
        said.reduce(|before, value| {
            let fill = [("before", before.into()), ("value", value.into())];
            self.words.fill("said-last-value", fill)
        })
        .unwrap_or_default()
    }
}

const fn calendar_key(calendar: Calendar) -> &'static str {
    match calendar {
        Calendar::Today => "said-today",
        Calendar::Yesterday => "said-yesterday",
        Calendar::ThisWeek => "said-this-week",
        Calendar::LastWeek => "said-last-week",
        Calendar::ThisMonth => "said-this-month",
        Calendar::LastMonth => "said-last-month",
        Calendar::ThisYear => "said-this-year",
        Calendar::LastYear => "said-last-year",
    }
}
