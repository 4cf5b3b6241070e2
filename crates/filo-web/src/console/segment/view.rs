//! A view of the list of people as a condition: what of its filters can be said, and why the rest
//! cannot.

use filo_app::App;
use filo_core::consent::purpose::Purposes;
use filo_core::event::Channel;
use filo_core::identity::Kind;
use filo_core::profile::{Wanted, normal_key};
use filo_core::segment::{
    Answer, Comparison, Condition, ConsentCondition, Meeting, Number, OrderCondition, OrderFigure,
    TraitCondition, TraitTest, ValueTest, Window,
};

use crate::narrowing::Narrowing;

/// What marketing is called among the purposes.
const MARKETING: &str = "marketing";

/// Where people are written to or called: a yes or no is about these.
const WRITTEN_ON: [Channel; 4] = [Channel::Email, Channel::Sms, Channel::Phone, Channel::Chat];

/// What became of a view.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// What must be true, all of it.
    pub(super) conditions: Vec<Condition>,
    /// Filters that no condition says, with why: keys.
    pub(super) unsaid: Vec<(&'static str, &'static str)>,
}

pub(super) async fn condition(app: &App, narrowing: &Narrowing) -> filo_app::Result<Said> {
    Ok(said(narrowing, &app.purposes().await?.purposes))
}

fn said(narrowing: &Narrowing, purposes: &Purposes) -> Said {
    let mut said = Said::default();
    if let Some(channel) = Channel::from_word(&narrowing.channel) {
        let last = None;
        said.conditions
            .push(Condition::Met(Meeting { channel, last }));
    }
    if let Ok(list) = narrowing.list.parse() {
        said.conditions.push(Condition::List(list));
    }
    said.marketing(&narrowing.marketing, purposes);
    said.birthday(&narrowing.birthday);
    said.reach(&narrowing.reach);
    said.orders(narrowing);
    said.of_trait(narrowing);
    let unsaid = [
        (&narrowing.source, "filter-source", "segment-unsaid-source"),
        (&narrowing.last_from, "filter-last", "segment-unsaid-last"),
        (&narrowing.last_to, "filter-last", "segment-unsaid-last"),
        (
            &narrowing.first_from,
            "filter-first",
            "segment-unsaid-first",
        ),
        (&narrowing.first_to, "filter-first", "segment-unsaid-first"),
        (
            &narrowing.search,
            "people-search-do",
            "segment-unsaid-search",
        ),
    ];
    for (value, filter, why) in unsaid {
        if !value.is_empty() && !said.unsaid.contains(&(filter, why)) {
            said.unsaid.push((filter, why));
        }
    }
    said
}

impl Said {
    /// The list asks whether somebody said yes on any channel; a condition asks channel by
    /// channel, where it was asked so.
    fn marketing(&mut self, word: &str, purposes: &Purposes) {
        let answer = match word {
            "granted" => Answer::Yes,
            "denied" => Answer::No,
            "unknown" => Answer::Unasked,
            _ => return,
        };
        let asked = purposes.get(MARKETING).map(|purpose| {
            let channels = purpose.channels.iter().copied();
            let written = channels.filter(|it| WRITTEN_ON.contains(it));
            match purpose.by_channel {
                true => written.map(Some).collect(),
                false => vec![None],
            }
        });
        let asked: Vec<Option<Channel>> = asked.unwrap_or_default();
        let asked = if asked.is_empty() { vec![None] } else { asked };
        let of = |channel: Option<Channel>, answer: Answer| {
            Condition::Consent(ConsentCondition {
                purpose: MARKETING.into(),
                channel,
                answer,
            })
        };
        let each = |answer: Answer| asked.iter().map(|it| of(*it, answer)).collect::<Vec<_>>();
        match answer {
            Answer::Yes => self.conditions.push(one_of(each(answer))),
            Answer::No => {
                self.conditions.push(one_of(each(answer)));
                if asked.len() > 1 {
                    let yes = one_of(each(Answer::Yes));
                    self.conditions.push(Condition::Not(Box::new(yes)));
                }
            }
            Answer::Pending | Answer::Void | Answer::Unasked => {
                self.conditions.extend(each(Answer::Unasked));
            }
        }
    }

