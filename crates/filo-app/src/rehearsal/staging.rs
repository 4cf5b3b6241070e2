//! Setting the stage: a version with the company's rules as they stand now.

use std::sync::Arc;

use compact_str::CompactString;
use filo_core::content::Piece;
use filo_core::id::{JourneyId, MessageId, RunId};
use filo_core::journey::rehearsal::{Own, Period, Rulebook, Stage, Voice};
use filo_core::journey::{Action, Journey, Plan};
use filo_core::time::Timestamp;
use filo_store::journey::{self, run};
use filo_store::rehearsal::RehearsalRow;
use filo_store::{message, piece};

use super::{Asked, version_of};
use crate::app::App;
use crate::error::{Error, Result};
use crate::message::class_of;

const DAY_SECONDS: i64 = 86_400;
/// Ids read at a time.
const PAGE: u32 = 10_000;

/// A version on its stage.
pub(super) struct Staged {
    /// Which was published; 0 for what is worked on.
    pub(super) version: i64,
    /// Of what is worked on, which state.
    pub(super) draft: i64,
    pub(super) stage: Stage,
}

impl App {
    /// What a rehearsal plays, the version that was asked for first.
    pub(super) async fn staged(&self, row: &RehearsalRow) -> Result<Vec<Staged>> {
        let asked = Asked::of(row)?;
        let own = Arc::new(self.own_of(row.journey).await?);
        let mut staged = Vec::new();
        for version in [Some(asked.version), asked.beside].into_iter().flatten() {
            let (draft, document) = {
                let mut tx = self.shared().db.read().await?;
                let known = journey::get(&mut tx, row.journey).await?;
                let known = known.ok_or(Error::Missing("journey"))?;
                (known.version, version_of(&mut tx, &known, version).await?)
            };
            let period = period_of(&asked, row.begun_at);
            let mut stage = self.stage(row.journey, (version, document), period).await?;
            stage.own = Arc::clone(&own);
            staged.push(Staged {
                version,
                draft: if version == 0 { draft } else { 0 },
                stage,
            });
        }
        Ok(staged)
    }

    async fn stage(
        &self,
        id: JourneyId,
        (version, document): (i64, Journey),
        period: Period,
    ) -> Result<Stage> {
        let rulebook = Rulebook {
            policy: self.message_policy().await?.policy,
            rules: self.rules(),
            key: self.key(),
        };
        let scene = self.known_book().await?.book.scene().clone();
        let pieces: Vec<_> = document
            .walk()
            .into_iter()
            .filter_map(|step| match &step.action {
                Action::Send(send) => Some(send.piece),
                _ => None,
            })
            .collect();
        let purposes = scene.purposes.clone();
        let plan = Plan::new(id, version, document);
        let mut stage = Stage::new(plan, scene, period, rulebook);
        let mut tx = self.shared().db.read().await?;
        for id in pieces {
            let row = piece::get(&mut tx, id).await?;
            let Some(piece) = row.and_then(|row| Piece::from_json(&row.document).ok()) else {
                continue;
            };
            let voice = Voice {
                class: class_of(&purposes, &piece.purpose),
                purpose: CompactString::from(piece.purpose.as_str()),
            };
            stage.voices.insert(id, voice);
        }
        Ok(stage)
    }

    /// What a journey really did.
    async fn own_of(&self, id: JourneyId) -> Result<Own> {
        let mut own = Own::default();
        let mut tx = self.shared().db.read().await?;
        let mut behind = RunId(0);
        loop {
            let page = run::ids_of(&mut tx, id, behind, PAGE).await?;
            let Some(last) = page.last() else { break };
            behind = *last;
            own.runs.extend(page);
        }
        let mut behind = MessageId(0);
        loop {
            let page = message::ids_by(&mut tx, id, behind, PAGE).await?;
            let Some(last) = page.last() else {
                return Ok(own);
            };
            behind = *last;
            own.messages.extend(page);
        }
    }
}

/// The days before somebody asked: whoever begins it anew plays the same.
pub(super) fn period_of(asked: &Asked, until: Timestamp) -> Period {
    let from = until.plus_seconds(-i64::from(asked.days) * DAY_SECONDS);
    Period {
        from,
        until,
        broadcast_at: asked.broadcast_at.unwrap_or(from),
    }
}
