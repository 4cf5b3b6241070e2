//! The page of one source: what it sends, what of it was not understood, its keys, the lines to
//! paste, its name and its switch.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use filo_app::annotation::AnnotationView;
use filo_app::{App, Glimpse, QuarantineGroup, SourceKind};
use filo_core::access::Right;
use filo_core::id::SourceId;
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::NAME_LENGTH_MOST;
use super::day::by_day;
use super::key_list::{Refused, key_line};
use super::row::last;
use super::{Asked, Made, Nothing, Sender, frame, keys_in_force, kind_word, snippet};
use crate::console::annotation::{days_back, near, notes};
use crate::console::failure::Failure;
use crate::console::live::{Filter, glimpses};
use crate::console::posted::Posted;
use crate::console::quarantine::{kin_address, reason};
use crate::console::session::Session;
use crate::console::{Answer, done, shown, wrong};
use crate::i18n::Words;
use crate::right::{ManageSources, Power, SeeSources};
use crate::ui::chart::{Chart, bars};
use crate::ui::form::{Field, button_form, copyable, form, second_thought};
use crate::ui::icon::Icon;
use crate::ui::page::page as framed;
use crate::ui::shown as display;

/// Events of the newest ones that the page shows.
const EVENTS: usize = 8;

/// Everything the page shows.
struct Whole {
    sender: Sender,
    recent: Vec<Arc<Glimpse>>,
    faults: Vec<QuarantineGroup>,
    /// What happened beside the volume.
    annotations: Vec<AnnotationView>,
    url: String,
    made: Option<Made>,
    /// The name that was refused.
    refused: Option<String>,
    /// The sites that were refused.
    origins: Option<Refused>,
}

pub(in crate::console) async fn show(
    State(app): State<App>,
    session: Session<SeeSources>,
    Path(source): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut whole = load(&app, number(&source)?).await?;
    whole.annotations = near(&app, &session, filo_app::VOLUME_DAYS).await?;
    if !session.actor.may(Right::SeeQuarantine) {
        // Events as they came say who did what.
        whole.recent.clear();
    }
    shown(whole.page(&app, &session, asked.done.as_deref()))
}

/// A source's number in the path.
fn number(text: &str) -> Result<SourceId, Failure> {
    text.parse()
        .map(SourceId)
        .map_err(|_not_one| Failure::Missing)
}

async fn load(app: &App, id: SourceId) -> Result<Whole, Failure> {
    let source = app.source(id).await?;
    let mut keys = keys_in_force(app).await?;
    keys.retain(|key| key.source == Some(id));
    let filter = Filter::of_source(id);
    let mut faults = app.quarantine_groups().await?;
    faults.retain(|group| group.source == Some(id));
    Ok(Whole {
        sender: Sender {
            volumes: app.volumes(id).await?,
            source,
            keys,
        },
        recent: filter.newest(app, None, EVENTS),
        faults,
        annotations: Vec::new(),
        url: app.config().public_url.trim_end_matches('/').to_owned(),
        made: None,
        refused: None,
        origins: None,
    })
}

/// The page right after a key was made: the only one that shows it.
pub(super) async fn with_key<P: Power>(app: &App, session: &Session<P>, made: Made) -> Answer {
    let id = made.key.source.ok_or(Failure::Missing)?;
    let mut whole = load(app, id).await?;
    whole.made = Some(made);
    shown(whole.page(app, session, None))
}

/// The page with sites that were not right beside their key.
pub(super) async fn with_refused<P: Power>(
    app: &App,
    session: &Session<P>,
    id: SourceId,
    refused: Refused,
) -> Answer {
    let mut whole = load(app, id).await?;
    whole.origins = Some(refused);
    wrong(whole.page(app, session, None))
}

pub(in crate::console) async fn add_key(
    State(app): State<App>,
    Path(source): Path<String>,
    posted: Posted<ManageSources, Nothing>,
) -> Answer {
    let session = posted.session;
    session.fresh(&app, "/sources")?;
    let key = app.add_key(&session.actor, number(&source)?).await?;
    with_key(&app, &session, Made { key }).await
}

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Name {
    name: String,
}

