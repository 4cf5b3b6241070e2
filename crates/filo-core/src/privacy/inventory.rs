//! Every place where something of a customer can stand, and what a copy and an erasure do there.
//!
//! **Invariant (I13, I14):** every column of text or bytes is in this list once, so a new one
//! fails the test below until somebody has said what becomes of it.

/// What a copy for the person holds of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handing {
    /// As it stands.
    Whole,
    /// What was made of other places: it is told there.
    Elsewhere,
    /// Nothing: it says nothing but that they were forgotten, or is an id.
    Nothing,
}

/// What erasing a person does in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erasing {
    /// The rows go.
    Deleted,
    /// The rows stay without them.
    LeftOut,
    /// It stays, for this reason.
    Kept(&'static str),
}

/// A place where something of a customer can stand.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// A table, or a kind of file.
    pub name: &'static str,
    /// Its columns that can hold it; none of a file.
    pub columns: &'static [&'static str],
    /// What a copy holds.
    pub copy: Handing,
    /// What erasing does.
    pub erasing: Erasing,
}

const fn place(
    name: &'static str,
    columns: &'static [&'static str],
    copy: Handing,
    erasing: Erasing,
) -> Place {
    Place {
        name,
        columns,
        copy,
        erasing,
    }
}

use self::Erasing::{Deleted, Kept, LeftOut};
use self::Handing::{Elsewhere, Nothing, Whole};

const HASH: &str = "a keyed hash, so that nothing old comes back";
const ID: &str = "an id made by a keyed hash; nobody is found by it any more";

