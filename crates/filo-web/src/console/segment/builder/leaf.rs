//! The fields of each kind of condition.

use filo_core::consent::purpose::Purpose;
use filo_core::event::Channel;
use filo_core::identity::Kind;
use filo_core::segment::{Answer, OrderFigure};
use maud::{Markup, html};

use super::field::{Choice, Part};
use crate::addressing::{channel_name, purpose_name};
use crate::console::person::reason::kind_word;
use crate::sentence::WEEKDAYS;
use crate::sentence::persona::label;
use crate::ui::form::Field;
use crate::ui::icon::Icon;
use crate::ui::shown::line;

/// Every kind, in the order in which they are offered.
pub(super) const KINDS: [&str; 14] = [
    "happened",
    "orders",
    "rfm",
    "lifecycle",
    "trait",
    "consent",
    "known",
    "met",
    "channels",
    "sequence",
    "segment",
    "list",
    "persona",
    "share",
];

/// The fields of a condition.
pub(super) fn fields(part: Part<'_>) -> Markup {
    match part.draft.kind() {
        "trait" => of_trait(part),
        "known" => html! {
            div.row { (part.select("id", "segment-known", &kinds(part))) }
        },
        "consent" => consent(part),
        "happened" => happened(part),
        "sequence" => sequence(part),
        "orders" => html! {
            (part.select("figure", "segment-figure", &part.choices("segment-orders", &OrderFigure::ALL.map(OrderFigure::word))))
            (part.comparison("", "segment-compares"))
            (part.window(""))
        },
        "met" => html! {
            div.row {
                (part.select("channel", "segment-channel", &channels(part, None)))
                (part.span("last_", "segment-within-last"))
            }
        },
        "channels" => html! {
            (part.comparison("", "segment-compares"))
            (part.span("last_", "segment-within-last"))
        },
        "rfm" => super::buying::rfm(part),
        "lifecycle" => super::buying::stage(part),
        "segment" => html! { (part.select("segment", "segment-other", &segments(part))) },
        "list" => html! { (part.select("list", "customer-list-which", &lists(part))) },
        "persona" => html! { (part.select("persona", "persona-which", &personas(part))) },
        "share" => html! {
            div.row {
                (part.with_hint("draw", "segment-draw", Some("segment-draw-hint")))
                (part.line("share_from", "segment-share-from"))
                (part.line("share_to", "segment-share-to"))
            }
        },
        _ => raw(part),
    }
}

/// A part that the form has no fields for, as a text.
fn raw(part: Part<'_>) -> Markup {
    let words = part.form.words;
    Field {
        name: &part.name("text"),
        label: &words.say("segment-raw"),
        value: part.draft.get("text"),
        hint: Some(&words.say("segment-raw-hint")),
        wrong: part.wrong("text"),
        ..Field::default()
    }
    .code(3)
}

fn of_trait(part: Part<'_>) -> Markup {
    let anniversary = html! {
        div.row {
            (part.line("days_before", "segment-days-before"))
            (part.line("days_after", "segment-days-after"))
        }
    };
    let more = [
        ("date", part.window("")),
        ("anniversary", anniversary),
        ("within", part.span("within_", "segment-amount-next")),
    ];
    html! {
        (part.suggested("key", "segment-trait", "hint-traits"))
        (part.value("", "segment-must-be", &more))
    }
}

fn consent(part: Part<'_>) -> Markup {
    let words = part.form.words;
    let named = |purpose: &Purpose| {
        let name = purpose_name(words, &part.form.names.purposes, &purpose.word);
        (purpose.word.to_string(), name)
    };
    let purposes: Vec<Choice> = part.form.names.purposes.0.iter().map(named).collect();
    html! {
        div.row {
            (part.select("purpose", "segment-purpose", &purposes))
            (part.select("channel", "segment-channel", &channels(part, Some("segment-channel-any"))))
            (part.select("answer", "segment-answer", &part.choices("segment-answer", &Answer::ALL.map(Answer::word))))
        }
    }
}

fn kinds(part: Part<'_>) -> Vec<Choice> {
    let named = |kind: Kind| (kind.word().to_owned(), kind_word(part.form.words, kind));
    Kind::ALL.into_iter().map(named).collect()
}

/// The channels; `any` is what none of them is called.
fn channels(part: Part<'_>, any: Option<&str>) -> Vec<Choice> {
    let words = part.form.words;
    let any = any.map(|key| (String::new(), words.say(key).into_owned()));
    let named = |channel: Channel| {
        let name = channel_name(words, Some(channel));
        (channel.word().to_owned(), name)
    };
    any.into_iter()
        .chain(Channel::ALL.into_iter().map(named))
        .collect()
}

/// The segments that one can be made of.
fn segments(part: Part<'_>) -> Vec<Choice> {
    let nothing = (String::new(), "—".to_owned());
    let others = part.form.others.iter();
    let named = others.map(|(id, name)| (id.to_string(), name.clone()));
    std::iter::once(nothing).chain(named).collect()
}