    fn birthday(&mut self, word: &str) {
        let before = match word {
            "today" => 0,
            "week" => 6,
            "month" => {
                let why = ("filter-birthday", "segment-unsaid-month");
                return self.unsaid.push(why);
            }
            _ => return,
        };
        self.conditions.push(Condition::Trait(TraitCondition {
            key: "birthday".into(),
            test: TraitTest::Anniversary { before, after: 0 },
        }));
    }

    fn reach(&mut self, word: &str) {
        let has = |kind: Kind, key: &str| {
            Condition::Any(vec![
                Condition::Known(kind),
                Condition::Trait(TraitCondition {
                    key: key.into(),
                    test: TraitTest::Value(ValueTest::Set),
                }),
            ])
        };
        if matches!(word, "email" | "both") {
            self.conditions.push(has(Kind::Email, "email"));
        }
        if matches!(word, "phone" | "both") {
            self.conditions.push(has(Kind::Phone, "phone"));
        }
    }

    fn orders(&mut self, narrowing: &Narrowing) {
        let mut push = |figure: OrderFigure, is: Comparison| {
            self.conditions.push(Condition::Orders(OrderCondition {
                figure,
                is,
                during: Window::Ever,
            }));
        };
        if let Ok(least) = narrowing.orders.parse() {
            push(
                OrderFigure::Count,
                Comparison::AtLeast(Number::whole(least)),
            );
        }
        let amount = |text: &str| {
            let cents = crate::narrowing::cents(text)?;
            Some(Number::minor(cents, 2))
        };
        let spent = match (amount(&narrowing.spent_from), amount(&narrowing.spent_to)) {
            (Some(least), Some(most)) => Comparison::Between(least, most),
            (Some(least), None) => Comparison::AtLeast(least),
            (None, Some(most)) => Comparison::AtMost(most),
            (None, None) => return,
        };
        push(OrderFigure::Revenue, spent);
    }

    fn of_trait(&mut self, narrowing: &Narrowing) {
        if narrowing.trait_name.is_empty() {
            return;
        }
        let test = narrowing.trait_test();
        let Some((test, key)) = test.zip(normal_key(&narrowing.trait_name)) else {
            let why = ("filter-trait", "segment-unsaid-trait");
            return self.unsaid.push(why);
        };
        let value = narrowing.trait_value.trim();
        let test = match test.wanted() {
            Wanted::Equals => ValueTest::Is(vec![value.into()]),
            Wanted::Contains => ValueTest::Contains(value.into()),
            Wanted::Present => ValueTest::Set,
            Wanted::Absent => ValueTest::Empty,
        };
        self.conditions.push(Condition::Trait(TraitCondition {
            key: key.as_str().into(),
            test: TraitTest::Value(test),
        }));
    }
}

/// One is enough; of one, that one.
fn one_of(mut conditions: Vec<Condition>) -> Condition {
    match (conditions.len(), conditions.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            conditions.extend(last);
            Condition::Any(conditions)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, text: &[&str], unsaid: usize) {
        let said = said(&Narrowing::read(query), &Purposes::default());
        let printed: Vec<String> = said
            .conditions
            .iter()
            .map(filo_core::segment::text::print)
            .collect();
        assert_eq!(printed, text, "{query}");
        assert_eq!(said.unsaid.len(), unsaid, "{query}");
        let whole = Condition::All(said.conditions);
        filo_core::segment::check(&whole).unwrap();
    }

    #[test]
    fn what_a_view_filters_is_said_and_the_rest_is_named() {
        check("channel=shop", &["met on shop"], 0);
        check(
            "orders=2&spent_from=1.000,50",
            &["order count at least 2", "order revenue at least 1000.5"],
            0,
        );
        check(
            "spent_from=10&spent_to=20",
            &["order revenue between 10 and 20"],
            0,
        );
        check(
            "birthday=week",
            &["trait birthday has anniversary in next 6 days"],
            0,
        );
        check(
            "birthday=month&source=3&last_from=2026-01-01&last_to=2026-02-01",
            &[],
            3,
        );
        check("reach=email", &["known by email or trait email is set"], 0);
        check(
            "trait_name=Città&trait_is=equals&trait_value=Milano",
            &["trait città is \"Milano\""],
            0,
        );
        check("search=anna&first_from=2026-01-01", &[], 2);
    }
}
