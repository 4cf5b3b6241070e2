//! Whether a browser is believed to be somebody's, so that what is meant for them may be shown there.
//!
//! **Invariant (I16):** of somebody whom the company's own systems know, no browser is theirs
//! because a public key says so; only because a secret key or a person of the company does.

use std::collections::BTreeSet;

use crate::event::Trust;
use crate::id::NodeId;
use crate::identity::{Kind, Link, NodeFacts, Strength};

/// The devices of one customer, by what is proven of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Devices {
    /// The company's own systems know who they are.
    is_verified: bool,
    /// What is tied to a verified person by more than claims.
    proven: BTreeSet<NodeId>,
    /// Browsers that were asked on such a device.
    beside: BTreeSet<NodeId>,
    /// Their one device, if they have one and no other.
    only: Option<NodeId>,
    /// Devices on which somebody else was known, or said to be: somebody shares them.
    shared: BTreeSet<NodeId>,
}

impl Devices {
    /// Reads what the identifiers of a customer and the links between them prove.
    #[must_use]
    pub fn new<'a>(nodes: impl Iterator<Item = &'a NodeFacts>, links: &[Link]) -> Self {
        let is_device = |node: NodeId| {
            let kind = node.kind();
            kind.is_some_and(|kind| kind != Kind::WebPush && kind.strength() == Strength::Device)
        };
        let (mut proven, mut devices) = (BTreeSet::new(), BTreeSet::new());
        let mut own = BTreeSet::new();
        for facts in nodes {
            own.insert(facts.id);
            if facts.is_verified_person() {
                proven.insert(facts.id);
            }
            if is_device(facts.id) {
                devices.insert(facts.id);
            }
        }
        let only = devices.first().copied().filter(|_| devices.len() == 1);
        let is_verified = !proven.is_empty();
        let is_believed = |link: &&Link| link.trust() > Some(Trust::Claimed);
        let believed: Vec<&Link> = links.iter().filter(is_believed).collect();
        loop {
            let before = proven.len();
            for link in &believed {
                if proven.contains(&link.a) || proven.contains(&link.b) {
                    proven.extend([link.a, link.b]);
                }
            }
            if proven.len() == before {
                break;
            }
        }
        let is_other = |node: NodeId| {
            let kind = node.kind();
            kind.is_some_and(|kind| kind.strength() == Strength::Person) && !own.contains(&node)
        };
        // Of somebody who is known, a claim of another one's name does not make it shared.
        let counts = |link: &&Link| match is_verified {
            true => link.trust() > Some(Trust::Claimed),
            false => link.is_live(),
        };
        let shared = links
            .iter()
            .filter(counts)
            .flat_map(|link| [(link.a, link.b), (link.b, link.a)])
            .filter(|(device, other)| is_device(*device) && is_other(*other))
            .map(|(device, _)| device)
            .collect();
        let beside = links
            .iter()
            .filter(|link| link.is_live())
            .flat_map(|link| [(link.a, link.b), (link.b, link.a)])
            .filter(|(device, _)| is_device(*device) && proven.contains(device))
            .filter(|(_, browser)| browser.kind() == Some(Kind::WebPush))
            .map(|(_, browser)| browser)
            .collect();
        Self {
            is_verified,
            proven,
            beside,
            only,
            shared,
        }
    }

    /// Whether what is meant for them may be shown on a device that says no more than its own id.
    ///
    /// Stricter than [`Self::is_theirs`]: whoever says somebody's name becomes one with all that
    /// were ever said to be theirs. So of somebody whom the company's systems know it must be
    /// proven, and of anybody else there must be no other device. A device on which two people
    /// were is shown nothing: what was meant for one of them may have stayed with it.
    #[must_use]
    pub fn may_be_shown(&self, device: NodeId) -> bool {
        let is_theirs = match self.is_verified {
            true => self.proven.contains(&device),
            false => self.only == Some(device),
        };
        is_theirs && !self.shared.contains(&device)
    }

    /// Whether a device, or a browser that takes notifications, is believed to be theirs.
    #[must_use]
    pub fn is_theirs(&self, node: NodeId) -> bool {
        !self.is_verified || self.proven.contains(&node) || self.beside.contains(&node)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{EventId, SourceId, WorkspaceKey};
    use crate::identity::Evidence;
    use crate::time::Timestamp;

    fn node(kind: Kind, value: &str) -> NodeId {
        WorkspaceKey([1; 32]).node_id(kind, value)
    }

    fn facts(id: NodeId, trust: Trust) -> NodeFacts {
        NodeFacts {
            id,
            kind: id.kind().unwrap(),
            first_seen: Timestamp(0),
            last_seen: Timestamp(0),
            trust,
        }
    }

    fn link(one: NodeId, other: NodeId, trust: Trust) -> Link {
        let mut link = Link::between(one, other).unwrap();
        link.evidence = Some(Evidence {
            trust,
            at: Timestamp(0),
            event: EventId(1),
            source: SourceId(1),
            rule_version: 1,
        });
        link
    }

    #[test]
    fn a_claim_gives_nobody_a_browser_of_whom_the_company_knows() {
        let anna = node(Kind::UserId, "anna");
        let (hers, stranger) = (node(Kind::AnonymousId, "a"), node(Kind::AnonymousId, "b"));
        let (own, other) = (node(Kind::WebPush, "x"), node(Kind::WebPush, "y"));
        let nodes = [
            facts(anna, Trust::Verified),
            facts(hers, Trust::Claimed),
            facts(stranger, Trust::Claimed),
            facts(own, Trust::Verified),
            facts(other, Trust::Verified),
        ];
        let links = [
            link(anna, hers, Trust::Verified),
            link(anna, stranger, Trust::Claimed),
            link(hers, own, Trust::Claimed),
            link(stranger, other, Trust::Claimed),
        ];
        let devices = Devices::new(nodes.iter(), &links);
        assert!(devices.is_theirs(hers) && devices.is_theirs(own));
        assert!(!devices.is_theirs(stranger) && !devices.is_theirs(other));
        // A claim that names her and the browser at once proves nothing either.
        let straight = [link(anna, own, Trust::Claimed)];
        assert!(!Devices::new(nodes.iter(), &straight).is_theirs(own));
        let believed = [link(anna, own, Trust::Verified)];
        assert!(Devices::new(nodes.iter(), &believed).is_theirs(own));
        // Nor does what stands behind a browser that was asked there.
        let behind = [
            link(anna, hers, Trust::Verified),
            link(hers, own, Trust::Claimed),
            link(own, stranger, Trust::Claimed),
        ];
        assert!(!Devices::new(nodes.iter(), &behind).is_theirs(stranger));
    }

    #[test]
    fn a_name_that_a_stranger_says_shows_them_nothing() {
        let anna = node(Kind::UserId, "anna");
        let (hers, stranger) = (node(Kind::AnonymousId, "a"), node(Kind::AnonymousId, "b"));
        let claimed = [facts(anna, Trust::Claimed), facts(hers, Trust::Claimed)];
        let both = [claimed[0], claimed[1], facts(stranger, Trust::Claimed)];
        let (own, theirs) = (
            link(anna, hers, Trust::Claimed),
            link(anna, stranger, Trust::Claimed),
        );
        // She alone said so: it is her browser, or nobody's.
        let alone = Devices::new(claimed.iter(), std::slice::from_ref(&own));
        assert!(alone.may_be_shown(hers));
        // Two say so: it is shown to neither.
        let two = Devices::new(both.iter(), &[own, theirs.clone()]);
        assert!(two.is_theirs(stranger), "notifications ask the browser");
        assert!(!two.may_be_shown(hers) && !two.may_be_shown(stranger));
        // The company's own server said which is hers.
        let mut known = both;
        known[0] = facts(anna, Trust::Verified);
        let proven = [link(anna, hers, Trust::Verified), theirs];
        let devices = Devices::new(known.iter(), &proven);
        assert!(devices.may_be_shown(hers) && !devices.may_be_shown(stranger));
        // Somebody known whose every browser only says so is shown nothing at all.
        let devices = Devices::new(known.iter(), &[]);
        assert!(!devices.may_be_shown(hers));
    }

    #[test]
    fn a_device_of_two_people_shows_nothing() {
        let (anna, bruno) = (node(Kind::UserId, "anna"), node(Kind::UserId, "bruno"));
        let kiosk = node(Kind::AnonymousId, "kiosk");
        let both = [
            link(anna, kiosk, Trust::Verified),
            link(bruno, kiosk, Trust::Verified),
        ];
        // It stands alone, and still is nobody's.
        let alone = [facts(kiosk, Trust::Claimed)];
        assert!(!Devices::new(alone.iter(), &both).may_be_shown(kiosk));
        let hers = [facts(anna, Trust::Verified), alone[0]];
        assert!(!Devices::new(hers.iter(), &both).may_be_shown(kiosk));
        // That somebody said another name there does not take it from her.
        let said = [both[0].clone(), link(bruno, kiosk, Trust::Claimed)];
        assert!(Devices::new(hers.iter(), &said).may_be_shown(kiosk));
    }

    #[test]
    fn a_visitor_whom_nobody_knows_is_whoever_sits_there() {
        let (visitor, own) = (node(Kind::AnonymousId, "a"), node(Kind::WebPush, "x"));
        let claimed = node(Kind::UserId, "anna");
        let nodes = [
            facts(visitor, Trust::Claimed),
            facts(own, Trust::Verified),
            facts(claimed, Trust::Claimed),
        ];
        let links = [link(visitor, own, Trust::Claimed)];
        assert!(Devices::new(nodes.iter(), &links).is_theirs(own));
    }
}
