//! The kinds of steps, and what each begins as.

use compact_str::CompactString;
use filo_core::id::{AudienceId, JourneyId, ListId, PieceId};
use filo_core::journey::{
    Action, Arm, Ask, AskKind, AudienceStep, Branch, DateWait, EventWait, Fact, ListStep, Missing,
    Outcome, Record, Send, SetTrait, Split, Start, Step, StepId, UntilWait, Wait, Way, usual_days,
    usual_medium, usual_value,
};
use filo_core::segment::{Condition, Pattern, Signal, Span};
use filo_core::semantic::ORDER_COMPLETED;

use crate::i18n::Words;

/// The kinds, in the order in which they are offered.
pub(super) const KINDS: [&str; 18] = [
    "ask",
    "wait",
    "wait_for_event",
    "wait_until",
    "wait_for_date",
    "branch",
    "split",
    "send",
    "set_trait",
    "join_list",
    "leave_list",
    "join_audience",
    "leave_audience",
    "record",
    "webhook",
    "start",
    "goal",
    "end",
];

/// A step of a kind, as it begins.
#[expect(clippy::too_many_lines, reason = "one arm for each kind")]
pub(super) fn fresh(words: Words, kind: &str, id: StepId, own: JourneyId) -> Step {
    let say = |key: &str| CompactString::from(words.say(key));
    let event = || Signal::new(Pattern::event(ORDER_COMPLETED), None);
    let arm = |name: &str| Arm {
        name: name.into(),
        share: 50,
        steps: Vec::new(),
    };
    let action = match kind {
        "wait" => Action::Wait(Wait {
            span: Some(Span::DAY),
            until: None,
            late: None,
        }),
        "wait_for_event" => Action::WaitForEvent(EventWait {
            event: event(),
            within: Span::days(7),
            then: Vec::new(),
            otherwise: Vec::new(),
        }),
        "wait_until" => Action::WaitUntil(UntilWait {
            condition: Condition::All(Vec::new()),
            within: Span::days(7),
            then: Vec::new(),
            otherwise: Vec::new(),
        }),
        "wait_for_date" => Action::WaitForDate(DateWait {
            key: "birthday".into(),
            yearly: true,
            days: 0,
            at: None,
            missing: Missing::End,
            late: None,
        }),
        "branch" => Action::Branch(Branch {
            ways: vec![Way {
                name: CompactString::default(),
                condition: Condition::All(Vec::new()),
                steps: Vec::new(),
            }],
            otherwise: Vec::new(),
        }),
        "split" => Action::Split(Split {
            experiment: None,
            adaptive: None,
            arms: vec![arm("A"), arm("B")],
        }),
        "send" => Action::Send(Send {
            piece: PieceId(0),
            value: usual_value(),
            valid_days: usual_days(),
            medium: usual_medium(),
            fallbacks: Vec::new(),
            approval: None,
        }),
        "set_trait" => Action::SetTrait(SetTrait {
            key: "vip".into(),
            value: true.into(),
        }),
        "join_list" => Action::JoinList(ListStep { list: ListId(0) }),
        "leave_list" => Action::LeaveList(ListStep { list: ListId(0) }),
        "join_audience" => Action::JoinAudience(AudienceStep {
            audience: AudienceId(0),
        }),
        "leave_audience" => Action::LeaveAudience(AudienceStep {
            audience: AudienceId(0),
        }),
        "record" => Action::Record(Record {
            name: say("journey-fresh-record"),
            properties: std::collections::BTreeMap::new(),
        }),
        "webhook" => Action::Webhook {
            name: say("journey-fresh-webhook"),
        },
        "start" => Action::Start(Start { journey: own }),
        "goal" => Action::Goal {
            name: say("journey-fresh-goal"),
        },
        "end" => Action::End {},
        _ => Action::Ask(task(words)),
    };
    Step { id, action }
}

fn task(words: Words) -> Ask {
    let say = |key: &str| CompactString::from(words.say(key));
    let outcome = |key: &str| Outcome {
        name: say(key),
        steps: Vec::new(),
    };
    Ask {
        kind: AskKind::Call,
        title: say("journey-fresh-ask"),
        hint: CompactString::default(),
        role: CompactString::default(),
        due_days: 1,
        facts: Fact::ALL.to_vec(),
        outcomes: vec![outcome("journey-fresh-done"), outcome("journey-fresh-not")],
        within: Some(Span::days(14)),
        otherwise: Vec::new(),
    }
}
