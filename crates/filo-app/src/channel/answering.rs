//! What people write: an event on their thread, and a word that ends it a no that counts at once.
//!
//! **Invariant (I3):** a STOP is on the suppression list before the carrier is answered.

use filo_connect::channel::Written;
use filo_core::channel::{Carrier, Keyword, keyword};
use filo_core::consent::suppression::SuppressionReason;
use filo_core::event::{Event, Trust};
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::{Identifier, Kind};
use filo_core::message::Medium;
use filo_core::time::Timestamp;
use serde_json::{Value, json};
use smallvec::SmallVec;

use super::telling::Line;
use crate::app::App;
use crate::consent::identifiers;
use crate::error::Result;

/// Letters of what somebody wrote that are kept on the thread.
const TEXT_CHARS_MOST: usize = 4_000;
/// Letters of a name, and of the id that a carrier gives.
const NAME_CHARS_MOST: usize = 200;

/// By what and over whom it came.
type By = (Medium, Carrier);

impl App {
    /// Takes down what somebody wrote.
    pub(super) async fn take_written(
        &self,
        (medium, carrier): By,
        mut written: Written,
    ) -> Result<()> {
        let kind = match medium {
            Medium::Telegram => Kind::Telegram,
            _ => Kind::Phone,
        };
        let Ok(address) = Identifier::new(kind, &written.from, &self.rules()) else {
            // A number of a service, or a name: there is nobody to know.
            return Ok(());
        };
        let node = self.key().node_id(address.kind, &address.value);
        let now = self.now();
        let at = written.at.map_or(now, |at| at.min(now));
        written.carrier_id = shortened(&written.carrier_id, NAME_CHARS_MOST);
        let bound = self.bound_by(medium, &written.text).await?;
        if bound.is_some() {
            // Whoever reads the thread could bind a chat of their own with the link.
            "/start".clone_into(&mut written.text);
        }
        let asked = keyword(&written.text);
        let mut events = Vec::new();
        if asked == Some(Keyword::Stop) {
            let reason = (SuppressionReason::Unsubscribed, "");
            self.close_address(node, medium.channel(), reason).await?;
            let said = self.said_stop((node, &address), medium, &written, at);
            events.push(said.await?);
        } else {
            self.open_address(node, medium.channel(), "they wrote")
                .await?;
        }
        let line = |name, key: &str, identifiers, properties| Line {
            name,
            key: format!("{key}-{}-{}", carrier.word(), written.carrier_id),
            at,
            trust: Trust::Verified,
            identifiers,
            properties,
        };
        if let Some(known) = bound {
            let both = SmallVec::from_iter([known, address.clone()]);
            let properties = json!({ "medium": medium.word(), "carrier": carrier.word() });
            let begun = line("Live Chat Conversation Started", "begun", both, properties);
            events.push(self.line_of_thread(medium, begun));
        }
        let properties = told((medium, carrier), &written, asked);
        let only = SmallVec::from_iter([address]);
        let received = line("Message Received", "received", only, properties);
        events.push(self.line_of_thread(medium, received));
        self.decide_all(events).await
    }

    /// A no to everything by this way: it covers every identifier of theirs.
    async fn said_stop(
        &self,
        (node, address): (NodeId, &Identifier),
        medium: Medium,
        written: &Written,
        at: Timestamp,
    ) -> Result<Event> {
        let customer = self.customer(CustomerId::from(node)).await?;
        let identifiers = match &customer {
            Some(view) => identifiers(view, node, &view.threads()),
            None => SmallVec::from_iter([address.clone()]),
        };
        let (id, text) = (&written.carrier_id, written.text.trim());
        let line = Line {
            name: "Consent Withdrawn",
            key: format!("stop-{}-{id}", medium.word()),
            at,
            trust: Trust::Staff,
            identifiers,
            properties: json!({
                "purpose": "*", "channel": medium.channel().word(), "how": "reply",
                "proof": format!("{} {id}: {text}", medium.word()),
            }),
        };
        Ok(self.line_of_thread(medium, line))
    }
}

/// What somebody wrote, as it stands on the thread.
fn told((medium, carrier): By, written: &Written, asked: Option<Keyword>) -> Value {
    let mut properties = json!({
        "medium": medium.word(), "carrier": carrier.word(), "id": written.carrier_id,
        "text": shortened(&written.text, TEXT_CHARS_MOST),
    });
    if let Some(name) = &written.name {
        properties["name"] = shortened(name, NAME_CHARS_MOST).into();
    }
    if written.attachments > 0 {
        properties["attachments"] = written.attachments.into();
    }
    if let Some(asked) = asked {
        properties["keyword"] = asked.word().into();
    }
    properties
}

fn shortened(text: &str, chars_most: usize) -> String {
    text.chars().take(chars_most).collect()
}
