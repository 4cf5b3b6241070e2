//! Whose browser it is.
//!
//! **Invariant:** somebody's name alone, whoever says it, leads to nothing that is theirs.

use compact_str::CompactString;
use filo_connect::channel::site;
use filo_core::channel::Secret;
use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::{Identifier, Kind};
use filo_core::message::Medium;
use smallvec::SmallVec;

use super::Visit;
use crate::app::App;
use crate::channel::devices;
use crate::customer::CustomerView;
use crate::decision::STAFF_SOURCE;
use crate::error::Result;

impl App {
    /// Who a browser belongs to, and the browser; nothing if it cannot be said for sure.
    pub(super) async fn whose_browser(
        &self,
        visit: Visit<'_>,
    ) -> Result<Option<(CustomerView, NodeId)>> {
        let browser = Identifier::new(Kind::AnonymousId, visit.anonymous_id, &self.rules());
        let Ok(browser) = browser else {
            return Ok(None);
        };
        let user = match visit.user_id {
            "" => None,
            said => match Identifier::new(Kind::UserId, said, &self.rules()) {
                Ok(user) => Some(user),
                Err(_refusal) => return Ok(None),
            },
        };
        let is_proved = !visit.proof.is_empty();
        if is_proved && !self.proves(visit).await? {
            return Ok(None);
        }
        let node = self.node_named(&browser);
        let mut view = self.customer(CustomerId::from(node)).await?;
        if let Some(user) = user {
            let is_theirs = |view: &CustomerView| view.threads().contains(&self.node_named(&user));
            let is_shown = |view: &CustomerView| devices(view).may_be_shown(node);
            let is_known = view
                .as_ref()
                .is_some_and(|it| is_theirs(it) && is_shown(it));
            if is_proved && !is_known {
                self.take_proof(&browser, &user).await?;
                view = self.customer(CustomerId::from(node)).await?;
            }
            // Somebody else sits there now, whoever the browser belonged to.
            view = view.filter(is_theirs);
        }
        let view = view.filter(|view| devices(view).may_be_shown(node));
        Ok(view.map(|view| (view, node)))
    }

    /// Whether the site's server has said who is signed in.
    async fn proves(&self, visit: Visit<'_>) -> Result<bool> {
        let secret = self.channel_secret(Medium::InApp, Secret::Identity).await?;
        let proves = |secret: &str| site::is_proved(secret, visit.user_id, visit.proof);
        Ok(secret.as_deref().is_some_and(proves))
    }

    /// Takes down that a browser is somebody's: as sure as what the company's own systems send.
    async fn take_proof(&self, browser: &Identifier, user: &Identifier) -> Result<()> {
        let now = self.now();
        let (of_user, of_browser) = (self.node_named(user), self.node_named(browser));
        let message_id = CompactString::from(format!("proved-{of_user}-{of_browser}"));
        let event = Event {
            id: self.key().event_id(STAFF_SOURCE, &message_id),
            thread: of_user,
            at: now,
            received_at: now,
            original_at: None,
            clock_suspect: false,
            kind: EventKind::Track,
            trust: Trust::Verified,
            channel: Channel::Web,
            source: STAFF_SOURCE,
            message_id,
            name: CompactString::const_new("Browser Proved"),
            identifiers: SmallVec::from_iter([user.clone(), browser.clone()]),
            properties: "{}".into(),
            context: "{}".into(),
        };
        self.decide_all(vec![event]).await
    }

    fn node_named(&self, identifier: &Identifier) -> NodeId {
        self.key().node_id(identifier.kind, &identifier.value)
    }
}
