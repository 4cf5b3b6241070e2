//! The list of addresses that nothing is sent to: look one up by typing it, put one on, take one
//! off with the reason why.

use axum::extract::{Path, Query, State};
use filo_app::App;
use filo_app::Error;
use filo_app::consent::{NewSuppression, SuppressionReason, SuppressionRow, Whom};
use filo_core::access::Right;
use filo_core::event::Channel;
use filo_core::id::SuppressionId;
use filo_core::identity::Kind;
use maud::{Markup, html};
use serde::Deserialize;

use super::posted::Posted;
use super::session::Session;
use super::settings;
use super::{Answer, done, id, shown, wrong};
use crate::addressing::channel_name;
use crate::api::paging::Cursor;
use crate::i18n::Words;
use crate::right::{ListPeople, ManageSettings, Power, RecordConsent};
use crate::ui::form::{Field, form};
use crate::ui::page::empty;
use crate::ui::shown as display;

const HERE: &str = "/suppressions";
/// Rows of a page.
const ROWS: usize = 50;
/// Letters of an address and of a note.
const ADDRESS_CHARS_MOST: usize = 320;
const NOTE_CHARS_MOST: usize = 500;
/// Where something can be sent.
const PLACES: [Channel; 4] = [Channel::Email, Channel::Sms, Channel::Chat, Channel::Phone];
/// What people choose from; the others are written by Filo and by imports.
const BY_PEOPLE: [SuppressionReason; 4] = [
    SuppressionReason::ByHand,
    SuppressionReason::Unsubscribed,
    SuppressionReason::HardBounce,
    SuppressionReason::Complaint,
];

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    address: Option<String>,
    before: Option<String>,
    done: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Form {
    address: String,
    channel: String,
    reason: String,
    #[serde(default)]
    note: String,
}

/// What the page shows.
#[derive(Default)]
struct List {
    rows: Vec<SuppressionRow>,
    next: Option<String>,
    /// The address that was looked up.
    looked_up: Option<String>,
    /// What was wrong with it.
    look_up_wrong: bool,
    form: Form,
    form_wrong: Option<String>,
    /// What was wrong with taking one off.
    lifting_wrong: Option<(SuppressionId, String)>,
}

pub(super) async fn list(
    State(app): State<App>,
    session: Session<ListPeople>,
    Query(asked): Query<Asked>,
) -> Answer {
    let list = read(&app, &session, &asked).await?;
    let is_wrong = list.look_up_wrong;
    let whole = whole(&session, &list, asked.done.as_deref());
    if is_wrong { wrong(whole) } else { shown(whole) }
}

async fn read<P: Power>(
    app: &App,
    session: &Session<P>,
    asked: &Asked,
) -> Result<List, super::failure::Failure> {
    let actor = &session.actor;
    let address = asked.address.as_deref().map(str::trim);
    let typed = address.filter(|address| !address.is_empty() && actor.may(Right::FindPeople));
    if let Some(typed) = typed {
        let mut list = List {
            looked_up: Some(typed.to_owned()),
            ..List::default()
        };
        match app.suppressions_of(actor, typed).await {
            Ok(rows) => list.rows = rows,
            Err(Error::Invalid { .. }) => list.look_up_wrong = true,
            Err(other) => return Err(other.into()),
        }
        return Ok(list);
    }
    let behind = asked.before.as_deref().and_then(Cursor::read);
    let behind = behind.map(|cursor| (cursor.at, SuppressionId(cursor.id)));
    if !actor.may(Right::ListPeople) {
        return Ok(List::default());
    }
    let mut rows = app.suppressions(actor, behind, ROWS + 1).await?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let last = rows.last().filter(|_| more).map(|row| Cursor {
        at: row.line.since,
        id: row.line.id.0,
    });
    Ok(List {
        rows,
        next: last.map(Cursor::write),
        ..List::default()
    })
}

