//! Making an audience, and the fields of what it is.

use std::collections::BTreeMap;

use axum::extract::State;
use filo_app::audience::{AudienceChange, AudienceDraft, AudienceView};
use filo_app::{App, Error};
use filo_core::audience::{ADVERTISING, Delivery, Fields, Platform};
use filo_core::consent::purpose::{Ground, Purpose};
use maud::{Markup, html};
use serde::Deserialize;

use super::whole;
use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, shown, wrong};
use crate::i18n::{Language, Words};
use crate::right::{ManageSegments, Power};
use crate::ui::form::{Field, form};
use crate::ui::icon::Icon;
use crate::ui::shown::line;

const NAME_LETTERS_MOST: usize = 80;
const DESCRIPTION_LETTERS_MOST: usize = 500;
const REMOTE_LETTERS_MOST: usize = 64;

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Given {
    pub(super) name: String,
    pub(super) description: String,
    platform: String,
    delivery: String,
    remote: String,
    segment: String,
    purpose: String,
    pub(super) version: i64,
    /// What is ticked, by its word.
    #[serde(flatten)]
    boxes: BTreeMap<String, String>,
}

impl Given {
    pub(super) fn of(view: &AudienceView) -> Self {
        let words = view.fields.words().into_iter();
        let segment = view.row.segment.map(|id| id.to_string());
        Self {
            name: view.row.name.clone(),
            description: view.row.description.clone(),
            platform: view.row.platform.clone(),
            delivery: view.row.delivery.clone(),
            remote: view.row.remote.clone(),
            segment: segment.unwrap_or_default(),
            purpose: view.row.purpose.clone(),
            version: view.row.version,
            boxes: words.map(|it| (it.to_owned(), "on".to_owned())).collect(),
        }
    }

    fn is_ticked(&self, word: &str) -> bool {
        self.boxes.contains_key(word)
    }

    /// What it is to be.
    pub(super) fn change(&self) -> Result<AudienceChange, Error> {
        let segment = match self.segment.trim() {
            "" => None,
            text => {
                let id = text.parse();
                Some(id.map_err(|_no_id| Error::invalid("segment", "no_segment"))?)
            }
        };
        Ok(AudienceChange {
            name: self.name.clone(),
            description: self.description.clone(),
            segment,
            purpose: self.purpose.clone(),
            fields: Fields {
                name: self.is_ticked("name_field"),
                place: self.is_ticked("place"),
                own_id: self.is_ticked("own_id"),
            },
            knows_delicate: self.is_ticked("knows_delicate"),
        })
    }

    fn draft(&self) -> Result<AudienceDraft, Error> {
        let platform = Platform::from_word(&self.platform);
        let delivery = Delivery::from_word(&self.delivery);
        Ok(AudienceDraft {
            platform: platform.ok_or_else(|| Error::invalid("platform", "no_platform"))?,
            delivery: delivery.ok_or_else(|| Error::invalid("delivery", "no_delivery"))?,
            remote: self.remote.clone(),
            change: self.change()?,
        })
    }
}

/// What there is to choose from.
pub(super) struct Choices {
    /// Segments in use, by name.
    pub(super) segments: Vec<(String, String)>,
    purposes: Vec<Purpose>,
}

impl Choices {
    pub(super) async fn load(app: &App) -> filo_app::Result<Self> {
        let segments = app.segments().await?.into_iter();
        let segments = segments.filter(|view| view.row.archived_at.is_none());
        let purposes = app.purposes().await?.purposes.0.into_iter();
        Ok(Self {
            segments: segments
                .map(|view| (view.row.id.to_string(), line(&view.row.name)))
                .collect(),
            purposes: purposes
                .filter(|purpose| purpose.ground == Ground::Statement)
                .collect(),
        })
    }
}

