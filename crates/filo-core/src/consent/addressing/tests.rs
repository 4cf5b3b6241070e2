use super::*;
use crate::consent::Basis;
use crate::consent::EVERY_PURPOSE;
use crate::event::Trust;
use crate::id::{EventId, SourceId, SuppressionId, WorkspaceKey};
use crate::identity::Kind;
use crate::profile::Provenance;

const DAY: i64 = 86_400;

fn node(kind: Kind, value: &str) -> NodeId {
    WorkspaceKey([7; 32]).node_id(kind, value)
}

fn email() -> NodeId {
    node(Kind::Email, "anna@example.it")
}

fn phone() -> NodeId {
    node(Kind::Phone, "+393331234567")
}

fn day(number: i64) -> Timestamp {
    Timestamp::from_seconds(number * DAY)
}

fn said(covers: NodeId, status: Status, basis: Basis, at: Timestamp) -> Statement {
    Statement {
        covers,
        purpose: "marketing".into(),
        channel: None,
        status,
        basis,
        wording: "".into(),
        provenance: Provenance {
            at,
            event: EventId(at.0.unsigned_abs().into()),
            source: SourceId(1),
            trust: Trust::Verified,
        },
    }
}

struct Case {
    purposes: Purposes,
    consents: Consents,
    nodes: Vec<NodeId>,
    suppressions: Vec<Suppression>,
    checks: Vec<CallCheck>,
    at: Timestamp,
    wall: Option<DateTime>,
}

impl Case {
    fn new(statements: &[Statement]) -> Self {
        let mut consents = Consents::default();
        for statement in statements {
            consents.take(statement.clone());
        }
        Self {
            purposes: Purposes::default(),
            consents,
            nodes: vec![node(Kind::UserId, "u-1"), email(), phone()],
            suppressions: Vec::new(),
            checks: Vec::new(),
            at: day(100),
            wall: None,
        }
    }

    fn suppressed(mut self, node: NodeId, reason: SuppressionReason) -> Self {
        self.suppressions.push(Suppression {
            id: SuppressionId(1),
            node,
            channel: None,
            reason,
            since: day(50),
            lifted_at: None,
        });
        self
    }

    fn ask(&self, purpose: &str, channel: Channel) -> Verdict {
        let question = Question {
            purpose,
            channel,
            at: self.at,
            wall: self.wall,
        };
        let known = Known {
            purposes: &self.purposes,
            consents: &self.consents,
            nodes: &self.nodes,
            suppressions: &self.suppressions,
            checks: &self.checks,
        };
        may_address(&question, &known)
    }

    fn why(&self, purpose: &str, channel: Channel) -> Vec<Why> {
        let verdict = self.ask(purpose, channel);
        let whys: Vec<Why> = verdict.reasons.iter().map(|reason| reason.why).collect();
        assert_eq!(
            verdict.may,
            whys == [Why::Granted] || whys == [Why::Duty],
            "{verdict:?}"
        );
        whys
    }
}

fn yes() -> Statement {
    said(email(), Status::Granted, Basis::Consent, day(10))
}

#[test]
fn a_yes_is_a_yes_and_everything_else_says_why_not() {
    let case = Case::new(&[yes()]);
    assert_eq!(case.why("Marketing ", Channel::Email), [Why::Granted]);
    assert_eq!(case.ask("marketing", Channel::Email).addresses, [email()]);
    assert_eq!(case.why("profiling", Channel::Email), [Why::NeverAsked]);
    assert_eq!(
        case.why("newsletter", Channel::Email),
        [Why::UnknownPurpose]
    );
    assert_eq!(
        case.why("email_tracking", Channel::Sms),
        [Why::ChannelUnused]
    );
    assert_eq!(case.why("contract", Channel::Email), [Why::Duty]);
    // Individual tracking of opens needs a yes of its own.
    assert_eq!(
        case.why("email_tracking", Channel::Email),
        [Why::NeverAsked]
    );
    let pending = said(email(), Status::Pending, Basis::Consent, day(10));
    let claimed = Statement {
        provenance: Provenance {
            trust: Trust::Claimed,
            ..pending.provenance
        },
        ..pending
    };
    assert_eq!(
        Case::new(&[claimed]).why("marketing", Channel::Email),
        [Why::Pending]
    );
}

#[test]
fn soft_spam_carries_mail_and_nothing_else() {
    let case = Case::new(&[said(email(), Status::Granted, Basis::SoftSpam, day(10))]);
    for channel in Channel::ALL {
        let expected = if channel == Channel::Email {
            Why::Granted
        } else {
            Why::BasisNotAllowed
        };
        assert!(
            case.why("marketing", channel).contains(&expected),
            "{channel:?}"
        );
    }
}

#[test]
fn of_two_identifiers_the_stricter_counts_and_it_is_said() {
    let no = said(phone(), Status::Denied, Basis::Unstated, day(5));
    let case = Case::new(&[yes(), no]);
    assert_eq!(
        case.why("marketing", Channel::Email),
        [Why::Denied, Why::Stricter]
    );
}

