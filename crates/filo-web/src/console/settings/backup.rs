//! Backups: what there is, making one, and when they are made by themselves.

use axum::extract::{Query, State};
use filo_app::App;
use filo_app::backup::{BackupView, BackupsView, Schedule};
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::{Asked, whole};
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, shown_while, wrong};
use crate::i18n::Words;
use crate::right::{ManageBackups, Power};
use crate::ui::form::{Field, button_form, form};
use crate::ui::page::empty;
use crate::ui::shown as display;

const ADDRESS: &str = "/settings/backups";
const FOLDER_LETTERS_MOST: usize = 1_000;

/// The schedule as the form sends it.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct ScheduleForm {
    on: String,
    hour: String,
    #[serde(default)]
    folder: String,
    keep_daily: String,
    keep_weekly: String,
}

impl ScheduleForm {
    fn of(schedule: &Schedule) -> Self {
        Self {
            on: if schedule.on { "yes" } else { "no" }.to_owned(),
            hour: schedule.hour.to_string(),
            folder: schedule.folder.clone(),
            keep_daily: schedule.keep_daily.to_string(),
            keep_weekly: schedule.keep_weekly.to_string(),
        }
    }

    /// The schedule, or the field that is no number.
    fn read(&self, zone: String) -> Result<Schedule, &'static str> {
        let number = |text: &str, field| text.trim().parse().map_err(|_not_one| field);
        Ok(Schedule {
            on: self.on == "yes",
            hour: self.hour.trim().parse().map_err(|_not_one| "hour")?,
            zone,
            folder: self.folder.trim().to_owned(),
            keep_daily: number(&self.keep_daily, "keep_daily")?,
            keep_weekly: number(&self.keep_weekly, "keep_weekly")?,
            since: None,
        })
    }
}

pub(in crate::console) async fn list(
    State(app): State<App>,
    session: Session<ManageBackups>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = app.backups_view(&session.actor).await?;
    let given = ScheduleForm::of(&view.schedule);
    let page = Shown {
        view: &view,
        given: &given,
        refused: None,
        now: app.now(),
    };
    let page = self::page(&session, &page, asked.done.as_deref());
    shown_while(view.under_way, page)
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

/// Begins a backup.
pub(in crate::console) async fn start(
    State(app): State<App>,
    posted: Posted<ManageBackups, Nothing>,
) -> Answer {
    app.start_backup(&posted.session.actor)?;
    done("/settings/backups?done=backup-started")
}

/// Changes the schedule.
pub(in crate::console) async fn schedule(
    State(app): State<App>,
    posted: Posted<ManageBackups, ScheduleForm>,
) -> Answer {
    let Posted { session, form } = posted;
    let view = app.backups_view(&session.actor).await?;
    let refused = match form.read(view.schedule.zone.clone()) {
        Err(field) => field,
        Ok(wanted) => match app.set_backup_schedule(&session.actor, wanted).await {
            Ok(_) => return done("/settings/backups?done=backup-schedule"),
            Err(filo_app::Error::Invalid { field, .. }) => field,
            Err(other) => return Err(other.into()),
        },
    };
    let page = Shown {
        view: &view,
        given: &form,
        refused: Some(refused),
        now: app.now(),
    };
    wrong(self::page(&session, &page, None))
}

struct Shown<'a> {
    view: &'a BackupsView,
    given: &'a ScheduleForm,
    refused: Option<&'static str>,
    now: Timestamp,
}

fn page<P: Power>(session: &Session<P>, shown: &Shown<'_>, done: Option<&str>) -> Markup {
    let title = session.words.say("settings-backups");
    let content = content(session.words, shown, &session.token);
    whole(session, ADDRESS, &title, done, &content)
}

fn content(words: Words, shown: &Shown<'_>, token: &str) -> Markup {
    let view = shown.view;
    html! {
        div.head {
            div {
                h1 { (words.say("settings-backups")) }
                p.lead { (words.say("settings-backups-lead")) }
            }
            @if !view.under_way {
                (button_form(ADDRESS, token, &[], &words.say("backup-now"), "primary"))
            }
        }
        @if view.under_way {
            p.notice role="status" { (words.say("backup-under-way")) }
        }
        (standing(words, view, shown.now))
        @if view.backups.is_empty() {
            (empty(&words.say("backups-none"), &html! { p { (words.say("backups-none-hint")) } }))
        } @else {
            section.card aria-labelledby="backups-title" {
                h2 #backups-title { (words.say("backups-title")) }
                ul.list { @for backup in &view.backups { (row(words, backup, shown.now)) } }
            }
        }
        (schedule_form(words, shown, token))
    }
}