pub(in crate::console) async fn rename(
    State(app): State<App>,
    Path(source): Path<String>,
    posted: Posted<ManageSources, Name>,
) -> Answer {
    let id = number(&source)?;
    let Posted { session, form } = posted;
    match app.rename_source(&session.actor, id, &form.name).await {
        Ok(()) => done(&format!("/sources/{}?done=renamed", id.0)),
        Err(filo_app::Error::Invalid { .. }) => {
            let mut whole = load(&app, id).await?;
            whole.refused = Some(form.name);
            wrong(whole.page(&app, &session, None))
        }
        Err(other) => Err(other.into()),
    }
}

pub(in crate::console) async fn disable(
    State(app): State<App>,
    Path(source): Path<String>,
    posted: Posted<ManageSources, Nothing>,
) -> Answer {
    let id = number(&source)?;
    app.enable_source(&posted.session.actor, id, false).await?;
    done(&format!("/sources/{}?done=source-disabled", id.0))
}

pub(in crate::console) async fn enable(
    State(app): State<App>,
    Path(source): Path<String>,
    posted: Posted<ManageSources, Nothing>,
) -> Answer {
    let id = number(&source)?;
    app.enable_source(&posted.session.actor, id, true).await?;
    done(&format!("/sources/{}?done=source-enabled", id.0))
}

impl Whole {
    fn page<P: Power>(&self, app: &App, session: &Session<P>, done: Option<&str>) -> Markup {
        let events = glimpses(app, session.words, &self.recent, app.now());
        let content = self.content(session.words, &events, app.now(), &session.token);
        framed(
            &frame(session, &display::line(&self.sender.source.name), done),
            &content,
        )
    }

    fn content(&self, words: Words, events: &Markup, now: Timestamp, token: &str) -> Markup {
        let source = &self.sender.source;
        let kind = SourceKind::of_word(&source.kind);
        let never = self.sender.volumes.last_at.is_none();
        html! {
            div.head {
                div {
                    a.back href="/sources" { (Icon::Back.draw()) (words.say("place-sources")) }
                    h1 { bdi { (display::line(&source.name)) } }
                    p.lead { (kind_word(words, &source.kind)) " · " (last(words, self.sender.volumes.last_at, now)) }
                }
            }
            @if let Some(since) = source.disabled_at { (self.disabled(words, since, token)) }
            @if let Some(made) = &self.made { (new_key(words, &made.key.text, kind)) }
            @if let Some(kind) = kind && (never || self.made.is_some()) {
                (self.pasting(words, kind, never))
            }
            @if !never { (self.volume(words, now)) }
            div.columns {
                section.card {
                    div.head {
                        h2 { (words.say("source-recent")) }
                        a.small href={ "/live?source=" (source.id.0) } { (words.say("source-live")) }
                    }
                    @if self.recent.is_empty() { p.soft { (words.say("source-recent-none")) } }
                    @else { ol.feed { (events) } }
                }
                section.card {
                    h2 { (words.say("source-faults")) }
                    (self.faults(words))
                }
            }
            @if kind.is_some() { (self.keys(words, now, token)) }
            @if let Some(kind) = kind && !never && self.made.is_none() {
                (self.pasting(words, kind, false))
            }
            (self.settings(words, token))
        }
    }

    fn disabled(&self, words: Words, since: Timestamp, token: &str) -> Markup {
        let action = format!("/sources/{}/enabling", self.sender.source.id.0);
        html! {
            div.notice.notice-warn {
                p { (words.fill("source-disabled-since", [("date", words.date_time(since).into())])) }
                (button_form(&action, token, &[], &words.say("source-enable"), "quiet small"))
            }
        }
    }

    /// The lines to paste; with a panel that waits for the first event if none has come.
    fn pasting(&self, words: Words, kind: SourceKind, waits: bool) -> Markup {
        let open = waits || self.made.is_some();
        let placeholder = words.say("your-key");
        let public = self.sender.keys.iter().find(|key| key.kind == "public");
        let key = match (&self.made, public) {
            (Some(made), _) => made.key.text.as_str(),
            (None, Some(public)) => &public.shown,
            (None, None) => &placeholder,
        };
        let snippets = snippet::of(kind, &self.url, key);
        html! {
            details.card open[open] {
                summary { (words.say("source-snippet")) }
                @if key == placeholder { p.soft { (words.say("your-key-hint")) } }
                (snippet::panel(words, &snippets))
                @if waits { (self.waiting(words)) }
            }
        }
    }

