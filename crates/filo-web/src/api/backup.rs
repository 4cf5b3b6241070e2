//! Backups: what there is, making one, and when they are made by themselves.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use filo_app::App;
use filo_app::backup::{BackupView, BackupsView, Schedule};
use filo_core::time::Timestamp;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Text, ok};
use super::power::Bearer;
use super::request::Body;
use crate::problem::{Problem, ProblemOut};
use crate::right::ManageBackups;

/// What reads.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_backups))
        .routes(routes!(get_backup_schedule))
}

/// What writes.
pub(super) fn writes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(start_backup))
        .routes(routes!(put_backup_schedule))
}

/// One backup.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Backup)]
pub(crate) struct BackupOut {
    /// The name of its folder.
    name: String,
    /// When it was made; null if its manifest cannot be read.
    #[schema(value_type = Option<String>, format = DateTime)]
    made_at: Option<Text<Timestamp>>,
    /// Bytes of its files.
    bytes: u64,
    /// Customers in it.
    customers: u64,
    /// Events in it.
    events: u64,
    /// The key of stored secrets is in it.
    with_secret_key: bool,
    /// What is wrong with it; null if it is whole.
    damage: Option<String>,
}

impl From<BackupView> for BackupOut {
    fn from(backup: BackupView) -> Self {
        Self {
            name: backup.name,
            made_at: backup.made_at.map(Text),
            bytes: backup.bytes,
            customers: backup.customers,
            events: backup.events,
            with_secret_key: backup.with_secret_key,
            damage: backup.damage,
        }
    }
}

/// Everything about backups.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Backups)]
pub(crate) struct BackupsOut {
    /// Those in the schedule's folder, newest first.
    data: Vec<BackupOut>,
    /// That folder, on Filo's machine.
    folder: String,
    /// One is being made or tried.
    under_way: bool,
    /// When the last one succeeded.
    #[schema(value_type = Option<String>, format = DateTime)]
    succeeded_at: Option<Text<Timestamp>>,
    /// Why the last one failed; null if it did not.
    failure: Option<String>,
    /// When a backup was last restored on trial, with success.
    #[schema(value_type = Option<String>, format = DateTime)]
    drilled_at: Option<Text<Timestamp>>,
    /// When the next is made by itself.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_at: Option<Text<Timestamp>>,
}

impl From<BackupsView> for BackupsOut {
    fn from(view: BackupsView) -> Self {
        Self {
            data: view.backups.into_iter().map(BackupOut::from).collect(),
            folder: view.folder.display().to_string(),
            under_way: view.under_way,
            succeeded_at: view.record.success.map(|it| Text(it.at)),
            failure: view.record.failure.map(|it| it.reason),
            drilled_at: view.record.drill.map(|it| Text(it.at)),
            next_at: view.next_at.map(Text),
        }
    }
}

/// When backups are made by themselves, and which stay.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BackupSchedule)]
pub(crate) struct ScheduleDocument {
    /// They are made by themselves.
    on: bool,
    /// The hour of the day, 0 to 23.
    hour: u8,
    /// The zone of the hour.
    #[schema(example = "Europe/Rome")]
    zone: String,
    /// A whole path on Filo's machine; empty for the usual folder.
    folder: String,
    /// Days of which the newest stays, 1 to 366.
    keep_daily: u32,
    /// Weeks of which the newest stays, 0 to 366.
    keep_weekly: u32,
}

impl From<Schedule> for ScheduleDocument {
    fn from(schedule: Schedule) -> Self {
        Self {
            on: schedule.on,
            hour: schedule.hour,
            zone: schedule.zone,
            folder: schedule.folder,
            keep_daily: schedule.keep_daily,
            keep_weekly: schedule.keep_weekly,
        }
    }
}

/// Backups, newest first, and how things stand.
#[utoipa::path(
    get, path = "/backups", tag = "operation",
    responses((status = 200, body = BackupsOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_backups(State(app): State<App>, key: Bearer<ManageBackups>) -> Answer {
    ok(&BackupsOut::from(app.backups_view(&key.actor).await?))
}

/// Begins a backup. How it ends is told by the list.
#[utoipa::path(
    post, path = "/backups", tag = "operation",
    responses((status = 202), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn start_backup(
    State(app): State<App>,
    key: Bearer<ManageBackups>,
) -> Result<Response, Problem> {
    app.start_backup(&key.actor)?;
    Ok(StatusCode::ACCEPTED.into_response())
}

/// When backups are made by themselves.
#[utoipa::path(
    get, path = "/backup-schedule", tag = "operation",
    responses((status = 200, body = ScheduleDocument), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_backup_schedule(
    State(app): State<App>,
    key: Bearer<ManageBackups>,
) -> Answer {
    let view = app.backups_view(&key.actor).await?;
    ok(&ScheduleDocument::from(view.schedule))
}

/// Changes when backups are made by themselves.
#[utoipa::path(
    put, path = "/backup-schedule", tag = "operation",
    request_body = ScheduleDocument,
    responses((status = 200, body = ScheduleDocument), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn put_backup_schedule(
    State(app): State<App>,
    key: Bearer<ManageBackups>,
    Body(wanted): Body<ScheduleDocument>,
) -> Answer {
    let wanted = Schedule {
        on: wanted.on,
        hour: wanted.hour,
        zone: wanted.zone,
        folder: wanted.folder,
        keep_daily: wanted.keep_daily,
        keep_weekly: wanted.keep_weekly,
        since: None,
    };
    let kept = app.set_backup_schedule(&key.actor, wanted).await?;
    ok(&ScheduleDocument::from(kept))
}