/// All of them.
#[rustfmt::skip]
pub const PLACES: &[Place] = &[
    place("log",              &["payload"],                            Whole,     Deleted),
    place("lake files",       &[],                                     Whole,     Deleted),
    place("node",             &["id", "value", "customer", "state"],   Whole,     Deleted),
    place("link",             &["a", "b", "event", "state"],           Whole,     Deleted),
    place("customer",         &["id", "name", "email", "phone", "currency", "terms", "name_key"],
                                                                       Elsewhere, Deleted),
    place("customer_term",    &["term", "customer"],                   Elsewhere, Deleted),
    place("quarantine",       &["id", "code", "field", "hint", "body", "status", "actor"],
                                                                       Whole,     Deleted),
    place("webhook_delivery", &["id", "webhook", "topic", "subject", "body", "answer"],
                                                                       Whole,     Deleted),
    place("idempotency",      &["key_hash", "request_hash", "body"],   Whole,     Deleted),
    place("bulk_act",         &["id", "kind", "actor", "question", "customers", "list"],
                                                                       Whole,     LeftOut),
    place("incident",         &["id", "kind", "subject", "detail"],    Whole,     Deleted),
    place("confirmation",     &["id", "node", "purpose", "channel", "wording"],
                                                                       Elsewhere, Deleted),
    place("duplicate",        &["a", "b", "parts"],                    Nothing,   Deleted),
    place("call_check",       &["node"],                               Nothing,   Deleted),
    place("quality_finding",  &["customer", "reason", "field", "raw", "proposal", "gain"],
                                                                       Elsewhere, Deleted),
    place("quality_ignored",  &["customer", "reason", "field", "raw", "actor"],
                                                                       Elsewhere, Deleted),
    place("quality_mended",   &["act", "customer", "field", "former", "proposal"],
                                                                       Elsewhere, Deleted),
    place("quality_key",      &["node", "customer", "field"],          Nothing,   Deleted),
    place("quality_person",   &["customer", "marks", "history"],       Elsewhere, Deleted),
    // Who asked what goes; that it was asked and answered stays.
    place("data_request",     &["id", "wish", "way", "stage", "contact", "node", "message", "proof",
                                "extension_reason", "closing_note", "erasure"],
                                                                       Whole,     LeftOut),
    // The notes go; that nothing is to be sent to an address stays.
    place("segment_member",   &["segment", "customer"],                Whole,     Deleted),
    place("message",          &["id", "origin_key", "origin", "customer", "medium", "fallbacks", "class",
                                "purpose", "content", "address", "proof", "basis", "answer",
                                "asked_about", "approval", "mail_provider"],
                                                                       Whole,     Deleted),
    place("message_verdict",  &["message", "outcome", "findings"],     Whole,     Deleted),
    place("message_copy",     &["message", "subject", "body", "html"], Whole,     Deleted),
    place("web_push",         &["node", "visitor", "anonymous_id", "endpoint", "point", "auth", "purpose",
                                "wording", "context"],                 Whole,     Deleted),
    place("message_receipt",  &["message", "carrier_id", "code"],      Whole,     Deleted),
    place("message_shown",    &["message", "browser", "ended_by"],     Whole,     Deleted),
    place("mail_click",       &["message", "link"],                    Whole,     Deleted),
    // Judged within a quarter of an hour, and then told with the message.
    place("mail_hit",         &["link", "sender", "message"],          Elsewhere, Deleted),
    // A link that names somebody goes; the others are of whoever gets the mail.
    place("mail_link",        &["id", "journey", "step", "piece", "url"], Whole,  Deleted),
    place("segment_turn",     &["segment", "customer", "occasion", "event"],
                                                                       Elsewhere, Deleted),
    // Whose page is shown as one of a kind; what the kind is, is made of counts.
    place("persona",          &["id", "name", "note", "named_by"],     Nothing,   LeftOut),
    place("persona_typical",  &["run", "persona", "customer"],         Elsewhere, Deleted),
    place("segment_wake",     &["customer"],                           Nothing,   Deleted),
    place("audience_member",  &["audience", "customer"],              Whole,     Deleted),
    // Of whoever is forgotten the hash of an address stays until it was taken out at the platform.
    place("audience_entry",   &["audience", "address", "customer", "record", "refused"],
                                                                       Whole,     Deleted),
    place("audience_look",    &["customer"],                           Nothing,   Deleted),
    place("customer_list_member", &["list", "customer", "joined_by"],  Whole,     Deleted),
    // A list stays for the others on it, and is called by its id.
    place("customer_list",    &["id", "name", "description", "created_by", "changed_by"],
                                                                       Nothing,   LeftOut),
    // A segment that is made of somebody's name or address goes as a whole.
    place("segment",          &["id", "name", "description", "definition", "created_by",
                                "changed_by"],                         Nothing,   Deleted),
    // And so does a computed trait.
    place("computed_trait",   &["id", "key", "label", "recipe", "created_by", "changed_by"],
                                                                       Nothing,   Deleted),
    // And so does a piece of content, or the version of it that names them.
    place("piece",            &["id", "name", "document", "created_by", "changed_by"],
                                                                       Nothing,   Deleted),
    place("piece_version",    &["piece", "document", "made_by"],       Nothing,   Deleted),
    place("promotion",        &["id", "name", "document", "created_by", "changed_by"],
                                                                       Nothing,   Deleted),
    // And so does a note beside figures.
    place("annotation",       &["id", "first_day", "last_day", "words", "created_by", "changed_by"],
                                                                       Nothing,   Deleted),
    // And a question in SQL.
    place("saved_query",      &["id", "name", "statement", "created_by", "changed_by"],
                                                                       Nothing,   Deleted),
    // A journey that is made of somebody's name or address goes as a whole.
    place("journey",          &["id", "name", "description", "status", "draft", "created_by",
                                "changed_by", "broadcast_after"],       Nothing,   Deleted),
    place("journey_version",  &["journey", "document", "published_by"], Nothing,   Deleted),
    place("journey_run",      &["id", "journey", "thread", "customer", "subject", "run_key", "why",
                                "step", "stand", "echo", "ending"],     Whole,     Deleted),
    place("journey_line",     &["run", "step", "what", "detail"],       Whole,     Deleted),
    place("journey_event",    &["id", "run", "thread", "kind", "name", "properties"],
                                                                       Elsewhere, Deleted),
    // Counts, and the names of the ways of a journey: it goes with that.
    place("journey_share",    &["journey", "step", "ways", "shares", "reason", "seen", "made_by"],
                                                                       Nothing,   Deleted),
    place("rehearsal",        &["id", "journey", "job", "asked", "begun_by", "report"],
                                                                       Nothing,   LeftOut),
    place("rehearsal_person", &["rehearsal", "customer", "messages"],   Elsewhere, Deleted),
    place("task",             &["id", "journey", "run", "step", "thread", "customer", "kind",
                                "title", "hint", "role", "facts", "outcomes", "status",
                                "outcome", "note", "done_by"],          Whole,     Deleted),
    place("suppression",      &["id", "node", "channel", "reason", "made_by", "note", "lifted_by",
                                "lifted_note"],                        Nothing,   Kept(HASH)),
    // Saved views of the list of people.
    place("setting",          &["name", "value"],                      Nothing,   LeftOut),
    place("erasure",          &["id", "actor", "ground", "nodes", "receipt"],
                                                                       Nothing,   Kept(HASH)),
    place("tombstone",        &["node"],                               Nothing,   Kept(HASH)),
    place("audit",            &["party", "actor", "act", "subject", "detail", "hash"],
                                                                       Nothing,   Kept(ID)),
    place("mail_return",      &["id", "class", "node", "address", "message", "code", "basis", "said",
                                "effect", "hash", "raw"],              Whole,     Deleted),
    // What would have been sent, while no server is connected.
    place("folder of mails",  &[],                                     Whole,     Deleted),
    // The files that were brought in, with all that was made of them for looking at.
    place("folder of imports", &[],                                    Elsewhere, Deleted),
    place("backups",          &[],                                     Nothing,
          Kept("a backup is not changed; it grows old and is deleted, and restoring it erases again")),
    place("list of erasures beside the backups", &[],                  Nothing,   Kept(HASH)),
];

