//! What people see of the quality: the figures, the groups, the lists, and one person.
//!
//! **Invariant:** who may not see personal data gets counts, reasons and figures, and no value.

use filo_core::access::Right;
use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::Identifier;
use filo_core::quality::{Field, Gain, Known, Reason, Scores, Tally, assess};
use filo_store::customer::CustomerRow;
use filo_store::quality::{self, DayRow, FindingRow, Place, Which};

use super::looking::{day_of, finding_rows, points};
use super::mending::{MENDED_MOST, Picked};
use crate::App;
use crate::actor::Actor;
use crate::customer::{COVERED, CustomerView};
use crate::error::Result;

/// Days of the history that a page shows.
const HISTORY_DAYS: i64 = 90;

/// What is wrong in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualityGroup {
    /// What is wrong.
    pub reason: Reason,
    /// With how many people.
    pub people: u64,
    /// With how many it can be mended with a click.
    pub proposed: u64,
    /// How many of them become reachable.
    pub gained: u64,
}

/// How good what is known is.
#[derive(Debug, Clone, Default)]
pub struct QualityView {
    /// People who were looked at.
    pub people: u64,
    /// What is wrong, what brings most first.
    pub groups: Vec<QualityGroup>,
    /// How many people become reachable, by way.
    pub gains: Vec<(Gain, u64)>,
    /// Values that were left as they are.
    pub left: u64,
    /// The figures of the last day: of everybody, of each source, of each kind of value.
    pub figures: Vec<DayRow>,
    /// The figures of everybody over the last ninety days.
    pub history: Vec<DayRow>,
}

impl QualityView {
    /// The figures of everybody.
    #[must_use]
    pub fn whole(&self) -> Option<&DayRow> {
        self.figures.iter().find(|row| row.scope == "all")
    }
}

/// One finding in a list.
#[derive(Debug, Clone)]
pub struct FindingView {
    /// The customer now.
    pub customer: CustomerId,
    /// What they are called, in a list.
    pub person: Option<CustomerRow>,
    /// Which value.
    pub field: Field,
    /// What is wrong.
    pub reason: Reason,
    /// What was said.
    pub raw: String,
    /// What it probably should be.
    pub proposal: Option<String>,
    /// Who can be reached once it is mended.
    pub gain: Option<Gain>,
}

impl FindingView {
    fn new(row: FindingRow, covers: bool) -> Option<Self> {
        let shown = |text: String| if covers { COVERED.to_owned() } else { text };
        Some(Self {
            customer: row.customer,
            person: None,
            field: Field::from_word(&row.field)?,
            reason: Reason::from_word(&row.reason)?,
            raw: if row.raw.is_empty() {
                row.raw
            } else {
                shown(row.raw)
            },
            proposal: row.proposal.map(shown),
            gain: row.gain.as_deref().and_then(Gain::from_word),
        })
    }

    /// Where the list goes on behind it.
    #[must_use]
    pub fn place(&self) -> Place {
        Place {
            customer: self.customer,
            reason: self.reason.word().to_owned(),
            field: self.field.word().to_owned(),
        }
    }
}

/// How good what is known of one person is.
#[derive(Debug, Clone)]
pub struct PersonQuality {
    /// What is wrong.
    pub findings: Vec<FindingView>,
    /// The figures.
    pub scores: Scores,
    /// The score by day, in parts of a thousand, the oldest first.
    pub history: Vec<(i64, u16)>,
}

impl App {
    /// How good what is known is, and what to mend first.
    ///
    /// # Errors
    /// If the actor may not list people, or the tables cannot be read.
    pub async fn quality(&self, actor: &Actor) -> Result<QualityView> {
        actor.must(Right::ListPeople)?;
        let since = day_of(self.now()) - HISTORY_DAYS;
        let counts = self.finding_counts().await?;
        let reasons = counts.reasons.into_iter();
        let mut groups: Vec<QualityGroup> = reasons
            .filter_map(|count| {
                Some(QualityGroup {
                    reason: Reason::from_word(&count.word)?,
                    people: count.people.unsigned_abs(),
                    proposed: count.proposed.unsigned_abs(),
                    gained: count.gained.unsigned_abs(),
                })
            })
            .collect();
        // Who can be reached at last, then what is broken, then what a click mends.
        groups.sort_by_key(|it| {
            let much = std::cmp::Reverse((it.gained, it.proposed, it.people));
            (it.gained == 0, it.reason.severity(), much, it.reason)
        });
        let gains = counts
            .gains
            .into_iter()
            .filter_map(|count| Some((Gain::from_word(&count.word)?, count.people.unsigned_abs())));
        let mut tx = self.shared().db.read().await?;
        Ok(QualityView {
            groups,
            gains: gains.collect(),
            people: counts.people.unsigned_abs(),
            left: counts.left.unsigned_abs(),
            figures: quality::latest(&mut tx).await?,
            history: quality::history(&mut tx, "all", "", since).await?,
        })
    }

