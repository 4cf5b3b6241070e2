//! How far a message came, as its carrier tells bit by bit.
//!
//! **Invariant:** what is told twice or in another order gives the same receipt.

use crate::time::Timestamp;

/// How far a message came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// On its way from the carrier.
    Sent,
    /// It does not arrive.
    Failed,
    /// It arrived.
    Delivered,
    /// It was read.
    Read,
}

impl Stage {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Sent, Self::Failed, Self::Delivered, Self::Read];

    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Delivered => "delivered",
            Self::Read => "read",
        }
    }
}

/// What a carrier told of one message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Receipt {
    /// Its id there; empty if it was never told.
    pub carrier_id: String,
    /// When it arrived.
    pub delivered_at: Option<Timestamp>,
    /// When it was read.
    pub read_at: Option<Timestamp>,
    /// When it was given up.
    pub failed_at: Option<Timestamp>,
    /// With which code.
    pub code: String,
}

impl Receipt {
    /// The receipt after a stage was told; the first time of each stage stands.
    #[must_use]
    pub fn heard(mut self, stage: Stage, at: Timestamp, code: &str) -> Self {
        let earlier = |known: Option<Timestamp>| Some(known.map_or(at, |known| known.min(at)));
        match stage {
            Stage::Sent => {}
            Stage::Delivered => self.delivered_at = earlier(self.delivered_at),
            Stage::Read => self.read_at = earlier(self.read_at),
            Stage::Failed => {
                self.failed_at = earlier(self.failed_at);
                if self.code.is_empty() || (!code.is_empty() && code < self.code.as_str()) {
                    code.clone_into(&mut self.code);
                }
            }
        }
        self
    }

    /// How far it came: what arrived after all was not given up.
    #[must_use]
    pub const fn stage(&self) -> Stage {
        if self.read_at.is_some() {
            Stage::Read
        } else if self.delivered_at.is_some() {
            Stage::Delivered
        } else if self.failed_at.is_some() {
            Stage::Failed
        } else {
            Stage::Sent
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn order_and_repetition_change_nothing(
            heard in prop::collection::vec((0usize..4, 0i64..9, 0usize..3), 0..8),
            turns in any::<prop::sample::Index>(),
        ) {
            let codes = ["", "30003", "30005"];
            let fold = |list: &[(usize, i64, usize)]| {
                list.iter().fold(Receipt::default(), |receipt, (stage, at, code)| {
                    receipt.heard(Stage::ALL[*stage], Timestamp(*at), codes[*code])
                })
            };
            let mut other = heard.clone();
            other.reverse();
            if !other.is_empty() {
                let turn = turns.index(other.len());
                other.rotate_left(turn);
                other.push(other[0]);
            }
            prop_assert_eq!(fold(&heard), fold(&other));
        }
    }

    #[test]
    fn what_was_read_arrived() {
        let told = Receipt::default();
        assert_eq!(told.stage(), Stage::Sent);
        let told = told.heard(Stage::Failed, Timestamp(2), "30003");
        assert_eq!((told.stage(), told.code.as_str()), (Stage::Failed, "30003"));
        let told = told.heard(Stage::Delivered, Timestamp(3), "");
        assert_eq!(told.stage(), Stage::Delivered);
        assert_eq!(
            told.heard(Stage::Read, Timestamp(4), "").stage(),
            Stage::Read
        );
    }
}
