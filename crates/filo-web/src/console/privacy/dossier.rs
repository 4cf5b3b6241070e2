//! Everything that is kept of a person, as a page that they can read and print.

use std::collections::HashMap;

use filo_app::{Dossier, SourceView};
use filo_core::event::Event;
use filo_core::id::SourceId;
use filo_core::profile::view::summary;
use filo_core::time::Timestamp;
use maud::{Markup, html};

use crate::console::session::Session;
use crate::dossier::{event_name, told};
use crate::i18n::Words;
use crate::right::Power;
use crate::ui::page::{Frame, Place, page as framed};
use crate::ui::shown;

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
        a.back href=(back) { "← " (words.say("privacy-title")) }
        h1 { (title) }
        p.lead { (words.fill("dossier-lead", [("date", words.date_time(now).into())])) }
        (identifiers(words, dossier))
        (known(words, dossier))
        (consents(words, dossier))
        (origins(words, dossier, &names))
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
                    dt { (words.say(&format!("kind-{}", known.kind.word()))) }
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
                    dt { (shown::line(key)) }
                    dd { (shown::lines(&value, TEXT_LETTERS_MOST)) " — " (words.date_time(said.at)) }
                }
            }
            @if !known.notes.is_empty() {
                h3 { (words.say("dossier-notes")) }
                ul { @for note in &known.notes {
                    li { (words.date_time(note.provenance.at)) " — " (shown::lines(&note.text, TEXT_LETTERS_MOST)) }
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
            ul { @for event in said {
                li {
                    (words.date_time(event.at)) " — " (shown::line(&event.name))
                    code { (shown::lines(&event.properties, TEXT_LETTERS_MOST)) }
                }
            } }
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
            ul { @for source in used { li { (source_name(words, names, source)) } } }
        }
    }
}

fn source_name(words: Words, names: &HashMap<SourceId, &str>, source: SourceId) -> String {
    let name = names.get(&source).map(|name| shown::line(name));
    name.unwrap_or_else(|| words.say("dossier-source-staff").into_owned())
}

fn recipients(words: Words, dossier: &Dossier) -> Markup {
    html! {
        section.card {
            h2 { (words.say("dossier-recipients")) }
            @if dossier.recipients.is_empty() { p.soft { (words.say("dossier-recipients-none")) } }
            ul { @for webhook in &dossier.recipients {
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
                article {
                    h3 { (words.date_time(event.at)) " — " (shown::line(&event_name(event))) }
                    p.about { (source_name(words, names, event.source)) }
                    dl.facts {
                        @for (key, value) in told(event) {
                            dt { (shown::line(&key)) } dd { (shown::lines(&value, TEXT_LETTERS_MOST)) }
                        }
                    }
                }
            }
        }
    }
}
