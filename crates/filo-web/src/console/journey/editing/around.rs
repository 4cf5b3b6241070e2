//! The forms around the tree: what brings somebody in, how often, what makes them leave, what it
//! is for; and the whole as a document.

use compact_str::CompactString;
use filo_app::journey::{DESCRIPTION_CHARS_MOST, JourneyPage, NAME_CHARS_MOST};
use filo_core::journey::{DateTrigger, EXITS_MOST, Entry, Goal, Journey, Trigger};
use filo_core::segment::text;
use maud::{Markup, html};

use super::super::form::Drawing;
use super::super::form_approval::put_approval;
use super::super::form_read::Reading;
use super::super::form_written::{event_text, put_flag, put_span};
use super::Given;
use super::calendar::{calendar_fields, put_schedule, read_schedule};
use crate::console::segment::Pairs;
use crate::i18n::Words;
use crate::sentence::journey::JourneyNames;
use crate::ui::form::{Field, form};
use crate::ui::shown::line;

const TRIGGERS: [&str; 7] = [
    "event",
    "entered",
    "left",
    "date",
    "schedule",
    "hand",
    "broadcast",
];
const ENTRIES: [&str; 3] = ["once", "every_time", "every"];

fn written(page: &JourneyPage) -> Pairs {
    let (row, journey) = (&page.view.row, &page.view.draft);
    let mut pairs = Pairs::new();
    let mut put = |name: &str, value: String| pairs.push((name.to_owned(), value));
    put("name", row.name.clone());
    put("description", row.description.clone());
    match &journey.trigger {
        Trigger::Event(signal) => {
            put("trigger", "event".to_owned());
            put("event", event_text(signal));
        }
        Trigger::SegmentEntered(id) => {
            put("trigger", "entered".to_owned());
            put("segment", id.to_string());
        }
        Trigger::SegmentLeft(id) => {
            put("trigger", "left".to_owned());
            put("segment", id.to_string());
        }
        Trigger::Broadcast(id) => {
            put("trigger", "broadcast".to_owned());
            put("segment", id.to_string());
        }
        Trigger::Date(date) => {
            put("trigger", "date".to_owned());
            put("key", date.key.to_string());
            put("days", date.days.to_string());
            put_flag(&mut put, "yearly", date.yearly);
        }
        Trigger::Hand {} => put("trigger", "hand".to_owned()),
        Trigger::Schedule(schedule) => put_schedule(&mut put, schedule),
    }
    put(
        "if",
        journey
            .only_if
            .as_ref()
            .map(text::print)
            .unwrap_or_default(),
    );
    match journey.entry {
        Entry::Once => put("entry", "once".to_owned()),
        Entry::EveryTime => put("entry", "every_time".to_owned()),
        Entry::Every(span) => {
            put("entry", "every".to_owned());
            put_span(&mut put, "every", Some(span));
        }
    }
    put_span(&mut put, "fresh", Some(journey.fresh_for));
    for (place, condition) in journey.exit.iter().enumerate() {
        put(&format!("exit-{place}"), text::print(condition));
    }
    put("holdout", journey.holdout_percent.to_string());
    put_approval(&mut put, Some(journey.approval));
    if let Some(goal) = &journey.goal {
        put("goal", goal.name.to_string());
        put("goal_event", event_text(&goal.event));
        put_span(&mut put, "goal", goal.within);
        put_flag(&mut put, "goal_ends", goal.ends);
    }
    pairs
}

pub(super) fn trigger_form(
    words: Words,
    page: &JourneyPage,
    names: &JourneyNames,
    (token, given): (&str, &Given),
) -> Markup {
    let own = written(page);
    let is_given = given.of == "trigger";
    let (empty, wrong) = (super::Wrong::new(), &given.wrong);
    let drawing = Drawing {
        words,
        pairs: if is_given { &given.pairs } else { &own },
        wrong: if is_given { wrong } else { &empty },
        names,
    };
    let option = |group: &str, word: &str| {
        let key = format!("journey-{group}-{}", word.replace('_', "-"));
        (word.to_owned(), words.say(&key).into_owned())
    };
    let triggers = TRIGGERS.map(|word| option("trigger", word));
    let entries = ENTRIES.map(|word| option("entries", word));
    let none = (String::new(), "—".to_owned());
    let segments = names.of_segments.segments.iter();
    let segments = segments.map(|(id, name)| (id.to_string(), line(name)));
    let segments: Vec<(String, String)> = [none].into_iter().chain(segments).collect();
    let exits = page.view.draft.exit.len().clamp(1, EXITS_MOST);
    let fields = html! {
        input type="hidden" name="version" value=(page.view.row.version);
        (drawing.line("name", "journey-name", NAME_CHARS_MOST))
        (drawing.line("description", "journey-description", DESCRIPTION_CHARS_MOST))
        (drawing.select("trigger", "journey-trigger", &triggers))
        (drawing.code("event", "journey-trigger-event-text", 2))
        (drawing.select("segment", "journey-trigger-segment", &segments))
        (drawing.line("key", "journey-trigger-key", 60))
        (drawing.line("days", "journey-field-days", 5))
        (drawing.check("yearly", "journey-field-yearly"))
        (calendar_fields(&drawing))
        (drawing.code("if", "journey-only-if", 2))
        (drawing.select("entry", "journey-entry", &entries))
        (drawing.span("every", "journey-every"))
        (drawing.span("fresh", "journey-fresh"))
        @for place in 0..exits { (drawing.code(&format!("exit-{place}"), "journey-exit", 2)) }
        details open[drawing.is_set("goal")] {
            summary { (words.say("journey-goal-label")) }
            (drawing.line("goal", "journey-goal-name", NAME_CHARS_MOST))
            (drawing.code("goal_event", "journey-goal-event", 2))
            (drawing.span("goal", "journey-goal-span"))
            (drawing.check("goal_ends", "journey-goal-ends-label"))
        }
        (drawing.line("holdout", "journey-holdout", 2))
        (drawing.approval(false))
        button type="submit" { (words.say("journey-save")) }
    };
    let action = format!("/journeys/{}/trigger", page.view.row.id);
    html! {
        details.card open[is_given || page.view.draft.steps.is_empty()] {
            summary { h2 { (words.say("journey-around")) } }
            (form(&action, token, &fields))
        }
    }
}

