//! Suspects: identifiers with links to more people than one person has.
//!
//! **Invariant:** whether a node is suspect depends on the evidence of its own links alone, less
//! what a person of the company denied: what they join on their word makes nobody suspect. So it
//! never changes because an identifier appears that a decision named before. Claims alone can
//! only make claims suspect, so that nobody with a public key can cut a customer loose.

use serde::{Deserialize, Serialize};

use super::link::{Link, can_join};
use super::{Kind, Rules, Strength};
use crate::event::Trust;

/// How far a node's links are doubted.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Suspicion {
    /// Not at all.
    #[default]
    None,
    /// Claims about it join nobody.
    Claims,
    /// No evidence about it joins anybody; only a person of the company can.
    Everything,
}

/// The links of one node to identifiers of people that events prove and no person denies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PeopleLinks {
    /// Those that are more than a claim.
    pub believed: u32,
    /// All of them.
    pub all: u32,
}

impl PeopleLinks {
    /// Counts one link, if it is live by evidence and leads to an identifier of a person.
    pub fn count(&mut self, link: &Link, to: Kind) {
        if to.strength() != Strength::Person || !link.is_live() {
            return;
        }
        match link.evidence.map(|evidence| evidence.trust) {
            Some(Trust::Claimed) => self.all = self.all.saturating_add(1),
            Some(Trust::Verified | Trust::Staff) => {
                self.all = self.all.saturating_add(1);
                self.believed = self.believed.saturating_add(1);
            }
            None => {}
        }
    }
}

impl Suspicion {
    /// How far a node with these links is doubted. The limit holds for devices as for people's
    /// identifiers (a till's tablet that thirty customers signed in on); a household is never
    /// suspect, because it joins nobody anyway.
    #[must_use]
    pub fn of(kind: Kind, links: PeopleLinks, rules: &Rules) -> Self {
        if kind.strength() == Strength::Household {
            return Self::None;
        }
        if links.believed > rules.suspect_links {
            return Self::Everything;
        }
        if links.all > rules.suspect_links {
            Self::Claims
        } else {
            Self::None
        }
    }

    /// Whether evidence of this trust is doubted.
    #[must_use]
    pub const fn doubts(self, trust: Trust) -> bool {
        match self {
            Self::None => false,
            Self::Claims => matches!(trust, Trust::Claimed),
            Self::Everything => true,
        }
    }
}

/// Whether a link carries influence from one end to the other, so that who gathers a component
/// must follow it: a person's decision to join always does; evidence does if it can join and
/// neither end is doubted that far; all else only has to be in the component's list of links.
#[must_use]
pub fn crosses(link: &Link, kinds: (Kind, Kind), suspicions: (Suspicion, Suspicion)) -> bool {
    if link.verdict().is_some() {
        return link.is_live();
    }
    let Some(trust) = link.trust() else {
        return false;
    };
    can_join(kinds.0, kinds.1) && !suspicions.0.doubts(trust) && !suspicions.1.doubts(trust)
}