fn whole<P: Power>(session: &Session<P>, list: &List, done: Option<&str>) -> Markup {
    let words = session.words;
    let title = words.say("place-suppressions");
    let may = |right| session.actor.may(right);
    let content = html! {
        h1 { (title) }
        p.lead { (words.say("suppressions-lead")) }
        @if may(Right::FindPeople) { (look_up(words, list)) }
        @if list.rows.is_empty() && !list.look_up_wrong {
            @if let Some(typed) = &list.looked_up {
                (empty(&words.say("suppressions-not-there"), &html! { p { bdi { (display::line(typed)) } } }))
            } @else {
                (empty(&words.say("suppressions-none"), &html! { p { (words.say("suppressions-none-hint")) } }))
            }
        } @else if !list.rows.is_empty() {
            section.card {
                ul.list { @for row in &list.rows { (line(words, list, row, (&session.token, may(Right::ManageSettings)))) } }
            }
        }
        @if let Some(next) = &list.next {
            p.pages { a.button.quiet href={ "/suppressions?before=" (next) } { (words.say("older")) } }
        }
        @if may(Right::RecordConsent) { (adding(words, list, &session.token)) }
    };
    settings::whole(session, HERE, &title, done, &content)
}

fn look_up(words: Words, list: &List) -> Markup {
    let wrong = list
        .look_up_wrong
        .then(|| words.say("suppressions-address-wrong"));
    let address = Field {
        name: "address",
        label: &words.say("suppressions-address"),
        value: list.looked_up.as_deref().unwrap_or_default(),
        hint: Some(&words.say("suppressions-address-hint")),
        wrong: wrong.as_deref(),
        length_most: ADDRESS_CHARS_MOST,
        ..Field::default()
    };
    html! {
        section.card {
            form.form action=(HERE) {
                (address.input())
                div.actions {
                    button.quiet type="submit" { (words.say("suppressions-find")) }
                    @if list.looked_up.is_some() { a.button.plain href=(HERE) { (words.say("suppressions-all")) } }
                }
            }
        }
    }
}

fn line(words: Words, list: &List, row: &SuppressionRow, may_lift: (&str, bool)) -> Markup {
    let (token, may_lift) = may_lift;
    let known = &row.line;
    let problem = list
        .lifting_wrong
        .as_ref()
        .filter(|(id, _)| *id == known.id)
        .map(|(_, problem)| problem.as_str());
    let kind = known.node.kind().map_or_else(
        || words.say("person-unknown").into_owned(),
        |kind| {
            words
                .say(&format!("kind-{}", kind.word().replace('_', "-")))
                .into_owned()
        },
    );
    html! {
        li {
            div.line {
                span {
                    strong { (words.say(&format!("suppression-{}", known.reason.word().replace('_', "-")))) }
                    " · " (channel_name(words, known.channel)) " · " (kind)
                }
                @if known.lifted_at.is_some() { span.badge { (words.say("suppression-lifted")) } }
            }
            p.about {
                (words.date_time(known.since)) " · " (by(words, &row.made_by))
                @if let Some(lifted) = known.lifted_at { " – " (words.date_time(lifted)) }
            }
            @if !row.note.is_empty() { p { bdi { (display::line(&row.note)) } } }
            @if let Some(note) = row.lifted_note.as_deref().filter(|note| !note.is_empty()) {
                p { (words.say("suppression-lifted")) ": " bdi { (display::line(note)) } }
            }
            p.about { code { (known.node) } }
            @if may_lift && known.lifted_at.is_none() {
                details open[problem.is_some()] {
                    summary { (words.say("suppression-lift")) }
                    (form(&format!("/suppressions/{}/lifting", known.id), token, &html! {
                        (Field {
                            name: "note",
                            label: &words.say("suppression-lift-why"),
                            wrong: problem,
                            required: true,
                            length_most: NOTE_CHARS_MOST,
                            ..Field::default()
                        }.input())
                        button.danger type="submit" { (words.say("suppression-lift")) }
                    }))
                }
            }
        }
    }
}

