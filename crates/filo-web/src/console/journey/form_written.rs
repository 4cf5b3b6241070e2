//! What a step says, as its form sends it.
//!
//! **Invariant:** what is written here is read back as the same step.

use filo_core::journey::{About, Action, Ask, Late, Missing, Moment, Weekdays};
use filo_core::segment::{
    Comparison, Condition, Figure, Happened, HappenedTest, Number, Signal, Span, Window, text,
};

use super::form::{DAYS, fact_name};
use super::form_approval::put_approval;
use super::form_fallbacks::fallback_field;
use super::form_split::put_adaptive;
use crate::console::segment::Pairs;

/// What a step says, as its form sends it.
pub(super) fn written(action: &Action) -> Pairs {
    let mut pairs = Pairs::new();
    let mut put = |name: &str, value: String| pairs.push((name.to_owned(), value));
    match action {
        Action::Wait(wait) => {
            put_span(&mut put, "for", wait.span);
            put_moment(&mut put, wait.until);
            put_late(&mut put, wait.late);
        }
        Action::WaitForDate(wait) => {
            put("key", wait.key.to_string());
            put("days", wait.days.to_string());
            put_flag(&mut put, "yearly", wait.yearly);
            put("at", wait.at.map(|at| at.to_string()).unwrap_or_default());
            put_flag(&mut put, "missing", wait.missing == Missing::GoOn);
            put_late(&mut put, wait.late);
        }
        Action::WaitForEvent(wait) => {
            put("event", event_text(&wait.event));
            put_span(&mut put, "within", Some(wait.within));
        }
        Action::WaitUntil(wait) => {
            put("if", text::print(&wait.condition));
            put_span(&mut put, "within", Some(wait.within));
        }
        Action::Branch(branch) => {
            for (place, way) in branch.ways.iter().enumerate() {
                put(&format!("way-{place}-name"), way.name.to_string());
                put(&format!("way-{place}-if"), text::print(&way.condition));
            }
        }
        Action::Split(split) => {
            let about = split.experiment.map_or("", About::word);
            put("experiment", about.to_owned());
            put_adaptive(&mut put, split.adaptive);
            for (place, arm) in split.arms.iter().enumerate() {
                put(&format!("way-{place}-name"), arm.name.to_string());
                put(&format!("way-{place}-share"), arm.share.to_string());
            }
        }
        Action::Ask(ask) => put_ask(&mut put, ask),
        Action::Send(send) => {
            put("piece", send.piece.to_string());
            put("value", send.value.to_string());
            put("valid_days", send.valid_days.to_string());
            put("medium", send.medium.word().to_owned());
            for (place, medium) in send.fallbacks.iter().enumerate() {
                put(&fallback_field(place), medium.word().to_owned());
            }
            put_approval(&mut put, send.approval);
        }
        Action::JoinList(of) | Action::LeaveList(of) => put("list", of.list.to_string()),
        Action::JoinAudience(of) | Action::LeaveAudience(of) => {
            put("audience", of.audience.to_string());
        }
        Action::SetTrait(set) => {
            put("key", set.key.to_string());
            put("value", scalar(&set.value));
        }
        Action::Record(record) => {
            put("name", record.name.to_string());
            let lines = record.properties.iter();
            let lines = lines.map(|(key, value)| format!("{key} = {}", scalar(value)));
            put("values", lines.collect::<Vec<_>>().join("\n"));
        }
        Action::Webhook { name } | Action::Goal { name } => put("name", name.to_string()),
        Action::Start(start) => put("journey", start.journey.to_string()),
        Action::End {} => {}
    }
    pairs
}

fn put_ask(put: &mut impl FnMut(&str, String), ask: &Ask) {
    put("kind", ask.kind.word().to_owned());
    put("title", ask.title.to_string());
    put("hint", ask.hint.to_string());
    put("role", ask.role.to_string());
    put("due_days", ask.due_days.to_string());
    for fact in &ask.facts {
        put(fact_name(*fact), "1".to_owned());
    }
    for (place, outcome) in ask.outcomes.iter().enumerate() {
        put(&format!("way-{place}-name"), outcome.name.to_string());
    }
    put_span(put, "within", ask.within);
}

pub(super) fn put_span(put: &mut impl FnMut(&str, String), name: &str, span: Option<Span>) {
    let Some(span) = span else { return };
    put(&format!("{name}-amount"), span.amount().to_string());
    put(&format!("{name}-unit"), span.unit().word().to_owned());
}

pub(super) fn put_flag(put: &mut impl FnMut(&str, String), name: &str, is_set: bool) {
    if is_set {
        put(name, "1".to_owned());
    }
}

fn put_moment(put: &mut impl FnMut(&str, String), moment: Option<Moment>) {
    let Some(moment) = moment else { return };
    let clocks = [("at", moment.at), ("from", moment.from), ("to", moment.to)];
    for (name, clock) in clocks {
        put(
            name,
            clock.map(|clock| clock.to_string()).unwrap_or_default(),
        );
    }
    for (place, word) in DAYS.iter().enumerate() {
        let is_on = moment.days.bits() & (1 << place) != 0;
        put_flag(put, word, is_on && moment.days != Weekdays::ALL);
    }
    put_flag(put, "no_holidays", moment.no_holidays);
}

fn put_late(put: &mut impl FnMut(&str, String), late: Option<Late>) {
    let Some(late) = late else { return };
    put("late", late.then.word().to_owned());
    put_span(put, "late", Some(late.after));
}

fn scalar(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// An event as people write it.
pub(super) fn event_text(signal: &Signal) -> String {
    text::print(&Condition::Happened(Happened {
        signal: signal.clone(),
        hours: None,
        test: HappenedTest::Figure {
            figure: Figure::Count,
            is: Comparison::AtLeast(Number::whole(1)),
            during: Window::Ever,
        },
    }))
}
