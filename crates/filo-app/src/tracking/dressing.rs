//! A mail as it leaves: its links led over the company's pages, its picture added.
//!
//! Only the page is dressed. The text keeps the addresses as they were written: whoever reads that
//! sees where they go, and is not counted.
//!
//! **Invariant:** only a link that stands so in what the company wrote is led over; one that was
//! made for its person (the way out, the preferences, a link with their name in it) is not.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use filo_core::consent::purpose::Purposes;
use filo_core::id::{LinkId, MessageId};
use filo_core::message::origin::Origin;
use filo_core::tracking::{
    Mailing, Mode, Token, Tracking, TrackingKey, can_be_followed, links_of, with_links, with_pixel,
};
use filo_store::Tx;
use filo_store::message::MessageRow;
use filo_store::tracking::{self, Counts, LinkRow};

use crate::app::App;
use crate::content::Script;
use crate::customer::CustomerView;
use crate::error::Result;

/// Letters of a token: longer ones are not looked at.
const TOKEN_CHARS_MOST: usize = 100;

/// What is led over in a mail that is to leave.
#[derive(Debug, Clone)]
pub(crate) struct Dressing {
    links: Vec<LinkRow>,
    /// Without an address: the mail itself.
    mail: LinkRow,
    /// Whose message it is, where that may be known.
    message: Option<MessageId>,
    has_pixel: bool,
}

/// A mail that is to leave, of whom it is, and what is said in it.
pub(crate) type Mail<'a> = (&'a MessageRow, &'a CustomerView, &'a Script, &'a str);

impl App {
    /// What is led over in a mail; nothing where nothing is counted, or where it was written by
    /// hand: one person gets that.
    pub(crate) async fn dressing(
        &self,
        (row, customer, script, html): Mail<'_>,
        tracking: &Tracking,
        purposes: &Arc<Purposes>,
    ) -> Result<Option<Dressing>> {
        let (Origin::Journey { journey, step, .. }, Some(piece)) =
            (&row.origin, row.saying.piece())
        else {
            return Ok(None);
        };
        if tracking.mode == Mode::Off || html.is_empty() {
            return Ok(None);
        }
        let of = Mailing {
            journey: *journey,
            step: step.clone(),
            piece,
        };
        let key = TrackingKey::of(&self.key());
        let own = format!("{}/public/", self.shared().links.base());
        let urls = links_of(html);
        let urls = urls
            .iter()
            .filter(|url| !url.starts_with(&own) && script.writes(url));
        let link = |url: &str| LinkRow {
            id: key.link(&of, url),
            of: of.clone(),
            url: url.to_owned(),
        };
        let known = tracking.mode == Mode::Individual && {
            let mut tx = self.shared().db.read().await?;
            let of = (customer, purposes);
            self.may_be_known(&mut tx, of, tracking).await?
        };
        Ok(Some(Dressing {
            links: urls.map(|url| link(url)).collect(),
            mail: link(""),
            message: known.then_some(row.id),
            has_pixel: tracking.counts_opens,
        }))
    }

    /// The page as it leaves.
    pub(crate) fn dressed(&self, html: &str, dressing: &Dressing) -> String {
        let key = TrackingKey::of(&self.key());
        let base = self.shared().links.base();
        let token = |link: LinkId| {
            let message = dressing.message;
            URL_SAFE_NO_PAD.encode(key.seal(Token { link, message }))
        };
        let led = with_links(html, |url| {
            let link = dressing.links.iter().find(|link| link.url == url)?;
            Some(format!("{base}/c/{}", token(link.id)))
        });
        if !dressing.has_pixel {
            return led;
        }
        with_pixel(&led, &format!("{base}/o/{}.gif", token(dressing.mail.id)))
    }

    /// What a token says; nothing if it is none of ours.
    pub(super) fn token(&self, text: &str) -> Option<Token> {
        if text.len() > TOKEN_CHARS_MOST {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        TrackingKey::of(&self.key()).read(&bytes)
    }
}

impl Dressing {
    /// Writes down where the links of mails lead, before one of them leaves.
    pub(crate) async fn keep<'a>(
        tx: &mut Tx<'_>,
        all: impl Iterator<Item = &'a Self>,
    ) -> Result<()> {
        let mut rows: BTreeMap<LinkId, LinkRow> = BTreeMap::new();
        for link in all.flat_map(|it| it.links.iter().chain([&it.mail])) {
            if can_be_followed(&link.url) || link.url.is_empty() {
                rows.entry(link.id).or_insert_with(|| link.clone());
            }
        }
        let rows: Vec<LinkRow> = rows.into_values().collect();
        Ok(tracking::put_links(tx, &rows).await?)
    }

    /// Counts mails that left.
    pub(crate) async fn count_sent<'a>(
        tx: &mut Tx<'_>,
        all: impl Iterator<Item = &'a Self>,
        day: i64,
    ) -> Result<()> {
        let mut counts: BTreeMap<(LinkId, i64), Counts> = BTreeMap::new();
        for link in all.flat_map(|it| it.links.iter().chain([&it.mail])) {
            counts.entry((link.id, day)).or_default().sent += 1;
        }
        let counts: Vec<_> = counts.into_iter().collect();
        Ok(tracking::count(tx, &counts).await?)
    }
}
