//! Experiments whose shares learn: every hour from whoever has had their time, and what a person
//! says of it at any moment.
//!
//! **Invariant:** shares come into force after they are written, so that whoever is drawn then is
//! drawn by them; each row of the history says why, and none is ever changed.
//! **Invariant:** where a person let shares stand still nothing moves them until a person says so.

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::id::JourneyId;
use filo_core::impact::Impact;
use filo_core::journey::{
    Adaptive, Allocations, Belief, Learnt, Seen, ShareReason, Split, Status, Steering, StepId,
    beliefs,
};
use filo_core::time::Timestamp;
use filo_store::journey::share::{self, ShareRow};
use filo_store::{journey, lease, setting};
use tokio::sync::Notify;

use super::experiment::{ExperimentView, experiment_of};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::daily::tend_when_due;
use crate::error::{Error, Result};
use crate::journey::ShareView;

const SETTING: &str = "shares_learnt";
const HOUR_MICROS: i64 = 3_600_000_000;
/// By so much shares are written before they come into force: by then whoever draws knows them.
const LEAD_SECONDS: i64 = 60;

/// How the shares of an experiment learn.
#[derive(Debug, Clone, PartialEq)]
pub struct LearningView {
    /// Within which bounds.
    pub adaptive: Adaptive,
    /// What came into force, the first first; nothing while they are what they began with.
    pub history: Vec<ShareView>,
    /// What is in force now, of ten thousand each.
    pub shares: Vec<u16>,
    /// Of the way with the fewest, so many have had their time.
    pub fewest: usize,
    /// What is to be believed of each way.
    pub beliefs: Vec<Belief>,
}

/// How the shares of an experiment are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LearningState {
    /// They are as they began, as too few have had their time.
    WarmingUp,
    /// They follow what is seen.
    Learning,
    /// A person let them stand still.
    Frozen,
    /// A person made them equal, and they stand still.
    Equal,
}

impl LearningState {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::WarmingUp, Self::Learning, Self::Frozen, Self::Equal];

    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::WarmingUp => "warming_up",
            Self::Learning => "learning",
            Self::Frozen => "frozen",
            Self::Equal => "equal",
        }
    }
}

impl LearningView {
    pub(super) fn of(
        adaptive: Adaptive,
        (history, shares): (Vec<ShareView>, Vec<u16>),
        impact: &Impact,
    ) -> Self {
        let seen = seen_of(impact);
        Self {
            adaptive,
            shares,
            history,
            fewest: seen.iter().map(|way| way.counted).min().unwrap_or(0),
            beliefs: beliefs(&seen).unwrap_or_default(),
        }
    }

    /// How the shares are now.
    #[must_use]
    pub fn state(&self) -> LearningState {
        let enough = usize::try_from(self.adaptive.warm_up).unwrap_or(usize::MAX);
        match self.history.last().map(|last| last.reason) {
            Some(ShareReason::Frozen) => LearningState::Frozen,
            Some(ShareReason::Equal) => LearningState::Equal,
            None | Some(ShareReason::Learnt | ShareReason::Resumed) if self.fewest < enough => {
                LearningState::WarmingUp
            }
            None | Some(ShareReason::Learnt | ShareReason::Resumed) => LearningState::Learning,
        }
    }

    /// What a person can say of the shares now.
    #[must_use]
    pub fn steerings(&self) -> Vec<Steering> {
        let last = self.history.last().map(|last| last.reason);
        let all = Steering::ALL.into_iter();
        all.filter(|steering| steering.changes(last)).collect()
    }
}

fn seen_of(impact: &Impact) -> Vec<Seen> {
    let groups = impact.groups.iter().map(|group| Seen {
        reached: group.reached,
        counted: group.counted,
    });
    groups.collect()
}

pub(super) fn allocations_in(history: &[ShareView]) -> Allocations {
    let all = history.iter().map(|it| (it.since, it.shares.clone()));
    Allocations::new(all.collect())
}

impl App {
    /// Lets shares learn every hour, for as long as this Filo runs.
    pub fn keep_learning_shares(&self) {
        let app = self.clone();
        self.spawn(async move {
            // Nothing is set that it would have to hear of: it looks at what runs every hour.
            let changed = Notify::new();
            tend_when_due(&app, &changed, |app| Box::pin(app.tend_shares())).await;
        });
    }

    /// Lets the shares of every experiment learn that does, if that was not done in this hour.
    /// Returns when to look again.
    ///
    /// # Errors
    /// If what happened cannot be read, or the shares cannot be written.
    pub async fn tend_shares(&self) -> Result<Option<Timestamp>> {
        let hour = self.now().0.div_euclid(HOUR_MICROS);
        let next = Timestamp((hour + 1).saturating_mul(HOUR_MICROS));
        if !self.is_leader() {
            return Ok(Some(next));
        }
        let _turn = self.mornings().turn.lock().await;
        let (learnt, version) = {
            let mut tx = self.shared().db.read().await?;
            match setting::get(&mut tx, SETTING).await? {
                Some(stored) => (stored.value.parse::<i64>().ok(), stored.version),
                None => (None, 0),
            }
        };
        if learnt.is_some_and(|learnt| learnt >= hour) {
            return Ok(Some(next));
        }
        if !self.learn_shares().await? {
            return Ok(Some(next));
        }
        let mut tx = self.shared().db.begin().await?;
        let text = hour.to_string();
        setting::put(&mut tx, SETTING, &text, version, self.now()).await?;
        tx.commit().await?;
        Ok(Some(next))
    }

