//! The preview: what somebody would see, in a frame that runs nothing and reaches nothing but the
//! pictures of a mail.

use axum::extract::{Path, Query, State};
use filo_app::App;
use filo_app::content::{Rendering, Wanted};
use filo_core::channel::Look;
use filo_core::content::{Piece, Reason};
use filo_core::id::{CustomerId, PieceId};
use filo_core::message::Medium;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::fault::fault_words;
use super::given::Given;
use super::{Asked, At};
use crate::console::framed::{Pictures, framed};
use crate::console::posted::Posted;
use crate::console::segment::Pairs;
use crate::console::session::Session;
use crate::console::site_message::{self, Drawn};
use crate::console::{Answer, id};
use crate::i18n::Words;
use crate::right::{Power, SeeFigures};

const DARK: &str = "@media (prefers-color-scheme: dark)";
/// How a text message looks, roughly, in light and dark.
const BUBBLE: &str = "body{margin:0;padding:16px;font:16px/1.45 system-ui,sans-serif;background:#f6f3ed;color:#211e1a}\
     .bubble{max-width:34ch;padding:12px 14px;border-radius:14px;background:#fff;white-space:pre-wrap;overflow-wrap:anywhere}\
     .bubble b{display:block;margin-bottom:4px}.bubble a{color:#0b5c58}.why{margin-top:12px;font-size:13px;color:#625b51}";
const BUBBLE_DARK: &str = "body{background:#171513;color:#f0ece4}.bubble{background:#2b2824}.bubble a{color:#6cccc2}.why{color:#b3aa9c}";

/// The saved text.
pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeeFigures>,
    Path(piece): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let piece: PieceId = id(&piece)?;
    let view = app.piece(piece).await?;
    let usual = app.voice().await?.voice.tone;
    let at = asked.at(&app, &view.piece, usual);
    draw(&app, &session, &view.piece, (&at, asked.dark == "dark")).await
}

/// The text as it is typed.
pub(in crate::console) async fn try_out(
    State(app): State<App>,
    Path(piece): Path<String>,
    posted: Posted<SeeFigures, Pairs>,
) -> Answer {
    let piece: PieceId = id(&piece)?;
    let view = app.piece(piece).await?;
    let given = Given::read(&posted.form);
    let piece = given.in_piece(&view.piece);
    draw(&app, &posted.session, &piece, (&given.at, given.dark)).await
}

async fn draw<P: Power>(
    app: &App,
    session: &Session<P>,
    piece: &Piece,
    (at, dark): (&At, bool),
) -> Answer {
    let rendered = app
        .preview_piece(&session.actor, piece, wanted(session.words, at))
        .await?;
    let page = match rendered {
        Ok(rendering) if rendering.medium == Medium::InApp => {
            on_site(session.words, &rendering, (&app.site_look().await?, dark))
        }
        Ok(rendering) => page_of(session.words, rendering, dark),
        Err(fault) => note(&fault_words(session.words, &fault), dark).into_string(),
    };
    Ok(framed(page, Pictures::Fetched))
}

/// What a preview asks for: the text as it is, for a reason that is made up.
pub(super) fn wanted(words: Words, at: &At) -> (Option<CustomerId>, Wanted) {
    let wanted = Wanted {
        customer: CustomerId(0),
        medium: at.medium,
        tone: Some(at.tone),
        language: Some(at.language),
        variant: Some(at.variant),
        event: std::collections::BTreeMap::new(),
        reason: Reason::Asked {
            what: words.say("content-sample-reason").into_owned(),
        },
        links: std::collections::BTreeMap::new(),
        times: 0,
    };
    (at.person, wanted)
}

fn page_of(words: Words, rendering: Rendering, dark: bool) -> String {
    match rendering.html {
        // The reader's own screen decides in a mail program; here the choice of the page does.
        Some(html) if dark => html.replace(DARK, "@media all"),
        Some(html) => html.replace(DARK, "@media not all"),
        None => bubble(words, &rendering, dark).into_string(),
    }
}

/// A message on the site, as it stands there.
fn on_site(words: Words, rendering: &Rendering, (look, dark): (&Look, bool)) -> String {
    let drawn = Drawn {
        language: rendering.language.tag(),
        title: &rendering.subject,
        text: &rendering.text,
        link: &rendering.link,
        label: &rendering.label,
        image: &rendering.image,
        why: &rendering.why,
        out: &words.say("content-site-out"),
        layout: rendering.layout.unwrap_or(look.layout),
    };
    site_message::page(&drawn, look, dark)
}

fn bubble(words: Words, rendering: &Rendering, dark: bool) -> Markup {
    let is_spoken = matches!(rendering.medium, Medium::Call | Medium::Counter);
    let content = html! {
        div.bubble {
            @if !rendering.subject.is_empty() { b { (rendering.subject) } }
            (rendering.text)
            @if !rendering.link.is_empty() {
                @let label = if rendering.label.is_empty() { &rendering.link } else { &rendering.label };
                br; br; a href=(rendering.link) { (label) }
            }
        }
        @if is_spoken { p.why { (words.say("content-spoken")) } }
        @else { p.why { (rendering.why) } }
    };
    bare(&content, dark)
}

fn note(text: &str, dark: bool) -> Markup {
    bare(&html! { div.bubble { (text) } }, dark)
}

fn bare(content: &Markup, dark: bool) -> Markup {
    html! {
        (DOCTYPE)
        html {
            head {
                meta charset="utf-8";
                style { (PreEscaped(BUBBLE)) @if dark { (PreEscaped(BUBBLE_DARK)) } }
            }
            body { (content) }
        }
    }
}
