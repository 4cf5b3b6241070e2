//! Setting up the second factor, turning it off, and fresh recovery codes.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use filo_app::{App, FactorOffer};
use maud::{Markup, html};
use qrcode::QrCode;
use qrcode::render::svg;
use serde::Deserialize;

use super::account::framed;
use super::failure::Failure;
use super::login::carry;
use super::posted::Posted;
use super::session::{Session, encode};
use super::{Answer, done, shown, wrong};
use crate::right::{Enrolling, Own};
use crate::ui::form::{Field, button_form, copyable, form, second_thought};

const HERE: &str = "/account/second-factor";

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    done: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

pub(super) async fn show(
    State(app): State<App>,
    session: Session<Enrolling>,
    Query(asked): Query<Asked>,
) -> Answer {
    let content = content(&app, &session, None).await?;
    let title = session.words.say("factor-title");
    shown(framed(&session, &title, &content, asked.done.as_deref()))
}

/// Makes a seed, which the page then shows.
pub(super) async fn offer(State(app): State<App>, posted: Posted<Enrolling, Nothing>) -> Answer {
    posted.session.fresh(&app, HERE)?;
    app.offer_second_factor(&posted.session.actor).await?;
    done(HERE)
}

#[derive(Debug, Deserialize)]
pub(super) struct Code {
    code: String,
}

/// Confirms the seed with a code. The answer is the page itself, which alone shows the codes.
pub(super) async fn confirm(State(app): State<App>, posted: Posted<Enrolling, Code>) -> Answer {
    let Posted { session, form } = posted;
    let enrolled = app
        .confirm_second_factor(&session.actor, &form.code)
        .await?;
    let Some(enrolled) = enrolled else {
        let problem = session.words.say("login-code-wrong");
        let content = content(&app, &session, Some(&problem)).await?;
        let title = session.words.say("factor-title");
        return wrong(framed(&session, &title, &content, None));
    };
    let mut response = codes_page(&session, &enrolled.codes).into_response();
    carry(&mut response, &app, &enrolled.session);
    Ok(response)
}

pub(super) async fn remove(State(app): State<App>, posted: Posted<Own, Nothing>) -> Answer {
    posted.session.fresh(&app, HERE)?;
    let opened = app.drop_second_factor(&posted.session.actor).await?;
    let mut response = Redirect::to("/account?done=factor-removed").into_response();
    carry(&mut response, &app, &opened);
    Ok(response)
}

pub(super) async fn fresh_codes(State(app): State<App>, posted: Posted<Own, Nothing>) -> Answer {
    posted.session.fresh(&app, HERE)?;
    let codes = app.fresh_recovery_codes(&posted.session.actor).await?;
    shown(codes_page(&posted.session, &codes))
}

/// After this page the session has another token, so it has no forms of its own.
fn codes_page<P>(session: &Session<P>, codes: &[String]) -> Markup {
    let words = session.words;
    let title = words.say("factor-codes-title");
    let content = html! {
        section.card.narrow {
            h1 { (title) }
            p { (words.say("factor-codes-lead")) }
            (copyable(words, "codes", &codes.join("\n")))
            p { a.button href="/account" { (words.say("factor-codes-kept")) } }
        }
    };
    framed(session, &title, &content, None)
}

async fn content(
    app: &App,
    session: &Session<Enrolling>,
    problem: Option<&str>,
) -> Result<Markup, Failure> {
    let words = session.words;
    let Some(user) = app.own_account(&session.actor).await? else {
        return Ok(html! { p { (words.say("account-operator")) } });
    };
    if user.has_second_factor {
        let left = app.recovery_codes_left(&session.actor).await?;
        let left = words.fill("factor-codes-left", [("count", left.into())]);
        return Ok(html! {
            div.head { h1 { (words.say("factor-title")) } }
            p { (words.say("factor-on")) " " (left) }
            (button_form("/account/second-factor/codes", &session.token, &[], &words.say("factor-codes-fresh"), "quiet"))
            (second_thought("/account/second-factor/removal", &session.token, &words.say("factor-remove"), &words.say("factor-remove-confirm")))
        });
    }
    let offered = app.offered_second_factor(&session.actor).await?;
    Ok(html! {
        section.card.narrow {
            h1 { (words.say("factor-title")) }
            p { (words.say("factor-lead")) }
            @if let Some(offer) = &offered {
                (offered_form(session, offer, problem))
            }
            @let again = if offered.is_some() { "factor-again" } else { "factor-start" };
            (button_form(HERE, &session.token, &[], &words.say(again), "quiet"))
        }
    })
}

fn offered_form(
    session: &Session<Enrolling>,
    offer: &FactorOffer,
    problem: Option<&str>,
) -> Markup {
    let words = session.words;
    let code = Field {
        name: "code",
        label: &words.say("login-code"),
        wrong: problem,
        required: true,
        length_most: 16,
        ..Field::default()
    };
    let fields = html! { (code.input()) button type="submit" { (words.say("factor-confirm")) } };
    html! {
        @if let Some(image) = picture(offer) {
            img src=(image) alt=(words.say("factor-picture")) width="220" height="220";
        }
        p { (words.say("factor-by-hand")) }
        (copyable(words, "seed", &offer.seed))
        (form("/account/second-factor/code", &session.token, &fields))
    }
}

/// The code that a telephone's camera reads, as a picture in the page itself.
fn picture(offer: &FactorOffer) -> Option<String> {
    let account = encode(&offer.email);
    let address = format!(
        "otpauth://totp/Filo:{account}?secret={}&issuer=Filo",
        offer.seed
    );
    let code = QrCode::new(address).ok()?;
    let image = code
        .render::<svg::Color<'_>>()
        .min_dimensions(220, 220)
        .build();
    Some(format!(
        "data:image/svg+xml;base64,{}",
        STANDARD.encode(image)
    ))
}