    /// Lets each experiment learn; whether there was one that does.
    async fn learn_shares(&self) -> Result<bool> {
        let journeys = {
            let mut tx = self.shared().db.read().await?;
            journey::list(&mut tx).await?
        };
        let (mut is_any, mut has_moved) = (false, false);
        for row in journeys {
            if !Status::from_word(&row.status).is_some_and(Status::moves) {
                continue;
            }
            let Some(versions) = self.versions_of(row.id, None).await? else {
                continue;
            };
            for step in versions.shown.1.walk() {
                let Some((about, split)) = experiment_of(step) else {
                    continue;
                };
                let history = self.share_history(row.id, &step.id, split).await?;
                let learns = history.last().is_none_or(|last| last.reason.learns());
                if split.adaptive.is_none() || !learns {
                    continue;
                }
                if !is_any {
                    // What was accepted before is counted as the tables have it then.
                    self.settle().await?;
                    is_any = true;
                }
                let of = (&step.id, about, split);
                let view = self.experiment_view(row.id, &versions, of).await?;
                has_moved |= self.learn_of(row.id, &view, split).await?;
            }
        }
        if has_moved {
            self.reopen_book().await?;
        }
        Ok(is_any)
    }

    /// Lets one of them learn; whether its shares moved.
    async fn learn_of(&self, id: JourneyId, view: &ExperimentView, split: &Split) -> Result<bool> {
        let Some(learning) = &view.learning else {
            return Ok(false);
        };
        let last = learning.history.last();
        let current = last.map_or_else(|| split.shares(), |last| last.shares.clone());
        let seen = seen_of(&view.measured.impact);
        let shares = match learning.adaptive.learn(&seen, &current) {
            Learnt::TooFew(_) | Learnt::Same => return Ok(false),
            Learnt::Moved(shares) => shares,
        };
        let next = ShareView {
            since: self.in_force_from(last),
            shares,
            reason: ShareReason::Learnt,
            seen,
            made_by: String::new(),
        };
        let row = row_of((id, &view.step, split), learning.history.len(), &next)?;
        let mut tx = self.shared().db.begin().await?;
        let is_added = share::add(&mut tx, &row).await?;
        if is_added {
            lease::notify_applied(&mut tx, self.progress().applied).await?;
        }
        // Where a person was faster, what they said holds.
        tx.commit().await?;
        Ok(is_added)
    }

    /// What a person says of the shares of an experiment that learns: they stand still, become
    /// equal, or learn again. It holds from a minute later.
    ///
    /// # Errors
    /// If the actor may not, there is no such experiment, it is so already, or the shares changed
    /// meanwhile.
    pub async fn steer_shares(
        &self,
        actor: &Actor,
        (id, step): (JourneyId, &StepId),
        steering: Steering,
    ) -> Result<()> {
        actor.must(Right::ManageJourneys)?;
        let none = || {
            let hint = "no experiment of the version that takes people in learns at this step";
            Error::invalid("step", hint)
        };
        let versions = self.versions_of(id, None).await?.ok_or_else(none)?;
        let found = versions
            .shown
            .1
            .walk()
            .into_iter()
            .find(|it| it.id == *step);
        let (_about, split) = found.and_then(experiment_of).ok_or_else(none)?;
        if split.adaptive.is_none() {
            return Err(none());
        }
        let history = self.share_history(id, step, split).await?;
        let last = history.last();
        if !steering.changes(last.map(|last| last.reason)) {
            let why = "the shares are so already: read the experiment again";
            return Err(Error::Conflict(why.to_owned()));
        }
        let current = last.map_or_else(|| split.shares(), |last| last.shares.clone());
        let next = ShareView {
            since: self.in_force_from(last),
            shares: match steering {
                Steering::Equalise => split.shares(),
                Steering::Freeze | Steering::Resume => current,
            },
            reason: steering.reason(),
            seen: Vec::new(),
            made_by: actor.name.clone(),
        };
        let row = row_of((id, step, split), history.len(), &next)?;
        let mut tx = self.shared().db.begin().await?;
        if !share::add(&mut tx, &row).await? {
            let why = "the shares changed meanwhile: read the experiment again";
            return Err(Error::Conflict(why.to_owned()));
        }
        let entry = actor.did(Act::SharesSteered, self.now()).about(id);
        let word = Token::word(steering.reason().word());
        record(&mut tx, &entry.with("shares", word)).await?;
        lease::notify_applied(&mut tx, self.progress().applied).await?;
        tx.commit().await?;
        self.reopen_book().await
    }

    /// The shares of an experiment as they came into force, the first first.
    pub(super) async fn share_history(
        &self,
        id: JourneyId,
        step: &StepId,
        split: &Split,
    ) -> Result<Vec<ShareView>> {
        let key = split.ways_key();
        let rows = {
            let mut tx = self.shared().db.read().await?;
            share::of_step(&mut tx, (id, step.0.as_str()), &key).await?
        };
        let mut views = Vec::with_capacity(rows.len());
        for row in &rows {
            views.push(ShareView::of(row)?);
        }
        Ok(views)
    }

    /// From when shares hold that are written now: behind those before, wherever the clock stands.
    fn in_force_from(&self, last: Option<&ShareView>) -> Timestamp {
        let soon = self.now().plus_seconds(LEAD_SECONDS);
        last.map_or(soon, |last| soon.max(last.since.plus_micros(1)))
    }
}

fn row_of(
    (id, step, split): (JourneyId, &StepId, &Split),
    before: usize,
    view: &ShareView,
) -> anyhow::Result<ShareRow> {
    Ok(ShareRow {
        journey: id,
        step: step.0.to_string(),
        ways: split.ways_key(),
        number: i64::try_from(before)? + 1,
        since: view.since,
        shares: serde_json::to_string(&view.shares)?,
        reason: view.reason.word().to_owned(),
        seen: serde_json::to_string(&view.seen)?,
        made_by: view.made_by.clone(),
    })
}
