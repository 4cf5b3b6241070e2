//! The steps that put somebody on a list, and take them off.

use serde::{Deserialize, Serialize};

use crate::as_text;
use crate::id::ListId;

/// A list that somebody is put on, or taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListStep {
    /// Which.
    #[serde(with = "as_text")]
    pub list: ListId,
}
