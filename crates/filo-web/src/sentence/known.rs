//! What is known of a person, what they allow, what they bought and where they were met.

use filo_core::event::Channel;
use filo_core::id::{ListId, SegmentId};
use filo_core::identity::Kind;
use filo_core::segment::{
    Channels, Comparison, ConsentCondition, Meeting, OrderCondition, OrderFigure, Share, Span,
    TraitCondition, TraitTest, ValueTest, Window,
};

use super::{Is, Teller, in_a_row};
use crate::addressing::purpose_name;
use crate::ui::shown;

const BIRTHDAY: &str = "birthday";
/// Parts of everybody that one in a hundred has.
const PERCENT: u16 = 100;

impl Teller<'_> {
    pub(super) fn known(self, wanted: &TraitCondition, is: Is) -> String {
        let key = wanted.key.as_str();
        let values = match &wanted.test {
            TraitTest::Value(ValueTest::Set) => return self.of_trait("set", key, is),
            TraitTest::Value(ValueTest::Empty) => return self.of_trait("set", key, is.other()),
            TraitTest::Value(ValueTest::Is(texts)) => self.values(texts),
            TraitTest::Value(ValueTest::IsNot(texts)) => {
                return self.has("is", (key, self.values(texts)), is.other());
            }
            TraitTest::Value(ValueTest::Contains(text)) => {
                return self.has("contains", (key, self.quote(text)), is);
            }
            TraitTest::Value(ValueTest::Number(compares)) => self.compared_plainly(*compares),
            TraitTest::Date(Window::Ever) => self.words.say("said-date-ever").into_owned(),
            TraitTest::Date(window) => self.date(self.during(*window)),
            TraitTest::Within(span) => self.date(self.span("next", *span)),
            TraitTest::Anniversary { before, after } => {
                return self.anniversary(key, (*before, *after), is);
            }
        };
        self.has("is", (key, values), is)
    }

    fn has(self, what: &str, (key, values): (&str, String), is: Is) -> String {
        let fill = [
            ("trait", self.trait_name(key).into()),
            ("values", values.into()),
        ];
        self.words.fill(&Self::key(what, is), fill)
    }

    fn of_trait(self, what: &str, key: &str, is: Is) -> String {
        let fill = [("trait", self.trait_name(key).into())];
        self.words.fill(&Self::key(what, is), fill)
    }

    fn date(self, when: String) -> String {
        self.words.fill("said-date", [("when", when.into())])
    }

    fn anniversary(self, key: &str, days: (u16, u16), is: Is) -> String {
        let when = match days {
            (0, 0) => self.words.say("said-today").into_owned(),
            (before, 0) => self.days("next", before),
            (0, after) => self.days("last", after),
            (before, after) => {
                let fill = [
                    ("last", self.days("last", after).into()),
                    ("next", self.days("next", before).into()),
                ];
                self.words.fill("said-around", fill)
            }
        };
        let when = ("when", when.into());
        if key == BIRTHDAY {
            return self.words.fill(&Self::key("birthday", is), [when]);
        }
        let fill = [("trait", self.trait_name(key).into()), when];
        self.words.fill(&Self::key("anniversary", is), fill)
    }

    /// A computed trait by its label, another one by its key.
    pub(super) fn trait_name(self, key: &str) -> String {
        if let Some(label) = self.names.computed.get(key) {
            return self.quote(label);
        }
        let known = self.words.look_up_name("said-trait", key);
        known.map_or_else(|| shown::line(&key.replace('_', " ")), Into::into)
    }

    pub(super) fn identifier(self, kind: Kind, is: Is) -> String {
        let key = format!("said-kind-{}", kind.word().replace('_', "-"));
        let kind = self.words.say(&key).into();
        self.words.fill(&Self::key("known", is), [("kind", kind)])
    }

    pub(super) fn consent(self, wanted: &ConsentCondition, is: Is) -> String {
        let purpose = purpose_name(self.words, &self.names.purposes, &wanted.purpose);
        let on = wanted.channel.map(|channel| self.on(channel));
        let purpose = in_a_row([self.quote(&purpose), on.unwrap_or_default()]);
        let key = Self::key(wanted.answer.word(), is);
        self.words.fill(&key, [("purpose", purpose.into())])
    }

    fn on(self, channel: Channel) -> String {
        let key = format!("said-on-{}", channel.word());
        self.words.say(&key).into_owned()
    }

    pub(super) fn orders(self, wanted: &OrderCondition, is: Is) -> String {
        let key = Self::key(&format!("orders-{}", wanted.figure.word()), is);
        let said = match wanted.figure {
            OrderFigure::Count => self.counted(&key, wanted.is),
            OrderFigure::Revenue | OrderFigure::Average => self.spent(&key, wanted.is),
        };
        in_a_row([said, self.during(wanted.during)])
    }

    fn spent(self, key: &str, is: Comparison) -> String {
        let compared = self.compared(is, |number| self.money(number));
        self.words.fill(key, [("compared", compared.into())])
    }

    pub(super) fn met(self, wanted: Meeting, is: Is) -> String {
        let on = self.on(wanted.channel);
        let met = self.words.fill(&Self::key("met", is), [("on", on.into())]);
        in_a_row([met, self.lately(wanted.last)])
    }

    pub(super) fn channels(self, wanted: Channels, is: Is) -> String {
        let met = self.counted(&Self::key("channels", is), wanted.is);
        in_a_row([met, self.lately(wanted.last)])
    }

    fn lately(self, last: Option<Span>) -> String {
        last.map(|span| self.span("last", span)).unwrap_or_default()
    }

    /// A segment by its name; one that nobody knows by its id.
    pub(super) fn segment(self, id: SegmentId, is: Is) -> String {
        let name = match self.names.segments.get(&id) {
            Some(name) => self.quote(name),
            None => id.to_string(),
        };
        self.words
            .fill(&Self::key("segment", is), [("name", name.into())])
    }

    /// A list by its name; one that nobody knows by its id.
    pub(super) fn list(self, id: ListId, is: Is) -> String {
        let name = match self.names.lists.get(&id) {
            Some(name) => self.quote(name),
            None => id.to_string(),
        };
        self.words
            .fill(&Self::key("list", is), [("name", name.into())])
    }

    pub(super) fn share(self, wanted: &Share, is: Is) -> String {
        let percent = |parts: u16| {
            let (whole, rest) = (parts / PERCENT, parts % PERCENT);
            let text = format!("{whole}.{rest:02}");
            self.words
                .decimal(text.trim_end_matches('0').trim_end_matches('.'))
        };
        let fill = [
            ("from", percent(wanted.from).into()),
            ("to", percent(wanted.to).into()),
            ("name", self.quote(&wanted.draw).into()),
        ];
        self.words.fill(&Self::key("share", is), fill)
    }
}