/// How well the company is covered, at a glance.
fn standing(words: Words, view: &BackupsView, now: Timestamp) -> Markup {
    let folder = view.folder.display().to_string();
    let whole = view.backups.iter().filter(|it| it.damage.is_none());
    let last = whole.filter_map(|it| it.made_at).max();
    html! {
        @if let Some(failure) = &view.record.failure {
            section.notice.notice-bad role="alert" {
                h2 { (words.fill("backup-failed-at", [("date", words.date_time(failure.at).into())])) }
                p { (display::line(&failure.reason)) }
            }
        }
        section.card {
            dl.facts {
                dt { (words.say("backup-last")) }
                dd {
                    @match last {
                        Some(at) => { (words.day(at, now)) ", " (words.time(at)) }
                        None => (words.say("backup-last-none")),
                    }
                }
                dt { (words.say("backup-next")) }
                dd {
                    @match view.next_at {
                        Some(next) => (words.date_time(next)),
                        None => (words.say("backup-next-none")),
                    }
                }
                dt { (words.say("backup-drill")) }
                dd {
                    @match &view.record.drill {
                        Some(drill) => (words.date_time(drill.at)),
                        None => {
                            (words.say("backup-never-drilled"))
                            p.about { (words.say("backup-drill-hint")) " " code { "filo backup drill" } }
                        }
                    }
                }
                dt { (words.say("backups-folder")) }
                dd { code { (display::line(&folder)) } }
            }
        }
    }
}

fn row(words: Words, backup: &BackupView, now: Timestamp) -> Markup {
    let size = words.fill(
        "backup-size",
        [(
            "megabytes",
            words.number(backup.bytes.div_ceil(1_000_000)).into(),
        )],
    );
    let held = words.fill(
        "backup-held",
        [
            ("customers", words.number(backup.customers).into()),
            ("events", words.number(backup.events).into()),
        ],
    );
    html! {
        li {
            div.line {
                strong {
                    @match backup.made_at {
                        Some(at) => { (words.day(at, now)) ", " (words.time(at)) }
                        None => (words.say("backup-undated")),
                    }
                }
                @match backup.damage {
                    Some(_) => span.badge.badge-bad { (words.say("backup-damaged")) },
                    None => span.badge.badge-good { (words.say("backup-whole")) },
                }
            }
            p.about {
                @if backup.made_at.is_some() { (size) " · " (held) " · " }
                @if backup.with_secret_key { (words.say("backup-has-key")) " · " }
                code { (display::line(&backup.name)) }
            }
            @if let Some(damage) = &backup.damage { p.wrong { (display::line(damage)) } }
        }
    }
}

fn schedule_form(words: Words, shown: &Shown<'_>, token: &str) -> Markup {
    let given = shown.given;
    let (yes, no) = (words.say("backup-on"), words.say("backup-off"));
    let label = |key: &str| words.say(key);
    let wrong = |field: &str, key: &str| {
        (shown.refused == Some(field)).then(|| words.say(key).into_owned())
    };
    let (when, hour, folder) = (
        label("backup-when"),
        label("backup-hour"),
        label("backup-folder"),
    );
    let (daily, weekly) = (label("backup-keep-daily"), label("backup-keep-weekly"));
    let usual = shown.view.usual_folder.display().to_string();
    let hint = words.fill("backup-folder-hint", [("folder", usual.into())]);
    let zone = words.fill(
        "backup-hour-hint",
        [("zone", shown.view.schedule.zone.as_str().into())],
    );
    let field = |name: &'static str| Field {
        name,
        required: name != "folder",
        length_most: 3,
        ..Field::default()
    };
    let fields = html! {
        div.row {
            (Field { label: &when, value: &given.on, ..field("on") }.select(&[("no", &no), ("yes", &yes)]))
            (Field { label: &hour, value: &given.hour,
                wrong: wrong("hour", "wrong-backup-hour").as_deref(), ..field("hour") }.input())
        }
        p.hint { (zone) }
        (Field { label: &folder, value: &given.folder, hint: Some(&hint), length_most: FOLDER_LETTERS_MOST,
            wrong: wrong("folder", "wrong-backup-folder").as_deref(), ..field("folder") }.input())
        div.row {
            (Field { label: &daily, value: &given.keep_daily,
                wrong: wrong("keep_daily", "wrong-backup-kept").as_deref(), ..field("keep_daily") }.input())
            (Field { label: &weekly, value: &given.keep_weekly,
                wrong: wrong("keep_weekly", "wrong-backup-kept").as_deref(), ..field("keep_weekly") }.input())
        }
        p.hint { (words.say("backup-keep-hint")) }
        button type="submit" { (words.say("backup-schedule-save")) }
    };
    html! {
        section.card {
            h2 { (words.say("backup-schedule-title")) }
            (form("/settings/backups/schedule", token, &fields))
        }
    }
}
