//! A row that says what somebody agreed to or refused becomes a statement on the ledger.
//!
//! **Invariant:** a yes without its day or without a proof waits for one: it is claimed and counts
//! for nothing until then. A no counts whatever it lacks.

use std::borrow::Cow;

use compact_str::format_compact;
use filo_core::consent::EVERY_PURPOSE;
use filo_core::event::{EventKind, Trust};
use filo_core::identity::Identifier;
use filo_core::semantic;
use filo_core::time::Timestamp;
use serde_json::{Value, json};
use smallvec::SmallVec;

use super::draft::{refused, yes_or_no};
use super::rows::{AHEAD_MOST_S, Reader, Refused, Telling, hash_of_texts};
use super::table::TableRow;
use super::target::{Part, Target};

/// The purpose of a file that names none.
pub(super) const USUAL_PURPOSE: &str = "marketing";

/// What a row says, before anything is made of it.
#[derive(Default)]
struct Said<'c> {
    identifiers: SmallVec<[Identifier; 2]>,
    granted: Option<bool>,
    at: Option<Timestamp>,
    channel: Option<&'static str>,
    purpose: &'c str,
    wording: &'c str,
    proof: &'c str,
}

/// Reads a row about a yes or a no.
pub(super) fn read<'a>(reader: &Reader<'a>, row: &TableRow) -> Result<Telling, Refused<'a>> {
    let mut said = heard(reader, row)?;
    if said.identifiers.is_empty() {
        return Err((None, "nobody", String::new()));
    }
    said.identifiers.sort_by_key(|it| it.kind);
    let granted = said.granted.ok_or((None, "bad_yes_or_no", String::new()))?;
    let run = reader.run;
    let latest = run.received_at.plus_seconds(AHEAD_MOST_S);
    if let Some(at) = said.at.filter(|at| *at > latest) {
        return Err((None, "future_date", at.to_string()));
    }
    // A yes holds where it was given and nowhere else.
    if granted && said.channel.is_none() {
        return Err((None, "no_channel", String::new()));
    }
    let purpose = purpose(said.purpose);
    if granted && purpose == EVERY_PURPOSE {
        return Err((None, "no_purpose", purpose.into_owned()));
    }
    let is_proven = !granted || said.at.is_some() && !said.proof.is_empty();
    let channel = said.channel.filter(|it| *it != "any").unwrap_or("every");
    let (name, word) = if granted {
        (semantic::CONSENT_GRANTED, "granted")
    } else {
        (semantic::CONSENT_WITHDRAWN, "denied")
    };
    let properties = properties(&said, granted, &purpose);
    let when = said.at.map(|at| at.to_string()).unwrap_or_default();
    let stated = properties.to_string();
    let hash = hash_of_texts(&said.identifiers, &[name, &when, &stated]);
    let message_id = format_compact!("import-{}-statement-{hash:032x}", run.generation);
    let at = said.at.unwrap_or_else(|| run.moment(row.line));
    let happened = (EventKind::Track, name, at.min(run.moment(row.line)));
    let mut event = run.event(&said.identifiers, happened, message_id, &properties);
    if let Some(event) = event.as_mut().filter(|_| !is_proven) {
        event.trust = Trust::Claimed;
    }
    let shown = if is_proven { word } else { "claimed-yes" };
    Ok(Telling {
        row: row.line,
        rows: 1,
        identifiers: said.identifiers,
        events: event.into_iter().collect(),
        shown: vec![(format_compact!("consent:{channel}"), shown.to_owned())],
        warning: (!is_proven).then_some("unproven_consent"),
    })
}

fn heard<'a, 'c>(reader: &Reader<'a>, row: &'c TableRow) -> Result<Said<'c>, Refused<'a>> {
    let mut said = Said::default();
    for (_, column, cell) in reader.cells(row) {
        match &column.target {
            Target::Identifier(kind) => {
                reader.identifier((column, cell), *kind, &mut said.identifiers)?;
            }
            Target::Statement(Part::Status) => {
                let answer = status(cell);
                let answer = answer.ok_or_else(|| refused(column, "bad_yes_or_no", cell))?;
                said.granted = Some(answer);
            }
            Target::Statement(Part::At) => said.at = Some(reader.moment(column, cell)?),
            Target::Statement(Part::Channel) => {
                let word = channel_word(cell);
                let word = word.ok_or_else(|| refused(column, "bad_channel", cell))?;
                said.channel = Some(word);
            }
            Target::Statement(Part::Purpose) => said.purpose = cell,
            Target::Statement(Part::Wording) => said.wording = cell,
            Target::Statement(Part::Proof) => said.proof = cell,
            _ => {}
        }
    }
    Ok(said)
}

fn properties(said: &Said<'_>, granted: bool, purpose: &str) -> Value {
    let channel = said.channel.unwrap_or("any");
    let mut properties = json!({ "purpose": purpose, "how": "import" });
    // A no without a channel is one everywhere: it names none.
    let basis = if granted { "consent" } else { "" };
    let channel = if channel == "any" && !granted {
        ""
    } else {
        channel
    };
    for (key, value) in [
        ("channel", channel),
        ("basis", basis),
        ("wording", said.wording),
        ("proof", said.proof),
    ] {
        if !value.is_empty() {
            properties[key] = value.into();
        }
    }
    properties
}

/// Yes or no, as lists of consents write it.
fn status(cell: &str) -> Option<bool> {
    let word = cell.to_lowercase();
    match word.as_str() {
        "granted" | "given" | "opt-in" | "opt_in" | "optin" | "opted in" | "active" | "dato"
        | "concesso" | "accettato" | "iscritto" | "attivo" | "accordato" => Some(true),
        "denied" | "withdrawn" | "revoked" | "refused" | "opt-out" | "opt_out" | "optout"
        | "opted out" | "inactive" | "negato" | "revocato" | "rifiutato" | "disiscritto" => {
            Some(false)
        }
        _ => yes_or_no(&word),
    }
}

/// The channel that a word stands for, also an Italian one; `any` for all.
fn channel_word(cell: &str) -> Option<&'static str> {
    let word = cell.trim().to_lowercase();
    match word.as_str() {
        "tutti" | "tutto" | "all" | "any" | "*" => Some("any"),
        "telefono" | "telefonate" | "chiamate" => Some("phone"),
        "posta elettronica" | "posta" => Some("email"),
        "messaggi" => Some("sms"),
        "negozio" => Some("shop"),
        "sito" => Some("web"),
        word => semantic::channel_of_word(word).map(filo_core::event::Channel::word),
    }
}

/// The purpose, in the word under which Filo has it.
fn purpose(cell: &str) -> Cow<'_, str> {
    let word = cell.trim().to_lowercase();
    match word.as_str() {
        "" => Cow::Borrowed(USUAL_PURPOSE),
        "tutti" | "tutte" | "all" | "any" | "*" => Cow::Borrowed(EVERY_PURPOSE),
        "pubblicità" | "pubblicita" | "promozioni" | "newsletter" => Cow::Borrowed(USUAL_PURPOSE),
        "profilazione" => Cow::Borrowed("profiling"),
        _ => Cow::Owned(word),
    }
}
