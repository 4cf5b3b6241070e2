//! The certificate, as a page to print and as a file.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use filo_app::{App, Error};
use filo_core::id::CustomerId;
use http::header;
use maud::html;

use super::ledger::line;
use super::name_of;
use crate::addressing::channel_name;
use crate::api::addressing_out::certificate as document;
use crate::console::session::Session;
use crate::console::{Answer, id, shown};
use crate::right::SeePersonalData;
use crate::ui::icon::Icon;
use crate::ui::page::{Frame, Place, page};
use crate::ui::shown as display;

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeePersonalData>,
    Path(customer): Path<String>,
) -> Answer {
    let made = app
        .consent_certificate(&session.actor, id::<CustomerId>(&customer)?)
        .await?;
    let purposes = app.purposes().await?.purposes;
    let words = session.words;
    let name = name_of(words, &made.customer);
    let title = words.fill("certificate-title", [("name", name.into())]);
    let company = app.company().company.name.to_string();
    let content = html! {
        a.back href={ "/people/" (made.customer.id) "/consents" } { (Icon::Back.draw()) (words.say("consent-back")) }
        h1 { (title) }
        p { (words.fill("certificate-made", [
            ("company", display::line(&company).into()),
            ("date", words.date_time(made.made_at).into()),
            ("by", display::line(&made.made_by).into()),
        ])) }
        @if !made.is_whole { p.notice.notice-warn { (words.say("consent-not-whole")) } }
        section.card {
            h2 { (words.say("certificate-whom")) }
            dl.facts {
                @for known in &made.customer.identifiers {
                    dt { (words.say(&format!("kind-{}", known.kind.word().replace('_', "-")))) }
                    dd { bdi { (display::line(&known.value)) } }
                }
            }
        }
        section.card {
            h2 { (words.say("consent-ledger")) }
            @if made.ledger.entries.is_empty() { p.soft { (words.say("consents-none")) } }
            ul.list { @for entry in &made.ledger.entries { (line(words, &purposes, entry)) } }
        }
        @if !made.wordings.is_empty() {
            section.card {
                h2 { (words.say("certificate-wordings")) }
                @for wording in &made.wordings {
                    h3 { code { (wording.name()) } " · " (wording.language) " · " (words.date(wording.valid_from)) }
                    p lang=(wording.language) { (wording.text) }
                    p.about { "SHA-256 " code { (wording.hash) } }
                }
            }
        }
        @if !made.suppressions.is_empty() {
            section.card {
                h2 { (words.say("place-suppressions")) }
                ul.list {
                    @for row in &made.suppressions {
                        li {
                            (words.say(&format!("suppression-{}", row.reason.word().replace('_', "-"))))
                            " · " (channel_name(words, row.channel)) " · " (words.date_time(row.since))
                            @if let Some(lifted) = row.lifted_at {
                                " – " (words.date_time(lifted))
                            }
                        }
                    }
                }
            }
        }
        p.about { (words.say("certificate-print")) }
    };
    let frame = Frame {
        words,
        title: &title,
        place: Some(Place::People),
        address: session.address.as_deref(),
        visitor: Some(session.visitor()),
        done: None,
    };
    shown(page(&frame, &content))
}

pub(in crate::console) async fn file(
    State(app): State<App>,
    session: Session<SeePersonalData>,
    Path(customer): Path<String>,
) -> Answer {
    let made = app
        .consent_certificate(&session.actor, id::<CustomerId>(&customer)?)
        .await?;
    let name = format!(
        "attachment; filename=\"consents-{}.json\"",
        made.customer.id
    );
    let text = serde_json::to_string_pretty(&document(&app, made))
        .map_err(|error| Error::from(anyhow::Error::from(error)))?;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, text).into_response())
}
