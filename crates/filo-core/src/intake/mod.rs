//! From a call, as parsed from any wire format, to an [`Event`].
//!
//! **Invariant:** the same call from the same sender at the same time gives the same event; a
//! call either becomes one event, whole, or a [`Defect`] that says what to mend. A public key's
//! calls come out as claims and nothing more (I16).

mod clock;
mod compose;
mod context_view;
mod defect;
pub mod escapes;
mod name;
mod promote;
mod scalar;
mod survey;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::net::Ipv4Addr;

use compact_str::{CompactString, ToCompactString, format_compact};

pub use clock::instant;
pub use defect::{Defect, DefectCode};
pub use promote::IDENTIFIERS_MOST;
pub use scalar::Scalar;
pub use survey::{DEPTH_MOST, MEMBERS_MOST};

use crate::event::{Event, EventKind, Trust};
use crate::id::{NodeId, SourceId, WorkspaceKey};
use crate::identity::Rules;
use crate::time::Timestamp;
use compose::Objects;
use promote::{Promoted, promote};

/// Largest event, as Segment has it.
pub const EVENT_BYTES_MOST: usize = 32 * 1024;
/// Longest `messageId`, as Segment has it.
pub const MESSAGE_ID_CHARS_MOST: usize = 100;
/// Longest `groupId`, as Segment has it.
pub const GROUP_ID_CHARS_MOST: usize = 500;

/// One call, borrowed from the request. Objects are raw JSON, known to be well-formed.
#[derive(Debug, Clone, Default)]
pub struct Call<'a> {
    /// `type`, or what the route implies.
    pub kind: Scalar<'a>,
    /// `event` of a track call.
    pub event: Scalar<'a>,
    /// `name` of a page or screen call.
    pub name: Scalar<'a>,
    /// `category` of a page or screen call.
    pub category: Scalar<'a>,
    /// `userId`.
    pub user_id: Scalar<'a>,
    /// `anonymousId`.
    pub anonymous_id: Scalar<'a>,
    /// `previousId` of an alias call.
    pub previous_id: Scalar<'a>,
    /// `groupId`.
    pub group_id: Scalar<'a>,
    /// `messageId`.
    pub message_id: Scalar<'a>,
    /// `timestamp`.
    pub timestamp: Scalar<'a>,
    /// `originalTimestamp`, which counts before `timestamp`.
    pub original_timestamp: Scalar<'a>,
    /// `sentAt` of the call itself.
    pub sent_at: Scalar<'a>,
    /// `channel`: server, browser or mobile, or a channel of ours.
    pub channel: Scalar<'a>,
    /// `properties`.
    pub properties: Option<&'a str>,
    /// `traits`.
    pub traits: Option<&'a str>,
    /// `context`.
    pub context: Option<&'a str>,
    /// How many bytes the call takes on the wire.
    pub size_bytes: usize,
}

/// Who sent a request, and what the request says of all its calls.
#[derive(Debug, Clone)]
pub struct Sender<'a> {
    /// The source of the key.
    pub source: SourceId,
    /// How far the key's holder can be believed.
    pub trust: Trust,
    /// When the request arrived.
    pub received_at: Timestamp,
    /// `sentAt` of the batch.
    pub sent_at: Option<Timestamp>,
    /// `context` of the batch: raw JSON that stands under each call's own.
    pub context: Option<&'a str>,
    /// From where the request came. Only its network is kept.
    pub address: Option<Ipv4Addr>,
    /// The browser that sent it.
    pub user_agent: Option<&'a str>,
}

impl Sender<'_> {
    /// A sender of whom the request says nothing more.
    #[must_use]
    pub fn new(source: SourceId, trust: Trust, received_at: Timestamp) -> Self {
        Self {
            source,
            trust,
            received_at,
            sent_at: None,
            context: None,
            address: None,
            user_agent: None,
        }
    }
}

