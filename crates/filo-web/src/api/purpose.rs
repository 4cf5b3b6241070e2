//! What the company asks its customers for, and the texts they agree to.

use axum::extract::State;
use filo_app::App;
use filo_app::consent::TermsView;
use filo_core::consent::Basis;
use filo_core::consent::purpose::{Ground, Purpose, Purposes};
use filo_core::event::Channel;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::addressing::{WordingOut, wording};
use super::answer::{Answer, created, ok};
use super::power::Bearer;
use super::request::Body;
use crate::problem::{Problem, ProblemOut};
use crate::right::{ManageSettings, SeeFigures};

/// One purpose.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Purpose)]
pub(crate) struct PurposeDocument {
    /// The word in events; never changed.
    #[schema(example = "marketing")]
    word: String,
    /// What customers read, in Italian.
    name_it: String,
    /// What customers read, in English.
    name_en: String,
    /// `statement`: rests on what they said. `duty`: on a contract or a law.
    #[schema(example = "statement")]
    ground: String,
    /// Whether they answer for each channel.
    by_channel: bool,
    /// Where the company does this.
    channels: Vec<String>,
    /// The grounds on which a yes counts: `consent`, `soft_spam` (e-mail only whatever is said
    /// here), `contract`, `legitimate_interest`, `legal_obligation`.
    bases: Vec<String>,
    /// Months after which a yes no longer counts; 0: never.
    expires_after_months: u16,
    /// Months after a no in which nobody asks again.
    ask_again_after_months: u16,
}

/// The purposes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Purposes)]
pub(crate) struct PurposesOut {
    /// Each of them.
    purposes: Vec<PurposeDocument>,
    /// Give it back with a change, so that nobody's change is lost.
    version: i64,
}

/// A change of the purposes; all of them are replaced.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PurposesIn {
    /// Each of them; `marketing` and `email_tracking` cannot be left out.
    purposes: Vec<PurposeDocument>,
    /// The version that was read.
    version: i64,
}

/// The texts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Wordings)]
pub(crate) struct WordingsOut {
    /// Every version in every language.
    data: Vec<WordingOut>,
}

/// The next version of a text.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WordingIn {
    /// The purpose it asks about.
    purpose: String,
    /// What is read in Italian.
    text_it: String,
    /// What is read in English.
    text_en: String,
}

/// The version that was written.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WordingVersion)]
pub(crate) struct WordingVersion {
    /// Its number.
    version: i64,
}

fn out(view: &TermsView) -> PurposesOut {
    PurposesOut {
        purposes: view.purposes.0.iter().map(document).collect(),
        version: view.version,
    }
}

fn document(purpose: &Purpose) -> PurposeDocument {
    PurposeDocument {
        word: purpose.word.to_string(),
        name_it: purpose.name_it.to_string(),
        name_en: purpose.name_en.to_string(),
        ground: purpose.ground.word().to_owned(),
        by_channel: purpose.by_channel,
        channels: purpose
            .channels
            .iter()
            .map(|it| it.word().to_owned())
            .collect(),
        bases: purpose
            .bases
            .iter()
            .map(|it| it.word().to_owned())
            .collect(),
        expires_after_months: purpose.expires_after_months,
        ask_again_after_months: purpose.ask_again_after_months,
    }
}

fn purpose(given: PurposeDocument) -> Result<Purpose, Problem> {
    let ground = Ground::from_word(&given.ground)
        .ok_or_else(|| Problem::invalid("ground", "`statement` or `duty`"))?;
    let channels: Option<Vec<Channel>> = given
        .channels
        .iter()
        .map(|word| Channel::from_word(word))
        .collect();
    let known = |word: &String| Basis::ALL.into_iter().find(|it| it.word() == word.as_str());
    let bases: Option<Vec<Basis>> = given.bases.iter().map(known).collect();
    Ok(Purpose {
        word: given.word.into(),
        name_it: given.name_it.into(),
        name_en: given.name_en.into(),
        ground,
        by_channel: given.by_channel,
        channels: channels
            .ok_or_else(|| Problem::invalid("channels", "words such as `email` and `sms`"))?,
        bases: bases
            .ok_or_else(|| Problem::invalid("bases", "words such as `consent`, `soft_spam`"))?,
        expires_after_months: given.expires_after_months,
        ask_again_after_months: given.ask_again_after_months,
    })
}

/// What customers are addressed for.
#[utoipa::path(
    get, path = "/settings/consent-purposes", tag = "settings",
    responses((status = 200, body = PurposesOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_purposes(State(app): State<App>, _key: Bearer<SeeFigures>) -> Answer {
    ok(&out(&app.purposes().await?))
}

/// Changes them, from the version that was read: 409 if somebody else changed them meanwhile.
#[utoipa::path(
    put, path = "/settings/consent-purposes", tag = "settings", request_body = PurposesIn,
    responses((status = 200, body = PurposesOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn put_purposes(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Body(asked): Body<PurposesIn>,
) -> Answer {
    let purposes: Result<Vec<Purpose>, Problem> = asked.purposes.into_iter().map(purpose).collect();
    let purposes = Purposes(purposes?);
    let changed = app
        .change_purposes(&key.actor, purposes, asked.version)
        .await?;
    ok(&out(&changed))
}

/// Every version of every text.
#[utoipa::path(
    get, path = "/settings/consent-wordings", tag = "settings",
    responses((status = 200, body = WordingsOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_wordings(State(app): State<App>, _key: Bearer<SeeFigures>) -> Answer {
    let data = app.wordings().await?.into_iter().map(wording).collect();
    ok(&WordingsOut { data })
}

/// Writes the next version of a text. A version is never changed.
#[utoipa::path(
    post, path = "/settings/consent-wordings", tag = "settings", request_body = WordingIn,
    responses((status = 201, body = WordingVersion), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn add_wording(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Body(asked): Body<WordingIn>,
) -> Answer {
    let texts = (asked.text_it.as_str(), asked.text_en.as_str());
    let version = app.add_wording(&key.actor, &asked.purpose, texts).await?;
    created(&WordingVersion { version })
}
