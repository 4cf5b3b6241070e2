//! Putting a promotion away, and bringing it back.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use filo_app::{App, Error};
use filo_core::id::PromotionId;
use http::StatusCode;
use serde::Deserialize;

use super::form::refused;
use crate::console::posted::Posted;
use crate::console::{Answer, done, id};
use crate::right::ManageContent;

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

/// Puts it away, unless a piece tells it: then its page says which.
pub(in crate::console) async fn archive(
    State(app): State<App>,
    Path(promotion): Path<String>,
    posted: Posted<ManageContent, Nothing>,
) -> Answer {
    let promotion: PromotionId = id(&promotion)?;
    let session = posted.session;
    match app.archive_promotion(&session.actor, promotion).await {
        Ok(_) => done(&format!("/promotions?done-away={promotion}")),
        Err(Error::Conflict(_)) => {
            let view = app.promotion(promotion).await?;
            Ok((StatusCode::CONFLICT, refused(&session, &view)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub(in crate::console) async fn restore(
    State(app): State<App>,
    Path(promotion): Path<String>,
    posted: Posted<ManageContent, Nothing>,
) -> Answer {
    let promotion: PromotionId = id(&promotion)?;
    app.restore_promotion(&posted.session.actor, promotion)
        .await?;
    done(&format!("/promotions/{promotion}?done=promotion-back"))
}
