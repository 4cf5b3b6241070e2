//! Figures of a stretch of time beside those of another, with the people behind each, and where a
//! difference comes from.

use std::collections::BTreeMap;

use filo_core::access::Right;
use filo_core::analysis::metric::{
    Against, Causes, Compared, Comparison, Figure, Metric, Paired, Person, Stretch, Window, causes,
    figure_of,
};
use filo_core::id::{CustomerId, SegmentId};
use filo_core::money::Currency;
use filo_core::time::Timestamp;

use super::behind::{FigurePeople, Found};
use super::{doing, gathering};
use crate::actor::Actor;
use crate::annotation::AnnotationView;
use crate::app::App;
use crate::error::{Error, Result};

/// Stretches of the course of a figure.
const SERIES: u8 = 13;
/// Segments that a difference is taken apart by: the smallest ids first.
const SEGMENTS_MOST: usize = 50;

/// What is compared, and of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompareAsked {
    /// Which days.
    pub stretch: Stretch,
    /// With what.
    pub against: Against,
    /// Of who is in this segment; of everybody without one.
    pub segment: Option<SegmentId>,
}

/// Every figure beside what it was.
#[derive(Debug, Clone)]
pub struct CompareView {
    /// What amounts are in.
    pub currency: Currency,
    /// The days.
    pub days: Compared,
    /// In the order of the catalogue.
    pub rows: Vec<Comparison>,
    /// What happened meanwhile.
    pub annotations: Vec<AnnotationView>,
}

/// One figure, with its course and where its difference comes from.
#[derive(Debug, Clone)]
pub struct MetricView {
    /// What amounts are in.
    pub currency: Currency,
    /// The days.
    pub days: Compared,
    /// The figure beside what it was.
    pub comparison: Comparison,
    /// Where the difference comes from.
    pub causes: Causes,
    /// The figure in stretches as long, the earliest first, this one at the end.
    pub series: Vec<(Window, Figure)>,
    /// What happened meanwhile.
    pub annotations: Vec<AnnotationView>,
}

/// Of which of both the people are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The stretch itself.
    Now,
    /// What it is compared with.
    Before,
}

impl Side {
    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "now" => Some(Self::Now),
            "before" => Some(Self::Before),
            _ => None,
        }
    }
}

/// What people did, as it is compared again and again.
pub(crate) struct Crowd {
    people: BTreeMap<CustomerId, Person>,
    now: Timestamp,
}

impl Crowd {
    pub(crate) async fn of(
        app: &App,
        segment: Option<SegmentId>,
        windows: Vec<Window>,
    ) -> Result<Self> {
        Ok(Self {
            people: doing::people(app, segment, windows).await?,
            now: app.now(),
        })
    }

    /// What each added to a figure, of those who added anything.
    pub(crate) fn paired(&self, metric: Metric, days: Compared) -> Vec<Paired> {
        let each = self.people.iter().map(|(customer, person)| Paired {
            customer: *customer,
            now: metric.parts(person, days.now, self.now),
            before: metric.parts(person, days.before, self.now),
        });
        each.filter(|it| !it.now.is_empty() || !it.before.is_empty())
            .collect()
    }

    pub(crate) fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }

    fn figure(&self, metric: Metric, window: Window) -> Figure {
        let parts: Vec<_> = self
            .people
            .values()
            .map(|person| metric.parts(person, window, self.now))
            .collect();
        figure_of(metric, parts.iter().map(Vec::as_slice))
    }
}

/// How long both are.
pub(crate) const fn lengths(days: &Compared) -> (f64, f64) {
    (days.now.days, days.before.days)
}

