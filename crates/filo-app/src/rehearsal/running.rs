//! The rehearsal itself, as a job: everybody is played page by page on both processors, then how
//! alike a sample reads is worked out, and the report is written down.
//!
//! **Invariant:** the same company, version and instant give the same report, however often the
//! work was cut off; one that was called off leaves none.

use std::sync::Arc;

use filo_core::id::{CustomerId, RehearsalId};
use filo_core::journey::rehearsal::{
    Alike, Fares, Fate, Report, Sample, Shown, Side, TEXTS_MOST, Tally, rehearse,
};
use filo_store::rehearsal::PersonRow;
use filo_store::{customer, lease, rehearsal};
use tokio::task::JoinSet;

use super::everybody::{Everybody, Person, show_lives, some};
use super::staging::Staged;
use super::starting::Parameters;
use super::wording::worded_all;
use crate::app::App;
use crate::error::Result;
use crate::job::{Ending, Work, parameters};

/// Pages played at once.
const WORKERS: usize = 2;

/// What is being done, as the console says it.
const GATHERING: &str = "gathering";
const PLAYING: &str = "playing";
const READING: &str = "reading";

type Staging = Arc<Vec<Staged>>;
/// What each version comes to.
type Sums = Vec<(Tally, Sample)>;

/// Does a rehearsal.
pub(crate) async fn play(work: &Work) -> Result<Ending> {
    let asked: Parameters = parameters(&work.row)?;
    let id: RehearsalId = asked.rehearsal.parse().map_err(anyhow::Error::from)?;
    let app = &work.app;
    let row = {
        let mut tx = app.shared().db.read().await?;
        rehearsal::get(&mut tx, id).await?
    };
    let Some(row) = row.filter(|row| row.ended_at.is_none()) else {
        return Ok(Ending::Done);
    };
    work.advance(GATHERING, 0, 0);
    // What stands in the log alone moves to the lake, where everybody is read.
    app.flush_lake().await?;
    let staging = Arc::new(app.staged(&row).await?);
    let Some(sums) = play_everybody(work, &staging).await? else {
        return Ok(Ending::Cancelled);
    };
    work.advance(READING, 0, 0);
    let mut sides = Vec::new();
    for (place, (tally, sample)) in sums.iter().enumerate() {
        let (alike, fares) = app.how_alike(&staging, place, sample).await?;
        let staged = &staging[place];
        let mut side = Side {
            version: staged.version,
            draft: staged.draft,
            trigger: staged.stage.plan().journey.trigger.word().into(),
            tally: tally.clone(),
            alike,
            usage: None,
        };
        app.count_usage(&mut side, staged, fares).await?;
        sides.push(side);
    }
    if work.is_cancelled() {
        return Ok(Ending::Cancelled);
    }
    let mut sides = sides.into_iter();
    let (Some(main), Some(first), Some((_, sample))) =
        (sides.next(), staging.first(), sums.into_iter().next())
    else {
        return Ok(Ending::Done);
    };
    let mut tx = app.shared().db.begin().await?;
    let customers = u64::try_from(customer::count(&mut tx).await?).unwrap_or(0);
    let period = first.stage.period();
    let budget = &first.stage.policy.budget;
    let report = Report::new(
        (period.from, period.until, period.broadcast_at),
        customers,
        (budget.points, budget.days),
        main,
        sides.next(),
    );
    if rehearsal::end(&mut tx, id, &report.to_json(), app.now()).await? {
        let people: Vec<PersonRow> = sample.0.iter().map(row_of).collect();
        rehearsal::put_people(&mut tx, id, &people).await?;
        lease::notify_changed(&mut tx).await?;
        tx.commit().await?;
    }
    Ok(Ending::Done)
}

fn row_of(shown: &Shown) -> PersonRow {
    PersonRow {
        customer: shown.customer,
        entered_at: shown.entered_at,
        runs: i64::from(shown.runs),
        messages: filo_core::message::written(&shown.messages),
    }
}

/// Plays everybody; nothing if the work was called off.
async fn play_everybody(work: &Work, staging: &Staging) -> Result<Option<Sums>> {
    let app = &work.app;
    let stages: Vec<_> = staging.iter().map(|it| &it.stage).collect();
    let mut everybody = Everybody::begin(app, &stages).await?;
    let mut sums: Sums = stages.iter().map(|_| Default::default()).collect();
    let mut running = JoinSet::new();
    let mut is_over = false;
    loop {
        while running.len() < WORKERS && !is_over {
            if work.is_cancelled() {
                return Ok(None);
            }
            match everybody.next_page(app).await? {
                Some(page) => {
                    let (app, staging) = (app.clone(), Arc::clone(staging));
                    running.spawn_blocking(move || play_page(&app, &staging, &page));
                }
                None => is_over = true,
            }
        }
        let Some(played) = running.join_next().await else {
            return Ok(Some(sums));
        };
        let played = played.map_err(anyhow::Error::from)??;
        for ((tally, sample), (more, people)) in sums.iter_mut().zip(played) {
            tally.merge(more);
            sample.merge(people);
        }
        let (done, total) = everybody.reached();
        work.advance(PLAYING, done, total);
    }
}

fn play_page(app: &App, staging: &Staging, page: &[Person]) -> anyhow::Result<Sums> {
    let mut sums: Sums = staging.iter().map(|_| Default::default()).collect();
    show_lives(&app.shared().lake, page, |life| {
        for (staged, (tally, sample)) in staging.iter().zip(&mut sums) {
            let told = rehearse(&staged.stage, life);
            if told.is_empty() {
                continue;
            }
            let zone = &staged.stage.scene().zone;
            tally.note(&told, &staged.stage.policy, zone);
            sample.note(life.customer, &told);
        }
    })?;
    Ok(sums)
}

impl App {
    /// How alike what a version says to a sample of people reads, and what it is paid for.
    async fn how_alike(
        &self,
        staging: &Staging,
        place: usize,
        sample: &Sample,
    ) -> Result<(Alike, Fares)> {
        let left = |shown: &&Shown| {
            let mut messages = shown.messages.iter();
            messages.any(|message| matches!(message.fate, Fate::Left(_)))
        };
        let people: Vec<CustomerId> = sample
            .0
            .iter()
            .filter(left)
            .take(TEXTS_MOST)
            .map(|shown| shown.customer)
            .collect();
        let people = some(self, &people).await?;
        let (mut texts, mut unsayable, mut fares) = (Vec::new(), 0, Fares::new());
        let worded = worded_all(self, staging, place, people).await?;
        for one in worded.into_iter().take(TEXTS_MOST) {
            match self.read_out(&one).await? {
                Ok(rendering) => {
                    self.note_fare(&mut fares, &one, &rendering).await?;
                    texts.push((one.said.piece, rendering.text));
                }
                Err(_) => unsayable += 1,
            }
        }
        let compare = move || Alike::of(&texts, unsayable);
        let alike = tokio::task::spawn_blocking(compare).await;
        Ok((alike.map_err(anyhow::Error::from)?, fares))
    }
}
