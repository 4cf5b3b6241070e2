//! Making pieces, changing them, putting them away and bringing them back.

use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::content::{Piece, check};
use filo_core::id::PieceId;
use filo_store::piece::{self, PieceRow};
use filo_store::{Tx, promotion};

use super::{PIECES_MOST, PieceView, known, version, view};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

impl App {
    /// Makes a piece.
    ///
    /// # Errors
    /// If the actor may not, or something of it cannot be.
    pub async fn create_piece(&self, actor: &Actor, piece: Piece) -> Result<PieceView> {
        actor.must(Right::ManageContent)?;
        let (now, id) = (self.now(), PieceId(self.spare_id()));
        let mut tx = self.shared().db.begin().await?;
        let rows = piece::list(&mut tx).await?;
        if rows.iter().filter(|row| row.archived_at.is_none()).count() >= PIECES_MOST {
            return Err(Error::Conflict(format!(
                "there are {PIECES_MOST} pieces already: put one away first"
            )));
        }
        let piece = self.fitting(&mut tx, piece).await?;
        let row = PieceRow {
            id,
            name: piece.name.to_string(),
            document: piece.to_json(),
            version: 1,
            created_at: now,
            created_by: actor.name.clone(),
            changed_at: now,
            changed_by: actor.name.clone(),
            archived_at: None,
        };
        piece::insert(&mut tx, &row).await?;
        self.note_piece(tx, actor, row.id).await
    }

    /// Changes a piece, from the version that was read. What it said before stays in its history.
    ///
    /// # Errors
    /// If the actor may not, something of it cannot be, it was put away, or somebody else changed
    /// it meanwhile.
    pub async fn change_piece(
        &self,
        actor: &Actor,
        (id, version): (PieceId, i64),
        piece: Piece,
    ) -> Result<PieceView> {
        actor.must(Right::ManageContent)?;
        let mut tx = self.shared().db.begin().await?;
        let mut row = known(&mut tx, id).await?;
        if row.archived_at.is_some() {
            return Err(Error::Conflict(
                "it was put away: bring it back first".to_owned(),
            ));
        }
        let piece = self.fitting(&mut tx, piece).await?;
        row.version = version;
        row.name = piece.name.to_string();
        row.document = piece.to_json();
        self.save_piece(tx, actor, row).await
    }

    /// Lets a piece say again what it said at a version; that is a version of its own.
    ///
    /// # Errors
    /// As with every change, or if there is no such version.
    pub async fn return_piece(
        &self,
        actor: &Actor,
        (id, seen): (PieceId, i64),
        to: i64,
    ) -> Result<PieceView> {
        let old = {
            let mut tx = self.shared().db.read().await?;
            piece::version(&mut tx, id, to).await?
        };
        let old = version(old.ok_or(Error::Missing("version"))?)?;
        self.change_piece(actor, (id, seen), old.piece).await
    }

    /// Puts a piece away: nothing says it any more, and it can be brought back.
    ///
    /// # Errors
    /// If the actor may not, or there is none.
    pub async fn archive_piece(&self, actor: &Actor, id: PieceId) -> Result<PieceView> {
        self.move_piece(actor, id, true).await
    }

    /// Brings back a piece that was put away.
    ///
    /// # Errors
    /// If the actor may not, there is none, or its offer was put away meanwhile.
    pub async fn restore_piece(&self, actor: &Actor, id: PieceId) -> Result<PieceView> {
        self.move_piece(actor, id, false).await
    }

    async fn move_piece(&self, actor: &Actor, id: PieceId, away: bool) -> Result<PieceView> {
        actor.must(Right::ManageContent)?;
        let mut tx = self.shared().db.begin().await?;
        let mut row = known(&mut tx, id).await?;
        if row.archived_at.is_some() == away {
            return view(row);
        }
        if !away {
            let piece = view(row.clone())?.piece;
            self.fitting(&mut tx, piece).await?;
        }
        row.archived_at = away.then(|| self.now());
        self.save_piece(tx, actor, row).await
    }

    /// The piece with its names trimmed, if all of it can be.
    async fn fitting(&self, tx: &mut Tx<'_>, mut piece: Piece) -> Result<Piece> {
        piece.name = piece.name.trim().into();
        piece.pillar = piece.pillar.trim().into();
        if let Some(wrong) = check(&piece).into_iter().next() {
            let place = wrong.text.map(|(medium, language, tone, variant)| {
                let words = [medium.word(), language.tag(), tone.word(), variant.word()];
                format!("{}: ", words.join(" "))
            });
            let place = place.unwrap_or_default();
            return Err(Error::invalid("piece", format!("{place}{}", wrong.fault)));
        }
        if self
            .purposes()
            .await?
            .purposes
            .get(&piece.purpose)
            .is_none()
        {
            return Err(Error::invalid(
                "purpose",
                "one of the purposes in the settings",
            ));
        }
        if let Some(id) = piece.promotion {
            let row = promotion::get(tx, id).await?;
            if row.is_none_or(|row| row.archived_at.is_some()) {
                return Err(Error::invalid("promotion", "one of the promotions in use"));
            }
        }
        Ok(piece)
    }

    async fn save_piece(
        &self,
        mut tx: Tx<'_>,
        actor: &Actor,
        mut row: PieceRow,
    ) -> Result<PieceView> {
        row.changed_at = self.now();
        row.changed_by.clone_from(&actor.name);
        if !piece::change(&mut tx, &row).await? {
            let why = "the piece was changed by somebody else meanwhile";
            return Err(Error::Conflict(why.to_owned()));
        }
        self.note_piece(tx, actor, row.id).await
    }

    async fn note_piece(&self, mut tx: Tx<'_>, actor: &Actor, id: PieceId) -> Result<PieceView> {
        let entry = actor.did(Act::PieceChanged, self.now());
        record(&mut tx, &entry.about(id)).await?;
        tx.commit().await?;
        self.piece(id).await
    }

    /// Removes the pieces that name somebody, and the versions that did. How many.
    pub(crate) async fn forget_in_content(&self, names: impl Fn(&str) -> bool) -> Result<u64> {
        let mut tx = self.shared().db.begin().await?;
        let mut removed = 0;
        for row in piece::list(&mut tx).await? {
            if names(&row.name) || names(&row.document) {
                piece::remove(&mut tx, row.id).await?;
                removed += 1;
                continue;
            }
            for old in piece::versions(&mut tx, row.id).await? {
                if names(&old.document) {
                    piece::remove_version(&mut tx, row.id, old.version).await?;
                    removed += 1;
                }
            }
        }
        for row in promotion::list(&mut tx).await? {
            if names(&row.name) || names(&row.document) {
                promotion::remove(&mut tx, row.id).await?;
                removed += 1;
            }
        }
        tx.commit().await?;
        Ok(removed)
    }
}