/// Tables that hold nothing of customers: how Filo works, and the people of the company.
pub const OF_NO_CUSTOMER: &[&str] = &[
    "access_key",
    "alert",
    "alert_rule",
    "app_user",
    "approval",
    "audience",
    "audit_head",
    "buyer_day",
    "engine_position",
    "import_plan",
    "import_run",
    "invite",
    "job",
    "journey_occurrence",
    "lake_file",
    "log_head",
    "mail_count",
    "message_price",
    "message_spent",
    "migration",
    "monday_reader",
    "pace",
    "password_reset",
    "persona_run",
    "quality_day",
    "recovery_code",
    "retention_run",
    "return_box",
    "return_box_mail",
    "sealed_secret",
    "session",
    "sign_on_journey",
    "sign_on_link",
    "source",
    "source_hour",
    "warm_up_day",
    "webhook",
    "wording",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const SCHEMA: &str = include_str!("../../../filo-store/schema.postgres.sql");

    /// Columns in which a word about somebody fits.
    fn columns() -> BTreeSet<(String, String)> {
        let lines = SCHEMA.lines().filter_map(|line| {
            let (column, kind) = line.split_once(' ')?;
            let (table, column) = column.split_once('.')?;
            let holds_words = kind.starts_with("text") || kind.starts_with("bytea");
            (holds_words && !table.contains('-')).then(|| (table.to_owned(), column.to_owned()))
        });
        lines.collect()
    }

    #[test]
    fn every_column_that_can_hold_something_of_somebody_is_listed_once() {
        let found: BTreeSet<_> = columns()
            .into_iter()
            .filter(|(table, _)| !OF_NO_CUSTOMER.contains(&table.as_str()))
            .collect();
        assert!(found.len() > 30, "the schema was not read: {found:?}");
        let listed: Vec<(String, String)> = PLACES
            .iter()
            .flat_map(|place| {
                let columns = place.columns.iter();
                columns.map(|column| (place.name.to_owned(), (*column).to_owned()))
            })
            .collect();
        let once: BTreeSet<_> = listed.iter().cloned().collect();
        assert_eq!(once.len(), listed.len(), "a column is listed twice");
        assert_eq!(
            found, once,
            "say in PLACES what a copy and an erasure do with each column"
        );
    }

    #[test]
    fn what_is_of_no_customer_is_still_there() {
        let tables: BTreeSet<String> = columns().into_iter().map(|(table, _)| table).collect();
        for place in PLACES.iter().filter(|place| !place.columns.is_empty()) {
            assert!(
                tables.contains(place.name),
                "{} is no table any more",
                place.name
            );
            assert!(!OF_NO_CUSTOMER.contains(&place.name), "{}", place.name);
        }
    }
}
