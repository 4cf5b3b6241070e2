//! What pieces are to be, as the API takes it.

use std::collections::BTreeMap;

use filo_app::content::Wanted;
use filo_core::company::Language;
use filo_core::content::{Piece, Reason, Tone, Variant};
use filo_core::id::CustomerId;
use filo_core::message::Medium;
use serde::Deserialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::problem::Problem;

/// A piece.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PieceIn {
    /// What it says: the book describes it.
    #[schema(value_type = Object, example = json!({
        "name": "Welcome", "purpose": "marketing", "class": "marketing",
        "adaptations": [{"medium": "email", "language": "en", "fields": {
            "subject": "Nice to meet you", "text": "Hello {{ first_name | default(\"\") }}"
        }}]
    }))]
    piece: Box<RawValue>,
}

/// A piece as it is to be, from the version that was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PieceChangeIn {
    /// The version that was read.
    pub(super) version: i64,
    /// What it says.
    #[schema(value_type = Object)]
    piece: Box<RawValue>,
}

/// Back to what a piece said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PieceReturnIn {
    /// The version that was read.
    pub(super) version: i64,
    /// The version that it is to say again.
    pub(super) to: i64,
}

/// A piece to look at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PiecePreviewIn {
    /// What it says.
    #[schema(value_type = Object)]
    piece: Box<RawValue>,
    /// By what: `email`, `sms`, `whatsapp`, `telegram`, `push`, `in_app`, `call`, `counter`.
    #[schema(value_type = String, example = "email")]
    medium: Medium,
    /// `it` or `en`; without it that of the customer.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    language: Option<Language>,
    /// `friendly`, `formal`, `ironic`, `technical`, `bottom_line`; without it that of the customer.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    tone: Option<Tone>,
    /// `a`, `b` or `c`; by turns without it.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    variant: Option<Variant>,
    /// For whom; for somebody invented without it.
    #[serde(default)]
    customer: Option<String>,
}

impl PieceIn {
    pub(super) fn piece(self) -> Result<Piece, Problem> {
        piece(&self.piece)
    }
}

impl PieceChangeIn {
    pub(super) fn piece(self) -> Result<Piece, Problem> {
        piece(&self.piece)
    }
}

impl PiecePreviewIn {
    pub(super) fn read(self) -> Result<(Piece, (Option<CustomerId>, Wanted)), Problem> {
        let unknown = |_| Problem::invalid("customer", "the id of a customer");
        let customer = self.customer.map(|id| id.parse().map_err(unknown));
        let wanted = Wanted {
            customer: CustomerId(0),
            medium: self.medium,
            tone: self.tone,
            language: self.language,
            variant: self.variant,
            event: BTreeMap::new(),
            reason: Reason::Birthday,
            links: BTreeMap::new(),
            times: 0,
        };
        Ok((piece(&self.piece)?, (customer.transpose()?, wanted)))
    }
}

fn piece(raw: &RawValue) -> Result<Piece, Problem> {
    let document = format!(r#"{{"version":1,"piece":{}}}"#, raw.get());
    Piece::from_json(&document).map_err(|fault| Problem::invalid("piece", fault.to_string()))
}