/// The lists; one that is no more keeps its id.
fn lists(part: Part<'_>) -> Vec<Choice> {
    let chosen = part.draft.get("list");
    let known = part.form.names.lists.iter();
    let mut choices: Vec<Choice> = known
        .map(|(id, name)| (id.to_string(), line(name)))
        .collect();
    choices.sort_by_cached_key(|(_, name)| name.to_lowercase());
    if !chosen.is_empty() && !choices.iter().any(|(id, _)| id == chosen) {
        choices.push((chosen.to_owned(), chosen.to_owned()));
    }
    choices.insert(0, (String::new(), "—".to_owned()));
    choices
}

/// The kinds of customers; one that is no more keeps its id.
fn personas(part: Part<'_>) -> Vec<Choice> {
    let (words, chosen) = (part.form.words, part.draft.get("persona"));
    let known = part.form.names.personas.iter();
    let mut choices: Vec<Choice> = known
        .map(|(id, known)| (id.to_string(), label(words, known)))
        .collect();
    choices.sort_by_cached_key(|(_, name)| name.to_lowercase());
    if !chosen.is_empty() && !choices.iter().any(|(id, _)| id == chosen) {
        choices.push((chosen.to_owned(), chosen.to_owned()));
    }
    choices.insert(0, (String::new(), "—".to_owned()));
    choices
}

fn happened(part: Part<'_>) -> Markup {
    const FACTS: [&str; 9] = [
        "count", "sum", "average", "smallest", "greatest", "distinct", "first", "last", "last_is",
    ];
    html! {
        (signal(part, "", "segment-event"))
        div.switch {
            (part.select("fact", "segment-fact", &part.choices("segment-fact", &FACTS)))
            div data-for="sum average smallest greatest distinct last_is" {
                (part.with_hint("field", "segment-field", Some("segment-field-hint")))
            }
            div data-for="count sum average smallest greatest distinct" { (part.comparison("", "segment-compares")) }
            div data-for="count sum average smallest greatest distinct first last" { (part.window("")) }
            div data-for="last_is" { (part.value("v_", "segment-must-be", &[])) }
        }
        (hours(part))
    }
}

/// Days of the week and hours of the day.
pub(super) fn hours(part: Part<'_>) -> Markup {
    let words = part.form.words;
    let time = |field: &str, label: &str| {
        let name = part.name(field);
        html! {
            div.field {
                label for={ "field-" (name) } { (words.say(label)) }
                input #{ "field-" (name) } type="time" name=(name) value=(part.draft.get(field))
                    aria-invalid=[part.wrong(field).map(|_| "true")];
                @if let Some(wrong) = part.wrong(field) { p.wrong { (wrong) } }
            }
        }
    };
    html! {
        div.switch.ticked {
            (part.check("hours", "segment-hours"))
            div data-for="on" {
                fieldset {
                    legend.label { (words.say("segment-weekdays")) }
                    div.checks {
                        @for (place, day) in WEEKDAYS.into_iter().enumerate() { (part.check(&format!("d{place}"), day)) }
                    }
                    @if let Some(wrong) = part.wrong("d0") { p.wrong { (wrong) } }
                }
                div.row { (time("hours_from", "segment-hours-from")) (time("hours_to", "segment-hours-to")) }
                p.hint { (words.say("segment-hours-hint")) }
            }
        }
    }
}

fn sequence(part: Part<'_>) -> Markup {
    html! {
        (signal(part, "a_", "segment-first"))
        (part.window(""))
        (signal(part, "b_", "segment-then"))
        (part.span("within_", "segment-within"))
        div.switch.ticked {
            (part.check("without", "segment-without"))
            div data-for="on" { (signal(part, "x_", "segment-without-event")) }
        }
    }
}

/// Which events: a kind, a name, and what they carry.
pub(super) fn signal(part: Part<'_>, prefix: &str, label: &str) -> Markup {
    const EVENTS: [&str; 6] = ["track", "page", "screen", "identify", "group", "alias"];
    let of = |field: &str| format!("{prefix}{field}");
    let words = part.form.words;
    html! {
        div.signal {
            div.row {
                (part.suggested(&of("name"), label, "hint-events"))
                (part.select(&of("event"), "segment-event-kind", &part.choices("segment-event", &EVENTS)))
            }
            (part.check(&of("any"), "segment-event-any"))
            @for place in 0..part.draft.filters(prefix) { (filter(part, prefix, place)) }
            button.plain.small type="submit" name="act" value={ "filter:" (part.path) ":" (prefix) } formnovalidate
                formaction={ (part.form.action) "#" (part.path) } {
                (Icon::Filter.draw()) (words.say("segment-add-filter"))
            }
        }
    }
}

/// One test of what an event carries.
fn filter(part: Part<'_>, prefix: &str, place: usize) -> Markup {
    let words = part.form.words;
    let of = |field: &str| format!("{prefix}w{place}_{field}");
    html! {
        div.event-filter {
            (part.with_hint(&of("field"), "segment-field", Some("segment-filter-hint")))
            (part.value(&format!("{prefix}w{place}_"), "segment-must-be", &[]))
            button.plain.small.round type="submit" name="act" value={ "unfilter:" (part.path) ":" (prefix) ":" (place) }
                formnovalidate formaction={ (part.form.action) "#" (part.path) } aria-label=(words.say("segment-remove-filter")) {
                (Icon::Close.draw())
            }
        }
    }
}
