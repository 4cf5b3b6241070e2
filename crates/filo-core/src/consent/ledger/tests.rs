use proptest::prelude::*;

use super::*;
use crate::consent::{EVERY_PURPOSE, Status};
use crate::event::{Channel, EventKind, Trust};
use crate::identity::{Identifier, Kind};

const KEY: WorkspaceKey = WorkspaceKey([7; 32]);

fn identifiers() -> [Identifier; 3] {
    [
        (Kind::UserId, "u-1"),
        (Kind::Email, "anna@example.it"),
        (Kind::Landline, "+390612345678"),
    ]
    .map(|(kind, value)| Identifier {
        kind,
        value: value.into(),
    })
}

fn node(identifier: &Identifier) -> NodeId {
    KEY.node_id(identifier.kind, &identifier.value)
}

/// One thing that somebody said.
#[derive(Debug, Clone)]
struct Saying {
    second: i64,
    trust: Trust,
    is_yes: bool,
    purpose: &'static str,
    channel: &'static str,
    /// Which identifiers came with it, as bits.
    with: usize,
}

fn event(number: usize, saying: &Saying) -> Event {
    let identifiers: SmallVec<[Identifier; 2]> = identifiers()
        .into_iter()
        .enumerate()
        .filter(|(place, _)| saying.with & (1 << place) != 0)
        .map(|(_, identifier)| identifier)
        .collect();
    let name = if saying.is_yes {
        "Consent Granted"
    } else {
        "Consent Withdrawn"
    };
    let properties = format!(
        r#"{{"purpose":"{}","channel":"{}","proof":"form {number}"}}"#,
        saying.purpose, saying.channel
    );
    Event {
        id: EventId(number as u128),
        thread: identifiers.first().map_or(NodeId(1), node),
        at: Timestamp::from_seconds(saying.second),
        received_at: Timestamp::from_seconds(1_000),
        original_at: None,
        clock_suspect: false,
        kind: EventKind::Track,
        trust: saying.trust,
        channel: Channel::Web,
        source: SourceId(1),
        message_id: "".into(),
        name: name.into(),
        identifiers,
        properties: properties.into(),
        context: "".into(),
    }
}

fn sayings() -> impl Strategy<Value = Vec<Saying>> {
    let trust = prop_oneof![
        Just(Trust::Claimed),
        Just(Trust::Verified),
        Just(Trust::Staff)
    ];
    let purpose = prop_oneof![Just("marketing"), Just("profiling"), Just(EVERY_PURPOSE)];
    let channel = prop_oneof![Just("email"), Just("sms"), Just("any")];
    let saying = (0i64..12, trust, any::<bool>(), purpose, channel, 1usize..8).prop_map(
        |(second, trust, is_yes, purpose, channel, with)| Saying {
            second,
            trust,
            is_yes,
            purpose,
            channel,
            with,
        },
    );
    proptest::collection::vec(saying, 0..14)
}

