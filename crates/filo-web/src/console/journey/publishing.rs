//! Starting a journey, and letting it go on by what is worked on now: what becomes of those on
//! the way is chosen, and shown with its numbers, before.

use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use filo_app::cost::BroadcastCost;
use filo_app::journey::{JourneyPage, Publishing};
use filo_app::{App, Error};
use filo_core::id::JourneyId;
use filo_core::journey::{Move, MoveRule, StepId, Target, Trigger};
use filo_core::time::Timestamp;
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use super::calendar::next_dates;
use super::cost::before;
use super::halting::stale;
use super::{names, whole};
use crate::console::posted::Posted;
use crate::console::segment::Pairs;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown};
use crate::i18n::Words;
use crate::right::ManageJourneys;
use crate::sentence::journey::{JourneyNames, step_sentence, trigger_sentence};
use crate::ui::form::form;
use crate::ui::icon::Icon;
use crate::ui::shown::line;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    /// Those at steps that are still there move over.
    same: Option<String>,
}

pub(in crate::console) async fn publishing(
    State(app): State<App>,
    session: Session<ManageJourneys>,
    Path(journey): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let journey: JourneyId = id(&journey)?;
    let rule = MoveRule {
        same: asked.same.is_some(),
        ..MoveRule::default()
    };
    let content = content(&app, &session, journey, &rule).await?;
    let title = session.words.say("journey-publish");
    shown(whole(&session, &title, None, &content))
}

async fn content(
    app: &App,
    session: &Session<ManageJourneys>,
    journey: JourneyId,
    rule: &MoveRule,
) -> filo_app::Result<Markup> {
    let page = app.journey_page(journey).await?;
    let publishing = app.preview_publishing(journey, rule).await?;
    let names = names(app).await?;
    let next = app.next_occurrences(&page.view.draft);
    let cost = app.broadcast_cost(&page.view.draft).await?;
    Ok(draw(
        session.words,
        (&page, &publishing, (next.as_slice(), cost.as_ref())),
        &names,
        (&session.token, rule),
    ))
}

/// When it would take somebody in, and what a broadcast comes to.
type Before<'a> = (&'a [Timestamp], Option<&'a BroadcastCost>);

fn draw(
    words: Words,
    (page, publishing, (next, cost)): (&JourneyPage, &Publishing, Before<'_>),
    names: &JourneyNames,
    (token, rule): (&str, &MoveRule),
) -> Markup {
    let view = &page.view;
    let id = view.row.id;
    let moves: Vec<_> = publishing
        .moves
        .iter()
        .filter(|it| it.standing.count > 0)
        .collect();
    html! {
        a.back href={ "/journeys/" (id) } { (Icon::Back.draw()) (line(&view.row.name)) }
        h1 { (words.say(if view.row.published == 0 { "journey-start-title" } else { "journey-publish" })) }
        p.lead { (trigger_sentence(words, &view.draft, names)) "." }
        @if matches!(view.draft.trigger, Trigger::Schedule(_)) {
            section.card { h2 { (words.say("calendar-next")) } (next_dates(words, next)) }
        }
        @if !page.faults.is_empty() {
            div.notice.notice-bad role="alert" {
                p { (words.say("journey-faults")) }
                ul.points { @for fault in &page.faults { li { code { (fault.at) } " " (fault.cause) } } }
                p { a href={ "/journeys/" (id) "/edit" } { (words.say("journey-edit")) } }
            }
        } @else {
            @let fields = html! {
                input type="hidden" name="version" value=(view.row.version);
                @if moves.is_empty() { p { (words.say(effect_key(page))) } }
                @else { (moving(words, page, &moves, (names, rule))) }
                button type="submit" { (words.say(if view.row.published == 0 { "journey-start-do" } else { "journey-publish-do" })) }
            };
            @if let Some(cost) = cost { (before(words, cost, &format!("/journeys/{id}/rehearsals"))) }
            section.card { (form(&format!("/journeys/{id}/publishing"), token, &fields)) }
        }
    }
}

/// What starting it means at once.
fn effect_key(page: &JourneyPage) -> &'static str {
    match (&page.view.draft.trigger, page.view.row.published) {
        (Trigger::Broadcast(_), _) => "journey-start-broadcast",
        (Trigger::Schedule(_), 0) => "journey-start-schedule",
        (_, 0) => "journey-start-hint",
        _ => "journey-publish-nobody",
    }
}

