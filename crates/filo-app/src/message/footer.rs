//! What stands under a message: why it came, and the way out. In the customer's language.

use filo_core::company::Language;
use filo_core::message::Class;
use filo_core::message::origin::Origin;

/// What a footer speaks of.
#[derive(Debug)]
pub(super) struct Footer<'a> {
    pub(super) company: &'a str,
    pub(super) purpose: &'a str,
    pub(super) preferences: &'a str,
    pub(super) unsubscribe: &'a str,
    /// Whether it can be answered where it is read.
    pub(super) can_be_answered: bool,
}

/// Why it comes, in a sentence.
pub(super) fn why(
    origin: &Origin,
    class: Class,
    language: Language,
    footer: &Footer<'_>,
) -> String {
    let Footer {
        company, purpose, ..
    } = footer;
    let of = |it: &str, en: &str| match language {
        Language::Italian => it.to_owned(),
        Language::English => en.to_owned(),
    };
    match (origin, class) {
        (Origin::Hand { .. }, Class::Marketing) => of(
            &format!(
                "Te lo ha scritto una persona di {company}, perché hai detto sì a «{purpose}»."
            ),
            &format!(
                "A person at {company} wrote this to you, because you said yes to “{purpose}”."
            ),
        ),
        (Origin::Hand { .. }, Class::Transactional | Class::Service) if !footer.can_be_answered => {
            of(
                &format!("Te lo ha scritto una persona di {company}."),
                &format!("A person at {company} wrote this to you."),
            )
        }
        (Origin::Hand { .. }, Class::Transactional | Class::Service) => of(
            &format!(
                "Te lo ha scritto una persona di {company}. Puoi rispondere a questo messaggio."
            ),
            &format!("A person at {company} wrote this to you. You can reply to this message."),
        ),
        (Origin::Confirmation { .. }, _) => of(
            &format!(
                "Lo ricevi perché questo indirizzo è stato lasciato a {company}. Se non sei tu, non fare nulla: senza conferma non ti scriveremo."
            ),
            &format!(
                "You get this because this address was left with {company}. If it was not you, do nothing: without your confirmation we will not write to you."
            ),
        ),
        (Origin::Journey { .. }, _) => of(
            &format!("Lo ricevi da {company} perché hai detto sì a «{purpose}»."),
            &format!("You get this from {company} because you said yes to “{purpose}”."),
        ),
    }
}

/// The way out, for what nobody is owed: nothing for the rest.
pub(super) fn way_out(class: Class, language: Language, footer: &Footer<'_>) -> Option<String> {
    if class != Class::Marketing {
        return None;
    }
    let Footer {
        preferences,
        unsubscribe,
        ..
    } = footer;
    Some(match language {
        Language::Italian => {
            format!("Non scrivermi più: {unsubscribe}\nScegli che cosa ricevere: {preferences}")
        }
        Language::English => {
            format!("Stop writing to me: {unsubscribe}\nChoose what you get: {preferences}")
        }
    })
}
