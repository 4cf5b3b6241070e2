//! What a person may ask for: a page about one person, a copy of everything, forgetting them.

mod dossier;
pub(super) mod erasure;

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use filo_app::{App, CustomerView, Dossier, ErasurePlan, Ground};
use filo_core::id::CustomerId;
use filo_core::profile::view::summary;
use http::header;
use maud::{Markup, html};
use serde::Deserialize;

use super::failure::Failure;
use super::posted::Posted;
use super::session::Session;
use super::{Answer, done, id, shown, wrong};
use crate::api::privacy::dossier_file;
use crate::csv::{MARK, separator};
use crate::dossier::csv_file;
use crate::i18n::Words;
use crate::right::{HandlePrivacy, Power};
use crate::ui::form::{Field, form};
use crate::ui::icon::Icon;
use crate::ui::page::{Frame, Place, page};
use crate::ui::shown as display;

/// What may be done for them.
pub(super) async fn show(
    State(app): State<App>,
    session: Session<HandlePrivacy>,
    Path(customer): Path<String>,
) -> Answer {
    let customer = seen(&app, &session, &customer).await?;
    let plan = app.plan_erasure(&session.actor, customer.id).await?;
    shown(whole(&session, &customer, &plan, None))
}

async fn seen<P: Power>(
    app: &App,
    session: &Session<P>,
    customer: &str,
) -> Result<CustomerView, Failure> {
    let customer: CustomerId = id(customer)?;
    let found = app.eyes(&session.actor).customer(customer).await?;
    found.ok_or(Failure::Missing)
}

/// What to call them on these pages.
fn name(words: Words, customer: &CustomerView) -> String {
    let known = summary(&customer.profile).display_name;
    let first = customer.identifiers.first().map(|it| it.value.to_string());
    match known.or(first) {
        Some(name) if !name.trim().is_empty() => display::line(&name),
        _ => words.say("person-unknown").into_owned(),
    }
}

fn whole<P: Power>(
    session: &Session<P>,
    customer: &CustomerView,
    plan: &ErasurePlan,
    refused: Option<&str>,
) -> Markup {
    let words = session.words;
    let title = words.say("privacy-title");
    let frame = Frame {
        words,
        title: &title,
        place: Some(Place::People),
        address: session.address.as_deref(),
        visitor: Some(session.visitor()),
        done: None,
    };
    let name = name(words, customer);
    let content = html! {
        a.back href={ "/people/" (customer.id) } { (Icon::Back.draw()) bdi { (name) } }
        h1 { (title) }
        p.lead { (words.say("privacy-lead")) }
        (copy(words, customer.id, &session.token))
        (forget(words, plan, &session.token, refused))
    };
    page(&frame, &content)
}

/// The forms in which everything can be handed over.
pub(super) fn copies(words: Words, action: &str, token: &str) -> Markup {
    let buttons = html! {
        div.actions {
            button.primary type="submit" name="kind" value="page" { (words.say("privacy-copy-page")) }
            button.quiet type="submit" name="kind" value="file" { (words.say("privacy-copy-file")) }
            button.quiet type="submit" name="kind" value="csv" { (words.say("privacy-copy-csv")) }
        }
    };
    form(action, token, &buttons)
}

fn copy(words: Words, customer: CustomerId, token: &str) -> Markup {
    html! {
        section.card {
            h2 { (words.say("privacy-copy-title")) }
            p { (words.say("privacy-copy-lead")) }
            (copies(words, &format!("/people/{customer}/dossier"), token))
        }
        section.card {
            h2 { (words.say("request-new")) }
            p { (words.say("request-from-person")) }
            p { a.button.quiet href={ "/requests/new?customer=" (customer) } { (words.say("request-enter")) } }
        }
    }
}

