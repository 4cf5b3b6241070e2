//! Looking at people for audiences: who of them is in which, by which addresses.
//!
//! **Invariant:** what is wanted of a person is worked out from what is known of them now and
//! written at once; whoever is not there any more is wanted nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use filo_core::audience::{
    AddressKind, Decision, Fields, Known, Offered, Platform, Record, Standing, decide,
};
use filo_core::consent::addressing::Verdict;
use filo_core::event::Channel;
use filo_core::id::{AudienceId, CustomerId, NodeId, SegmentId};
use filo_store::audience::entry::{self, ADDRESS_BYTES, EntryRow, Todo};
use filo_store::audience::member::{self, MemberRow};
use filo_store::audience::{self, AudienceRow, look};
use filo_store::customer_list::member as listed;
use filo_store::segment::member as seated;

use super::{fields_of, platform_of};
use crate::app::App;
use crate::consent::purposes_of;
use crate::customer::CustomerView;
use crate::error::Result;

/// People looked at together.
pub(super) const PAGE: u32 = 200;

/// An audience as far as looking asks.
struct Asked {
    row: AudienceRow,
    platform: Platform,
    fields: Fields,
}

/// Who is where, of those who are looked at.
#[derive(Default)]
struct Seats {
    segments: BTreeSet<(SegmentId, CustomerId)>,
    /// By journeys, under the audience's own id.
    audiences: BTreeSet<(AudienceId, CustomerId)>,
    /// Who was in before.
    before: BTreeSet<(AudienceId, CustomerId)>,
    entries: Vec<EntryRow>,
}

/// What is to be written.
#[derive(Default)]
struct Outcome {
    members: Vec<MemberRow>,
    left: Vec<(AudienceId, CustomerId)>,
    wanted: BTreeMap<entry::Key, EntryRow>,
    unwanted: Vec<entry::Key>,
    /// Those whom an old id led to.
    others: BTreeSet<CustomerId>,
}

impl App {
    /// Looks at some of those who are noted; false if nobody is.
    pub(super) async fn look_at_some(&self) -> Result<bool> {
        let _one_at_a_time = self.shared().audiences.desk.lock().await;
        let looks = {
            let mut tx = self.shared().db.read().await?;
            look::take(&mut tx, PAGE).await?
        };
        if looks.is_empty() {
            return Ok(false);
        }
        let ids: Vec<CustomerId> = looks.iter().map(|(id, _)| *id).collect();
        let outcome = self.looked_at(&ids).await?;
        let mut tx = self.shared().db.begin().await?;
        member::set(&mut tx, &outcome.members).await?;
        member::leave(&mut tx, &outcome.left).await?;
        // First out, then in: an address that moved to another of them stays.
        entry::unwant(&mut tx, &outcome.unwanted).await?;
        let wanted: Vec<EntryRow> = outcome.wanted.into_values().collect();
        entry::want(&mut tx, &wanted).await?;
        look::done(&mut tx, &looks).await?;
        let others: Vec<CustomerId> = outcome.others.into_iter().collect();
        look::note(&mut tx, &others).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn looked_at(&self, ids: &[CustomerId]) -> Result<Outcome> {
        let views = self.each_customer(ids).await?;
        let now = self.now();
        let mut tx = self.shared().db.read().await?;
        let mut asked = Vec::new();
        for row in audience::list(&mut tx).await? {
            if row.ending_at.is_none() {
                asked.push(Asked {
                    platform: platform_of(&row)?,
                    fields: fields_of(&row)?,
                    row,
                });
            }
        }
        let purposes = Arc::new(purposes_of(&mut tx).await?);
        let seats = seats(&mut tx, ids).await?;
        let mut outcome = Outcome::default();
        let mut pairs = Vec::new();
        for (id, view) in ids.iter().zip(&views) {
            let own = view.as_ref().filter(|view| view.id == *id);
            if let (Some(view), None) = (view, own) {
                outcome.others.insert(view.id);
            }
            for audience in &asked {
                match own.filter(|_| seats.names(audience, *id)) {
                    Some(view) => pairs.push((audience, view)),
                    None => outcome.take_out(audience.row.id, *id, &seats),
                }
            }
        }
        let questions: Vec<(&CustomerView, (&str, Channel))> = pairs
            .iter()
            .flat_map(|(audience, view)| {
                let purpose = audience.row.purpose.as_str();
                [Channel::Email, Channel::Sms].map(|channel| (*view, (purpose, channel)))
            })
            .collect();
        let verdicts = self
            .addressing_of_each(&mut tx, &questions, &purposes, now)
            .await?;
        for ((audience, view), verdicts) in pairs.iter().zip(verdicts.chunks_exact(2)) {
            outcome.put(audience, view, decision(audience, view, verdicts), &seats);
        }
        Ok(outcome)
    }
}

async fn seats(tx: &mut filo_store::Tx<'_>, ids: &[CustomerId]) -> Result<Seats> {
    let segments = seated::of_customers(tx, ids).await?.into_iter();
    let lists = listed::of_customers(tx, ids).await?.into_iter();
    let before = member::of_customers(tx, ids).await?.into_iter();
    Ok(Seats {
        segments: segments.map(|row| (row.segment, row.customer)).collect(),
        audiences: lists
            .map(|row| (AudienceId(row.list.0), row.customer))
            .collect(),
        before: before.map(|row| (row.audience, row.customer)).collect(),
        entries: entry::of_customers(tx, ids).await?,
    })
}

impl Seats {
    /// Whether the source of an audience names somebody.
    fn names(&self, audience: &Asked, customer: CustomerId) -> bool {
        let by_segment = audience.row.segment.is_some_and(|segment| {
            let seat = (segment, customer);
            self.segments.contains(&seat)
        });
        by_segment || self.audiences.contains(&(audience.row.id, customer))
    }