#[test]
fn a_yes_ends_and_a_no_is_left_alone_for_a_while() {
    let mut case = Case::new(&[yes()]);
    case.purposes.0[2].expires_after_months = 2;
    assert_eq!(case.why("marketing", Channel::Email), [Why::Expired]);
    case.at = day(60);
    assert_eq!(case.why("marketing", Channel::Email), [Why::Granted]);
    let end = case.ask("marketing", Channel::Email).expires_at.unwrap();
    case.at = end;
    assert_eq!(case.why("marketing", Channel::Email), [Why::Expired]);

    let no = said(email(), Status::Denied, Basis::Unstated, day(10));
    let mut case = Case::new(&[no]);
    let from = case.ask("marketing", Channel::Email).ask_from.unwrap();
    assert!((day(180)..day(200)).contains(&from));
    case.at = from;
    assert_eq!(case.ask("marketing", Channel::Email).ask_from, None);
}

#[test]
fn the_suppression_list_stops_what_it_should_and_no_more() {
    use SuppressionReason::{ByHand, Complaint, Erased, HardBounce, Unsubscribed};
    for reason in SuppressionReason::ALL {
        let case = Case::new(&[yes()]).suppressed(email(), reason);
        assert_eq!(
            case.why("marketing", Channel::Email),
            [Why::Suppressed],
            "{reason:?}"
        );
        assert_eq!(case.why("marketing", Channel::Sms), [Why::Granted]);
        let duty = case.why("contract", Channel::Email);
        match reason {
            HardBounce | ByHand | Erased => assert_eq!(duty, [Why::Suppressed]),
            Unsubscribed | Complaint => assert_eq!(duty, [Why::Duty]),
        }
    }
    let person = node(Kind::UserId, "u-1");
    let case = Case::new(&[yes()]).suppressed(person, ByHand);
    assert_eq!(case.why("marketing", Channel::Sms), [Why::Suppressed]);

    let mut case = Case::new(&[yes()]).suppressed(email(), HardBounce);
    let second = node(Kind::Email, "a.rossi@example.it");
    case.nodes.push(second);
    assert_eq!(case.ask("marketing", Channel::Email).addresses, [second]);
    // As it was before, and as it is after it was taken off.
    let mut case = Case::new(&[yes()]).suppressed(email(), HardBounce);
    case.at = day(49);
    assert_eq!(case.why("marketing", Channel::Email), [Why::Granted]);
    case.at = day(100);
    case.suppressions[0].lifted_at = Some(day(100));
    assert_eq!(case.why("marketing", Channel::Email), [Why::Granted]);
    case.suppressions[0].lifted_at = None;
    case.suppressions[0].channel = Some(Channel::Sms);
    assert_eq!(case.why("marketing", Channel::Email), [Why::Granted]);
}

#[test]
fn nobody_is_called_without_a_look_into_the_register() {
    let mut case = Case::new(&[yes()]);
    assert_eq!(case.why("marketing", Channel::Phone), [Why::Unchecked]);
    assert_eq!(case.why("contract", Channel::Phone), [Why::Duty]);
    let check = |checked, listed_since| CallCheck {
        node: phone(),
        checked_at: day(checked),
        listed_since,
    };
    case.checks = vec![check(85, None)];
    assert_eq!(case.why("marketing", Channel::Phone), [Why::Granted]);
    case.checks = vec![check(84, None)];
    assert_eq!(case.why("marketing", Channel::Phone), [Why::Unchecked]);
    case.checks = vec![check(99, Some(day(50)))];
    assert_eq!(case.why("marketing", Channel::Phone), [Why::DoNotCall]);
    // A yes that was given after the number got into the register.
    case.checks = vec![check(99, Some(day(5)))];
    assert_eq!(case.why("marketing", Channel::Phone), [Why::Granted]);
    case.wall = Some("2026-10-11T12:00:00".parse().unwrap());
    assert_eq!(
        case.why("marketing", Channel::Phone),
        [Why::OutsideCallHours]
    );
    assert_eq!(case.why("marketing", Channel::Sms), [Why::Granted]);
}

#[test]
fn without_an_address_there_is_nothing_to_address() {
    let mut case = Case::new(&[yes()]);
    case.nodes = vec![node(Kind::UserId, "u-1")];
    assert_eq!(case.why("marketing", Channel::Email), [Why::NoAddress]);
    assert_eq!(case.why("marketing", Channel::Web), [Why::Granted]);
    let no = Statement {
        purpose: EVERY_PURPOSE.into(),
        ..said(email(), Status::Denied, Basis::Unstated, day(20))
    };
    let case = Case::new(&[yes(), no]);
    assert_eq!(case.why("marketing", Channel::Web), [Why::Denied]);
}
