//! No more messages, through a link: of one purpose or of all, at the address the link was made
//! for.
//!
//! **Invariant:** leaving always works, also for an address that nobody has any more; and twice is
//! once.

use filo_core::consent::Status;
use filo_core::event::Channel;
use filo_core::id::NodeId;
use filo_core::identity::Kind;
use serde_json::json;

use super::choosing::Visitor;
use crate::app::App;
use crate::customer::CustomerView;
use crate::error::Result;

/// Where messages to an address arrive: what a link under one of them ends.
pub(super) fn channels_of(node: NodeId) -> &'static [Channel] {
    match node.kind() {
        Some(Kind::Phone | Kind::Landline) => &[Channel::Sms, Channel::Chat],
        Some(Kind::WebPush) => &[Channel::App],
        Some(Kind::AnonymousId) => &[Channel::Web],
        _ => &[Channel::Email],
    }
}

impl App {
    /// Takes down that somebody wants nothing any more.
    ///
    /// # Errors
    /// If the log or the tables cannot be written.
    pub async fn choose_nothing(
        &self,
        view: &CustomerView,
        node: NodeId,
        visitor: &Visitor,
    ) -> Result<()> {
        self.unsubscribe_address(node).await?;
        let properties = json!({ "purpose": "*", "how": "page" });
        let said = ("Consent Withdrawn", &properties);
        let event = self.said_by_person(view, node, said, visitor);
        self.decide_all(vec![event]).await
    }

    /// Out of one purpose by the ways to an address, or of all. Works also where nobody is left;
    /// twice is once.
    ///
    /// # Errors
    /// If the log or the tables cannot be written.
    pub async fn unsubscribe(
        &self,
        node: NodeId,
        purpose: Option<&str>,
        visitor: &Visitor,
    ) -> Result<()> {
        let view = self.behind_link(node).await?;
        let channels = channels_of(node);
        let is_new = match (purpose, &view) {
            // First the list: after it nothing is sent, whatever happens to the event.
            (None, _) => self.unsubscribe_address(node).await?,
            (Some(purpose), Some(view)) => channels.iter().any(|channel| {
                let standing = view.profile.consents.standing(purpose, Some(*channel));
                standing.is_none_or(|standing| standing.status != Status::Denied)
            }),
            (Some(_), None) => false,
        };
        let Some(view) = view.filter(|_| is_new) else {
            return Ok(());
        };
        let words: Vec<&str> = channels.iter().map(|channel| channel.word()).collect();
        let mut properties = json!({ "purpose": purpose.unwrap_or("*"), "how": "link" });
        properties["channel"] = match words.as_slice() {
            [word] => (*word).into(),
            words => words.into(),
        };
        let name = if purpose.is_some() {
            "Consent Withdrawn"
        } else {
            "Unsubscribed"
        };
        let event = self.said_by_person(&view, node, (name, &properties), visitor);
        self.decide_all(vec![event]).await
    }
}
