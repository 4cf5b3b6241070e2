//! What is asked of the comparison, as the address of the page says it.

use filo_app::analysis::CompareAsked;
use filo_app::segment::SegmentView;
use filo_core::analysis::metric::{Against, STRETCHES, Stretch};
use maud::{Markup, html};
use serde::Deserialize;

use super::super::question::{choice, segment_field, with_segment};
use crate::i18n::Words;

/// The address of the page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    period: String,
    from: String,
    until: String,
    against: String,
    segment: String,
    /// The one of both whose people are asked for.
    pub(super) side: String,
    /// The form of the answer: `csv` for a file.
    #[serde(rename = "as")]
    pub(super) form: String,
}

impl Asked {
    /// The week that is over, unless something else is said that can be read.
    pub(super) fn question(&self) -> CompareAsked {
        CompareAsked {
            stretch: self.stretch(),
            against: Against::from_word(&self.against).unwrap_or_default(),
            segment: self.segment.parse().ok(),
        }
    }

    fn stretch(&self) -> Stretch {
        match (self.period.as_str(), self.from.parse(), self.until.parse()) {
            ("between" | "", Ok(from), Ok(until)) => Stretch::Between(from, until),
            (word, ..) => Stretch::from_word(word).unwrap_or(Stretch::Week),
        }
    }

    /// The part of an address that asks the same.
    pub(super) fn query(&self) -> String {
        let asked = self.question();
        let mut query = format!(
            "period={}&against={}",
            asked.stretch.word(),
            asked.against.word()
        );
        if let Stretch::Between(from, until) = asked.stretch {
            query.push_str(&format!("&from={from}&until={until}"));
        }
        with_segment(query, &self.segment)
    }

    pub(super) fn filter(&self, words: Words, action: &str, segments: &[SegmentView]) -> Markup {
        let asked = self.question();
        let period = |it: Stretch| {
            let word = it.word();
            let text = words.say(&format!("compare-period-{}", word.replace('_', "-")));
            (word.to_owned(), text.into_owned())
        };
        let between = (
            "between".to_owned(),
            words.say("compare-period-between").into_owned(),
        );
        let periods: Vec<_> = STRETCHES.into_iter().map(period).chain([between]).collect();
        let against = Against::ALL.map(|it| {
            let text = words.say(&format!("compare-against-{}", it.word().replace('_', "-")));
            (it.word().to_owned(), text.into_owned())
        });
        let day = |name: &str, value: &str| {
            html! {
                div.field {
                    label for={ "field-" (name) } { (words.say(&format!("compare-{name}"))) }
                    input id={ "field-" (name) } type="date" name=(name) value=(value);
                }
            }
        };
        html! {
            form.row action=(action) {
                (choice("period", &words.say("analysis-period"), &periods, asked.stretch.word()))
                (day("from", &self.from))
                (day("until", &self.until))
                (choice("against", &words.say("compare-against"), &against, asked.against.word()))
                (segment_field(words, segments, &self.segment))
                button.quiet type="submit" { (words.say("analysis-show")) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_ones_own_count_unless_a_period_is_named() {
        let asked = |period: &str, from: &str, until: &str| Asked {
            period: period.to_owned(),
            from: from.to_owned(),
            until: until.to_owned(),
            ..Asked::default()
        };
        let own = asked("between", "2026-11-01", "2026-11-05");
        assert!(own.query().ends_with("&from=2026-11-01&until=2026-11-05"));
        assert_eq!(
            asked("month", "2026-11-01", "2026-11-05").stretch(),
            Stretch::Month
        );
        assert_eq!(
            asked("between", "soon", "2026-11-05").stretch(),
            Stretch::Week
        );
        assert_eq!(asked("", "", "").query(), "period=week&against=before");
    }
}
