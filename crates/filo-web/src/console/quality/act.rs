//! Mending values and leaving them as they are: first how many and how, then the act, then the way
//! back.
//!
//! **Invariant:** nothing is done with findings that were not on the page before.

use axum::extract::{Path, RawQuery, State};
use axum::response::IntoResponse;
use filo_app::{App, Error, FindingView, MENDED_MOST, Picked, WhichFindings};
use filo_core::id::CustomerId;
use filo_core::quality::Reason;
use filo_core::time::Timestamp;
use http::StatusCode;
use maud::{Markup, html};

use super::list::said;
use super::{field_word, frame, is_act};
use crate::console::failure::Failure;
use crate::console::people::name;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done};
use crate::findings::{PICKED_MOST, chosen, picked, which};
use crate::i18n::Words;
use crate::right::{DecideIdentity, Power};
use crate::ui::form::form;
use crate::ui::icon::Icon;
use crate::ui::page::page;
use crate::ui::shown::line;

/// Values that a preview shows.
const PREVIEWED: usize = 20;

/// Pairs of an address or a form: names may repeat.
type Pairs = Vec<(String, String)>;

/// What is to be done with which findings, and where to go back to.
struct Act {
    leaves: bool,
    is_all: bool,
    these: Vec<(CustomerId, Reason)>,
    reason: String,
    gain: String,
    person: Option<CustomerId>,
}

