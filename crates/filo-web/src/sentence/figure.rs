//! Figures of the catalogue as people say them: what they are, what they were, and whether that is
//! more than chance.

use filo_core::analysis::metric::{Comparison, Measure, Metric, Sense, Verdict};
use filo_core::money::Currency;

use crate::i18n::Words;

/// How figures are written: the words, and what amounts are in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Teller {
    pub(crate) words: Words,
    pub(crate) currency: Currency,
}

/// What a figure is called.
pub(crate) fn name(words: Words, metric: Metric) -> String {
    words.say(&key(metric)).into_owned()
}

/// What it counts.
pub(crate) fn hint(words: Words, metric: Metric) -> String {
    words.say(&format!("{}-hint", key(metric))).into_owned()
}

fn key(metric: Metric) -> String {
    format!("metric-{}", metric.word().replace('_', "-"))
}

/// Whether what changed is good news; nothing where neither is, or chance explains it.
pub(crate) fn is_good(it: &Comparison) -> Option<bool> {
    let is_more = match it.verdict {
        Verdict::Higher => true,
        Verdict::Lower => false,
        Verdict::WithinChance | Verdict::TooFew { .. } => return None,
    };
    match it.metric.sense() {
        Sense::More => Some(is_more),
        Sense::Fewer => Some(!is_more),
        Sense::Neither => None,
    }
}

impl Teller {
    /// A figure; a line where there is none.
    pub(crate) fn value(self, metric: Metric, value: Option<f64>) -> String {
        let Some(value) = value else {
            return "–".to_owned();
        };
        match metric.measure() {
            Measure::Count | Measure::People => self.words.decimal(&format!("{value:.0}")),
            Measure::Money | Measure::MoneyEach => self.words.amount(minor(value), self.currency),
            Measure::Share => format!("{}\u{a0}%", self.tenths(value * 100.0)),
            Measure::Score => self.tenths(value),
        }
    }

    /// How much more it is than before: “+12 (+9 %)”.
    pub(crate) fn difference(self, it: &Comparison) -> String {
        let Some(difference) = it.difference else {
            return "–".to_owned();
        };
        let plain = self.signed(it.metric, difference);
        match it.change.filter(|_| is_relative(it.metric)) {
            Some(change) => format!("{plain} ({})", self.percent(change)),
            None => plain,
        }
    }

    /// How much more an amount is, with its sign.
    pub(crate) fn signed(self, metric: Metric, difference: f64) -> String {
        let sign = if difference > 0.0 { "+" } else { "" };
        match metric.measure() {
            Measure::Share => {
                let points = [("points", self.signed_tenths(difference * 100.0).into())];
                self.words.fill("compare-points", points)
            }
            Measure::Score => self.signed_tenths(difference),
            _ => format!("{sign}{}", self.value(metric, Some(difference))),
        }
    }

    /// Whether chance explains it, with between what it lies.
    pub(crate) fn verdict(self, it: &Comparison) -> String {
        let words = self.words;
        if let Verdict::TooFew { have, least } = it.verdict {
            let said = [
                ("count", have.into()),
                ("have", words.number(have).into()),
                ("least", words.number(least).into()),
            ];
            return words.fill("compare-too-few", said);
        }
        let key = format!("compare-{}", it.verdict.word().replace('_', "-"));
        words.fill(&key, [("ends", self.ends(it).into())])
    }

    /// Between what the change lies.
    pub(crate) fn ends(self, it: &Comparison) -> String {
        let Some(interval) = it.interval else {
            return String::new();
        };
        let is_sum = it.metric.measure().is_sum();
        let end = |value: f64| match is_sum {
            true => self.percent(value),
            false => self.signed(it.metric, value),
        };
        let low = ("low", end(interval.low).into());
        match interval.high.is_finite() {
            true => self.words.fill(
                "compare-between",
                [low, ("high", end(interval.high).into())],
            ),
            false => self.words.fill("compare-at-least", [low]),
        }
    }