/// What goes and what stays, before anything goes.
fn forget(words: Words, plan: &ErasurePlan, token: &str, refused: Option<&str>) -> Markup {
    let labels = Ground::ALL.map(|it| words.say(&format!("erasure-ground-{}", it.word())));
    let options: Vec<(&str, &str)> = Ground::ALL
        .iter()
        .zip(&labels)
        .map(|(ground, label)| (ground.word(), &**label))
        .collect();
    let ground = Field {
        name: "ground",
        label: &words.say("erasure-ground"),
        ..Field::default()
    };
    let fields = html! {
        (ground.select(&options))
        div.field {
            label.check {
                input type="checkbox" name="sure" value="yes" required
                    aria-invalid=[refused.map(|_| "true")];
                span { (words.say("erasure-sure")) }
            }
            @if let Some(refused) = refused { p.wrong role="alert" { (refused) } }
        }
        button.danger type="submit" { (words.say("erasure-do")) }
    };
    let beside: u64 = plan.beside.iter().map(|(_, count)| count).sum();
    html! {
        section.card {
            h2 { (words.say("erasure-title")) }
            p { (words.say("erasure-lead")) }
            h3 { (words.say("erasure-goes")) }
            ul.points {
                li { (words.fill("erasure-goes-events", [("count", plan.events.into())])) }
                li { (words.fill("erasure-goes-identifiers", [("count", plan.identifiers.into())])) }
                @if beside > 0 { li { (words.fill("erasure-goes-beside", [("count", beside.into())])) } }
            }
            h3 { (words.say("erasure-stays")) }
            ul.points {
                li { (words.fill("erasure-stays-hashes", [("count", plan.identifiers.into())])) }
                li { (erasure::backups(words, plan.backups)) }
                @if plan.hearers > 0 {
                    li { (words.fill("erasure-will-tell", [("count", plan.hearers.into())])) }
                }
            }
            p.notice.notice-warn { (words.say("erasure-for-good")) }
            (form(&format!("/people/{}/erasure", plan.customer), token, &fields))
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct CopyForm {
    #[serde(default)]
    kind: String,
}

/// Everything that is kept of them, as a page to print or as a file.
pub(super) async fn copy_of(
    State(app): State<App>,
    Path(customer): Path<String>,
    posted: Posted<HandlePrivacy, CopyForm>,
) -> Answer {
    let Posted { session, form } = posted;
    let customer: CustomerId = id(&customer)?;
    let mut everything = app.dossier(&session.actor, customer).await?;
    everything.leave_others_out();
    if form.kind == "csv" {
        return spreadsheet(&app, session.words, &everything).await;
    }
    if form.kind != "file" {
        let sources = app.sources().await?;
        let name = name(session.words, &everything.customer);
        return shown(dossier::page(
            &session,
            &everything,
            (&name, &sources),
            app.now(),
        ));
    }
    let bytes = dossier_file(&everything, app.now()).map_err(anyhow::Error::from);
    let bytes = bytes.map_err(filo_app::Error::from)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"filo-{customer}.json\""),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// Everything as a file for a spreadsheet, in the language's own form.
async fn spreadsheet(app: &App, words: Words, everything: &Dossier) -> Answer {
    let sources = app.sources().await?;
    let text = csv_file(everything, &sources, separator(words.language));
    let name = format!(
        "attachment; filename=\"filo-{}.csv\"",
        everything.customer.id
    );
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, format!("{MARK}{text}")).into_response())
}

#[derive(Debug, Deserialize)]
pub(super) struct ErasureForm {
    ground: String,
    #[serde(default)]
    sure: String,
}

/// Forgets them.
pub(super) async fn erase(
    State(app): State<App>,
    Path(customer): Path<String>,
    posted: Posted<HandlePrivacy, ErasureForm>,
) -> Answer {
    let Posted { session, form } = posted;
    let customer = seen(&app, &session, &customer).await?;
    let ground = Ground::from_word(&form.ground);
    let (Some(ground), "yes") = (ground, form.sure.as_str()) else {
        let plan = app.plan_erasure(&session.actor, customer.id).await?;
        let refused = session.words.say("erasure-not-sure");
        return wrong(whole(&session, &customer, &plan, Some(&refused)));
    };
    let erasure = app.erase(&session.actor, customer.id, ground).await?;
    done(&format!("/settings/erasures/{}?done=erased", erasure.id))
}
