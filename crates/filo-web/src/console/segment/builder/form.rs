//! The form that a segment is made and changed with.

use std::collections::BTreeMap;

use filo_app::segment::{DESCRIPTION_CHARS_MOST, Hints, NAME_CHARS_MOST, SegmentNames};
use filo_core::segment::DEPTH_MOST;
use maud::{Markup, html};

use super::Given;
use super::counting::{Counted, panel};
use super::draft::{Draft, ROOT, name};
use super::field::Part;
use super::leaf;
use crate::console::segment::one::Named;
use crate::i18n::Words;
use crate::ui::form::Field;
use crate::ui::icon::Icon;
use crate::ui::shown::line;

/// Lines of the condition as a text.
const TEXT_ROWS: u8 = 14;
/// Faults that are listed above; the others stand at their fields.
const FAULTS_LISTED: usize = 8;

/// What the form is drawn with.
pub(super) struct Shown<'a> {
    pub(super) words: Words,
    pub(super) given: &'a Given,
    pub(super) wrong: &'a BTreeMap<String, String>,
    /// Where it is sent.
    pub(super) action: String,
    /// Where one goes who does not save.
    pub(super) back: String,
    pub(super) names: &'a SegmentNames,
    pub(super) others: &'a [Named],
    pub(super) hints: &'a Hints,
    pub(super) counted: &'a Counted,
}

pub(super) fn form(shown: &Shown<'_>, token: &str) -> Markup {
    let words = shown.words;
    let given = shown.given;
    html! {
        form.builder #builder method="post" action=(shown.action) data-builder {
            input type="hidden" name="token" value=(token);
            input type="hidden" name="version" value=(given.version);
            // What the Enter key presses: nothing is saved by accident.
            button.aloud type="submit" name="act" value="check" tabindex="-1" formnovalidate { (words.say("segment-check")) }
            div.segment {
                div {
                    (faults(shown))
                    (heading(shown))
                    section.card aria-labelledby="segment-condition" {
                        div.head {
                            h2 #segment-condition { (words.say("segment-says")) }
                            (ways(shown))
                        }
                        @match &given.text {
                            Some(text) => (as_text(shown, text)),
                            None => (group(shown, &given.draft, ROOT, 1)),
                        }
                    }
                    div.actions {
                        button type="submit" name="act" value="save" { (words.say("segment-save")) }
                        button.quiet type="submit" name="act" value="check" formnovalidate { (words.say("segment-check")) }
                        a.button.plain href=(shown.back) { (words.say("cancel")) }
                    }
                }
                aside { (panel(words, shown.counted)) }
            }
            (suggestions(shown))
        }
    }
}

/// What is to be put right, with the way to each field.
fn faults(shown: &Shown<'_>) -> Markup {
    let words = shown.words;
    html! {
        @if !shown.wrong.is_empty() {
            div.notice.notice-bad role="alert" {
                p { strong { (words.fill("segment-faults", [("count", shown.wrong.len().into())])) } }
                ul.points {
                    @for (field, why) in shown.wrong.iter().take(FAULTS_LISTED) {
                        li { a href={ "#field-" (field) } { (why) } }
                    }
                }
            }
        }
    }
}

fn heading(shown: &Shown<'_>) -> Markup {
    let words = shown.words;
    let wrong = |field: &str| shown.wrong.get(field).map(String::as_str);
    html! {
        section.card {
            (Field {
                name: "name",
                label: &words.say("segment-name"),
                value: &shown.given.name,
                wrong: wrong("name"),
                required: true,
                length_most: NAME_CHARS_MOST,
                ..Field::default()
            }.input())
            (Field {
                name: "description",
                label: &words.say("segment-description"),
                value: &shown.given.description,
                hint: Some(&words.say("segment-description-hint")),
                wrong: wrong("description"),
                length_most: DESCRIPTION_CHARS_MOST,
                ..Field::default()
            }.area(2))
        }
    }
}

/// By fields or as a text.
fn ways(shown: &Shown<'_>) -> Markup {
    let words = shown.words;
    let is_text = shown.given.text.is_some();
    let way = |act: &str, key: &str, here: bool| {
        html! {
            button.small.quiet type="submit" name="act" value=(act) formnovalidate aria-pressed=(here) disabled[here] {
                (words.say(key))
            }
        }
    };
    html! {
        div.ways role="group" aria-label=(words.say("segment-ways")) {
            (way("as-tree", "segment-as-tree", !is_text))
            (way("as-text", "segment-as-text", is_text))
        }
    }
}

