//! The ledger as a list: what each event said, and how it is proven.

use filo_core::consent::ledger::LedgerEntry;
use filo_core::consent::purpose::Purposes;
use filo_core::consent::{Statement, Status};
use maud::{Markup, html};

use crate::addressing::{channel_name, purpose_name};
use crate::i18n::Words;
use crate::ui::shown as display;

/// One event of the ledger.
pub(super) fn line(words: Words, purposes: &Purposes, entry: &LedgerEntry) -> Markup {
    html! {
        li {
            @for statement in distinct(entry) {
                div.line {
                    span {
                        strong { bdi { (purpose_name(words, purposes, &statement.purpose)) } }
                        " · " (channel_name(words, statement.channel))
                    }
                    (status(words, statement.status))
                }
            }
            p.about {
                (words.date_time(entry.at))
                @if let Some(statement) = entry.statements.first() {
                    " · " (words.say(&format!("basis-{}", statement.basis.word().replace('_', "-"))))
                }
            }
            (proof(words, entry))
        }
    }
}

/// What an event says, whichever identifiers it covers.
fn distinct(entry: &LedgerEntry) -> Vec<&Statement> {
    let mut found: Vec<&Statement> = Vec::new();
    for statement in &entry.statements {
        let same = |other: &&Statement| {
            (&other.purpose, other.channel, other.status)
                == (&statement.purpose, statement.channel, statement.status)
        };
        if !found.iter().any(same) {
            found.push(statement);
        }
    }
    found
}

fn status(words: Words, status: Status) -> Markup {
    let (key, class) = match status {
        Status::Granted => ("consent-granted", "badge badge-good"),
        Status::Pending => ("consent-pending", "badge badge-warn"),
        Status::Denied => ("consent-denied", "badge badge-bad"),
    };
    html! { span class=(class) { (words.say(key)) } }
}

pub(super) fn proof(words: Words, entry: &LedgerEntry) -> Markup {
    let known = &entry.proof;
    let wording = entry
        .statements
        .first()
        .map_or("", |it| it.wording.as_str());
    let how = words
        .look_up(&format!("proof-how-{}", known.how.replace('_', "-")))
        .map_or_else(|| known.how.clone(), std::borrow::Cow::into_owned);
    let facts: [(&str, &str); 9] = [
        ("proof-how", &how),
        ("proof-kept", &known.kept),
        ("proof-operator", &known.operator),
        ("proof-form", &known.form),
        ("proof-page", &known.page),
        ("proof-ip", &known.ip),
        ("proof-user-agent", &known.user_agent),
        ("proof-wording", wording),
        ("proof-wording-hash", &known.wording_hash),
    ];
    html! {
        dl.facts {
            @for (key, value) in facts {
                @if !value.is_empty() { dt { (words.say(key)) } dd { bdi { (display::line(value)) } } }
            }
            dt { (words.say("proof-event")) } dd { code { (entry.event) } }
        }
    }
}