/// Makes an event of a call, or says what is wrong with it.
///
/// `spare_id` is drawn from only if the call has no `messageId`.
///
/// # Errors
/// A [`Defect`] that names the field and what would be right.
pub fn accept(
    call: &Call<'_>,
    sender: &Sender<'_>,
    rules: &Rules,
    key: &WorkspaceKey,
    spare_id: impl FnOnce() -> u128,
) -> Result<Event, Defect> {
    if call.size_bytes > EVENT_BYTES_MOST {
        let hint = format!(
            "{} bytes; an event may have {EVENT_BYTES_MOST}",
            call.size_bytes
        );
        return Err(Defect::new(DefectCode::EventTooLarge, "", hint));
    }
    let kind = kind(&call.kind)?;
    check_types(call)?;
    check_required(call, kind)?;
    let name = name::of(call, kind)?;
    let message_id = match call.message_id.as_text() {
        Some(text) => within(
            text,
            MESSAGE_ID_CHARS_MOST,
            DefectCode::MessageIdTooLong,
            "messageId",
        )?,
        None => format_compact!("filo-{:032x}", spare_id()),
    };
    let times = clock::times(call, sender)?;
    let context = compose::context(call, sender)?;
    let main = compose::main(call, kind)?;
    let objects = Objects::look(&main, &context)?;
    let Promoted {
        identifiers,
        refused,
    } = promote(call, kind, sender.trust, &objects, rules);
    let thread = match (identifiers.first(), refused) {
        (Some(strongest), _) => key.node_id(strongest.kind, &strongest.value),
        (None, Some((kind, value))) => nobody(key, kind, &value),
        (None, None) => {
            let hint =
                "send userId or anonymousId (or an e-mail address or phone number in traits)";
            return Err(Defect::new(DefectCode::NoUserAnonId, "userId", hint));
        }
    };
    let properties = compose::properties(call, kind, &objects);
    let channel = compose::channel(call, kind, &name, &objects);
    Ok(Event {
        id: key.event_id(sender.source, &message_id),
        thread,
        at: times.at,
        received_at: sender.received_at,
        original_at: times.original_at,
        clock_suspect: times.suspect,
        kind,
        trust: sender.trust,
        channel,
        source: sender.source,
        message_id,
        name,
        identifiers,
        properties,
        context: compose::with_address(&objects, sender),
    })
}

/// The thread of events that named somebody only by values that join nobody (`"anonymous"`,
/// `"null"`, `info@…`).
///
/// They are kept together, so that the mistake can be seen and found by its value, but on a
/// thread that belongs to no identifier: a normalised value never holds NUL, so no identifier
/// has this node, and as the event carries no identifiers it can never be linked.
#[must_use]
pub fn nobody(key: &WorkspaceKey, kind: crate::identity::Kind, value: &str) -> NodeId {
    key.node_id(kind, &format!("\0{value}"))
}

fn kind(word: &Scalar<'_>) -> Result<EventKind, Defect> {
    let Some(text) = word.as_text() else {
        let hint = "say identify, track, page, screen, group or alias";
        return Err(Defect::new(DefectCode::MissingType, "type", hint));
    };
    match EventKind::from_word(text).or_else(|| EventKind::from_word(&text.to_ascii_lowercase())) {
        // Decisions are made in the console and the API, by people with a name.
        Some(EventKind::Decision) | None => {
            let hint = format!(
                "«{}» is none of identify, track, page, screen, group, alias",
                name::shortened(text)
            );
            Err(Defect::new(DefectCode::UnknownType, "type", hint))
        }
        Some(kind) => Ok(kind),
    }
}

fn check_types(call: &Call<'_>) -> Result<(), Defect> {
    for (field, scalar) in [
        ("userId", &call.user_id),
        ("anonymousId", &call.anonymous_id),
        ("previousId", &call.previous_id),
        ("groupId", &call.group_id),
        ("messageId", &call.message_id),
        ("event", &call.event),
        ("name", &call.name),
        ("category", &call.category),
    ] {
        if let Scalar::Wrong(shape) = scalar {
            let hint = format!("is {shape}; send a text (or a number)");
            return Err(Defect::new(DefectCode::WrongType, field, hint));
        }
    }
    Ok(())
}

fn check_required(call: &Call<'_>, kind: EventKind) -> Result<(), Defect> {
    match kind {
        EventKind::Group => match call.group_id.as_text() {
            Some(group) => {
                within(
                    group,
                    GROUP_ID_CHARS_MOST,
                    DefectCode::GroupIdTooLong,
                    "groupId",
                )?;
            }
            None => {
                let hint = "a group call needs the id of the company";
                return Err(Defect::new(DefectCode::MissingGroupId, "groupId", hint));
            }
        },
        EventKind::Alias if call.previous_id.as_text().is_none() => {
            let hint = "an alias call needs the id that was used before";
            return Err(Defect::new(
                DefectCode::MissingPreviousId,
                "previousId",
                hint,
            ));
        }
        EventKind::Track
        | EventKind::Identify
        | EventKind::Page
        | EventKind::Screen
        | EventKind::Alias
        | EventKind::Decision => {}
    }
    Ok(())
}

/// The text, if it is no longer than allowed.
fn within(
    text: &str,
    chars_most: usize,
    code: DefectCode,
    field: &'static str,
) -> Result<CompactString, Defect> {
    // A character has at least one byte, so most texts need not be counted.
    if text.len() > chars_most && text.chars().nth(chars_most).is_some() {
        let hint = format!("is longer than {chars_most} characters");
        return Err(Defect::new(code, Cow::Borrowed(field), hint));
    }
    Ok(text.to_compact_string())
}
