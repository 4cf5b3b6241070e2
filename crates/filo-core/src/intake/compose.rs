//! Properties and context of an event, put together from what the call, the batch and the
//! request say.
//!
//! **Invariant:** what comes out is empty or one well-formed JSON object; members are added in
//! the text, never by rebuilding it, so what the sender wrote stays as written.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use smallvec::SmallVec;

use super::context_view::ContextView;
use super::escapes::mend;
use super::survey::{self, DEPTH_MOST, MEMBERS_MOST, Survey, Words};
use super::{Call, Defect, DefectCode, Sender};
use crate::event::{Channel, EventKind, Trust};
use crate::json::{member, members, text};
use crate::semantic;

/// Longer browsers' names are cut: real ones have at most some 300 characters.
const USER_AGENT_CHARS_MOST: usize = 400;

/// Largest context of a batch: it is copied into each of its events, so that a small request
/// could become a large one.
const BATCH_CONTEXT_BYTES_MOST: usize = 4096;

const LIBRARY_KEY: &str = "\"library\"";
/// Made once: making it takes as long as the search.
static LIBRARY: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(LIBRARY_KEY));

/// A call's two objects and what a quick look saw in them. Both are empty or `{…}`.
#[derive(Debug)]
pub(super) struct Objects<'a> {
    pub(super) main: &'a str,
    pub(super) main_words: Words,
    pub(super) context: &'a str,
    pub(super) context_words: Words,
    pub(super) view: ContextView<'a>,
}

impl<'a> Objects<'a> {
    pub(super) fn look(main: &'a str, context: &'a str) -> Result<Self, Defect> {
        let main_words = checked("properties", main)?.words;
        let context_words = checked("context", context)?.words;
        let view = ContextView::of(context, context_words);
        Ok(Self {
            main,
            main_words,
            context,
            context_words,
            view,
        })
    }
}

/// Looks an object over and holds it to the limits.
fn checked(field: &'static str, object: &str) -> Result<Survey, Defect> {
    let seen = survey::survey(object);
    if seen.is_too_wide(object) {
        let hint = format!("has more than {MEMBERS_MOST} members");
        return Err(Defect::new(DefectCode::TooManyProperties, field, hint));
    }
    if survey::is_too_deep(object) {
        let hint = format!("is nested deeper than {DEPTH_MOST} levels");
        return Err(Defect::new(DefectCode::TooDeep, field, hint));
    }
    Ok(seen)
}

/// The call's object of this field, or nothing where it has none.
fn object<'a>(field: &'static str, raw: Option<&'a str>) -> Result<Cow<'a, str>, Defect> {
    let raw = raw.unwrap_or_default().trim_ascii();
    let empty = |inner: Option<&str>| inner.is_some_and(|inner| inner.trim_ascii().is_empty());
    let inside = |open, close| {
        raw.strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close))
    };
    match raw.as_bytes().first() {
        Some(b'{') if !empty(inside('{', '}')) => Ok(mend(Cow::Borrowed(raw))),
        None | Some(b'n' | b'{') => Ok(Cow::Borrowed("")),
        // PHP writes an empty map as an empty list.
        Some(b'[') if empty(inside('[', ']')) => Ok(Cow::Borrowed("")),
        Some(_) => {
            let hint = "must be an object, such as {\"price\": 9.5}";
            Err(Defect::new(DefectCode::WrongType, field, hint))
        }
    }
}

/// What the call says was done or is known: properties, or traits.
pub(super) fn main<'a>(call: &Call<'a>, kind: EventKind) -> Result<Cow<'a, str>, Defect> {
    match kind {
        EventKind::Identify | EventKind::Group => object("traits", call.traits),
        EventKind::Track
        | EventKind::Page
        | EventKind::Screen
        | EventKind::Alias
        | EventKind::Decision => object("properties", call.properties),
    }
}