    fn waiting(&self, words: Words) -> Markup {
        let id = self.sender.source.id.0;
        html! {
            div.waiting role="status" data-await={ "/live/events?source=" (id) "&first=1" } {
                span.pulse aria-hidden="true" {}
                p {
                    strong { (words.say("waiting-title")) } " "
                    span { (words.say("waiting-hint")) " " a href={ "/sources/" (id) } { (words.say("waiting-reload")) } }
                }
            }
        }
    }

    fn volume(&self, words: Words, now: Timestamp) -> Markup {
        let volumes = &self.sender.volumes;
        let points = by_day(words, &volumes.hours, now);
        let days = days_back(words, now, points.len());
        let notes = &notes(words, &self.annotations, &days);
        let title = words.say("volume-title");
        let (day, events) = (
            words.say("volume-head-day"),
            words.say("volume-head-events"),
        );
        html! {
            section.card {
                div.head {
                    h2 { (title) }
                    p.soft { (words.fill("volume-sum", [
                        ("day", words.number(volumes.last_day).into()),
                        ("month", words.number(volumes.last_month).into()),
                    ])) }
                }
                (bars(&Chart { words, id: "volume", title: &title, heads: (&day, &events), points: &points, notes }))
                p.hint { (words.say("volume-hint")) }
            }
        }
    }

    fn faults(&self, words: Words) -> Markup {
        html! {
            @if self.faults.is_empty() {
                p.soft { (words.say("source-faults-none")) }
            } @else {
                ul.list {
                    @for group in &self.faults {
                        li.line {
                            a href=(kin_address(group)) { (reason(words, &group.code)) }
                            span.count { (words.number(group.count.unsigned_abs())) }
                        }
                    }
                }
            }
        }
    }

    fn keys(&self, words: Words, now: Timestamp, token: &str) -> Markup {
        let action = format!("/sources/{}/keys", self.sender.source.id.0);
        html! {
            section.card {
                div.head {
                    h2 { (words.say("source-keys")) }
                    (button_form(&action, token, &[], &words.say("source-key-new"), "quiet small"))
                }
                @if self.sender.keys.is_empty() { p.soft { (words.say("source-no-key")) } }
                @else {
                    ul.list { @for key in &self.sender.keys { (key_line(words, key, now, token, self.origins.as_ref())) } }
                }
                p.hint { (words.say("source-keys-hint")) }
            }
        }
    }

    fn settings(&self, words: Words, token: &str) -> Markup {
        let source = &self.sender.source;
        let problem = self.refused.as_ref().map(|_| words.say("wrong-name"));
        let label = words.say("new-name");
        let name = Field {
            name: "name",
            label: &label,
            value: self.refused.as_ref().unwrap_or(&source.name),
            wrong: problem.as_deref(),
            required: true,
            length_most: NAME_LENGTH_MOST,
            ..Field::default()
        };
        let fields =
            html! { (name.input()) button.quiet type="submit" { (words.say("source-rename")) } };
        html! {
            section.card {
                h2 { (words.say("source-settings")) }
                (form(&format!("/sources/{}/name", source.id.0), token, &fields))
                @if source.disabled_at.is_none() && source.kind != "import" {
                    hr;
                    p.soft { (words.say("source-disable-hint")) }
                    (second_thought(&format!("/sources/{}/disabling", source.id.0), token,
                        &words.say("source-disable"), &words.say("source-disable-confirm")))
                }
            }
        }
    }
}

fn new_key(words: Words, text: &str, kind: Option<SourceKind>) -> Markup {
    let hint = if kind.is_some_and(SourceKind::is_public) {
        "key-made-public-hint"
    } else {
        "key-made-hint"
    };
    html! {
        section.notice.notice-good role="status" {
            h2 { (words.say("source-key-made")) }
            p { (words.say(hint)) }
            (copyable(words, "made-key", text))
        }
    }
}
