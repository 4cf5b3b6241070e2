//! What needs a person now, as far as they may see to it, and how far the beginning has come.

use std::collections::BTreeMap;

use filo_core::access::Right;
use filo_store::customer::{CustomerRow, Filter, Question};
use filo_store::message::asked;
use filo_store::{data_request, incident, source, user};

use crate::actor::Actor;
use crate::alert::AlertView;
use crate::app::App;
use crate::error::Result;

/// Rows of a block; the rest is behind its link.
const ROWS: usize = 5;
/// A request that is due within these days is shown.
const DUE_WITHIN_S: i64 = 7 * 24 * 3_600;

/// What the first page of the console shows.
#[derive(Debug, Clone, Default)]
pub struct Today {
    /// Open incidents by kind, the commonest first.
    pub incidents: Vec<(String, u64)>,
    /// What waits in quarantine, by reason, the commonest first.
    pub quarantine: Vec<(String, u64)>,
    /// Pairs of customers that are probably one, about which somebody is asked.
    pub duplicates: u64,
    /// Requests about their data that people wait for longer than the law allows.
    pub requests_overdue: u64,
    /// Those that are due within a week.
    pub requests_due: u64,
    /// What somebody is asked to do for customers.
    pub tasks: u64,
    /// How much of it should have been done by now.
    pub tasks_late: u64,
    /// Messages that wait for a person's yes.
    pub approvals: u64,
    /// What watched figures told and nobody has put away.
    pub alerts: Vec<AlertView>,
    /// Whose birthday is today, those seen last first.
    pub birthdays: Vec<CustomerRow>,
    /// Who showed a sign of life last.
    pub latest: Vec<CustomerRow>,
    /// How far the beginning has come; nothing for who cannot go on with it.
    pub beginning: Option<Beginning>,
}

/// What a new owner does first.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a step of its own that is done or not"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Beginning {
    /// There is a source that may send.
    pub has_source: bool,
    /// An event has arrived.
    pub has_event: bool,
    /// The company has a name.
    pub named: bool,
    /// Somebody has an account.
    pub has_account: bool,
    /// Backups are made by themselves.
    pub backs_up: bool,
}

impl Beginning {
    /// Nothing is left to do.
    #[must_use]
    pub const fn is_over(self) -> bool {
        self.has_source && self.has_event && self.named && self.has_account && self.backs_up
    }
}

impl App {
    /// What the first page shows to somebody; `birthday` is today as month × 100 + day.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn today(&self, actor: &Actor, birthday: Option<i64>) -> Result<Today> {
        let mut today = Today::default();
        if actor.may(Right::SeeIncidents) {
            let mut tx = self.shared().db.read().await?;
            today.incidents = counted(incident::open_kinds(&mut tx).await?);
        }
        if actor.may(Right::SeeQuarantine) {
            today.quarantine = self.waiting().await?;
        }
        if actor.may(Right::DoTasks) {
            (today.tasks, today.tasks_late) = self.task_count(actor, self.now()).await?;
        }
        if actor.may(Right::ManageJourneys) {
            let mut tx = self.shared().db.read().await?;
            let waiting = asked::groups(&mut tx).await?;
            today.approvals = waiting.iter().map(|it| it.count.unsigned_abs()).sum();
        }
        if actor.may(Right::SeeFigures) {
            today.alerts = self.alerts(actor, true).await?;
            today.alerts.truncate(ROWS);
        }
        if actor.may(Right::DecideIdentity) {
            today.duplicates = self.duplicates_waiting().await?.unsigned_abs();
        }
        if actor.may(Right::HandlePrivacy) {
            let now = self.now();
            let week = now.plus_seconds(DUE_WITHIN_S);
            let mut tx = self.shared().db.read().await?;
            let (overdue, due) = data_request::due(&mut tx, now, week).await?;
            today.requests_overdue = overdue.unsigned_abs();
            today.requests_due = due.unsigned_abs();
        }
        if actor.may(Right::ListPeople) {
            let eyes = self.eyes(actor);
            today.latest = eyes.people(&Question::default(), ROWS).await?;
            if let Some(day) = birthday.filter(|_| actor.may(Right::SeePersonalData)) {
                let question = Question {
                    filter: Filter {
                        birthday: Some((day, day)),
                        ..Filter::default()
                    },
                    ..Question::default()
                };
                today.birthdays = eyes.people(&question, ROWS).await?;
            }
        }
        if actor.may(Right::ManageSettings) {
            let beginning = self.beginning(actor).await?;
            today.beginning = Some(beginning).filter(|beginning| !beginning.is_over());
        }
        Ok(today)
    }

    /// Counted over as many as the page of the quarantine counts.
    async fn waiting(&self) -> Result<Vec<(String, u64)>> {
        let mut by_code: BTreeMap<String, i64> = BTreeMap::new();
        for group in self.quarantine_groups().await? {
            *by_code.entry(group.code).or_default() += group.count;
        }
        let mut waiting = counted(by_code.into_iter().collect());
        waiting.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), code.clone()));
        Ok(waiting)
    }

    async fn beginning(&self, actor: &Actor) -> Result<Beginning> {
        let backs_up = self.backups_view(actor).await?.schedule.on;
        let mut tx = self.shared().db.read().await?;
        Ok(Beginning {
            has_source: !source::list(&mut tx).await?.is_empty(),
            has_event: self.status().applied > 0,
            named: !self.company().company.name.is_empty(),
            has_account: user::count(&mut tx).await? > 0,
            backs_up,
        })
    }
}

fn counted(rows: Vec<(String, i64)>) -> Vec<(String, u64)> {
    let row = |(word, count): (String, i64)| (word, count.unsigned_abs());
    rows.into_iter().map(row).collect()
}
