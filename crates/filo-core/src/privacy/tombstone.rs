//! What is left of a person who was forgotten: the keyed hashes of their identifiers, and when.
//!
//! **Invariant (I13):** an event that happened before a person was forgotten never brings them
//! back, whenever and by whatever way it arrives; one that happened later is a new acquaintance.

use crate::event::{Event, Forgotten};
use crate::id::NodeId;
use crate::identity::Strength;
use crate::time::Timestamp;

/// What becomes of an event at the door.
#[derive(Debug, Clone, PartialEq)]
pub enum Buried {
    /// It comes in as it is.
    No(Event),
    /// It is somebody else's, and comes in without what names the forgotten person.
    Named(Event),
    /// It is of the forgotten person: nothing of it is kept.
    Yes,
}

/// Lets an event in or not. `nodes` are those of its identifiers, in their order.
pub fn door(
    event: Event,
    nodes: &[NodeId],
    forgotten_at: impl Fn(NodeId) -> Option<Timestamp>,
) -> Buried {
    let late = |node: &NodeId| forgotten_at(*node).is_some_and(|at| event.at <= at);
    let buried: Vec<_> = event
        .identifiers
        .iter()
        .zip(nodes)
        .filter(|(_, node)| late(node))
        .map(|(identifier, _)| identifier.clone())
        .collect();
    if buried.is_empty() {
        return Buried::No(event);
    }
    let of_person = |it: &crate::identity::Identifier| it.kind.strength() == Strength::Person;
    if nodes.first().is_some_and(late) || buried.iter().any(of_person) {
        return Buried::Yes;
    }
    // A device or a household of which the person was one: the others stay.
    match Forgotten::new(buried).leave_out(&event) {
        Some(left) => Buried::Named(left),
        None => Buried::Yes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Channel, EventKind, Trust};
    use crate::id::{EventId, SourceId, WorkspaceKey};
    use crate::identity::{Identifier, Kind, Rules, nodes_of};

    const KEY: WorkspaceKey = WorkspaceKey([7; 32]);

    fn event(at: i64, identifiers: &[(Kind, &str)]) -> Event {
        let rules = Rules::default();
        let identifiers: Vec<Identifier> = identifiers
            .iter()
            .map(|(kind, raw)| Identifier::new(*kind, raw, &rules).unwrap())
            .collect();
        Event {
            id: EventId(1),
            thread: KEY.node_id(identifiers[0].kind, &identifiers[0].value),
            at: Timestamp(at),
            received_at: Timestamp(at),
            original_at: None,
            clock_suspect: false,
            kind: EventKind::Track,
            trust: Trust::Verified,
            channel: Channel::Web,
            source: SourceId(2),
            message_id: "m".into(),
            name: "Product Viewed".into(),
            identifiers: identifiers.into(),
            properties: r#"{"device":"a-1-long"}"#.into(),
            context: "".into(),
        }
    }

    fn judged(event: Event) -> Buried {
        let gone = [
            (Kind::Email, "ada@example.it"),
            (Kind::AnonymousId, "a-1-long"),
        ];
        let gone = gone.map(|(kind, raw)| {
            let identifier = Identifier::new(kind, raw, &Rules::default()).unwrap();
            KEY.node_id(identifier.kind, &identifier.value)
        });
        let nodes = nodes_of(&event, &KEY);
        door(event, &nodes, |node| {
            gone.contains(&node).then_some(Timestamp(100))
        })
    }

    #[test]
    fn what_happened_before_stays_outside_and_what_happens_later_is_new() {
        let late = event(100, &[(Kind::Email, "ada@example.it")]);
        assert_eq!(judged(late), Buried::Yes);
        // A number that was never seen does not open the door for the address that was.
        let pair = event(
            99,
            &[(Kind::UserId, "u-9"), (Kind::Email, "ada@example.it")],
        );
        assert_eq!(judged(pair), Buried::Yes);
        let back = event(101, &[(Kind::Email, "ada@example.it")]);
        assert_eq!(judged(back.clone()), Buried::No(back));
        let other = event(5, &[(Kind::Email, "bea@example.it")]);
        assert_eq!(judged(other.clone()), Buried::No(other));
    }

    #[test]
    fn somebody_else_on_a_shared_device_stays_without_the_device() {
        let shared = event(5, &[(Kind::UserId, "u-2"), (Kind::AnonymousId, "a-1-long")]);
        let Buried::Named(left) = judged(shared.clone()) else {
            panic!("it is somebody else's");
        };
        assert_eq!(left.identifiers.len(), 1);
        assert_eq!(left.thread, shared.thread);
        assert!(!left.properties.contains("a-1-long"));
    }
}
