//! Everything that is kept of a person, as a page that they can read and print.

use std::collections::HashMap;

use filo_app::{Dossier, SourceView};
use filo_core::event::Event;
use filo_core::id::SourceId;
use filo_core::profile::view::summary;
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde_json::Value;

use crate::clicks;
use crate::console::computed::value_words;
use crate::console::import::field_words;
use crate::console::person::buying::standing as standing_of_buyer;
use crate::console::person::event_title;
use crate::console::person::persona::facts as persona_facts;
use crate::console::person::reason::kind_word;
use crate::console::session::Session;
use crate::i18n::Words;
use crate::right::Power;
use crate::sentence::persona::label;
use crate::sentence::recipe_sentence;
use crate::ui::icon::Icon;
use crate::ui::page::{Frame, Place, page as framed};
use crate::ui::shown;
use crate::verdict::{PieceNames, finding, outcome, said_by};

/// Letters of one text as it was sent.
const TEXT_LETTERS_MOST: usize = 64 << 10;

pub(super) fn page<P: Power>(
    session: &Session<P>,
    dossier: &Dossier,
    (name, sources): (&str, &[SourceView]),
    now: Timestamp,
) -> Markup {
    let words = session.words;
    let title = words.fill("dossier-title", [("name", name.into())]);
    let frame = Frame {
        words,
        title: &title,
        place: Some(Place::People),
        address: None,
        visitor: Some(session.visitor()),
        done: None,
    };
    let names: HashMap<SourceId, &str> = sources
        .iter()
        .map(|source| (source.id, source.name.as_str()))
        .collect();
    let back = format!("/people/{}/privacy", dossier.customer.id);
    let content = html! {
        a.back href=(back) { (Icon::Back.draw()) (words.say("privacy-title")) }
        h1 { (title) }
        p.lead { (words.fill("dossier-lead", [("date", words.date_time(now).into())])) }
        (identifiers(words, dossier))
        (known(words, dossier))
        (consents(words, dossier))
        (origins(words, dossier, &names))
        (segments(words, dossier))
        (lists(words, dossier))
        (computed(words, dossier))
        (persona(words, dossier))
        (buying(words, dossier))
        (messages(words, dossier))
        (recipients(words, dossier))
        (logic(words, dossier))
        (beside(words, dossier))
        (thread(words, dossier, &names))
        p.soft { (words.say("erasure-print")) }
    };
    framed(&frame, &content)
}

fn identifiers(words: Words, dossier: &Dossier) -> Markup {
    html! {
        section.card {
            h2 { (words.say("dossier-identifiers")) }
            dl.facts {
                @for known in &dossier.customer.identifiers {
                    dt { (kind_word(words, known.kind)) }
                    dd { bdi { (shown::line(&known.value)) } }
                }
            }
        }
    }
}

fn known(words: Words, dossier: &Dossier) -> Markup {
    let known = summary(&dossier.customer.profile);
    html! {
        section.card {
            h2 { (words.say("dossier-known")) }
            p.about { (words.say("dossier-known-hint")) }
            dl.facts {
                @for (key, value, said) in dossier.customer.profile.traits.iter() {
                    dt { (field_words(words, key)) }
                    dd {
                        (shown::lines(&plain(&value), TEXT_LETTERS_MOST))
                        p.about { (words.date_time(said.at)) }
                    }
                }
            }
            @if !known.notes.is_empty() {
                h3 { (words.say("dossier-notes")) }
                ul.list { @for note in &known.notes {
                    li {
                        p { (shown::lines(&note.text, TEXT_LETTERS_MOST)) }
                        p.about { (words.date_time(note.provenance.at)) }
                    }
                } }
            }
        }
    }
}

/// Every yes and no, in the order in which they were said.
fn consents(words: Words, dossier: &Dossier) -> Markup {
    let said: Vec<&Event> = dossier
        .events
        .iter()
        .filter(|event| filo_core::consent::concerns(event))
        .collect();
    html! {
        section.card {
            h2 { (words.say("dossier-consents")) }
            @if said.is_empty() { p.soft { (words.say("dossier-consents-none")) } }
            ul.list { @for event in said {
                li {
                    div.line { strong { (event_name(words, event)) } span.soft { (words.date_time(event.at)) } }
                    (facts(&members(&event.properties)))
                }
            } }
        }
    }
}

