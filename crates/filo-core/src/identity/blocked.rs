//! Values that look like an identifier and are nobody's: placeholders of forms, zeros, the
//! mailboxes of an office. They stay in the event and join no one.
//!
//! **Invariant:** the lists are kept in lower case, so that a look-up is exact.

use std::collections::BTreeSet;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

/// What programs and people write when they have no value.
const VALUES: &[&str] = &[
    "-1",
    ".",
    "?",
    "null",
    "(null)",
    "nil",
    "none",
    "(none)",
    "undefined",
    "nan",
    "void",
    "n/a",
    "na",
    "n.a.",
    "n/d",
    "nd",
    "n.d.",
    "anonymous",
    "anonimo",
    "unknown",
    "sconosciuto",
    "guest",
    "ospite",
    "nessuno",
    "test",
    "prova",
    "abc123",
    "true",
    "false",
    "{}",
    "[]",
    "[object object]",
    "not set",
    "(not set)",
    "optout",
    "opt-out",
];

/// Mailboxes of a role, behind which sit several people or none.
const MAILBOXES: &[&str] = &[
    "abuse",
    "accounting",
    "acquisti",
    "amministrazione",
    "assistenza",
    "billing",
    "booking",
    "cassa",
    "clienti",
    "commerciale",
    "contabilita",
    "contact",
    "contacts",
    "contatti",
    "contatto",
    "customerservice",
    "direzione",
    "do-not-reply",
    "donotreply",
    "fatturazione",
    "fatture",
    "hello",
    "help",
    "helpdesk",
    "hostmaster",
    "hr",
    "info",
    "informazioni",
    "jobs",
    "lavoro",
    "mail",
    "mailer-daemon",
    "marketing",
    "negozio",
    "newsletter",
    "no-reply",
    "no.reply",
    "no_reply",
    "nonrispondere",
    "noreply",
    "office",
    "orders",
    "ordini",
    "postmaster",
    "prenotazioni",
    "privacy",
    "reception",
    "root",
    "sales",
    "segreteria",
    "shop",
    "spedizioni",
    "staff",
    "store",
    "support",
    "supporto",
    "team",
    "ufficio",
    "vendite",
    "webmaster",
];

/// Mailboxes that, at a domain of the same name, were only typed to get past a form
/// (`test@test.it`, `a@a.com`): `rossi@rossi.it` is a person, these are not.
const PLACEHOLDERS: &[&str] = &[
    "a", "aa", "aaa", "asd", "asdf", "b", "ciao", "email", "foo", "mail", "me", "n", "na",
    "nessuno", "no", "nomail", "nome", "non", "none", "prova", "qwerty", "test", "x", "xx", "xxx",
];

/// Which values and mailboxes never join anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Lists")]
pub struct Blocked {
    values: BTreeSet<CompactString>,
    mailboxes: BTreeSet<CompactString>,
}

/// The document as written, in any case.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Lists {
    values: BTreeSet<CompactString>,
    mailboxes: BTreeSet<CompactString>,
}

impl Default for Lists {
    fn default() -> Self {
        let Blocked { values, mailboxes } = Blocked::default();
        Self { values, mailboxes }
    }
}

impl From<Lists> for Blocked {
    fn from(lists: Lists) -> Self {
        Self::new(lists.values, lists.mailboxes)
    }
}

impl Default for Blocked {
    fn default() -> Self {
        let set = |words: &[&'static str]| {
            words
                .iter()
                .map(|word| CompactString::const_new(word))
                .collect::<BTreeSet<_>>()
        };
        Self {
            values: set(VALUES),
            mailboxes: set(MAILBOXES),
        }
    }
}

impl Blocked {
    /// Blocks these values, and these mailboxes of e-mail addresses (what stands before the `@`).
    #[must_use]
    pub fn new(
        values: impl IntoIterator<Item = CompactString>,
        mailboxes: impl IntoIterator<Item = CompactString>,
    ) -> Self {
        let lower = |word: CompactString| CompactString::from_str_to_lowercase(word.trim());
        Self {
            values: values.into_iter().map(lower).collect(),
            mailboxes: mailboxes.into_iter().map(lower).collect(),
        }
    }

    /// The same with one more value.
    #[must_use]
    pub fn with_value(mut self, value: &str) -> Self {
        self.values
            .insert(CompactString::from_str_to_lowercase(value.trim()));
        self
    }

    /// The values, in lower case and in order.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(CompactString::as_str)
    }

    /// The mailboxes, in lower case and in order.
    pub fn mailboxes(&self) -> impl Iterator<Item = &str> {
        self.mailboxes.iter().map(CompactString::as_str)
    }

    /// Whether a value is nobody's: on the list in any case, or only zeros and dashes.
    #[must_use]
    pub fn is_blocked(&self, value: &str) -> bool {
        // Segment's pattern `^[0-]*$`: empty ids, null UUIDs, advertising ids switched off.
        if value.bytes().all(|byte| matches!(byte, b'0' | b'-')) {
            return true;
        }
        if value
            .bytes()
            .any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii())
        {
            return self
                .values
                .contains(CompactString::from_str_to_lowercase(value).as_str());
        }
        self.values.contains(value)
    }

    /// Whether a mailbox, in lower case, is that of a role.
    #[must_use]
    pub fn is_role(&self, mailbox: &str) -> bool {
        let without_tag = mailbox.split('+').next().unwrap_or(mailbox);
        self.mailboxes.contains(without_tag)
    }

    /// Whether an address, in lower case, was only typed to get past a form.
    #[must_use]
    pub fn is_placeholder(mailbox: &str, domain: &str) -> bool {
        PLACEHOLDERS.contains(&mailbox) && domain.split('.').next() == Some(mailbox)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_are_nobody_s() {
        let blocked = Blocked::default().with_value("Tavolo 12");
        for value in [
            "",
            "0",
            "-",
            "00000000-0000-0000-0000-000000000000",
            "-1",
            "NULL",
            "Anonymous",
            "[object Object]",
            "N/A",
            "tavolo 12",
        ] {
            assert!(blocked.is_blocked(value), "{value}");
        }
        for value in ["1", "-2", "0a", "anonymous7", "marionull", "tavolo 1"] {
            assert!(!blocked.is_blocked(value), "{value}");
        }
    }

    #[test]
    fn lists_are_read_in_any_case() {
        let blocked: Blocked =
            serde_json::from_str(r#"{"values":["ACME"],"mailboxes":["Banco"]}"#).unwrap();
        assert!(blocked.is_blocked("acme") && blocked.is_blocked("Acme"));
        assert!(
            !blocked.is_blocked("null"),
            "a list that is given replaces the default"
        );
        assert!(blocked.is_role("banco") && blocked.is_role("banco+sera"));
        let text = serde_json::to_string(&blocked).unwrap();
        assert_eq!(serde_json::from_str::<Blocked>(&text).unwrap(), blocked);
    }
}