impl App {
    /// Every figure of the catalogue beside what it was.
    ///
    /// # Errors
    /// If the actor may not see figures, the days cannot be compared, the segment is not there,
    /// somebody else has been looking for long, or what happened cannot be read.
    pub async fn compare(&self, actor: &Actor, asked: &CompareAsked) -> Result<CompareView> {
        actor.must(Right::SeeFigures)?;
        let days = self.days_compared(asked)?;
        let crowd = self
            .crowd(asked.segment, vec![days.now, days.before])
            .await?;
        let compare = move || {
            let row = |metric| {
                let paired = crowd.paired(metric, days);
                Comparison::of(metric, &paired, lengths(&days))
            };
            Metric::ALL.map(row).to_vec()
        };
        let rows = tokio::task::spawn_blocking(compare).await;
        Ok(CompareView {
            currency: self.currency(),
            days,
            rows: rows.map_err(anyhow::Error::from)?,
            annotations: self.annotations_of(&[days.now, days.before]).await?,
        })
    }

    /// One figure beside what it was, its course, and where the difference comes from.
    ///
    /// # Errors
    /// As [`App::compare`].
    pub async fn compare_one(
        &self,
        actor: &Actor,
        asked: &CompareAsked,
        metric: Metric,
    ) -> Result<MetricView> {
        actor.must(Right::SeeFigures)?;
        let days = self.days_compared(asked)?;
        let windows = asked.stretch.series(SERIES, self.now(), &self.zone());
        let mut all = windows.clone();
        all.extend([days.now, days.before]);
        let annotations = self.annotations_of(&all).await?;
        let crowd = self.crowd(asked.segment, all).await?;
        let members = self.segments_with_members(asked.segment).await?;
        let compare = move || {
            let paired = crowd.paired(metric, days);
            let comparison = Comparison::of(metric, &paired, lengths(&days));
            let causes = causes(metric, &paired, lengths(&days), &members);
            let point = |window: Window| (window, crowd.figure(metric, window));
            let series: Vec<_> = windows.into_iter().map(point).collect();
            (comparison, causes, series)
        };
        let compared = tokio::task::spawn_blocking(compare).await;
        let (comparison, causes, series) = compared.map_err(anyhow::Error::from)?;
        Ok(MetricView {
            currency: self.currency(),
            days,
            comparison,
            causes,
            series,
            annotations,
        })
    }

    /// Who is behind a figure.
    ///
    /// # Errors
    /// As [`App::compare`], and if the actor may not list people.
    pub async fn compare_people(
        &self,
        actor: &Actor,
        asked: &CompareAsked,
        (metric, side): (Metric, Side),
    ) -> Result<FigurePeople> {
        actor.must(Right::ListPeople)?;
        actor.must(Right::SeeFigures)?;
        let days = self.days_compared(asked)?;
        let crowd = self
            .crowd(asked.segment, vec![days.now, days.before])
            .await?;
        let found = crowd.paired(metric, days).into_iter().filter_map(|it| {
            let parts = match side {
                Side::Now => it.now,
                Side::Before => it.before,
            };
            Some(Found {
                customer: it.customer,
                at: Some(parts.iter().map(|part| part.at).max()?),
                about: Vec::new(),
            })
        });
        self.figure_people(actor, found.collect()).await
    }

    fn days_compared(&self, asked: &CompareAsked) -> Result<Compared> {
        let days = asked
            .stretch
            .compared(asked.against, self.now(), &self.zone());
        days.ok_or_else(|| {
            let reason = "from a day that has begun to one not before it, at most 732 days";
            Error::invalid("from", reason)
        })
    }

    async fn crowd(&self, segment: Option<SegmentId>, windows: Vec<Window>) -> Result<Crowd> {
        self.must_know_segment(segment).await?;
        let _turn = self.turn_to_look().await?;
        Crowd::of(self, segment, windows).await
    }

    /// Who is in each segment that stands, but one.
    pub(crate) async fn segments_with_members(
        &self,
        but: Option<SegmentId>,
    ) -> Result<Vec<(SegmentId, Vec<CustomerId>)>> {
        let mut found = Vec::new();
        let views = self.segments().await?;
        let standing = views.iter().map(|view| &view.row);
        let standing = standing.filter(|row| row.archived_at.is_none() && Some(row.id) != but);
        for row in standing.take(SEGMENTS_MOST) {
            found.push((row.id, gathering::members(self, row.id).await?));
        }
        Ok(found)
    }
}
