//! One kind: its name, how many, what sets it apart, who stands for it.

use filo_app::CustomerRow;
use filo_app::persona::{NAME_CHARS_MOST, NOTE_CHARS_MOST, PersonaView};
use filo_core::id::PersonaId;
use filo_core::money::Currency;
use maud::{Markup, html};

use super::page::Told;
use crate::i18n::Words;
use crate::sentence::persona::{counts, fact, label, percent};
use crate::ui::form::{Field, button_form, form};
use crate::ui::shown::{line, lines};

/// What somebody typed that could not be saved.
pub(super) struct Refused {
    pub(super) id: PersonaId,
    pub(super) name: String,
    pub(super) note: String,
    /// The version that was read; none where the one that stands is to be changed.
    pub(super) version: Option<i64>,
    /// Of which field, and why.
    pub(super) wrong: (&'static str, String),
}

/// The kinds of a search, the largest first.
pub(super) fn cards(words: Words, told: &Told, token: &str, refused: Option<&Refused>) -> Markup {
    html! {
        @for view in &told.run.personas {
            (card(words, told, view, token, refused.filter(|it| it.id == view.persona.id)))
        }
    }
}

fn card(
    words: Words,
    told: &Told,
    view: &PersonaView,
    token: &str,
    refused: Option<&Refused>,
) -> Markup {
    let persona = &view.persona;
    let note = lines(&view.note, NOTE_CHARS_MOST);
    let document = told.run.document.as_ref();
    let all = document.map_or(0, |document| document.people);
    let currency = document
        .and_then(|document| document.grouping())
        .map_or(Currency::EUR, |grouping| grouping.model.currency);
    html! {
        section.card id=(persona.id) aria-labelledby={ "name-" (persona.id) } {
            h2 id={ "name-" (persona.id) } { (label(words, &view.label())) }
            p { (size(words, persona.people, all)) }
            @if !note.trim().is_empty() { p.soft { (note) } }
            @if persona.facts.is_empty() { p.soft { (words.say("persona-no-facts")) } }
            ul.points {
                @for told in &persona.facts {
                    li { (fact(words, told, currency)) span.about { " " (counts(words, told)) } }
                }
            }
            (typical(words, told, persona.id))
            p.about { (stability(words, persona.stability)) }
            @if told.manages {
                @if told.run.is_in_force {
                    (button_form(&format!("/personas/{}/segment", persona.id), token, &[], &words.say("persona-make-segment"), "quiet small"))
                    (naming(words, view, token, refused))
                }
            }
        }
    }
}

/// “1.250 persone, il 25 % di quelle confrontate.”
fn size(words: Words, people: u64, all: u64) -> String {
    let share = match all {
        0 => String::new(),
        all => percent(words, real(people) / real(all)),
    };
    let fill = [
        ("count", people.into()),
        ("number", words.number(people).into()),
        ("share", share.into()),
    ];
    words.fill("persona-size", fill)
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far under 2^53")]
const fn real(count: u64) -> f64 {
    count as f64
}

fn stability(words: Words, stability: f64) -> String {
    let figure = words.decimal(&format!("{stability:.2}"));
    words.fill("persona-stability", [("figure", figure.into())])
}

fn typical(words: Words, told: &Told, id: PersonaId) -> Markup {
    let people = told.typical.get(&id).map_or(&[][..], Vec::as_slice);
    html! {
        @if !people.is_empty() {
            p {
                (words.say("persona-typical")) " "
                @for (place, row) in people.iter().enumerate() {
                    @if place > 0 { ", " }
                    @if told.opens_people { a href={ "/people/" (row.id) } { (who(words, row)) } }
                    @else { (who(words, row)) }
                }
            }
        }
    }
}

fn who(words: Words, row: &CustomerRow) -> String {
    let known = [&row.name, &row.email, &row.phone];
    let known = known.into_iter().flatten().next();
    known.map_or_else(|| words.say("person-unknown").into_owned(), |it| line(it))
}

fn naming(words: Words, view: &PersonaView, token: &str, refused: Option<&Refused>) -> Markup {
    let id = view.persona.id;
    let given = refused.map_or((&view.name, &view.note, view.version), |it| {
        (&it.name, &it.note, it.version.unwrap_or(view.version))
    });
    let wrong = |field: &str| {
        let wrong = refused.filter(|it| it.wrong.0 == field);
        wrong.map(|it| it.wrong.1.as_str())
    };
    let (name_label, name_hint) = (words.say("persona-name"), words.say("persona-name-hint"));
    let (note_label, note_hint) = (words.say("persona-note"), words.say("persona-note-hint"));
    let (name_field, note_field) = (format!("name-of-{id}"), format!("note-of-{id}"));
    let name = Field {
        name: &name_field,
        label: &name_label,
        value: given.0,
        hint: Some(&name_hint),
        wrong: wrong("name"),
        length_most: NAME_CHARS_MOST,
        ..Field::default()
    };
    let note = Field {
        name: &note_field,
        label: &note_label,
        value: given.1,
        hint: Some(&note_hint),
        wrong: wrong("note"),
        length_most: NOTE_CHARS_MOST,
        ..Field::default()
    };
    let content = html! {
        input type="hidden" name="version" value=(given.2);
        (name.input())
        (note.area(3))
        button.small type="submit" { (words.say("persona-save-name")) }
    };
    html! {
        details open[refused.is_some()] {
            summary { (words.say("persona-give-name")) }
            (form(&format!("/personas/{id}/name"), token, &content))
        }
    }
}
