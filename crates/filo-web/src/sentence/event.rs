//! What happened: events, how many, how much, the first, the last, one after another.

use compact_str::CompactString;
use filo_core::event::{Channel, EventKind};
use filo_core::segment::{
    Comparison, Field, Figure, Filter, Happened, HappenedTest, Number, Pattern, Sequence, Signal,
    ValueTest,
};

use super::{Is, Teller, in_a_row};
use crate::addressing::channel_name;
use crate::ui::shown;

impl Teller<'_> {
    pub(super) fn happened(self, wanted: &Happened, is: Is) -> String {
        let signal = &wanted.signal;
        let hours = wanted.hours.map(|hours| self.hours(hours));
        let what = in_a_row([self.meant(signal.pattern()), hours.unwrap_or_default()]);
        let say = |key: &str| self.words.say(key).into_owned();
        let said = match &wanted.test {
            HappenedTest::Figure { figure, is, during } => {
                let when = self.during(*during);
                match figure {
                    Figure::Count => in_a_row([what, self.times(*is), when]),
                    figure => in_a_row([what, when, self.figure(*figure, signal, *is)]),
                }
            }
            HappenedTest::First(window) => {
                in_a_row([what, say("said-first"), self.during(*window)])
            }
            HappenedTest::Last(window) => in_a_row([what, say("said-last"), self.during(*window)]),
            HappenedTest::LastIs(test) => {
                let with = self.with(signal.field(), test);
                let last = self.words.fill("said-last-is", [("with", with.into())]);
                format!("{what}, {last}")
            }
        };
        self.did(said, is)
    }

    /// Whether somebody did something.
    fn did(self, what: String, is: Is) -> String {
        self.words
            .fill(&Self::key("did", is), [("what", what.into())])
    }

    /// “almeno 2 volte”; nothing if once is enough.
    fn times(self, is: Comparison) -> String {
        match is == Comparison::AtLeast(Number::whole(1)) {
            true => String::new(),
            false => self.counted("said-times", is),
        }
    }

    fn figure(self, figure: Figure, signal: &Signal, is: Comparison) -> String {
        let key = match figure {
            Figure::Count => return self.times(is),
            Figure::Sum => "said-sum",
            Figure::Average => "said-average",
            Figure::Smallest => "said-smallest",
            Figure::Greatest => "said-greatest",
            Figure::Distinct => "said-distinct",
        };
        let fill = [
            ("field", self.field(signal.field()).into()),
            ("compared", self.compared_plainly(is).into()),
        ];
        self.words.fill(key, fill)
    }

    pub(super) fn sequence(self, wanted: &Sequence, is: Is) -> String {
        let first = in_a_row([
            self.meant(wanted.first.pattern()),
            self.during(wanted.during),
        ]);
        let then = self.meant(wanted.then.pattern());
        let base = [
            ("first", self.did(first, Is::So).into()),
            ("span", self.span("span", wanted.within).into()),
            ("then", self.did(then, Is::So).into()),
        ];
        let what = match &wanted.without {
            None => self.words.fill("said-then", base),
            Some(without) => {
                let without = self.did(self.meant(without.pattern()), Is::NotSo);
                let [first, span, then] = base;
                let all = [first, span, then, ("without", without.into())];
                self.words.fill("said-then-without", all)
            }
        };
        match is {
            Is::So => what,
            Is::NotSo => self.words.fill("said-untrue", [("what", what.into())]),
        }
    }

    /// What was done, and what with.
    pub(super) fn meant(self, pattern: &Pattern) -> String {
        let filters = pattern.filters.iter().map(|filter| self.filter(filter));
        let filters = filters.reduce(|before, next| {
            let fill = [("before", before.into()), ("next", next.into())];
            self.words.fill("said-both", fill)
        });
        in_a_row([self.event(pattern), filters.unwrap_or_default()])
    }

    fn event(self, pattern: &Pattern) -> String {
        let (kind, words) = (pattern.kind.word(), self.words);
        if pattern.name.is_empty() {
            return words.say(&format!("said-any-{kind}")).into_owned();
        }
        let key = match pattern.kind {
            EventKind::Track => {
                if let Some(known) = words.look_up_name("said-event", &pattern.name) {
                    return known.into_owned();
                }
                "said-event".to_owned()
            }
            _ => format!("said-{kind}"),
        };
        words.fill(&key, [("name", self.quote(&pattern.name).into())])
    }

    fn filter(self, filter: &Filter) -> String {
        self.with(Some(&filter.field), &filter.test)
    }

    /// “con categoria dei prodotti «coffee»”.
    fn with(self, field: Option<&Field>, test: &ValueTest) -> String {
        let (key, values) = match test {
            ValueTest::Is(texts) => ("said-with", self.values_of(field, texts)),
            ValueTest::IsNot(texts) => ("said-with-not", self.values_of(field, texts)),
            ValueTest::Contains(text) => ("said-with-part", self.quote(text)),
            ValueTest::Number(is) => ("said-with", self.compared_plainly(*is)),
            ValueTest::Set => return self.of_field("said-with-set", field),
            ValueTest::Empty => return self.of_field("said-with-empty", field),
        };
        let fill = [
            ("field", self.field(field).into()),
            ("values", values.into()),
        ];
        self.words.fill(key, fill)
    }

    fn of_field(self, key: &str, field: Option<&Field>) -> String {
        self.words.fill(key, [("field", self.field(field).into())])
    }

    /// Values of a field; channels by their names.
    fn values_of(self, field: Option<&Field>, texts: &[CompactString]) -> String {
        if field != Some(&Field::Channel) {
            return self.values(texts);
        }
        let name = |text: &CompactString| match Channel::from_word(&text.to_ascii_lowercase()) {
            Some(channel) => channel_name(self.words, Some(channel)),
            None => text.to_string(),
        };
        self.values(&texts.iter().map(name).collect::<Vec<_>>())
    }

    pub(super) fn field(self, field: Option<&Field>) -> String {
        let path = field.map(ToString::to_string).unwrap_or_default();
        let known = self.words.look_up_name("said-field", &path);
        known.map_or_else(|| shown::line(&path.replace('_', " ")), Into::into)
    }
}
