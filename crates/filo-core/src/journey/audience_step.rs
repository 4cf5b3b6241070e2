//! The steps that offer somebody to a platform of advertising, and take them back.
//!
//! **Invariant:** who is in an audience by a journey is said on the thread like who is on a list,
//! under the audience's own id: so it is part of a rebuild, of an erasure and of a rehearsal.

use serde::{Deserialize, Serialize};

use crate::as_text;
use crate::id::{AudienceId, ListId};

/// An audience that somebody is put into, or taken out of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AudienceStep {
    /// Which.
    #[serde(with = "as_text")]
    pub audience: AudienceId,
}

impl AudienceId {
    /// Under what the threads of people say that a journey put them into it.
    #[must_use]
    pub const fn as_list(self) -> ListId {
        ListId(self.0)
    }
}
