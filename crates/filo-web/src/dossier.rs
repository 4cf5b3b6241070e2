//! Everything that is kept of a person as lines for a spreadsheet: one fact a line, the same
//! columns for all, so that nothing has to be left out to fit a table.

use std::collections::HashMap;

use filo_app::{Dossier, SourceView};
use filo_core::event::Event;
use filo_core::id::SourceId;
use filo_core::profile::view::summary;
use serde_json::Value;

use crate::csv;
use crate::i18n::{Language, Words};
use crate::piped::plain;
use crate::sentence::recipe_sentence;
use crate::verdict::{PieceNames, said_by};

/// What the columns are, in words that programs read.
const HEADS: [&str; 7] = ["kind", "id", "at", "event", "name", "value", "source"];

/// A file of everything.
pub(crate) fn csv_file(dossier: &Dossier, sources: &[SourceView], separator: char) -> String {
    let mut text = csv::row(&HEADS.map(str::to_owned), separator);
    for line in lines(dossier, sources) {
        text.push_str(&csv::row(&line, separator));
    }
    text
}

#[expect(clippy::too_many_lines, reason = "one part for each kind of fact")]
fn lines(dossier: &Dossier, sources: &[SourceView]) -> Vec<[String; 7]> {
    let mut lines = Vec::new();
    let nothing = String::new;
    let mut fact = |kind: &str, at: String, name: &str, value: String| {
        let (kind, name) = (kind.to_owned(), name.to_owned());
        lines.push([kind, nothing(), at, nothing(), name, value, nothing()]);
    };
    for known in &dossier.customer.identifiers {
        let seen = known.facts.first_seen.to_string();
        fact(
            "identifier",
            seen,
            known.kind.word(),
            known.value.to_string(),
        );
    }
    for (key, value, said) in dossier.customer.profile.traits.iter() {
        fact("value", said.at.to_string(), key, value.to_string());
    }
    for note in &summary(&dossier.customer.profile).notes {
        let at = note.provenance.at.to_string();
        fact("note", at, "note", note.text.to_string());
    }
    for membership in &dossier.segments {
        let since = membership.entered_at.to_string();
        fact("segment", since, &membership.name, nothing());
    }
    for membership in &dossier.lists {
        let since = membership.joined_at.to_string();
        fact("list", since, &membership.name, nothing());
    }
    for (kind, key, told) in worked_out(dossier) {
        fact(kind, nothing(), &key, told);
    }
    for (at, name, value) in said_to_them(dossier) {
        fact("message", at, name, value);
    }
    let beside = dossier.beside.iter();
    for (place, text) in
        beside.flat_map(|(place, texts)| texts.iter().map(move |text| (place, text)))
    {
        fact("beside", nothing(), place, text.clone());
    }
    for webhook in &dossier.recipients {
        let (name, url) = (&webhook.description, webhook.url.clone());
        fact("recipient", nothing(), name, url);
    }
    let names: HashMap<SourceId, &str> = sources
        .iter()
        .map(|source| (source.id, source.name.as_str()))
        .collect();
    for event in &dossier.events {
        let source = names.get(&event.source).copied().unwrap_or_default();
        let (id, at) = (event.id.to_string(), event.at.to_string());
        let of_event = |(name, value): (String, String)| {
            let (id, at, source) = (id.clone(), at.clone(), source.to_owned());
            [
                "event".to_owned(),
                id,
                at,
                event_name(event),
                name,
                value,
                source,
            ]
        };
        let mut told = told(event);
        if told.is_empty() {
            // That it happened is a fact too.
            told.push((nothing(), nothing()));
        }
        lines.extend(told.into_iter().map(of_event));
    }
    lines
}

/// What was said to somebody, line by line.
fn said_to_them(dossier: &Dossier) -> Vec<(String, &'static str, String)> {
    let mut all = Vec::new();
    for view in &dossier.messages {
        let at = view.row.planned_at.to_string();
        let words = Words::of(Language::English);
        let (subject, text) = said_by(words, &view.row.saying, &PieceNames::new());
        let left = view.copy.as_ref();
        let subject = left.map_or(&subject, |copy| &copy.subject);
        let text = left.map_or(&text, |copy| &copy.body);
        all.push((at.clone(), "subject", subject.clone()));
        all.push((at.clone(), "text", text.clone()));
        all.push((at.clone(), "state", view.row.state.word().to_owned()));
        if let Some(receipt) = &view.receipt {
            let told = [
                ("delivered", receipt.delivered_at),
                ("read", receipt.read_at),
                ("failed", receipt.failed_at),
            ];
            for (stage, at) in told {
                all.extend(at.map(|at| (at.to_string(), stage, receipt.carrier_id.clone())));
            }
        }
        if let Some(shown) = &view.shown {
            let told = format!("{} times, until {}", shown.times, shown.last_at);
            all.push((shown.first_at.to_string(), "shown", told));
            let by = shown.ended_by.clone().unwrap_or_default();
            all.extend(shown.ended_at.map(|at| (at.to_string(), "ended", by)));
        }
        for click in &view.clicks {
            let at = click.first_at.to_string();
            let url = click.url.as_str();
            let of = if url.is_empty() { "opened" } else { "clicked" };
            let counted = format!("{url} people {} machines {}", click.people, click.machines);
            all.push((at, of, counted.trim_start().to_owned()));
        }
        for said in &view.verdicts {
            let why: Vec<&str> = said.findings.iter().map(|it| it.why.as_str()).collect();
            let verdict = format!("{}: {}", said.outcome, why.join(", "));
            all.push((said.at.to_string(), "verdict", verdict));
        }
    }
    all
}

/// What Filo works out of somebody: computed traits and how each is arrived at, which persona
/// they are, where they stand among those who buy.
fn worked_out(dossier: &Dossier) -> Vec<(&'static str, String, String)> {
    let mut all = Vec::new();
    for value in &dossier.computed {
        let told = value.value.as_ref().map(plain).unwrap_or_default();
        let words = Words::of(Language::English);
        let logic = recipe_sentence(words, &value.recipe, &dossier.names);
        all.push(("computed", value.key.clone(), told));
        all.push(("computed_logic", value.key.clone(), logic));
    }
    if let Some(membership) = &dossier.persona {
        let view = &membership.persona;
        all.push(("persona", view.persona.id.to_string(), view.name.clone()));
    }
    if let Some(scores) = dossier.buying.scores {
        let digits = format!(
            "R{} F{} M{}",
            scores.recency, scores.frequency, scores.monetary
        );
        all.push(("buying", "scores".to_owned(), digits));
        let group = scores.group().word().to_owned();
        all.push(("buying", "group".to_owned(), group));
    }
    if let Some(stage) = dossier.buying.stage {
        all.push(("buying", "stage".to_owned(), stage.word().to_owned()));
    }
    all
}

/// What an event is called.
pub(crate) fn event_name(event: &Event) -> String {
    if event.name.is_empty() {
        return event.kind.word().to_owned();
    }
    event.name.to_string()
}

/// Identifiers, properties and context of an event as they were sent.
pub(crate) fn told(event: &Event) -> Vec<(String, String)> {
    let carried = event.identifiers.iter();
    let mut told: Vec<(String, String)> = carried
        .map(|it| (it.kind.word().to_owned(), it.value.to_string()))
        .collect();
    for text in [&event.properties, &event.context] {
        if let Ok(Value::Object(members)) = serde_json::from_str(text) {
            told.extend(members.into_iter().map(|(key, value)| match value {
                Value::String(text) => (key, text),
                other => (key, other.to_string()),
            }));
        }
    }
    told
}
