//! Kinds of customers in words: what they are called, and what sets them apart.
//!
//! **Invariant:** a fact is told with its counts; what is called nothing is called by its number.

use filo_app::persona::PersonaLabel;
use filo_core::id::PersonaId;
use filo_core::money::Currency;
use filo_core::persona::{Fact, Levels};

use super::{Is, Teller};
use crate::i18n::Words;
use crate::ui::shown;

/// What a kind is called: its name, or “Tipo 2”.
pub(crate) fn label(words: Words, label: &PersonaLabel) -> String {
    match label {
        PersonaLabel::Name(name) => shown::line(name),
        PersonaLabel::Number(number) => {
            words.fill("persona-number", [("number", (*number).into())])
        }
    }
}

/// What a fact tells, without how many: “ha comprato almeno 5 volte”.
pub(crate) fn told(words: Words, fact: &Fact, currency: Currency) -> String {
    let aspect = fact.aspect.word();
    let step = fact.aspect.step(fact.level).unwrap_or_default();
    match fact.aspect.levels() {
        Levels::Steps(_) => {
            let amount = words.number(u64::from(step));
            let unit = currency.code().to_owned();
            let fill = [
                ("count", step.into()),
                ("number", amount.into()),
                ("currency", unit.into()),
            ];
            words.fill(&format!("persona-is-{aspect}"), fill)
        }
        Levels::OneOf(_) => {
            let choice = fact.aspect.choice(fact.level).unwrap_or_default();
            words
                .say(&format!("persona-is-{aspect}-{choice}"))
                .into_owned()
        }
        Levels::Yes => words.say(&format!("persona-is-{aspect}")).into_owned(),
    }
}

/// A fact with its shares: “72 % (65–78 %) ha comprato almeno 5 volte, contro il 31 % degli altri”.
pub(crate) fn fact(words: Words, fact: &Fact, currency: Currency) -> String {
    let told = told(words, fact, currency);
    let (Some(own), Some(others)) = (fact.share(), fact.share_of_others()) else {
        return told;
    };
    let fill = [
        ("share", percent(words, own.share).into()),
        ("low", percent(words, own.low).into()),
        ("high", percent(words, own.high).into()),
        ("others", percent(words, others.share).into()),
        ("told", told.into()),
    ];
    words.fill("persona-fact", fill)
}

/// How many that is: “144 di 200; degli altri 310 di 1.000”.
pub(crate) fn counts(words: Words, fact: &Fact) -> String {
    let fill = [
        ("inside", words.number(fact.inside).into()),
        ("people", words.number(fact.people).into()),
        ("outside", words.number(fact.outside).into()),
        ("all", words.number(fact.others).into()),
    ];
    words.fill("persona-fact-counts", fill)
}

/// A share in hundredths; of what is rare with a decimal, so that it is not told to be nothing.
pub(crate) fn percent(words: Words, share: f64) -> String {
    let hundredths = share * 100.0;
    let near_the_ends =
        (hundredths > 0.0 && hundredths < 1.0) || (hundredths > 99.0 && hundredths < 100.0);
    match near_the_ends {
        true => words.decimal(&format!("{hundredths:.1}")),
        false => format!("{hundredths:.0}"),
    }
}

impl Teller<'_> {
    pub(super) fn persona(self, id: PersonaId, is: Is) -> String {
        let name = match self.names.personas.get(&id) {
            Some(known) => self.quote(&label(self.words, known)),
            None => id.to_string(),
        };
        self.words
            .fill(&Self::key("persona", is), [("name", name.into())])
    }
}