fn by(words: Words, who: &str) -> String {
    match who {
        "link" => words.say("suppression-by-link").into_owned(),
        "operator" => words.say("audit-party-operator").into_owned(),
        name => display::line(name),
    }
}

fn adding(words: Words, list: &List, token: &str) -> Markup {
    let names = PLACES.map(|channel| channel_name(words, Some(channel)));
    let every = channel_name(words, None);
    let mut channels = vec![("", &*every)];
    channels.extend(
        PLACES
            .iter()
            .zip(&names)
            .map(|(it, name)| (it.word(), &**name)),
    );
    let labels = BY_PEOPLE
        .map(|reason| words.say(&format!("suppression-{}", reason.word().replace('_', "-"))));
    let reasons: Vec<(&str, &str)> = BY_PEOPLE
        .iter()
        .zip(&labels)
        .map(|(it, label)| (it.word(), &**label))
        .collect();
    fn field<'a>(name: &'a str, label: &'a str, value: &'a str) -> Field<'a> {
        Field {
            name,
            label,
            value,
            ..Field::default()
        }
    }
    let given = &list.form;
    html! {
        details.card open[list.form_wrong.is_some()] {
            summary { (words.say("suppression-new")) }
            (form("/suppressions", token, &html! {
                (Field {
                    required: true,
                    wrong: list.form_wrong.as_deref(),
                    length_most: ADDRESS_CHARS_MOST,
                    ..field("address", &words.say("suppressions-address"), &given.address)
                }.input())
                (field("channel", &words.say("consent-channel"), &given.channel).select(&channels))
                (field("reason", &words.say("suppression-reason"), &given.reason).select(&reasons))
                (Field {
                    hint: Some(&words.say("suppression-note-hint")),
                    length_most: NOTE_CHARS_MOST,
                    ..field("note", &words.say("suppression-note"), &given.note)
                }.input())
                button type="submit" { (words.say("suppression-do")) }
            }))
        }
    }
}

pub(super) async fn add(State(app): State<App>, posted: Posted<RecordConsent, Form>) -> Answer {
    let Posted { session, form } = posted;
    let kind = if form.address.contains('@') {
        Kind::Email
    } else {
        Kind::Phone
    };
    let line = NewSuppression {
        whom: Whom::Written(kind, form.address.clone()),
        channel: Channel::from_word(&form.channel),
        reason: SuppressionReason::from_word(&form.reason).unwrap_or(SuppressionReason::ByHand),
        note: form.note.clone(),
    };
    match app.suppress(&session.actor, &[line]).await {
        Ok(0) => done("/suppressions?done=suppressed-before"),
        Ok(_) => done("/suppressions?done=suppressed"),
        Err(Error::Invalid { field, .. }) => {
            let key = if field == "note" {
                "suppression-note-wrong"
            } else {
                "suppressions-address-wrong"
            };
            let mut list = read(&app, &session, &Asked::default()).await?;
            list.form = form;
            list.form_wrong = Some(session.words.say(key).into_owned());
            wrong(whole(&session, &list, None))
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Lifting {
    #[serde(default)]
    note: String,
}

pub(super) async fn lift(
    State(app): State<App>,
    Path(line): Path<String>,
    posted: Posted<ManageSettings, Lifting>,
) -> Answer {
    let line: SuppressionId = id(&line)?;
    let Posted { session, form } = posted;
    match app.lift_suppression(&session.actor, line, &form.note).await {
        Ok(()) => done("/suppressions?done=suppression-lifted"),
        Err(Error::Invalid { .. }) => {
            let mut list = read(&app, &session, &Asked::default()).await?;
            let problem = session.words.say("suppression-lift-wrong").into_owned();
            list.lifting_wrong = Some((line, problem));
            wrong(whole(&session, &list, None))
        }
        Err(other) => Err(other.into()),
    }
}