fn as_text(shown: &Shown<'_>, text: &str) -> Markup {
    let words = shown.words;
    html! {
        input type="hidden" name="mode" value="text";
        (Field {
            name: "text",
            label: &words.say("segment-text-label"),
            value: text,
            hint: Some(&words.say("segment-text-hint")),
            wrong: shown.wrong.get("text").map(String::as_str),
            ..Field::default()
        }.code(TEXT_ROWS))
    }
}

/// A group with what is in it.
fn group(shown: &Shown<'_>, draft: &Draft, path: &str, depth: usize) -> Markup {
    let words = shown.words;
    let part = Part {
        form: shown,
        draft,
        path,
    };
    let ops = part.choices("segment-op", &["all", "any", "not_all", "none"]);
    html! {
        fieldset.parts id=(path) {
            legend.aloud { (words.say("segment-group")) }
            input type="hidden" name=(name(path, "kind")) value="group";
            @if draft.has("bare") { input type="hidden" name=(name(path, "bare")) value="1"; }
            div.group-head {
                (part.select("op", "segment-op", &ops))
                @if path != ROOT { (moves(shown, path)) }
            }
            (own_fault(part))
            @if draft.children.is_empty() { p.soft { (words.say("segment-group-empty")) } }
            @for (place, child) in draft.children.iter().enumerate() {
                @let below = format!("{path}.{place}");
                @if child.is_group() { (group(shown, child, &below, depth + 1)) }
                @else { (condition(shown, child, &below)) }
            }
            (adding(shown, draft, path, depth))
        }
    }
}

/// One condition.
fn condition(shown: &Shown<'_>, draft: &Draft, path: &str) -> Markup {
    let words = shown.words;
    let part = Part {
        form: shown,
        draft,
        path,
    };
    let kind = match draft.kind() {
        known if leaf::KINDS.contains(&known) => known,
        _ => "raw",
    };
    html! {
        fieldset.condition id=(path) {
            legend.aloud { (words.say(&format!("segment-kind-{kind}"))) }
            input type="hidden" name=(name(path, "kind")) value=(kind);
            div.condition-head {
                strong aria-hidden="true" { (words.say(&format!("segment-kind-{kind}"))) }
                (part.check("not", "segment-deny"))
                (moves(shown, path))
            }
            (own_fault(part))
            (leaf::fields(part))
        }
    }
}

/// What is wrong with a part as a whole.
fn own_fault(part: Part<'_>) -> Markup {
    html! {
        @if let Some(wrong) = part.wrong("kind") { p.wrong id={ "field-" (part.name("kind")) } { (wrong) } }
    }
}

/// Up, down and away.
fn moves(shown: &Shown<'_>, path: &str) -> Markup {
    let words = shown.words;
    let parent = path.rsplit_once('.').map_or(ROOT, |(parent, _)| parent);
    let button = |verb: &str, icon: Icon| {
        html! {
            button.plain.small.round type="submit" name="act" value={ (verb) ":" (path) } formnovalidate
                formaction={ (shown.action) "#" (parent) } aria-label=(words.say(&format!("segment-{verb}")))
                title=(words.say(&format!("segment-{verb}"))) { (icon.draw()) }
        }
    };
    html! {
        span.moves {
            (button("up", Icon::Up))
            (button("down", Icon::Down))
            (button("remove", Icon::Close))
        }
    }
}

/// What can be put into a group.
fn adding(shown: &Shown<'_>, draft: &Draft, path: &str, depth: usize) -> Markup {
    let words = shown.words;
    let there = format!("{}#{path}.{}", shown.action, draft.children.len());
    let add = |kind: &str, class: &str, content: &Markup| {
        html! {
            button.(class) type="submit" name="act" value={ "add:" (path) ":" (kind) } formnovalidate formaction=(there) { (content) }
        }
    };
    html! {
        div.actions {
            details.filter data-menu {
                summary { (Icon::Plus.draw()) (words.say("segment-add")) }
                div.menu {
                    @for kind in leaf::KINDS {
                        (add(kind, "kind-choice", &html! {
                            span {
                                (words.say(&format!("segment-kind-{kind}")))
                                span.about { (words.say(&format!("segment-kind-{kind}-hint"))) }
                            }
                        }))
                    }
                }
            }
            @if depth + 2 <= DEPTH_MOST {
                (add("group", "plain small", &html! { (Icon::Segments.draw()) (words.say("segment-add-group")) }))
            }
        }
    }
}

/// What the workspace has seen, to complete fields from.
pub(super) fn suggestions(shown: &Shown<'_>) -> Markup {
    html! {
        datalist #hint-events { @for name in &shown.hints.events { option value=(line(name)) {} } }
        datalist #hint-traits {
            @for (key, label) in &shown.hints.computed { option value=(line(key)) { (line(label)) } }
            @for key in &shown.hints.traits { option value=(line(key)) {} }
        }
    }
}