/// What was typed, over what there was.
pub(super) fn read(from: &mut Reading<'_>, old: Journey) -> Journey {
    let segment = from.text("segment").parse();
    let trigger = match from.text("trigger") {
        "event" => Trigger::Event(from.event("event")),
        "date" => Trigger::Date(DateTrigger {
            key: CompactString::from(from.text("key")),
            yearly: from.is_set("yearly"),
            days: from.text("days").parse().unwrap_or(0),
        }),
        "hand" => Trigger::Hand {},
        word => match (word, segment) {
            ("entered", Ok(id)) => Trigger::SegmentEntered(id),
            ("left", Ok(id)) => Trigger::SegmentLeft(id),
            ("broadcast", Ok(id)) => Trigger::Broadcast(id),
            ("schedule", Ok(id)) => {
                let read = read_schedule(from, id);
                read.map_or_else(|| old.trigger.clone(), Trigger::Schedule)
            }
            _ => {
                from.blame("segment", "journey-wrong-segment");
                old.trigger.clone()
            }
        },
    };
    let entry = match from.text("entry") {
        "every_time" => Entry::EveryTime,
        "every" => match from.span("every") {
            Some(span) => Entry::Every(span),
            None => {
                from.blame("every-amount", "journey-wrong-span");
                Entry::Once
            }
        },
        _ => Entry::Once,
    };
    let exits: Vec<String> = (0..EXITS_MOST)
        .map(|place| format!("exit-{place}"))
        .collect();
    let mut exit = Vec::new();
    for name in exits {
        if from.is_set(&name) {
            exit.push(from.condition(&name));
        }
    }
    let holdout_percent = from.holdout();
    let approval = from.approval();
    let goal = from.is_set("goal").then(|| Goal {
        name: CompactString::from(from.text("goal")),
        event: from.event("goal_event"),
        within: from.span("goal"),
        ends: from.is_set("goal_ends"),
    });
    Journey {
        trigger,
        only_if: from.is_set("if").then(|| from.condition("if")),
        entry,
        fresh_for: from.span("fresh").unwrap_or(old.fresh_for),
        exit,
        goal,
        holdout_percent: holdout_percent.unwrap_or(old.holdout_percent),
        approval: approval.unwrap_or(old.approval),
        steps: old.steps,
    }
}

/// The whole as JSON, to take away and to put back.
pub(super) fn document_form(
    words: Words,
    page: &JourneyPage,
    (token, given): (&str, &Given),
) -> Markup {
    let is_given = given.of == "document";
    let own = pretty(&page.view.draft);
    let text = given
        .pairs
        .iter()
        .find(|(name, _)| is_given && name == "document");
    let document = Field {
        name: "document",
        label: &words.say("journey-document-label"),
        value: text.map_or(own.as_str(), |(_, text)| text.as_str()),
        hint: Some(&words.say("journey-document-hint")),
        wrong: given
            .wrong
            .get("document")
            .filter(|_| is_given)
            .map(String::as_str),
        ..Field::default()
    };
    let fields = html! {
        input type="hidden" name="version" value=(page.view.row.version);
        (document.code(16))
        button type="submit" { (words.say("journey-save")) }
    };
    let action = format!("/journeys/{}/document", page.view.row.id);
    html! {
        details.card open[is_given] {
            summary { h2 { (words.say("journey-document")) } }
            (form(&action, token, &fields))
        }
    }
}

fn pretty(journey: &Journey) -> String {
    let text = journey.to_json();
    let value = serde_json::from_str::<serde_json::Value>(&text);
    let pretty = value.and_then(|value| serde_json::to_string_pretty(&value));
    pretty.unwrap_or(text)
}
