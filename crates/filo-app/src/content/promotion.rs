//! Promotions: making them, changing them, putting them away and bringing them back.

use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::content::Promotion;
use filo_core::id::{PieceId, PromotionId};
use filo_store::Tx;
use filo_store::promotion::{self, PromotionRow};

use super::users;
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

/// A promotion as it stands.
#[derive(Debug, Clone)]
pub struct PromotionView {
    /// The row.
    pub row: PromotionRow,
    /// What is offered.
    pub promotion: Promotion,
    /// The pieces in use that refer to it, by name.
    pub pieces: Vec<(PieceId, String)>,
}

impl App {
    /// Every promotion, also those that were put away, by name.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn promotions(&self) -> Result<Vec<PromotionView>> {
        let mut tx = self.shared().db.read().await?;
        let mut views = Vec::new();
        for row in promotion::list(&mut tx).await? {
            views.push(view(&mut tx, row).await?);
        }
        views.sort_by_cached_key(|view| (view.row.name.to_lowercase(), view.row.id));
        Ok(views)
    }

    /// One promotion.
    ///
    /// # Errors
    /// If there is none.
    pub async fn promotion(&self, id: PromotionId) -> Result<PromotionView> {
        let mut tx = self.shared().db.read().await?;
        let row = known(&mut tx, id).await?;
        view(&mut tx, row).await
    }

    /// Makes a promotion.
    ///
    /// # Errors
    /// If the actor may not, or a field is wrong.
    pub async fn create_promotion(
        &self,
        actor: &Actor,
        promotion: Promotion,
    ) -> Result<PromotionView> {
        actor.must(Right::ManageContent)?;
        let promotion = checked(promotion)?;
        let now = self.now();
        let row = PromotionRow {
            id: PromotionId(self.spare_id()),
            name: promotion.name.to_string(),
            document: promotion.to_json(),
            version: 1,
            created_at: now,
            created_by: actor.name.clone(),
            changed_at: now,
            changed_by: actor.name.clone(),
            archived_at: None,
        };
        let mut tx = self.shared().db.begin().await?;
        promotion::insert(&mut tx, &row).await?;
        self.note_promotion(tx, actor, row.id).await
    }

    /// Changes a promotion, from the version that was read: every piece that refers to it tells
    /// it so from now on.
    ///
    /// # Errors
    /// If the actor may not, a field is wrong, it was put away, or somebody else changed it
    /// meanwhile.
    pub async fn change_promotion(
        &self,
        actor: &Actor,
        (id, version): (PromotionId, i64),
        promotion: Promotion,
    ) -> Result<PromotionView> {
        actor.must(Right::ManageContent)?;
        let promotion = checked(promotion)?;
        let mut tx = self.shared().db.begin().await?;
        let mut row = known(&mut tx, id).await?;
        if row.archived_at.is_some() {
            return Err(Error::Conflict(
                "it was put away: bring it back first".to_owned(),
            ));
        }
        row.version = version;
        row.name = promotion.name.to_string();
        row.document = promotion.to_json();
        self.save_promotion(tx, actor, row).await
    }

    /// Puts a promotion away, unless a piece in use refers to it.
    ///
    /// # Errors
    /// If the actor may not, there is none, or it is used.
    pub async fn archive_promotion(&self, actor: &Actor, id: PromotionId) -> Result<PromotionView> {
        actor.must(Right::ManageContent)?;
        let mut tx = self.shared().db.begin().await?;
        let mut row = known(&mut tx, id).await?;
        if row.archived_at.is_some() {
            return view(&mut tx, row).await;
        }
        let users = users(&mut tx, id).await?;
        if !users.is_empty() {
            let names: Vec<String> = users.iter().map(|(_, name)| format!("“{name}”")).collect();
            return Err(Error::Conflict(format!(
                "told by {}: change that first",
                names.join(", ")
            )));
        }
        row.archived_at = Some(self.now());
        self.save_promotion(tx, actor, row).await
    }

    /// Brings back a promotion that was put away.
    ///
    /// # Errors
    /// If the actor may not, or there is none.
    pub async fn restore_promotion(&self, actor: &Actor, id: PromotionId) -> Result<PromotionView> {
        actor.must(Right::ManageContent)?;
        let mut tx = self.shared().db.begin().await?;
        let mut row = known(&mut tx, id).await?;
        if row.archived_at.is_none() {
            return view(&mut tx, row).await;
        }
        row.archived_at = None;
        self.save_promotion(tx, actor, row).await
    }

    async fn save_promotion(
        &self,
        mut tx: Tx<'_>,
        actor: &Actor,
        mut row: PromotionRow,
    ) -> Result<PromotionView> {
        row.changed_at = self.now();
        row.changed_by.clone_from(&actor.name);
        if !promotion::change(&mut tx, &row).await? {
            let why = "the promotion was changed by somebody else meanwhile";
            return Err(Error::Conflict(why.to_owned()));
        }
        self.note_promotion(tx, actor, row.id).await
    }

    async fn note_promotion(
        &self,
        mut tx: Tx<'_>,
        actor: &Actor,
        id: PromotionId,
    ) -> Result<PromotionView> {
        let entry = actor.did(Act::PromotionChanged, self.now());
        record(&mut tx, &entry.about(id)).await?;
        tx.commit().await?;
        self.promotion(id).await
    }
}

fn checked(promotion: Promotion) -> Result<Promotion> {
    let wrong =
        |fault: filo_core::content::PromotionFault| Error::invalid(fault.field, fault.reason);
    promotion.checked().map_err(wrong)
}

async fn known(tx: &mut Tx<'_>, id: PromotionId) -> Result<PromotionRow> {
    let row = promotion::get(tx, id).await?;
    row.ok_or(Error::Missing("promotion"))
}

async fn view(tx: &mut Tx<'_>, row: PromotionRow) -> Result<PromotionView> {
    Ok(PromotionView {
        promotion: Promotion::from_json(&row.document).map_err(anyhow::Error::from)?,
        pieces: users(tx, row.id).await?,
        row,
    })
}