/// What somebody would do with a pencil: go through the sayings in order, one identifier after
/// the other, and write down the answer that holds.
fn by_pencil(said: &[Saying], own: &[NodeId], ask: (&str, Channel, i64)) -> Option<Status> {
    let (purpose, channel, at) = ask;
    let mut strictest = None;
    for of in own {
        let mut lines: Vec<(i64, usize, &Saying)> = said
            .iter()
            .enumerate()
            .filter(|(_, saying)| saying.second <= at)
            .map(|(number, saying)| (saying.second, number, saying))
            .collect();
        lines.sort_by_key(|(second, number, _)| (*second, *number));
        let (mut proven, mut answer) = (None, None);
        for (_, number, saying) in lines {
            let event = event(number, saying);
            let comes_with = |identifier: &&Identifier| node(identifier) == *of;
            let Some(with) = event.identifiers.iter().find(comes_with) else {
                continue;
            };
            // A household's line is covered where it is all there was.
            if with.kind == Kind::Landline && event.thread != *of {
                continue;
            }
            // A yes to everything is no yes; "any" on a no reads as every channel too.
            if saying.is_yes && saying.purpose == EVERY_PURPOSE {
                continue;
            }
            let about = saying.purpose == purpose || saying.purpose == EVERY_PURPOSE;
            let here = saying.channel == "any" || saying.channel == channel.word();
            if !about || !here {
                continue;
            }
            if saying.trust == Trust::Claimed {
                answer = match (saying.is_yes, proven) {
                    (_, Some(Status::Denied)) => answer,
                    (false, _) => Some(Status::Denied),
                    (true, Some(Status::Granted)) if answer == Some(Status::Granted) => answer,
                    (true, _) => Some(Status::Pending),
                };
            } else {
                let status = if saying.is_yes {
                    Status::Granted
                } else {
                    Status::Denied
                };
                (proven, answer) = (Some(status), Some(status));
            }
        }
        strictest = strictest.max(answer);
    }
    strictest
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn as_of_equals_a_replay_by_pencil(
        said in sayings(),
        at in 0i64..13,
        swaps in proptest::collection::vec(0usize..14, 0..20),
    ) {
        let own = identifiers().each_ref().map(node);
        let mut events: Vec<Event> = said
            .iter()
            .enumerate()
            .map(|(number, saying)| event(number, saying))
            .collect();
        // They arrive in any order, some twice.
        for swap in &swaps {
            if let Some(again) = events.get(*swap).cloned() {
                events.push(again);
                let last = events.len() - 1;
                events.swap(swap / 2, last);
            }
        }
        let ledger = Ledger::of(&events, &own, &KEY);
        let consents = ledger.until(Timestamp::from_seconds(at));
        for purpose in ["marketing", "profiling"] {
            for channel in [Channel::Email, Channel::Sms, Channel::Phone] {
                let standing = consents.standing(purpose, Some(channel));
                prop_assert_eq!(
                    standing.map(|standing| standing.status),
                    by_pencil(&said, &own, (purpose, channel, at)),
                    "{} {:?}", purpose, channel
                );
                if let Some(statement) = standing.and_then(|standing| standing.statement) {
                    let entry = ledger.entry(statement.provenance.event);
                    prop_assert!(entry.is_some_and(|entry| !entry.proof.kept.is_empty()));
                }
            }
        }
    }
}

#[test]
fn a_proof_is_read_whole() {
    let saying = Saying {
        second: 1,
        trust: Trust::Verified,
        is_yes: true,
        purpose: "marketing",
        channel: "email",
        with: 3,
    };
    let mut event = event(0, &saying);
    event.properties =
        r#"{"purpose":"marketing","channel":"email","how":"form","form":"iscrizione",
        "operator":"Lia","wording":"marketing/3","wording_hash":"ab12","language":"it"}"#
            .into();
    event.context =
        r#"{"ip":"203.0.113.7","userAgent":"Lynx","page":{"url":"https://bar.example/"}}"#.into();
    let own = identifiers().each_ref().map(node);
    let ledger = Ledger::of(&[event], &own, &KEY);
    let entry = &ledger.entries[0];
    assert_eq!(entry.statements.len(), 2, "both identifiers");
    assert_eq!(entry.statements[0].wording, "marketing/3");
    let proof = &entry.proof;
    assert_eq!(
        [
            &proof.how,
            &proof.form,
            &proof.operator,
            &proof.ip,
            &proof.user_agent,
            &proof.page,
            &proof.wording_hash,
            &proof.language
        ],
        [
            "form",
            "iscrizione",
            "Lia",
            "203.0.113.7",
            "Lynx",
            "https://bar.example/",
            "ab12",
            "it"
        ]
    );
}

#[test]
fn what_is_not_the_persons_own_is_not_in_their_ledger() {
    let saying = Saying {
        second: 1,
        trust: Trust::Verified,
        is_yes: false,
        purpose: "*",
        channel: "any",
        with: 2,
    };
    let stranger = [NodeId(99)];
    let ledger = Ledger::of(&[event(0, &saying)], &stranger, &KEY);
    assert!(ledger.entries.is_empty());
}
