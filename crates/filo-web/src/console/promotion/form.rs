//! The page of a promotion: what is offered, where it is told; and making one.

use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use filo_app::content::PromotionView;
use filo_app::{App, Error};
use filo_core::content::{Promotion, Terms};
use filo_core::id::PromotionId;
use filo_core::message::Medium;
use filo_core::time::Timestamp;
use http::StatusCode;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use serde::Deserialize;

use crate::console::piece::{manages, medium_words, whole};
use crate::console::posted::Posted;
use crate::console::segment::Pairs;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown};
use crate::i18n::Words;
use crate::right::{ManageContent, Power, SeeFigures};
use crate::ui::form::{Field, button_form, form};
use crate::ui::icon::Icon;
use crate::ui::shown::line;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    done: Option<String>,
}

/// The form as it was filled in.
#[derive(Debug, Clone, Default)]
struct Given {
    name: String,
    terms: Terms,
    code: String,
    media: Vec<Medium>,
    shops: String,
    starts_on: String,
    ends_on: String,
    version: i64,
}

/// The day of an instant by a clock.
pub(super) fn day_of(at: Timestamp, zone: &TimeZone) -> Date {
    let instant = jiff::Timestamp::from_microsecond(at.0);
    instant.map_or_else(|_| Date::default(), |at| at.to_zoned(zone.clone()).date())
}

pub(in crate::console) async fn new_form(session: Session<ManageContent>) -> Answer {
    shown(draw(&session, None, (&Given::default(), None), None))
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeeFigures>,
    Path(promotion): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = app.promotion(id(&promotion)?).await?;
    let given = Given::of(&view);
    shown(draw(
        &session,
        Some(&view),
        (&given, None),
        asked.done.as_deref(),
    ))
}

pub(in crate::console) async fn create(
    State(app): State<App>,
    posted: Posted<ManageContent, Pairs>,
) -> Answer {
    let given = Given::read(&posted.form);
    save(&app, &posted.session, None, given).await
}

pub(in crate::console) async fn change(
    State(app): State<App>,
    Path(promotion): Path<String>,
    posted: Posted<ManageContent, Pairs>,
) -> Answer {
    let view = app.promotion(id(&promotion)?).await?;
    let given = Given::read(&posted.form);
    save(&app, &posted.session, Some(view), given).await
}