/// What they are reckoned among.
fn segments(words: Words, dossier: &Dossier) -> Markup {
    html! {
        @if !dossier.segments.is_empty() {
            section.card {
                h2 { (words.say("segment-of-person")) }
                ul.list { @for membership in &dossier.segments {
                    li {
                        div.line {
                            strong { (shown::line(&membership.name)) }
                            span.soft { (words.fill("segment-of-person-since", [("when", words.date_time(membership.entered_at).into())])) }
                        }
                    }
                } }
            }
        }
    }
}

/// The lists they were put on by hand.
fn lists(words: Words, dossier: &Dossier) -> Markup {
    html! {
        @if !dossier.lists.is_empty() {
            section.card {
                h2 { (words.say("customer-list-of-person")) }
                ul.list { @for membership in &dossier.lists {
                    li {
                        div.line {
                            strong { (shown::line(&membership.name)) }
                            span.soft { (words.fill("customer-list-since", [("when", words.date_time(membership.joined_at).into())])) }
                        }
                    }
                } }
            }
        }
    }
}

/// What the computed traits say, and how each is arrived at.
fn computed(words: Words, dossier: &Dossier) -> Markup {
    html! {
        @if !dossier.computed.is_empty() {
            section.card {
                h2 { (words.say("dossier-computed")) }
                dl.facts {
                    @for value in &dossier.computed {
                        dt { (shown::line(&value.label)) }
                        dd {
                            @match &value.value {
                                Some(value) => (value_words(words, value)),
                                None if value.is_counting => (words.say("dossier-computed-counting")),
                                None => "–",
                            }
                            p.about { (recipe_sentence(words, &value.recipe, &dossier.names)) }
                        }
                    }
                }
            }
        }
    }
}

/// Which kind of customers they are taken for, and by what logic.
fn persona(words: Words, dossier: &Dossier) -> Markup {
    html! {
        @if let Some(membership) = &dossier.persona {
            section.card {
                h2 { (words.say("persona-of-person")) }
                p { strong { (label(words, &membership.persona.label())) } }
                (persona_facts(words, membership))
                p { (words.say("persona-logic")) }
            }
        }
    }
}

/// What was said to them, and why it left or did not.
fn messages(words: Words, dossier: &Dossier) -> Markup {
    html! {
        @if !dossier.messages.is_empty() {
            section.card {
                h2 { (words.say("person-messages")) }
                ul.list { @for view in &dossier.messages {
                    @let (subject, text) = said_by(words, &view.row.saying, &PieceNames::new());
                    @let left = view.copy.as_ref();
                    li {
                        div.line {
                            strong { (shown::line(left.map_or(&subject, |copy| &copy.subject))) }
                            span.soft { (words.date_time(view.row.planned_at)) }
                        }
                        p.lines { (shown::lines(left.map_or(&text, |copy| &copy.body), TEXT_LETTERS_MOST)) }
                        @if let Some(receipt) = &view.receipt {
                            p.about { (words.say(&format!("message-stage-{}", receipt.stage().word()))) }
                        }
                        @for click in &view.clicks { p.about { (clicks::told(words, click)) } }
                        @for said in &view.verdicts {
                            p.about {
                                (outcome(words, said)) ". "
                                @for found in &said.findings { (finding(words, found)) " " }
                            }
                        }
                    }
                } }
            }
        }
    }
}

/// Where they stand among those who buy, and what makes it so.
fn buying(words: Words, dossier: &Dossier) -> Markup {
    html! {
        @if let Some(figures) = &dossier.buying.figures {
            section.card {
                h2 { (words.say("buyer-of-person")) }
                (standing_of_buyer(words, &dossier.buying, figures))
                p { (words.say("buyer-logic")) }
            }
        }
    }
}

