//! What was followed, judged once nothing more belongs to it: counted as of people or of machines,
//! and put on the thread of whoever may be known.
//!
//! **Invariant:** nothing counts and nothing stands on a thread before its verdict, and a machine
//! never does; of what fails half-way the event is the same when it is written again, and the
//! numbers are written with the hits' going.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use compact_str::CompactString;
use filo_core::event::{Channel, Event, EventKind, Trust};
use filo_core::id::{LinkId, MessageId, SourceId};
use filo_core::identity::Identifier;
use filo_core::message::origin::Origin;
use filo_core::time::Timestamp;
use filo_core::tracking::{GAP_SECONDS, Hit, Mode, WINDOW_SECONDS, bursts, machines};
use filo_store::message::{self, MessageRow, copy};
use filo_store::tracking::{self, Counts, HitRow, LinkRow};
use filo_store::{Tx, journey};
use serde_json::json;
use smallvec::SmallVec;

use super::day_of;
use super::setting::stored;
use crate::app::App;
use crate::consent::purposes_of;
use crate::error::Result;

/// Hits looked at together.
const LOOKED_AT_MOST: u32 = 100_000;

/// A hit with its verdict.
struct Judged {
    hit: HitRow,
    link: LinkRow,
    is_machine: bool,
}

/// Who a reader is, where that may be known: their message and their address.
type Known = Option<(MessageRow, Identifier)>;

impl App {
    /// Judges what is over. Says when the next is.
    pub(super) async fn tend_clicks(&self) -> Result<Option<Timestamp>> {
        let now = self.now();
        let rows = {
            let mut tx = self.shared().db.read().await?;
            tracking::hits(&mut tx, LOOKED_AT_MOST).await?
        };
        let mut readers: BTreeMap<[u8; 16], Vec<HitRow>> = BTreeMap::new();
        for row in rows {
            let message = row.message.map(MessageId::to_bytes);
            readers
                .entry(message.unwrap_or(row.sender))
                .or_default()
                .push(row);
        }
        // On PostgreSQL others take down too, and do not tell.
        let later = self.shared().db.is_postgres();
        let mut next = later.then(|| now.plus_seconds(WINDOW_SECONDS));
        for hits in readers.into_values() {
            for burst in bursts(hits, |hit| hit.at) {
                let (Some(first), Some(last)) = (burst.first(), burst.last()) else {
                    continue;
                };
                let over = first.at.plus_seconds(WINDOW_SECONDS);
                let over = over.max(last.at.plus_seconds(GAP_SECONDS));
                if over <= now {
                    self.judge_burst(burst).await?;
                } else {
                    next = Some(next.map_or(over, |next| next.min(over)));
                }
            }
        }
        Ok(next)
    }

    /// Judges what is over now.
    ///
    /// # Errors
    /// If the tables cannot be read or written.
    pub async fn judge_clicks(&self) -> Result<()> {
        self.tend_clicks().await.map(drop)
    }

    async fn judge_burst(&self, burst: Vec<HitRow>) -> Result<()> {
        let judged = self.readers_of(burst).await?;
        let Some(message) = judged.first().map(|it| it.hit.message) else {
            return Ok(());
        };
        let known = match message {
            Some(id) => self.known_by(id).await?,
            None => None,
        };
        if let Some((row, address)) = &known {
            let names = self.subject_and_journey(row).await?;
            let people = judged.iter().filter(|it| !it.is_machine);
            let events = people.map(|it| self.seen_event(it, (row, address), &names));
            self.decide_all(events.collect()).await?;
        }
        let known = known.map(|(row, _)| row.id);
        let mut counts: BTreeMap<(LinkId, i64), Counts> = BTreeMap::new();
        let mut tx = self.shared().db.begin().await?;
        for it in &judged {
            if !tracking::judged(&mut tx, &it.hit).await? {
                continue;
            }
            let day = day_of(it.hit.at, &self.zone());
            let counted = counts.entry((it.hit.link, day)).or_default();
            match it.is_machine {
                true => counted.machines += 1,
                false => counted.people += 1,
            }
            if let Some(message) = known {
                let of = (message, it.hit.link);
                tracking::clicked(&mut tx, of, it.is_machine, it.hit.at).await?;
            }
        }
        let counts: Vec<_> = counts.into_iter().collect();
        tracking::count(&mut tx, &counts).await?;
        Ok(tx.commit().await?)
    }