async fn save(
    app: &App,
    session: &Session<ManageContent>,
    view: Option<PromotionView>,
    mut given: Given,
) -> Answer {
    let promotion = match given.promotion() {
        Ok(promotion) => promotion,
        Err(field) => {
            let page = draw(session, view.as_ref(), (&given, Some(field)), None);
            return crate::console::wrong(page);
        }
    };
    let saved = match &view {
        Some(view) => {
            let from: (PromotionId, i64) = (view.row.id, given.version);
            app.change_promotion(&session.actor, from, promotion).await
        }
        None => app.create_promotion(&session.actor, promotion).await,
    };
    match saved {
        Ok(saved) => {
            let word = if view.is_some() { "changed" } else { "made" };
            done(&format!(
                "/promotions/{}?done=promotion-{word}",
                saved.row.id
            ))
        }
        Err(Error::Invalid { field, .. }) => {
            crate::console::wrong(draw(session, view.as_ref(), (&given, Some(field)), None))
        }
        Err(Error::Conflict(_)) => {
            given.version = view.as_ref().map_or(0, |view| view.row.version);
            let page = draw(session, view.as_ref(), (&given, Some("conflict")), None);
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

impl Given {
    fn of(view: &PromotionView) -> Self {
        let promotion = view.promotion.clone();
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let shops: Vec<&str> = promotion
            .shops
            .iter()
            .map(compact_str::CompactString::as_str)
            .collect();
        Self {
            name: promotion.name.to_string(),
            code: promotion.code.to_string(),
            shops: shops.join("\n"),
            starts_on: day(promotion.starts_on),
            ends_on: day(promotion.ends_on),
            terms: promotion.terms,
            media: promotion.media,
            version: view.row.version,
        }
    }

    fn read(pairs: &Pairs) -> Self {
        let of = |wanted: &str| {
            let found = pairs.iter().find(|(name, _)| name == wanted);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let media = pairs.iter().filter(|(name, _)| name == "media");
        Self {
            name: of("name"),
            terms: Terms {
                it: of("terms_it"),
                en: of("terms_en"),
            },
            code: of("code"),
            media: media
                .filter_map(|(_, word)| Medium::from_word(word))
                .collect(),
            shops: of("shops"),
            starts_on: of("starts_on"),
            ends_on: of("ends_on"),
            version: of("version").parse().unwrap_or(0),
        }
    }

    /// The offer, or the field that cannot be read.
    fn promotion(&self) -> Result<Promotion, &'static str> {
        let day = |field: &'static str, text: &str| match text.trim() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_no_day| field),
        };
        Ok(Promotion {
            name: self.name.as_str().into(),
            terms: self.terms.clone(),
            code: self.code.as_str().into(),
            media: self.media.clone(),
            shops: self.shops.lines().map(Into::into).collect(),
            starts_on: day("starts_on", &self.starts_on)?,
            ends_on: day("ends_on", &self.ends_on)?,
        })
    }
}

fn draw<P: Power>(
    session: &Session<P>,
    view: Option<&PromotionView>,
    (given, wrong): (&Given, Option<&str>),
    done: Option<&str>,
) -> Markup {
    let words = session.words;
    let (title, action) = match view {
        Some(view) => (line(&view.row.name), format!("/promotions/{}", view.row.id)),
        None => (
            words.say("promotion-new").into_owned(),
            "/promotions".to_owned(),
        ),
    };
    let is_away = view.is_some_and(|view| view.row.archived_at.is_some());
    let notice = match wrong {
        Some("conflict") => Some("promotion-changed-meanwhile"),
        Some("used") => Some("promotion-is-used"),
        _ => None,
    };
    let content = html! {
        a.back href="/promotions" { (Icon::Back.draw()) (words.say("promotion-title")) }
        @if let Some(key) = notice { p.notice.notice-bad role="alert" { (words.say(key)) } }
        div.head {
            h1 { (title) @if is_away { " " span.badge { (words.say("content-away")) } } }
            @if let Some(view) = view.filter(|_| manages(session)) {
                div.actions { (moving(words, view, &session.token)) }
            }
        }
        div.segment {
            section.card {
                @if manages(session) && !is_away {
                    (form(&action, &session.token, &html! {
                        input type="hidden" name="version" value=(given.version);
                        (fields(words, given, wrong))
                        div.actions {
                            button type="submit" { (words.say("segment-save")) }
                            a.button.plain href="/promotions" { (words.say("cancel")) }
                        }
                    }))
                } @else { fieldset disabled { (fields(words, given, None)) } }
            }
            @if let Some(view) = view { aside { (used(words, view)) } }
        }
    };
    whole(session, &title, done, &content)
}

fn moving(words: Words, view: &PromotionView, token: &str) -> Markup {
    let to = |word: &str| format!("/promotions/{}/{word}", view.row.id);
    html! {
        @if view.row.archived_at.is_some() {
            (button_form(&to("restoring"), token, &[], &words.say("segment-restore"), "small"))
        } @else if view.pieces.is_empty() {
            (button_form(&to("archiving"), token, &[], &words.say("segment-archive"), "quiet"))
        }
    }
}

fn used(words: Words, view: &PromotionView) -> Markup {
    html! {
        section.card {
            h2 { (words.say("promotion-used")) }
            @if view.pieces.is_empty() { p.soft { (words.say("promotion-unused")) } }
            @else {
                ul.points {
                    @for (id, name) in &view.pieces { li { a href={ "/pieces/" (id) } { (line(name)) } } }
                }
                p.about { (words.say("promotion-used-hint")) }
            }
        }
    }
}

/// The page with why the promotion is not put away.
pub(super) fn refused(session: &Session<ManageContent>, view: &PromotionView) -> Markup {
    draw(session, Some(view), (&Given::of(view), Some("used")), None)
}

fn fields(words: Words, given: &Given, wrong: Option<&str>) -> Markup {
    let field = |name: &'static str, value: &str, draw: &dyn Fn(&Field<'_>) -> Markup| {
        let key = name.replace('_', "-");
        let is_wrong = wrong == Some(name) || (wrong == Some("terms") && name == "terms_it");
        let why = is_wrong.then(|| words.say(&format!("wrong-promotion-{key}")));
        let hint = words.look_up(&format!("promotion-{key}-hint"));
        draw(&Field {
            name,
            label: &words.say(&format!("promotion-{key}")),
            value,
            hint: hint.as_deref(),
            wrong: why.as_deref(),
            ..Field::default()
        })
    };
    html! {
        (field("name", &given.name, &|field| field.input()))
        (field("terms_it", &given.terms.it, &|field| field.area(3)))
        (field("terms_en", &given.terms.en, &|field| field.area(3)))
        (field("code", &given.code, &|field| field.input()))
        div.row {
            (field("starts_on", &given.starts_on, &|field| field.date()))
            (field("ends_on", &given.ends_on, &|field| field.date()))
        }
        fieldset {
            legend { (words.say("promotion-media")) }
            p.hint { (words.say("promotion-media-hint")) }
            div.checks {
                @for medium in Medium::ALL {
                    label.check {
                        input type="checkbox" name="media" value=(medium.word()) checked[given.media.contains(&medium)];
                        (medium_words(words, medium))
                    }
                }
            }
        }
        (field("shops", &given.shops, &|field| field.area(3)))
    }
}