/// A field and what is wrong with it, as a word or in words.
pub(super) type Refused = (&'static str, String);

pub(in crate::console) async fn new_form(
    State(app): State<App>,
    session: Session<ManageSegments>,
) -> Answer {
    let given = Given {
        platform: Platform::Meta.word().to_owned(),
        delivery: Delivery::File.word().to_owned(),
        purpose: ADVERTISING.to_owned(),
        ..Given::default()
    };
    shown(draw(&app, &session, &given, None).await?)
}

pub(in crate::console) async fn create(
    State(app): State<App>,
    posted: Posted<ManageSegments, Given>,
) -> Answer {
    let Posted { session, form } = posted;
    let created = match form.draft() {
        Ok(draft) => app.create_audience(&session.actor, draft).await,
        Err(error) => Err(error),
    };
    match created {
        Ok(view) => done(&format!("/audiences/{}?done=audience-made", view.row.id)),
        Err(Error::Invalid { field, reason }) => {
            wrong(draw(&app, &session, &form, Some(&(field, reason))).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn draw<P: Power>(
    app: &App,
    session: &Session<P>,
    given: &Given,
    refused: Option<&Refused>,
) -> Result<Markup, Failure> {
    let words = session.words;
    let choices = Choices::load(app).await?;
    let title = words.say("audience-new");
    let content = html! {
        a.back href="/audiences" { (Icon::Back.draw()) (words.say("place-audiences")) }
        section.card.narrow {
            h1 { (title) }
            (form("/audiences", &session.token, &html! {
                (platform_fields(words, given, refused))
                (fields(words, given, &choices, refused))
                div.actions {
                    button type="submit" { (words.say("audience-make")) }
                    a.button.plain href="/audiences" { (words.say("cancel")) }
                }
            }))
        }
    };
    Ok(whole(session, &title, None, &content))
}

/// What is wrong with a field, in words.
fn why(words: Words, refused: Option<&Refused>, field: &str) -> Option<String> {
    let (_, reason) = refused.filter(|(wrong, _)| *wrong == field)?;
    if field == "knows_delicate" {
        let filled = [("words", line(reason).into())];
        return Some(words.fill("audience-wrong-delicate", filled));
    }
    let key = format!("audience-wrong-{}", field.replace('_', "-"));
    words.look_up(&key).map(std::borrow::Cow::into_owned)
}

/// Where it goes: said once.
fn platform_fields(words: Words, given: &Given, refused: Option<&Refused>) -> Markup {
    let [platform_wrong, delivery_wrong, remote_wrong] =
        ["platform", "delivery", "remote"].map(|field| why(words, refused, field));
    let platforms = Platform::ALL.map(|it| (it.word(), it.name()));
    let labels = Delivery::ALL.map(|it| words.say(&format!("audience-delivery-{}", it.word())));
    let deliveries: Vec<(&str, &str)> = Delivery::ALL
        .iter()
        .zip(&labels)
        .map(|(it, label)| (it.word(), &**label))
        .collect();
    let platform = Field {
        name: "platform",
        label: &words.say("audience-platform"),
        value: &given.platform,
        wrong: platform_wrong.as_deref(),
        ..Field::default()
    };
    let delivery = Field {
        name: "delivery",
        label: &words.say("audience-delivery"),
        value: &given.delivery,
        hint: Some(&words.say("audience-delivery-hint")),
        wrong: delivery_wrong.as_deref(),
        ..Field::default()
    };
    let remote = Field {
        name: "remote",
        label: &words.say("audience-remote"),
        value: &given.remote,
        hint: Some(&words.say("audience-remote-hint")),
        wrong: remote_wrong.as_deref(),
        length_most: REMOTE_LETTERS_MOST,
        ..Field::default()
    };
    html! {
        (platform.select(&platforms))
        (delivery.select(&deliveries))
        (remote.input())
    }
}

/// What it is called, who comes in and what goes out.
pub(super) fn fields(
    words: Words,
    given: &Given,
    choices: &Choices,
    refused: Option<&Refused>,
) -> Markup {
    let [name_wrong, description_wrong, delicate_wrong] =
        ["name", "description", "knows_delicate"].map(|field| why(words, refused, field));
    let name = Field {
        name: "name",
        label: &words.say("audience-name"),
        value: &given.name,
        wrong: name_wrong.as_deref(),
        required: true,
        length_most: NAME_LETTERS_MOST,
        ..Field::default()
    };
    let description = Field {
        name: "description",
        label: &words.say("audience-description"),
        value: &given.description,
        wrong: description_wrong.as_deref(),
        length_most: DESCRIPTION_LETTERS_MOST,
        ..Field::default()
    };
    html! {
        (name.input())
        (description.area(2))
        (who(words, given, choices, refused))
        fieldset {
            legend { (words.say("audience-fields")) }
            p.hint { (words.say("audience-fields-hint")) }
            (tick(words, given, "name_field", "audience-field-name"))
            (tick(words, given, "place", "audience-field-place"))
            (tick(words, given, "own_id", "audience-field-own-id"))
        }
        @if let Some(why) = delicate_wrong {
            section.notice.notice-warn role="alert" {
                p { (why) }
                (tick(words, given, "knows_delicate", "audience-knows-delicate"))
            }
        }
    }
}

/// Whose members come in by themselves, and which consent it takes.
fn who(words: Words, given: &Given, choices: &Choices, refused: Option<&Refused>) -> Markup {
    let [segment_wrong, purpose_wrong] =
        ["segment", "purpose"].map(|field| why(words, refused, field));
    let segment = Field {
        name: "segment",
        label: &words.say("audience-segment"),
        value: &given.segment,
        hint: Some(&words.say("audience-segment-hint")),
        wrong: segment_wrong.as_deref(),
        ..Field::default()
    };
    let purpose = Field {
        name: "purpose",
        label: &words.say("audience-purpose"),
        value: &given.purpose,
        hint: Some(&words.say("audience-purpose-hint")),
        wrong: purpose_wrong.as_deref(),
        ..Field::default()
    };
    let nobody = words.say("audience-segment-none");
    let segments = choices.segments.iter();
    let segments = segments.map(|(id, name)| (id.as_str(), name.as_str()));
    let segments: Vec<(&str, &str)> = [("", &*nobody)].into_iter().chain(segments).collect();
    let purposes = choices.purposes.iter();
    let purposes: Vec<(&str, &str)> = purposes
        .map(|it| (it.word.as_str(), purpose_name(words, it)))
        .collect();
    html! {
        (segment.select(&segments))
        (purpose.select(&purposes))
    }
}

fn purpose_name(words: Words, purpose: &Purpose) -> &str {
    match words.language {
        Language::Italian => &purpose.name_it,
        Language::English => &purpose.name_en,
    }
}

fn tick(words: Words, given: &Given, name: &str, key: &str) -> Markup {
    let is_on = match name {
        "name_field" => given.is_ticked("name_field") || given.is_ticked("name"),
        other => given.is_ticked(other),
    };
    html! {
        label.check {
            input type="checkbox" name=(name) value="on" checked[is_on];
            span { (words.say(key)) }
        }
    }
}