impl Act {
    fn read(pairs: &Pairs) -> Self {
        let of = |wanted: &str| {
            let found = pairs.iter().find(|(name, _)| name == wanted);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let picks = pairs.iter().filter(|(name, _)| name == "pick");
        Self {
            leaves: of("act") == "leave",
            is_all: of("all") == "1",
            these: picks
                .filter_map(|(_, text)| picked(text))
                .take(PICKED_MOST)
                .collect(),
            reason: of("reason"),
            gain: of("gain"),
            person: of("person").parse().ok(),
        }
    }

    /// What the act is about; nothing where nothing was picked.
    fn picked(&self) -> Result<Option<Picked>, Failure> {
        let which = if self.is_all {
            which(&self.reason, &self.gain, false).ok_or(Failure::Missing)?
        } else {
            WhichFindings::default()
        };
        Ok(chosen(which, self.these.clone()))
    }

    /// Where the act came from, with what to say there.
    fn back(&self, said: &str) -> String {
        match self.person {
            Some(person) => format!("/people/{person}?{said}"),
            None if self.reason.is_empty() && self.gain.is_empty() => format!("/quality?{said}"),
            None => format!(
                "/quality/findings?reason={}&gain={}&{said}",
                self.reason, self.gain
            ),
        }
    }

    fn question(&self) -> String {
        format!("reason={}&gain={}", self.reason, self.gain)
    }

    fn hidden(&self) -> Markup {
        html! {
            input type="hidden" name="reason" value=(self.reason);
            input type="hidden" name="gain" value=(self.gain);
            @if self.is_all { input type="hidden" name="all" value="1"; }
            @for (customer, reason) in &self.these { input type="hidden" name="pick" value={ (customer) "." (reason.word()) }; }
        }
    }
}

/// How many it would change and how, and the form.
pub(in crate::console) async fn preview(
    State(app): State<App>,
    session: Session<DecideIdentity>,
    RawQuery(query): RawQuery,
) -> Answer {
    let pairs: Pairs = serde_urlencoded::from_str(&query.unwrap_or_default())
        .map_err(|_not_pairs| Failure::Unreadable { too_large: false })?;
    let act = Act::read(&pairs);
    let content = confirm(&app, &session, &act).await?;
    let title = session.words.say("quality-mend-title");
    Ok(page(&frame(&session, &title, None), &content).into_response())
}

async fn confirm<P: Power>(app: &App, session: &Session<P>, act: &Act) -> Result<Markup, Failure> {
    let words = session.words;
    let (people, first) = match act.picked()? {
        Some(picked) => {
            app.previewed(&session.actor, &picked, !act.leaves, PREVIEWED)
                .await?
        }
        None => (0, Vec::new()),
    };
    let count = u64::try_from(people).unwrap_or_default();
    let numbers = [
        ("count", count.into()),
        ("number", words.number(count).into()),
    ];
    let (title, hint, address, label) = if act.leaves {
        (
            "quality-leave-many",
            "quality-leave-hint",
            "/quality/leaving",
            "quality-leave",
        )
    } else {
        (
            "quality-mend-many",
            "quality-mend-hint",
            "/quality/mending",
            "quality-mend",
        )
    };
    Ok(html! {
        a.back href=(act.back("")) { (Icon::Back.draw()) (words.say("quality-title")) }
        section.card.narrow {
            h1 { (words.fill(title, numbers)) }
            @if count == 0 {
                p.notice { (words.say("quality-nothing")) }
            } @else {
                p.soft { (words.say(hint)) }
                @if people >= MENDED_MOST {
                    p.notice.notice-warn { (words.fill("quality-first-ones", [("most", words.number(MENDED_MOST as u64).into())])) }
                }
                (examples(words, &first, act.leaves))
                @if first.len() >= PREVIEWED { p.about { (words.fill("quality-preview-more", [("count", PREVIEWED.into())])) } }
                (form(address, &session.token, &html! {
                    (act.hidden())
                    div.actions {
                        button type="submit" { (words.say(label)) }
                        a.button.quiet href=(act.back("")) { (words.say("cancel")) }
                    }
                }))
            }
        }
    })
}

fn examples(words: Words, rows: &[FindingView], leaves: bool) -> Markup {
    html! {
        ul.changes {
            @for row in rows {
                li {
                    span.about {
                        @if let Some(person) = &row.person { bdi { (name(words, person)) } " · " }
                        (field_word(words, row.field))
                    }
                    div {
                        (said(words, &row.raw))
                        @if let (false, Some(proposal)) = (leaves, &row.proposal) {
                            " → " strong { bdi { (line(proposal)) } }
                        }
                    }
                }
            }
        }
    }
}

/// Says that nothing was picked, where something had to be.
async fn nothing<P: Power>(app: &App, session: &Session<P>, act: &Act) -> Answer {
    let content = confirm(app, session, act).await?;
    let title = session.words.say("quality-mend-title");
    let page = page(&frame(session, &title, None), &content);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

pub(in crate::console) async fn mend(
    State(app): State<App>,
    posted: Posted<DecideIdentity, Pairs>,
) -> Answer {
    let Posted { session, form } = posted;
    let act = Act::read(&form);
    let Some(picked) = act.picked()? else {
        return nothing(&app, &session, &act).await;
    };
    match app.mend(&session.actor, &picked, &act.question()).await {
        Ok(mended) if mended.people == 0 => done(&act.back("done=quality-changed")),
        Ok(mended) => done(&act.back(&format!(
            "done-mend={:032x}&done-count={}",
            mended.act, mended.people
        ))),
        Err(Error::Invalid { .. }) => nothing(&app, &session, &act).await,
        Err(error) => Err(error.into()),
    }
}

pub(in crate::console) async fn undo(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted<DecideIdentity, Pairs>,
) -> Answer {
    let Posted { session, form } = posted;
    let act = Act::read(&form);
    let id = Some(id).filter(|id| is_act(id)).ok_or(Failure::Missing)?;
    let id = u128::from_str_radix(&id, 16).map_err(|_no_number| Failure::Missing)?;
    app.undo_mending(&session.actor, id).await?;
    done(&act.back("done=quality-undone"))
}

pub(in crate::console) async fn leave(
    State(app): State<App>,
    posted: Posted<DecideIdentity, Pairs>,
) -> Answer {
    let Posted { session, form } = posted;
    let act = Act::read(&form);
    let Some(picked) = act.picked()? else {
        return nothing(&app, &session, &act).await;
    };
    match app.leave_findings(&session.actor, &picked).await {
        Ok(left) => done(&act.back(&format!(
            "done-left={}&done-count={}",
            left.at.0, left.values
        ))),
        Err(Error::Invalid { .. }) => nothing(&app, &session, &act).await,
        Err(error) => Err(error.into()),
    }
}

pub(in crate::console) async fn take_up(
    State(app): State<App>,
    posted: Posted<DecideIdentity, Pairs>,
) -> Answer {
    let Posted { session, form } = posted;
    let act = Act::read(&form);
    let at = form.iter().find(|(name, _)| name == "at");
    let at = at
        .and_then(|(_, text)| text.parse().ok())
        .ok_or(Failure::Missing)?;
    app.take_up_findings(&session.actor, Timestamp(at)).await?;
    done(&act.back("done=quality-taken-up"))
}
