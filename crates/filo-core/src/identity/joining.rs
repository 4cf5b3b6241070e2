//! What of the rules a person may change, and how far.
//!
//! **Invariant:** what passes [`JoiningRules::checked`] leaves the safety caps, the normal form of
//! identifiers and the households as they are; so any two rules that passed differ only in who is
//! joined with whom, never in what an identifier is.

use serde::{Deserialize, Serialize};

use super::{Blocked, Kind, Limit, Limits, Rules, Strength};

/// More identifiers of a kind than this are nobody's.
pub const IDENTIFIERS_MOST: u32 = 100;
/// Fewer links than this are everybody's: an e-mail, a telephone, a card.
pub const SUSPECT_LINKS_LEAST: u32 = 3;
/// With more links than this nothing would ever be suspect.
pub const SUSPECT_LINKS_MOST: u32 = 200;
/// Longer lists of values that are nobody's are looked at by nobody.
pub const BLOCKED_MOST: usize = 1_000;
/// A longer value is no identifier.
pub const BLOCKED_CHARS_MOST: usize = 100;

/// The rules that an owner may change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JoiningRules {
    /// How many identifiers of each kind one customer can have.
    pub limits: Limits,
    /// With links to more people's identifiers than this an identifier joins nobody.
    pub suspect_links: u32,
    /// Values and mailboxes that never join anybody; they concern identifiers still to come,
    /// because those that came before stand in the events as they were read.
    pub blocked: Blocked,
}

/// What is wrong with rules as they were given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleFault {
    /// A limit below 1 or above [`IDENTIFIERS_MOST`].
    Limit(Kind),
    /// A fixed line or a company joins nobody, so there is nothing to limit.
    Household(Kind),
    /// Not from [`SUSPECT_LINKS_LEAST`] to [`SUSPECT_LINKS_MOST`].
    SuspectLinks,
    /// More than [`BLOCKED_MOST`] values or mailboxes.
    BlockedTooMany,
    /// A value that is too long, or has a line break or another control character.
    BlockedUnfit,
}

impl JoiningRules {
    /// The kinds that can have a limit, by priority.
    pub fn kinds() -> impl Iterator<Item = Kind> {
        Kind::ALL
            .into_iter()
            .filter(|kind| kind.strength() != Strength::Household)
    }

    /// The same rules, if they can be followed.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn checked(self) -> Result<Self, RuleFault> {
        for kind in Kind::ALL {
            let limit = self.limits.of(kind);
            if kind.strength() == Strength::Household {
                if limit != Limit::NONE {
                    return Err(RuleFault::Household(kind));
                }
            } else if !(1..=IDENTIFIERS_MOST).contains(&limit.most) {
                return Err(RuleFault::Limit(kind));
            }
        }
        if !(SUSPECT_LINKS_LEAST..=SUSPECT_LINKS_MOST).contains(&self.suspect_links) {
            return Err(RuleFault::SuspectLinks);
        }
        let (values, mailboxes) = (self.blocked.values(), self.blocked.mailboxes());
        if values.count() > BLOCKED_MOST || mailboxes.count() > BLOCKED_MOST {
            return Err(RuleFault::BlockedTooMany);
        }
        let unfit = |value: &str| {
            value.chars().count() > BLOCKED_CHARS_MOST || value.chars().any(char::is_control)
        };
        if self
            .blocked
            .values()
            .chain(self.blocked.mailboxes())
            .any(unfit)
        {
            return Err(RuleFault::BlockedUnfit);
        }
        Ok(self)
    }
}

impl Rules {
    /// The part that an owner may change.
    #[must_use]
    pub fn joining(&self) -> JoiningRules {
        JoiningRules {
            limits: self.limits.clone(),
            suspect_links: self.suspect_links,
            blocked: self.blocked.clone(),
        }
    }

    /// The same with another such part.
    #[must_use]
    pub fn with_joining(&self, joining: JoiningRules) -> Self {
        Self {
            limits: joining.limits,
            suspect_links: joining.suspect_links,
            blocked: joining.blocked,
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Window;

    fn changed(change: impl FnOnce(&mut JoiningRules)) -> Result<JoiningRules, RuleFault> {
        let mut joining = Rules::default().joining();
        change(&mut joining);
        joining.checked()
    }

    fn limited(kind: Kind, most: u32) -> Result<JoiningRules, RuleFault> {
        changed(|it| it.limits = it.limits.clone().with(kind, most, Window::Ever))
    }

    #[test]
    fn what_a_workspace_begins_with_passes() {
        assert!(changed(|_same| {}).is_ok());
    }

    #[test]
    fn limits_have_bounds_and_households_have_none() {
        for kind in JoiningRules::kinds() {
            assert!(limited(kind, 1).is_ok() && limited(kind, IDENTIFIERS_MOST).is_ok());
            for most in [0, IDENTIFIERS_MOST + 1, u32::MAX] {
                assert_eq!(limited(kind, most), Err(RuleFault::Limit(kind)));
            }
        }
        assert_eq!(
            limited(Kind::Landline, 3),
            Err(RuleFault::Household(Kind::Landline))
        );
    }

    #[test]
    fn what_is_suspect_and_what_is_blocked_have_bounds() {
        for (links, passes) in [(2, false), (3, true), (200, true), (201, false)] {
            assert_eq!(
                changed(|it| it.suspect_links = links).is_ok(),
                passes,
                "{links}"
            );
        }
        let block =
            |value: String| changed(|it| it.blocked = it.blocked.clone().with_value(&value));
        assert!(block("x".repeat(BLOCKED_CHARS_MOST)).is_ok());
        assert_eq!(
            block("x".repeat(BLOCKED_CHARS_MOST + 1)),
            Err(RuleFault::BlockedUnfit)
        );
        assert_eq!(block("a\nb".to_owned()), Err(RuleFault::BlockedUnfit));
        let many = (0..=BLOCKED_MOST).map(|number| number.to_string().into());
        assert_eq!(
            changed(|it| it.blocked = Blocked::new(many, [])),
            Err(RuleFault::BlockedTooMany)
        );
    }

    #[test]
    fn the_rest_of_the_rules_stays() {
        let rules = Rules {
            country: "CH".into(),
            customer_cap: 77,
            ..Rules::default()
        };
        let mut joining = rules.joining();
        joining.suspect_links = 9;
        let after = rules.with_joining(joining.clone());
        assert_eq!(after.joining(), joining);
        assert_eq!((after.country.as_str(), after.customer_cap), ("CH", 77));
    }
}