    /// Entries of somebody in an audience that are wanted.
    fn wanted(
        &self,
        audience: AudienceId,
        customer: CustomerId,
    ) -> impl Iterator<Item = entry::Key> {
        let own = self.entries.iter().filter(move |row| {
            row.audience == audience
                && row.customer == Some(customer)
                && matches!(row.todo, Todo::Nothing | Todo::Put)
        });
        own.map(|row| (row.audience, row.address))
    }
}

impl Outcome {
    /// Somebody is not in.
    fn take_out(&mut self, audience: AudienceId, customer: CustomerId, seats: &Seats) {
        self.unwanted.extend(seats.wanted(audience, customer));
        let seat = (audience, customer);
        if seats.before.contains(&seat) {
            self.left.push(seat);
        }
    }

    /// Somebody is in, by these addresses and no others.
    fn put(&mut self, audience: &Asked, view: &CustomerView, decided: Decision, seats: &Seats) {
        let id = audience.row.id;
        self.members.push(MemberRow {
            audience: id,
            customer: view.id,
            standing: decided.standing as i64,
            look_at: decided.look_at,
        });
        let mut kept = BTreeSet::new();
        for record in decided.records {
            let (Some(address), Ok(text)) = (
                bytes_of_hex(&record.address),
                serde_json::to_string(&record),
            ) else {
                continue;
            };
            kept.insert((id, address));
            let row = EntryRow {
                audience: id,
                address,
                kind: record.kind as i64,
                customer: Some(view.id),
                record: text,
                todo: Todo::Put,
                is_there: false,
                turn: 1,
                refused: None,
            };
            self.wanted.insert((id, address), row);
        }
        let had = seats.wanted(id, view.id);
        self.unwanted.extend(had.filter(|key| !kept.contains(key)));
    }
}

fn decision(audience: &Asked, view: &CustomerView, verdicts: &[Verdict]) -> Decision {
    let [by_mail, by_number] = verdicts else {
        return Decision {
            standing: Standing::NoYes,
            records: Vec::new(),
            look_at: None,
        };
    };
    let text = |key: &str| view.profile.traits.text(key);
    let known = Known {
        customer: Some(view.id),
        first_name: text("first_name"),
        last_name: text("last_name"),
        city: text("city"),
        postal_code: text("postal_code"),
        country: text("country"),
    };
    let values: Vec<(NodeId, String)> = view
        .identifiers
        .iter()
        .map(|it| (it.node, it.value.to_string()))
        .collect();
    let offered = Offered {
        platform: audience.platform,
        fields: audience.fields,
        known: &known,
        values: &values,
    };
    decide(&offered, by_mail, by_number)
}

/// The bytes of a hash.
fn bytes_of_hex(text: &str) -> Option<[u8; ADDRESS_BYTES]> {
    let mut bytes = [0; ADDRESS_BYTES];
    if text.len() != ADDRESS_BYTES * 2 || !text.is_ascii() {
        return None;
    }
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(place * 2..place * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// The record of an entry; of one without, what its key alone makes.
pub(super) fn record_of(row: &EntryRow, is_whole: bool) -> Record {
    let known = serde_json::from_str::<Record>(&row.record).ok();
    known.filter(|_| is_whole).unwrap_or_else(|| {
        let kinds = AddressKind::ALL.into_iter();
        let kind = kinds.into_iter().find(|kind| *kind as i64 == row.kind);
        let hex: String = row.address.iter().map(|it| format!("{it:02x}")).collect();
        Record::bare(kind.unwrap_or(AddressKind::Email), hex)
    })
}