fn origins(words: Words, dossier: &Dossier, names: &HashMap<SourceId, &str>) -> Markup {
    let mut used: Vec<SourceId> = dossier.events.iter().map(|event| event.source).collect();
    used.sort_unstable();
    used.dedup();
    html! {
        section.card {
            h2 { (words.say("dossier-sources")) }
            ul.points { @for source in used { li { (source_name(words, names, source)) } } }
        }
    }
}

fn source_name(words: Words, names: &HashMap<SourceId, &str>, source: SourceId) -> String {
    let name = names.get(&source).map(|name| shown::line(name));
    let own = match source {
        SourceId::TRACKING => "dossier-source-tracking",
        _ => "dossier-source-staff",
    };
    name.unwrap_or_else(|| words.say(own).into_owned())
}

fn recipients(words: Words, dossier: &Dossier) -> Markup {
    html! {
        section.card {
            h2 { (words.say("dossier-recipients")) }
            @if dossier.recipients.is_empty() { p.soft { (words.say("dossier-recipients-none")) } }
            ul.points { @for webhook in &dossier.recipients {
                li { (shown::line(&webhook.description)) " " code { (shown::line(&webhook.url)) } }
            } }
        }
    }
}

fn logic(words: Words, dossier: &Dossier) -> Markup {
    let links = dossier.customer.links.len();
    html! {
        section.card {
            h2 { (words.say("dossier-logic")) }
            p { (words.fill("dossier-logic-links", [("count", links.into())])) }
            p { (words.say("dossier-logic-values")) }
            p { (words.say("dossier-logic-figures")) }
        }
    }
}

fn beside(words: Words, dossier: &Dossier) -> Markup {
    let held = dossier.beside.iter().filter(|(_, texts)| !texts.is_empty());
    html! {
        @for (place, texts) in held {
            section.card {
                h2 { (words.say(&format!("erasure-place-{place}"))) }
                @for text in texts { pre { (shown::lines(text, TEXT_LETTERS_MOST)) } }
            }
        }
    }
}

fn thread(words: Words, dossier: &Dossier, names: &HashMap<SourceId, &str>) -> Markup {
    html! {
        section.card {
            h2 { (words.say("dossier-events")) }
            @if dossier.is_cut { p.notice { (words.say("dossier-cut")) } }
            @for event in &dossier.events {
                article.event {
                    div.line { h3 { (event_name(words, event)) } span.soft { (words.date_time(event.at)) } }
                    p.about { (source_name(words, names, event.source)) }
                    (facts(&told(words, event)))
                }
            }
        }
    }
}

/// What happened, in words; what has no words here is called as whoever sent it calls it.
fn event_name(words: Words, event: &Event) -> String {
    if event.name.is_empty() {
        return words
            .say(&format!("event-{}", event.kind.word()))
            .into_owned();
    }
    shown::line(&event_title(words, &event.name))
}

/// Identifiers, properties and context as they were sent.
fn told(words: Words, event: &Event) -> Vec<(String, String)> {
    let carried = event.identifiers.iter();
    let mut told: Vec<(String, String)> = carried
        .map(|it| (kind_word(words, it.kind), it.value.to_string()))
        .collect();
    told.extend(members(&event.properties));
    told.extend(members(&event.context));
    told
}

/// The members of a JSON object, each as a text.
fn members(text: &str) -> Vec<(String, String)> {
    let Ok(Value::Object(members)) = serde_json::from_str(text) else {
        return Vec::new();
    };
    let members = members.into_iter();
    members.map(|(key, value)| (key, text_of(value))).collect()
}

/// A JSON value without the marks of JSON.
fn plain(json: &str) -> String {
    serde_json::from_str(json).map_or_else(|_not_json| json.to_owned(), text_of)
}

fn text_of(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

fn facts(told: &[(String, String)]) -> Markup {
    html! {
        dl.facts {
            @for (key, value) in told {
                dt { (shown::line(key)) } dd { (shown::lines(value, TEXT_LETTERS_MOST)) }
            }
        }
    }
}