    /// “+9 %” of a part.
    pub(crate) fn percent(self, part: f64) -> String {
        let percent = part * 100.0;
        let written = match percent.abs() < 9.95 {
            true => self.signed_tenths(percent),
            false => {
                let sign = if percent > 0.0 { "+" } else { "" };
                format!("{sign}{}", self.words.decimal(&format!("{percent:.0}")))
            }
        };
        format!("{written}\u{a0}%")
    }

    fn signed_tenths(self, value: f64) -> String {
        let text = self.tenths(value);
        match value > 0.0 && text != "0" {
            true => format!("+{text}"),
            false => text,
        }
    }

    fn tenths(self, value: f64) -> String {
        let written = format!("{value:.1}");
        let written = written.strip_suffix(".0").unwrap_or(&written);
        self.words
            .decimal(if written == "-0" { "0" } else { written })
    }
}

/// Shares and scores differ by points, not by parts of themselves.
const fn is_relative(metric: Metric) -> bool {
    !matches!(metric.measure(), Measure::Share | Measure::Score)
}

/// Whole minor units.
#[expect(clippy::cast_possible_truncation, reason = "amounts of a company fit")]
pub(crate) fn minor(value: f64) -> i64 {
    value.round() as i64
}

#[cfg(test)]
mod tests {
    use filo_core::analysis::metric::{Figure, Paired, Part};
    use filo_core::event::Channel;
    use filo_core::id::{CustomerId, SourceId};
    use filo_core::time::Timestamp;

    use super::*;
    use crate::i18n::Language;

    fn teller(language: Language) -> Teller {
        Teller {
            words: Words::of(language),
            currency: Currency::EUR,
        }
    }

    fn compared(metric: Metric, now: u128, before: u128, top: f64) -> Comparison {
        let part = || Part {
            at: Timestamp::default(),
            top,
            bottom: 1.0,
            channel: Channel::Web,
            source: SourceId(1),
            name: "x".into(),
        };
        let one = (0..now).map(|it| (it, vec![part()], Vec::new()));
        let other = (0..before).map(|it| (1_000 + it, Vec::new(), vec![part()]));
        let people: Vec<Paired> = one
            .chain(other)
            .map(|(id, now, before)| Paired {
                customer: CustomerId(id),
                now,
                before,
            })
            .collect();
        Comparison::of(metric, &people, (7.0, 7.0))
    }

    #[test]
    fn figures_are_said_in_both_languages() {
        let (it, en) = (teller(Language::Italian), teller(Language::English));
        let orders = compared(Metric::Buyers, 1_250, 1_000, 1.0);
        assert_eq!(it.value(Metric::Buyers, orders.now.value), "1.250");
        assert_eq!(en.difference(&orders), "+250 (+25\u{a0}%)");
        assert!(
            en.verdict(&orders).contains("+15"),
            "{}",
            en.verdict(&orders)
        );
        let few = compared(Metric::Buyers, 3, 1, 1.0);
        assert!(en.verdict(&few).contains("10"), "{}", en.verdict(&few));
        assert_eq!(
            it.value(Metric::Revenue, Some(123_456.0)),
            "€\u{a0}1.234,56"
        );
        assert_eq!(it.value(Metric::Returning, Some(0.375)), "37,5\u{a0}%");
        assert_eq!(it.value(Metric::Recommendation, None), "–");
        assert_eq!(en.signed(Metric::Recommendation, -0.04), "0");
    }

    #[test]
    fn good_news_depends_on_what_it_is() {
        assert_eq!(is_good(&compared(Metric::Buyers, 60, 20, 1.0)), Some(true));
        assert_eq!(
            is_good(&compared(Metric::Unsubscribed, 60, 20, 1.0)),
            Some(false)
        );
        assert_eq!(is_good(&compared(Metric::Buyers, 20, 20, 1.0)), None);
        assert_eq!(Figure::default().value, None);
    }
}
