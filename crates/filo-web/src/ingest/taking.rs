//! From the text of a request to its events and to what is wrong with the rest. Pure: no
//! network, no clock, so every client's recorded request can be tried here.
//!
//! **Invariant:** every message of the text is either among the events or among the refused.

use std::borrow::Cow;

use filo_core::event::{Event, EventKind};
use filo_core::id::WorkspaceKey;
use filo_core::identity::Rules;
use filo_core::intake::{self, Defect, DefectCode, Sender, escapes};

use super::field::Field;
use super::message::Message;
use super::object_text::ObjectText;
use super::wire::{self, EVENTS_MOST, Wire};

/// Beyond this the context of a batch is not repeated for each of its refused messages, or one
/// request could fill the disk.
const CONTEXT_BYTES_MOST: usize = 4096;

/// What a workspace knows that intake needs.
pub(super) struct Workspace<'a> {
    pub(super) rules: &'a Rules,
    pub(super) key: WorkspaceKey,
    /// Ids for messages that have none.
    pub(super) spare_id: &'a dyn Fn() -> u128,
}

/// What became of a request.
#[derive(Debug, Default)]
pub(super) struct Taken {
    pub(super) events: Vec<Event>,
    pub(super) refused: Vec<Refused>,
    /// One call, not a batch.
    pub(super) is_single: bool,
}

/// A message that was not taken.
#[derive(Debug)]
pub(super) struct Refused {
    /// Which of the batch.
    pub(super) index: usize,
    pub(super) defect: Defect,
    /// As it can be sent again.
    pub(super) body: String,
}

/// A body that is no JSON.
#[derive(Debug)]
pub(super) struct Broken(pub(super) Defect);

/// Reads a text as JSON. Half characters in keys are mended first if nothing else helps.
pub(super) fn with_wire<T>(text: &str, then: impl FnOnce(&Wire<'_>) -> T) -> Result<T, Broken> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match wire::parse(text) {
        Ok(wire) => Ok(then(&wire)),
        Err(error) => match escapes::mend(Cow::Borrowed(text)) {
            Cow::Owned(mended) => wire::parse(&mended).map(|wire| then(&wire)).map_err(broken),
            Cow::Borrowed(_) => Err(broken(error)),
        },
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "used as the function of map_err"
)]
fn broken(error: serde_json::Error) -> Broken {
    let hint = format!("is not JSON: {error}");
    Broken(Defect::new(DefectCode::BrokenJson, "", hint))
}

/// Makes events of a request, of which `text` is the parsed text.
pub(super) fn take<'a>(
    text: &str,
    wire: &Wire<'a>,
    implied: Option<EventKind>,
    sender: &Sender<'a>,
    workspace: &Workspace<'_>,
) -> Taken {
    let Some(batch) = &wire.batch else {
        let mut taken = Taken {
            is_single: true,
            ..Taken::default()
        };
        taken.add(0, &wire.root, implied, sender, workspace);
        return taken;
    };
    let mut taken = Taken {
        events: Vec::with_capacity(batch.messages.len()),
        ..Taken::default()
    };
    if !batch.is_list || wire.root.repeated.is_some() {
        let (code, hint) = if batch.is_list {
            (
                DefectCode::RepeatedField,
                "the batch says something twice, with two values",
            )
        } else {
            (DefectCode::WrongType, "must be a list of messages")
        };
        let defect = Defect::new(code, "batch", hint);
        taken.is_single = true;
        taken.refused.push(Refused {
            index: 0,
            defect,
            body: text.to_owned(),
        });
        return taken;
    }
    let sender = Sender {
        sent_at: intake::instant(&wire.root.scalar(Field::SentAt)),
        context: wire.root.get(Field::Context),
        ..sender.clone()
    };
    for (index, message) in batch.messages.iter().enumerate() {
        taken.add(index, message, implied, &sender, workspace);
    }
    for refused in &mut taken.refused {
        refused.body = again(&wire.root, &refused.body);
    }
    for piece in &batch.excess {
        let hint = format!("a batch may hold {EVENTS_MOST} events; send the rest in another one");
        let defect = Defect::new(DefectCode::TooManyEvents, "batch", hint);
        let body = again(&wire.root, piece);
        taken.refused.push(Refused {
            index: EVENTS_MOST,
            defect,
            body,
        });
    }
    taken
}

impl Taken {
    fn add(
        &mut self,
        index: usize,
        message: &Message<'_>,
        implied: Option<EventKind>,
        sender: &Sender<'_>,
        workspace: &Workspace<'_>,
    ) {
        let event = message.call(implied).and_then(|call| {
            let Workspace {
                rules,
                key,
                spare_id,
            } = workspace;
            intake::accept(&call, sender, rules, key, spare_id)
        });
        match event {
            Ok(event) => self.events.push(event),
            Err(defect) => {
                self.refused.push(Refused {
                    index,
                    defect,
                    body: message.text(implied),
                });
            }
        }
    }
}

/// Messages of a batch as a batch of their own, with what the whole batch said of them.
fn again(root: &Message<'_>, messages: &str) -> String {
    let short = |field, bytes_most| root.get(field).filter(|raw: &&str| raw.len() <= bytes_most);
    let (sent_at, context) = (
        short(Field::SentAt, 64),
        short(Field::Context, CONTEXT_BYTES_MOST),
    );
    let list = format!("[{messages}]");
    ObjectText::default()
        .raw("batch", &list)
        .raw_if("sentAt", sent_at)
        .raw_if("context", context)
        .finish()
}