fn moving(
    words: Words,
    page: &JourneyPage,
    moves: &[&filo_app::journey::MovedStep],
    (names, rule): (&JourneyNames, &MoveRule),
) -> Markup {
    let (id, steps) = (page.view.row.id, page.view.draft.walk());
    let address = format!("/journeys/{id}/publishing");
    html! {
        p { (words.say("journey-move-lead")) }
        p.actions {
            a.button.small.quiet href=(address) aria-current=[(!rule.same).then_some("true")] { (words.say("journey-move-stay-all")) }
            a.button.small.quiet href={ (address) "?same=1" } aria-current=[rule.same.then_some("true")] { (words.say("journey-move-same")) }
        }
        table.table {
            thead { tr {
                th scope="col" { (words.say("journey-move-from")) }
                th.number scope="col" { (words.say("journey-move-people")) }
                th scope="col" { (words.say("journey-move-to")) }
            } }
            tbody {
                @for (place, moved) in moves.iter().enumerate() {
                    @let standing = &moved.standing;
                    @let old = page.versions.iter().find(|(row, _)| row.version == standing.version);
                    @let step = old.and_then(|(_, journey)| journey.walk().into_iter().find(|it| it.id.0 == standing.step));
                    tr {
                        td {
                            @match step { Some(step) => (step_sentence(words, step, names)), None => (standing.step) }
                            p.about { (words.fill("journey-version", [("version", standing.version.into())])) }
                        }
                        td.number data-label=(words.say("journey-move-people")) { (words.number(standing.count.unsigned_abs())) }
                        td data-label=(words.say("journey-move-to")) {
                            input type="hidden" name={ "from-" (place) } value=(standing.step);
                            select name={ "to-" (place) } aria-label=(words.say("journey-move-to")) {
                                option value="stay" selected[moved.target == Target::Stay] { (words.say("journey-move-stay")) }
                                option value="end" selected[moved.target == Target::End] { (words.say("journey-move-end")) }
                                @for to in &steps {
                                    @let is_it = matches!(&moved.target, Target::To(id, _) if *id == to.id);
                                    option value={ "to " (to.id) } selected[is_it] { (step_sentence(words, to, names)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Publishes with the rule that was chosen.
pub(in crate::console) async fn publish(
    State(app): State<App>,
    Path(journey): Path<String>,
    posted: Posted<ManageJourneys, Pairs>,
) -> Answer {
    let journey: JourneyId = id(&journey)?;
    let (session, pairs) = (posted.session, posted.form);
    let of = |wanted: &str| {
        let found = pairs.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    let mut rule = MoveRule::stay();
    for place in 0.. {
        let (from, to) = (of(&format!("from-{place}")), of(&format!("to-{place}")));
        if from.is_empty() {
            break;
        }
        let to = match to {
            "end" => Move::End,
            to => to
                .strip_prefix("to ")
                .map_or(Move::Stay, |to| Move::To(StepId::from(to))),
        };
        rule.steps.insert(StepId::from(from), to);
    }
    let seen = of("version").parse().unwrap_or(0);
    match app
        .publish_journey(&session.actor, (journey, seen), &rule)
        .await
    {
        Ok(_) => done(&format!("/journeys/{journey}?done=journey-published")),
        Err(Error::Conflict(_)) => stale(&app, &session, journey, "journey-stale").await,
        Err(Error::Invalid { .. }) => {
            let content = content(&app, &session, journey, &MoveRule::stay()).await?;
            let page = whole(
                &session,
                &session.words.say("journey-publish"),
                None,
                &content,
            );
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