    /// Who came, a person or a machine, of each hit of a burst whose link is there still.
    async fn readers_of(&self, burst: Vec<HitRow>) -> Result<Vec<Judged>> {
        let mut tx = self.shared().db.begin().await?;
        let mut found: Vec<(HitRow, LinkRow)> = Vec::with_capacity(burst.len());
        for hit in burst {
            match tracking::link(&mut tx, hit.link).await? {
                Some(link) => found.push((hit, link)),
                None => drop(tracking::judged(&mut tx, &hit).await?),
            }
        }
        let links: BTreeSet<LinkId> = match found.first() {
            Some((_, link)) => {
                let all = tracking::links_of(&mut tx, &link.of).await?.into_iter();
                all.filter(|it| !it.url.is_empty())
                    .map(|it| it.id)
                    .collect()
            }
            None => BTreeSet::new(),
        };
        let sent_at = match found.first().and_then(|(hit, _)| hit.message) {
            Some(id) => message::get(&mut tx, id)
                .await?
                .and_then(|row| row.ended_at),
            None => None,
        };
        tx.commit().await?;
        let hits: Vec<Hit> = found
            .iter()
            .map(|(row, link)| Hit {
                link: row.link,
                at: row.at,
                is_open: link.url.is_empty(),
                is_machine: row.is_machine,
            })
            .collect();
        let said = machines(&hits, links.len(), sent_at);
        let pairs = found.into_iter().zip(said);
        let judged = pairs.map(|((hit, link), is_machine)| Judged {
            hit,
            link,
            is_machine,
        });
        Ok(judged.collect())
    }

    /// Whose message it was, if they may still be known by it.
    async fn known_by(&self, id: MessageId) -> Result<Known> {
        let mut tx = self.shared().db.read().await?;
        let tracking = stored(&mut tx).await?.tracking;
        let row = message::get(&mut tx, id).await?;
        let Some(row) = row.filter(|_| tracking.mode == Mode::Individual) else {
            return Ok(None);
        };
        drop(tx);
        let Some(customer) = self.customer(row.customer).await? else {
            return Ok(None);
        };
        let mut tx = self.shared().db.read().await?;
        let purposes = Arc::new(purposes_of(&mut tx).await?);
        let of = (&customer, &purposes);
        if !self.may_be_known(&mut tx, of, &tracking).await? {
            return Ok(None);
        }
        let mut known = customer.identifiers.iter();
        let address = known.find(|it| Some(it.node) == row.address);
        Ok(address.map(|it| {
            let address = Identifier {
                kind: it.kind,
                value: it.value.clone(),
            };
            (row, address)
        }))
    }

    /// What the message was about, and what its journey is called.
    async fn subject_and_journey(&self, row: &MessageRow) -> Result<(String, String)> {
        let mut tx: Tx<'_> = self.shared().db.read().await?;
        let subject = copy::get(&mut tx, row.id).await?.map(|it| it.subject);
        let name = match &row.origin {
            Origin::Journey { journey, .. } => journey::get(&mut tx, *journey).await?,
            Origin::Hand { .. } | Origin::Confirmation { .. } => None,
        };
        let name = name.map(|it| it.name).unwrap_or_default();
        Ok((subject.unwrap_or_default(), name))
    }

    /// That a person clicked or opened, as it stands on the thread: by the names of Segment's
    /// e-mail spec.
    fn seen_event(
        &self,
        it: &Judged,
        (row, address): (&MessageRow, &Identifier),
        (subject, journey): &(String, String),
    ) -> Event {
        let is_open = it.link.url.is_empty();
        let (name, word) = match is_open {
            true => ("Email Opened", "open"),
            false => ("Email Link Clicked", "click"),
        };
        let message_id = format!("{word}-{}-{}-{}", row.id, it.hit.link, it.hit.at.0);
        let message_id = CompactString::from(message_id);
        let mut properties = json!({
            "message": row.id.to_string(), "email_id": row.id.to_string(),
            "email_subject": subject, "purpose": row.purpose, "medium": row.medium.word(),
            "campaign_id": it.link.of.journey.to_string(), "campaign_name": journey,
            "journey": it.link.of.journey.to_string(), "step": it.link.of.step,
            "piece": it.link.of.piece.to_string(),
        });
        if !is_open {
            properties["link_id"] = it.hit.link.to_string().into();
            properties["link_url"] = it.link.url.as_str().into();
        }
        Event {
            id: self.key().event_id(SourceId::TRACKING, &message_id),
            thread: self.key().node_id(address.kind, &address.value),
            at: it.hit.at,
            received_at: self.now(),
            original_at: None,
            clock_suspect: false,
            kind: EventKind::Track,
            // Filo saw it itself, at the address that it mailed to this person.
            trust: Trust::Verified,
            channel: Channel::Email,
            source: SourceId::TRACKING,
            message_id,
            name: CompactString::const_new(name),
            identifiers: SmallVec::from_iter([address.clone()]),
            properties: properties.to_string().into_boxed_str(),
            context: "{}".into(),
        }
    }
}