/// The call's context over the batch's.
pub(super) fn context<'a>(call: &Call<'a>, sender: &Sender<'a>) -> Result<Cow<'a, str>, Defect> {
    let own = object("context", call.context)?;
    if sender.context.is_none() {
        return Ok(own);
    }
    if sender
        .context
        .is_some_and(|context| context.len() > BATCH_CONTEXT_BYTES_MOST)
    {
        let hint = format!("of the batch has more than {BATCH_CONTEXT_BYTES_MOST} bytes");
        return Err(Defect::new(DefectCode::EventTooLarge, "context", hint));
    }
    let batch = object("context", sender.context)?;
    if own.is_empty() || batch.is_empty() {
        return Ok(if own.is_empty() { batch } else { own });
    }
    let keys: SmallVec<[&str; 16]> = members(&own)
        .map(|(key, _)| key)
        .take(MEMBERS_MOST)
        .collect();
    let mut merged = own.clone().into_owned();
    for (key, raw) in members(&batch)
        .filter(|(key, _)| !keys.contains(key))
        .take(MEMBERS_MOST)
    {
        append(&mut merged, key, raw);
    }
    Ok(Cow::Owned(merged))
}

/// Properties, or traits for identify and group.
pub(super) fn properties(call: &Call<'_>, kind: EventKind, objects: &Objects<'_>) -> Box<str> {
    match kind {
        // RudderStack's Python client puts the traits only there.
        EventKind::Identify if objects.main.is_empty() => object("traits", objects.view.traits)
            .unwrap_or_default()
            .into(),
        EventKind::Page | EventKind::Screen => match call.category.as_text() {
            Some(category) if !objects.main_words.has_any(Words::CATEGORY) => {
                let mut with_category = objects.main.to_owned();
                append(&mut with_category, "category", &quoted(category));
                with_category.into_boxed_str()
            }
            _ => objects.main.into(),
        },
        EventKind::Track
        | EventKind::Identify
        | EventKind::Group
        | EventKind::Alias
        | EventKind::Decision => objects.main.into(),
    }
}

/// The context, with the sender's network and browser where the call came from the customer's
/// own device. The last byte of the address is dropped: the network says the town, not the home.
pub(super) fn with_address(objects: &Objects<'_>, sender: &Sender<'_>) -> Box<str> {
    let words = objects.context_words;
    let from_customer = sender.trust == Trust::Claimed;
    let address = sender
        .address
        .filter(|_| from_customer || objects.view.wants_address)
        .filter(|_| !words.has_any(Words::IP));
    let user_agent = sender
        .user_agent
        .filter(|_| from_customer && !words.has_any(Words::USER_AGENT));
    if address.is_none() && user_agent.is_none() {
        return objects.context.into();
    }
    let mut context = String::with_capacity(objects.context.len() + 48);
    context.push_str(objects.context);
    if let Some(address) = address {
        let [a, b, c, _] = address.octets();
        let mut text = String::with_capacity(20);
        // Writing to a string cannot fail.
        let _ = write!(text, "\"{a}.{b}.{c}.0\"");
        append(&mut context, "ip", &text);
    }
    if let Some(user_agent) = user_agent {
        let cut: String = user_agent.chars().take(USER_AGENT_CHARS_MOST).collect();
        append(&mut context, "userAgent", &quoted(&cut));
    }
    context.into_boxed_str()
}

/// Adds a member at the end of an object, which is empty or `{…}` with something in it. The key
/// is as JSON writes it between its quotes.
fn append(object: &mut String, key: &str, raw: &str) {
    match object.pop() {
        Some(_brace) => object.push(','),
        None => object.push('{'),
    }
    object.push('"');
    object.push_str(key);
    object.push_str("\":");
    object.push_str(raw);
    object.push('}');
}

/// A text as JSON.
fn quoted(text: &str) -> String {
    // A text always serialises.
    serde_json::to_string(text).unwrap_or_default()
}

/// Where it happened.
pub(super) fn channel(
    call: &Call<'_>,
    kind: EventKind,
    name: &str,
    objects: &Objects<'_>,
) -> Channel {
    let named = |words: Words, object| {
        let raw = words
            .has_any(Words::CHANNEL)
            .then(|| member(object, "channel"))?;
        raw.and_then(text)
    };
    let stated = named(objects.main_words, objects.main)
        .or_else(|| named(objects.context_words, objects.context));
    let stated = stated.as_deref().or_else(|| call.channel.as_text());
    semantic::channel_of(kind, name, stated, library(objects.context))
}

/// `context.library.name`, found by its word: this is asked for every event, and the context is
/// long. A library somewhere deeper would only mislead about the channel.
fn library(context: &str) -> Option<&str> {
    let found = LIBRARY.find(context.as_bytes())?;
    let after = context
        .get(found + LIBRARY_KEY.len()..)?
        .trim_ascii_start()
        .strip_prefix(':')?;
    member(after, "name")?.strip_prefix('"')?.strip_suffix('"')
}
