//! Notifications to browsers: who is asked, what a yes takes, what they are sent, and how it ends.
//!
//! **Invariant (I16):** a public key gives no consent. What a site brings is kept aside; it is a yes
//! once the browser itself answers what only it could read, after its person let it be asked.
//! **Invariant:** nobody whom the company's systems know is sent anything to a browser that only
//! claims to be theirs.

mod asking;
mod ending;
mod renewing;
mod reporting;
mod writing;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use compact_str::CompactString;
use filo_connect::channel::web_push::VapidKey;
use filo_core::channel::{Carrier, Devices, Secret};
use filo_core::id::NodeId;
use filo_core::identity::{Identifier, Kind};
use filo_core::message::Medium;
use filo_store::Tx;
use filo_store::web_push;
use serde_json::{Value, json};

use super::account::{place, row_of};
use crate::app::App;
use crate::customer::CustomerView;
use crate::error::Result;

pub use asking::BrowserAsked;
pub use reporting::Report;

/// Bytes of the hash that a browser is known by.
const NAME_BYTES: usize = 16;

/// What browsers are given, and how many have said yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Browsers {
    /// The key to which they tie their subscriptions.
    pub public_key: String,
    /// Those that take notifications.
    pub count: i64,
}

/// What a browser is known by: its address at the push service says where it is, and is kept aside.
fn identifier(endpoint: &str) -> Identifier {
    let hash = blake3::hash(endpoint.as_bytes());
    let value = URL_SAFE_NO_PAD.encode(&hash.as_bytes()[..NAME_BYTES]);
    Identifier {
        kind: Kind::WebPush,
        value: CompactString::from(value),
    }
}

/// The devices of somebody, by what is proven of them.
pub(crate) fn devices(view: &CustomerView) -> Devices {
    let nodes = view.identifiers.iter().map(|it| &it.facts);
    Devices::new(nodes, &view.links)
}

impl App {
    /// What a site gives to a browser that is to be asked; nothing while the channel is off.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn web_push_key(&self) -> Result<Option<String>> {
        let account = self.channel_account(Medium::Push).await?;
        if account.is_none_or(|account| account.carrier != Carrier::WebPush) {
            return Ok(None);
        }
        let kept = self.channel_secret(Medium::Push, Secret::Vapid).await?;
        Ok(kept
            .and_then(|kept| VapidKey::parse(&kept))
            .map(|key| key.public()))
    }

    /// The key and the number of browsers, where there is an account.
    pub(super) async fn browsers(&self, tx: &mut Tx<'_>) -> Result<Option<Browsers>> {
        let at = (place(Secret::Vapid), row_of(Medium::Push));
        let kept = self.vault().reveal(tx, at.0, at.1).await?;
        let key = kept.and_then(|kept| VapidKey::parse(std::str::from_utf8(&kept).ok()?));
        Ok(match key {
            Some(key) => Some(Browsers {
                public_key: key.public(),
                count: web_push::taking(tx).await?,
            }),
            None => None,
        })
    }

    /// Makes the key, unless there is one: browsers are tied to it for good.
    pub(super) async fn keep_vapid_key(&self, tx: &mut Tx<'_>) -> Result<()> {
        let at = (place(Secret::Vapid), row_of(Medium::Push));
        if self.vault().reveal(tx, at.0, at.1).await?.is_some() {
            return Ok(());
        }
        let key = VapidKey::of(self.chance().secret()).kept();
        let drawn = (self.chance().secret(), self.now());
        self.vault().keep(tx, at, key.as_bytes(), drawn).await
    }

    /// The browsers of somebody, as they are told to them. What is sealed for one is the browser's
    /// own: it has it.
    pub(crate) async fn told_of_browsers(&self, view: &CustomerView) -> Result<Vec<String>> {
        let mut tx = self.shared().db.read().await?;
        let rows = web_push::of_nodes(&mut tx, &view.threads()).await?;
        let told = rows.into_iter().map(|row| {
            let told = json!({
                "endpoint": row.endpoint, "anonymous_id": row.anonymous_id,
                "purpose": row.purpose, "wording": row.wording,
                "context": serde_json::from_str::<Value>(&row.context).unwrap_or_default(),
                "asked_at": row.asked_at.to_string(),
                "confirmed_at": row.confirmed_at.map(|at| at.to_string()),
            });
            told.to_string()
        });
        Ok(told.collect())
    }

    fn node_of_browser(&self, identifier: &Identifier) -> NodeId {
        self.key().node_id(identifier.kind, &identifier.value)
    }
}
