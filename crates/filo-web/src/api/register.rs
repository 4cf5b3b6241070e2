//! The register of what is done with personal data (GDPR, art. 30).

use axum::extract::State;
use filo_app::{App, Register, Statement};
use filo_core::consent::Basis;
use filo_core::event::Channel;
use filo_core::privacy::inventory::{Erasing, Handing, Place};
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, Text, ok};
use super::power::Bearer;
use super::request::Body;
use super::retention::Months;
use crate::problem::ProblemOut;
use crate::right::HandlePrivacy;

/// What only a person knows.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RegisterStatement)]
pub(crate) struct StatementDoc {
    /// Who decides about the data, and how they are reached.
    controller: String,
    /// Who watches over data protection, and how they are reached.
    officer: String,
    /// Others who get data and are not told by Filo.
    recipients: String,
    /// Countries outside the European Union, and on what ground.
    transfers: String,
    /// What else is done for security.
    security: String,
}

impl From<Statement> for StatementDoc {
    fn from(known: Statement) -> Self {
        Self {
            controller: known.controller,
            officer: known.officer,
            recipients: known.recipients,
            transfers: known.transfers,
            security: known.security,
        }
    }
}

impl From<StatementDoc> for Statement {
    fn from(given: StatementDoc) -> Self {
        Self {
            controller: given.controller,
            officer: given.officer,
            recipients: given.recipients,
            transfers: given.transfers,
            security: given.security,
        }
    }
}

/// What customers are addressed for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegisterPurpose)]
pub(crate) struct PurposeOut {
    /// Its word.
    purpose: String,
    /// In Italian.
    name_it: String,
    /// In English.
    name_en: String,
    /// The grounds on which it stands.
    bases: Vec<&'static str>,
    /// Where it is done.
    channels: Vec<&'static str>,
    /// The text that is agreed to now, by language.
    texts: Vec<TextOut>,
}

/// A text that customers agree to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegisterText)]
pub(crate) struct TextOut {
    /// `it` or `en`.
    language: String,
    /// Which version.
    wording: String,
    /// What is read.
    text: String,
}

/// A place where something of a customer stands.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegisterPlace)]
pub(crate) struct PlaceOut {
    /// A table, or a kind of file.
    place: &'static str,
    /// What a copy for the person holds: `whole`, `elsewhere` or `nothing`.
    copy: &'static str,
    /// What erasing does: `deleted`, `left_out` or `kept`.
    erasing: &'static str,
    /// Why it is kept.
    reason: Option<&'static str>,
}

impl From<&Place> for PlaceOut {
    fn from(place: &Place) -> Self {
        Self {
            place: place.name,
            copy: match place.copy {
                Handing::Whole => "whole",
                Handing::Elsewhere => "elsewhere",
                Handing::Nothing => "nothing",
            },
            erasing: match place.erasing {
                Erasing::Deleted => "deleted",
                Erasing::LeftOut => "left_out",
                Erasing::Kept(_) => "kept",
            },
            reason: match place.erasing {
                Erasing::Kept(reason) => Some(reason),
                Erasing::Deleted | Erasing::LeftOut => None,
            },
        }
    }
}

/// Another system that is told of customers.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegisterRecipient)]
pub(crate) struct ToldOut {
    /// Its host name.
    host: String,
    /// What it is for.
    description: String,
    /// What it hears of.
    topics: Vec<String>,
    /// It is told at present.
    enabled: bool,
}

/// When backups are made and how long they stay.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegisterBackups)]
pub(crate) struct BackupsOut {
    /// They are made by themselves.
    on: bool,
    /// Days of which the newest stays.
    keep_daily: u32,
    /// Weeks of which the newest stays.
    keep_weekly: u32,
}

/// How many people of the company have a role.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegisterRole)]
pub(crate) struct RoleOut {
    /// Its word.
    role: &'static str,
    /// How many.
    people: u64,
}

/// The register, as of now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Register)]
pub(crate) struct RegisterOut {
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    made_at: Text<Timestamp>,
    /// What a person wrote.
    statement: StatementDoc,
    /// What a change of it must name.
    version: i64,
    /// What customers are addressed for.
    purposes: Vec<PurposeOut>,
    /// What is kept of them, and what becomes of it.
    places: Vec<PlaceOut>,
    /// Where data comes from.
    sources: Vec<String>,
    /// Who is told.
    recipients: Vec<ToldOut>,
    /// After how many months what goes by itself.
    retention: Months,
    /// Backups.
    backups: BackupsOut,
    /// The people of the company.
    roles: Vec<RoleOut>,
}

impl From<Register> for RegisterOut {
    fn from(register: Register) -> Self {
        let wordings = &register.wordings;
        let purposes = register.purposes.iter().map(|purpose| PurposeOut {
            purpose: purpose.word.to_string(),
            name_it: purpose.name_it.to_string(),
            name_en: purpose.name_en.to_string(),
            bases: purpose
                .bases
                .iter()
                .map(|basis| Basis::word(*basis))
                .collect(),
            channels: purpose
                .channels
                .iter()
                .map(|it| Channel::word(*it))
                .collect(),
            texts: wordings
                .iter()
                .filter(|wording| wording.purpose == purpose.word)
                .map(|wording| TextOut {
                    language: wording.language.clone(),
                    wording: wording.name(),
                    text: wording.text.clone(),
                })
                .collect(),
        });
        Self {
            made_at: Text(register.made_at),
            purposes: purposes.collect(),
            statement: register.statement.into(),
            version: register.version,
            places: register.places.iter().map(PlaceOut::from).collect(),
            sources: register.sources.into_iter().map(|it| it.name).collect(),
            recipients: register
                .recipients
                .into_iter()
                .map(|told| ToldOut {
                    host: told.host,
                    description: told.description,
                    topics: told.topics,
                    enabled: told.enabled,
                })
                .collect(),
            retention: register.retention.into(),
            backups: BackupsOut {
                on: register.backups.on,
                keep_daily: register.backups.keep_daily,
                keep_weekly: register.backups.keep_weekly,
            },
            roles: register
                .roles
                .into_iter()
                .map(|(role, people)| RoleOut {
                    role: role.word(),
                    people,
                })
                .collect(),
        }
    }
}

/// The register of what is done with personal data.
#[utoipa::path(
    get, path = "/register", tag = "privacy",
    responses((status = 200, body = RegisterOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_register(State(app): State<App>, key: Bearer<HandlePrivacy>) -> Answer {
    ok(&RegisterOut::from(app.register(&key.actor).await?))
}

/// What only a person knows, anew.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegisterIn {
    /// All of it.
    statement: StatementDoc,
    /// The version that was read.
    version: i64,
}

/// Changes what only a person knows.
#[utoipa::path(
    put, path = "/register", tag = "privacy", request_body = RegisterIn,
    responses((status = 200, body = RegisterOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn put_register(
    State(app): State<App>,
    key: Bearer<HandlePrivacy>,
    Body(asked): Body<RegisterIn>,
) -> Answer {
    let statement = Statement::from(asked.statement);
    app.change_register(&key.actor, &statement, asked.version)
        .await?;
    ok(&RegisterOut::from(app.register(&key.actor).await?))
}
