//! What something is expected to cost, at the prices in force: the rehearsal of a journey, a
//! broadcast before it begins, messages that wait for a yes.

use std::collections::BTreeMap;

use filo_core::content::{Category, Piece};
use filo_core::cost::{Cost, Fare, Item, Micros, PriceList, Usage};
use filo_core::id::{MessageId, PieceId};
use filo_core::journey::rehearsal::Side;
use filo_core::journey::{Action, Journey, Send, Trigger};
use filo_core::message::Medium;
use filo_core::message::saying::Saying;
use filo_core::time::Timestamp;
use filo_store::message::{MessageRow, asked};
use filo_store::segment::member;
use jiff::civil::Date;

use crate::app::App;
use crate::approval::{ApprovalView, Waiting};
use crate::error::{Error, Result};
use crate::message::{about, class_of};

/// What a version of a journey would have cost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SideCost {
    /// Altogether.
    pub cost: Cost,
    /// By day of the company's calendar; days on which nothing is paid for are left out.
    pub days: BTreeMap<Date, Cost>,
}

impl SideCost {
    /// Of what a rehearsal counted; nothing of one that did not count it yet.
    #[must_use]
    pub fn of(side: &Side, prices: &PriceList) -> Option<Self> {
        let usage = side.usage.as_ref()?;
        let mut whole = Usage::default();
        for of_day in usage.values() {
            whole.add(of_day);
        }
        let days = usage.iter();
        Some(Self {
            cost: prices.cost(&whole),
            days: days.map(|(day, it)| (*day, prices.cost(it))).collect(),
        })
    }
}

/// What a broadcast costs at most.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BroadcastCost {
    /// How many are in its segment now.
    pub people: u64,
    /// What it comes to if each of them gets every message of every way.
    pub cost: Cost,
}

