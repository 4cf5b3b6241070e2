//! What is asked of the boards about ways: in which period, which orders, and of whom.

use filo_app::App;
use filo_app::analysis::WaysAsked;
use filo_app::segment::SegmentView;
use filo_core::analysis::{LOOKBACK_DAYS, Question, Which};
use filo_core::id::SegmentId;
use filo_core::time::Timestamp;
use jiff::ToSpan as _;
use maud::{Markup, html};
use serde::Deserialize;

use crate::i18n::Words;
use crate::ui::shown::line;

/// The periods that are offered, in days back from now.
const PERIODS: [u16; 4] = [30, 90, 180, 365];
const PERIOD_USUAL: u16 = 90;
/// The shares of ways below which steps may be left out, in hundredths.
pub(super) const LEASTS: [u8; 5] = [0, 1, 2, 5, 10];
const LEAST_USUAL: u8 = 1;

/// What the page was asked, as its address says it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    days: String,
    which: String,
    segment: String,
    /// The channels of a way, with dots between them.
    pub(super) sequence: String,
    pub(super) end: String,
    /// Steps rarer than so many on a hundred ways are left out.
    least: String,
    /// Two places of a way, with a dot between them.
    pub(super) step: String,
    /// A channel that is touched.
    pub(super) touch: String,
    /// A channel at which ways were lost.
    pub(super) lost: String,
    /// The form of the answer: `csv` for a file.
    #[serde(rename = "as")]
    form: String,
}

impl Asked {
    fn days(&self) -> u16 {
        let days = self.days.parse().ok();
        days.filter(|it| PERIODS.contains(it))
            .unwrap_or(PERIOD_USUAL)
    }

    /// Shares of the ways below which steps are left out.
    pub(super) fn least_percent(&self) -> u8 {
        let least = self.least.parse().ok();
        least
            .filter(|it| LEASTS.contains(it))
            .unwrap_or(LEAST_USUAL)
    }

    /// Whether the figures are asked for as a file.
    pub(super) fn is_sheet(&self) -> bool {
        self.form == "csv"
    }

    fn which(&self) -> Which {
        Which::from_word(&self.which).unwrap_or_default()
    }

    /// What is asked of the app: whole days of the company's zone, and today so far.
    pub(super) fn question(&self, app: &App) -> WaysAsked {
        WaysAsked {
            question: Question {
                from: beginning(app, self.days()),
                until: app.now(),
                which: self.which(),
                lookback_days: LOOKBACK_DAYS,
            },
            segment: self.segment.parse().ok(),
        }
    }

    /// The part of an address that asks the same.
    pub(super) fn query(&self) -> String {
        let query = format!("days={}&which={}", self.days(), self.which().word());
        with_segment(query, &self.segment)
    }
}

/// A part of an address, with of whom it asks; what names no segment is left out.
pub(super) fn with_segment(mut query: String, segment: &str) -> String {
    if segment.parse::<SegmentId>().is_ok() {
        query.push_str("&segment=");
        query.push_str(segment);
    }
    query
}

/// The midnight so many days ago.
fn beginning(app: &App, days: u16) -> Timestamp {
    let now = app.now();
    let zone = app.zone();
    let midnight = jiff::Timestamp::from_microsecond(now.0)
        .ok()
        .and_then(|it| {
            let day = it.to_zoned(zone).date();
            let day = day.checked_sub(i64::from(days).days()).ok()?;
            day.to_zoned(app.zone()).ok()
        });
    let back = || now.plus_seconds(-i64::from(days) * 86_400);
    midnight.map_or_else(back, |it| Timestamp(it.timestamp().as_microsecond()))
}

/// The form that asks.
#[derive(Clone, Copy)]
pub(super) struct Form<'a> {
    pub(super) words: Words,
    pub(super) asked: &'a Asked,
    pub(super) segments: &'a [SegmentView],
}

impl Form<'_> {
    /// The form of the board at an address, with fields of its own behind those of all.
    pub(super) fn draw(self, action: &str, own: &Markup) -> Markup {
        let (words, asked) = (self.words, self.asked);
        html! {
            form.row action=(action) {
                div.field {
                    label for="field-days" { (words.say("analysis-period")) }
                    select #field-days name="days" {
                        @for days in PERIODS {
                            option value=(days) selected[asked.days() == days] {
                                (words.fill("analysis-last-days", [("count", days.into())]))
                            }
                        }
                    }
                }
                div.field {
                    label for="field-which" { (words.say("analysis-which")) }
                    select #field-which name="which" {
                        @for which in Which::ALL {
                            option value=(which.word()) selected[asked.which() == which] {
                                (words.say(&format!("analysis-which-{}", which.word())))
                            }
                        }
                    }
                }
                (segment_field(words, self.segments, &asked.segment))
                (own)
                button.quiet type="submit" { (words.say("analysis-show")) }
            }
        }
    }
}

/// Of whom.
pub(super) fn segment_field(words: Words, segments: &[SegmentView], chosen: &str) -> Markup {
    html! {
        div.field {
            label for="field-segment" { (words.say("analysis-of")) }
            select #field-segment name="segment" {
                option value="" { (words.say("analysis-of-all")) }
                @for view in segments {
                    @let id = view.row.id.to_string();
                    option value=(id) selected[chosen == id] { (line(&view.row.name)) }
                }
            }
        }
    }
}

/// A field with a few choices: value, label, and which is chosen.
pub(super) fn choice(
    name: &str,
    label: &str,
    options: &[(String, String)],
    chosen: &str,
) -> Markup {
    let id = format!("field-{name}");
    html! {
        div.field {
            label for=(id) { (label) }
            select id=(id) name=(name) {
                @for (value, text) in options {
                    option value=(value) selected[value == chosen] { (text) }
                }
            }
        }
    }
}