    /// A page of findings.
    ///
    /// # Errors
    /// If the actor may not list people, or the tables cannot be read.
    pub async fn findings(
        &self,
        actor: &Actor,
        which: &Which,
        behind: &Place,
        limit: usize,
    ) -> Result<Vec<FindingView>> {
        actor.must(Right::ListPeople)?;
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        let rows = {
            let mut tx = self.shared().db.read().await?;
            quality::list(&mut tx, which, behind, limit).await?
        };
        self.found_views(actor, rows).await
    }

    /// How good what is known of a person is: worked out now, from what is shown of them now.
    ///
    /// # Errors
    /// If the actor may not see people, or the tables cannot be read.
    pub async fn person_quality(
        &self,
        actor: &Actor,
        id: CustomerId,
    ) -> Result<Option<PersonQuality>> {
        actor.must(Right::SeePeople)?;
        let Some(view) = self.customer(id).await? else {
            return Ok(None);
        };
        self.quality_of(&view, !actor.may(Right::SeePersonalData))
            .await
            .map(Some)
    }

    async fn quality_of(&self, view: &CustomerView, covers: bool) -> Result<PersonQuality> {
        let identifiers: Vec<Identifier> = view
            .identifiers
            .iter()
            .map(|known| Identifier {
                kind: known.kind,
                value: known.value.clone(),
            })
            .collect();
        let known = Known {
            profile: &view.profile,
            identifiers: &identifiers,
        };
        let now = self.now();
        let assessment = assess(known, &self.rules(), now);
        let mut keys: Vec<NodeId> = assessment
            .keys
            .iter()
            .map(|(identifier, ..)| self.key().node_id(identifier.kind, &identifier.value))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        let members: Vec<CustomerId> = view.threads().into_iter().map(CustomerId::from).collect();
        let mut tx = self.shared().db.read().await?;
        let shared = quality::shared(&mut tx, &keys).await?;
        let left = quality::ignored_of(&mut tx, &members).await?;
        let looked_at = quality::looked_at(&mut tx, &[view.id]).await?;
        drop(tx);
        let is_left = |words: &[String; 3]| left.iter().any(|(_, known)| known == words);
        let findings = finding_rows(view.id, &assessment, is_left).into_iter();
        let compared = (keys.len() as u64, (keys.len() - shared.len()) as u64);
        let history = looked_at
            .first()
            .map(|row| points(&row.history))
            .unwrap_or_default();
        Ok(PersonQuality {
            findings: findings
                .filter_map(|row| FindingView::new(row, covers))
                .collect(),
            scores: Tally::of_person(&assessment.marks, now, compared).scores(),
            history: history
                .into_iter()
                .map(|point| (point.day, point.score))
                .collect(),
        })
    }
}

impl App {
    /// Of how many people an act would mend something, or leave it, and the first of the
    /// findings.
    ///
    /// # Errors
    /// If the actor may not decide, or the tables cannot be read.
    pub async fn previewed(
        &self,
        actor: &Actor,
        picked: &Picked,
        proposed: bool,
        first: usize,
    ) -> Result<(usize, Vec<FindingView>)> {
        actor.must(Right::DecideIdentity)?;
        let found = self.picked(picked, proposed, MENDED_MOST).await?;
        let mut ids: Vec<CustomerId> = found.iter().map(|row| row.customer).collect();
        ids.sort_unstable();
        ids.dedup();
        let shown: Vec<FindingRow> = found.into_iter().take(first).collect();
        Ok((ids.len(), self.found_views(actor, shown).await?))
    }

    async fn found_views(&self, actor: &Actor, rows: Vec<FindingRow>) -> Result<Vec<FindingView>> {
        let covers = !actor.may(Right::SeePersonalData);
        let ids: Vec<CustomerId> = rows.iter().map(|row| row.customer).collect();
        let people = self.eyes(actor).people_of(&ids).await?;
        let views = rows
            .into_iter()
            .filter_map(|row| FindingView::new(row, covers));
        Ok(views
            .map(|view| FindingView {
                person: people.iter().find(|row| row.id == view.customer).cloned(),
                ..view
            })
            .collect())
    }
}