impl App {
    /// What a broadcast costs at most, if everybody who is in its segment now gets everything
    /// that it says; nothing for a journey that is none.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn broadcast_cost(&self, journey: &Journey) -> Result<Option<BroadcastCost>> {
        let Trigger::Broadcast(segment) = journey.trigger else {
            return Ok(None);
        };
        let people = {
            let mut tx = self.shared().db.read().await?;
            member::count(&mut tx, segment).await?
        };
        let people = u64::try_from(people).unwrap_or(0);
        let prices = self.message_prices().await?.list;
        let mut usage = Usage::default();
        for step in journey.walk() {
            match &step.action {
                Action::Send(send) => {
                    if let Some(fare) = self.dearest_of(send, &prices).await? {
                        usage.note(fare.item, fare.times(people));
                    }
                }
                Action::Ask(ask) => usage.note(Item::of_task(ask.kind), people),
                _ => {}
            }
        }
        Ok(Some(BroadcastCost {
            people,
            cost: prices.cost(&usage),
        }))
    }

    /// What a step is paid for where each of its messages goes by the dearest of its media; one
    /// without a price may be dearer than any.
    async fn dearest_of(&self, send: &Send, prices: &PriceList) -> Result<Option<Fare>> {
        let mut fares = Vec::new();
        for medium in send.media() {
            fares.extend(self.fare_of_piece(send.piece, medium).await?);
        }
        let dear = |fare: &Fare| {
            let price = prices.of(fare.item);
            price.map_or(Micros(i64::MAX), |price| price.times(fare.times(1)))
        };
        Ok(fares.into_iter().max_by_key(dear))
    }

    /// What it costs to say yes to what waits: each message by its medium, and by the words of
    /// the one that has waited longest.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn waiting_cost(&self, waiting: &Waiting) -> Result<Cost> {
        self.cost_at(waiting, &BTreeMap::new()).await
    }

    /// The same with the texts of the most different of its people, as they would leave; nothing
    /// where nobody waits.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn approval_cost(&self, view: &ApprovalView) -> Result<Option<Cost>> {
        let Some(waiting) = &view.waiting else {
            return Ok(None);
        };
        let template = view.piece.as_ref();
        let template = template.and_then(|it| template_of(&it.piece));
        let mut fares: BTreeMap<Medium, Fare> = BTreeMap::new();
        for sample in &view.samples {
            let (row, Ok(says)) = (&sample.row, &sample.says) else {
                continue;
            };
            let spoken = (row.medium, row.class);
            let Some((item, units)) = Item::of_message(spoken, &says.text, template) else {
                continue;
            };
            let known = fares.entry(row.medium);
            known
                .and_modify(|fare| fare.note(units))
                .or_insert_with(|| Fare::of((item, units)));
        }
        self.cost_at(waiting, &fares).await.map(Some)
    }

    /// What waits, at these fares; where there is none of a medium, by what is written.
    async fn cost_at(&self, waiting: &Waiting, fares: &BTreeMap<Medium, Fare>) -> Result<Cost> {
        let about = about(waiting.journey, &waiting.step);
        let (first, media) = {
            let mut tx = self.shared().db.read().await?;
            let behind = (Timestamp::MIN, MessageId(0));
            let first = asked::page(&mut tx, &about, behind, 1).await?;
            (first, asked::media(&mut tx, &about).await?)
        };
        let mut usage = Usage::default();
        for (medium, count) in media {
            let fare = match (fares.get(&medium), first.first()) {
                (Some(fare), _) => Some(*fare),
                (None, Some(row)) => self.fare_of_message(row, medium).await?,
                (None, None) => None,
            };
            if let Some(fare) = fare {
                usage.note(fare.item, fare.times(u64::try_from(count).unwrap_or(0)));
            }
        }
        Ok(self.message_prices().await?.list.cost(&usage))
    }

    async fn fare_of_message(&self, row: &MessageRow, medium: Medium) -> Result<Option<Fare>> {
        match &row.saying {
            Saying::Piece { piece, .. } => self.fare_of_piece(*piece, medium).await,
            Saying::Words(words) => {
                let spoken = (medium, row.class);
                let language = self.company().company.language;
                let text = self
                    .with_way_out(spoken, words.text.clone(), language)
                    .await?;
                Ok(Item::of_message(spoken, &text, None).map(Fare::of))
            }
            Saying::Confirmation { .. } => Ok(Some(Fare::of((Item::Email, 1)))),
        }
    }

    /// What a message of a piece is paid for, by its texts as they are written: of text messages
    /// the one of most parts. Nothing if there is no such piece, or it is said aloud.
    pub(crate) async fn fare_of_piece(&self, id: PieceId, medium: Medium) -> Result<Option<Fare>> {
        let piece = match self.piece(id).await {
            Ok(view) => view.piece,
            Err(Error::Missing(_)) => return Ok(None),
            Err(other) => return Err(other),
        };
        let purposes = self.purposes().await?.purposes;
        let class = class_of(&purposes, &piece.purpose);
        let template = template_of(&piece);
        let mut most = Item::of_message((medium, class), "", template).map(Fare::of);
        for adaptation in piece.adaptations.iter().filter(|it| it.medium == medium) {
            let text = adaptation.fields.text.clone();
            let text = self
                .with_way_out((medium, class), text, adaptation.language)
                .await?;
            let fare = Item::of_message((medium, class), &text, template).map(Fare::of);
            let units = |fare: &Option<Fare>| fare.map_or(0, |it| it.units);
            if units(&fare) > units(&most) {
                most = fare;
            }
        }
        Ok(most)
    }
}

/// Whether WhatsApp gets a template of a piece, and of what category.
fn template_of(piece: &Piece) -> Option<Option<Category>> {
    let texts = piece.adaptations.iter();
    let mut texts = texts.filter(|it| it.medium == Medium::Whatsapp);
    let found = texts.find(|it| !it.fields.template.is_empty())?;
    Some(found.fields.category)
}
