//! Who would be in a segment, told before it is made.

use std::time::Duration;

use axum::extract::State;
use filo_app::App;
use filo_app::segment::Preview;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::answer::{Answer, ok};
use super::customer::CustomerRowOut;
use super::power::Bearer;
use super::request::Body;
use super::segment_in::condition;
use crate::problem::ProblemOut;
use crate::right::{ListPeople, ManageSegments};

/// A condition to try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SegmentPreviewIn {
    /// Who would be in: the tree of conditions that the book describes.
    #[schema(value_type = Object, example = json!({"known": "card"}))]
    condition: Box<RawValue>,
}

/// Who would be in a segment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SegmentPreview)]
pub(crate) struct SegmentPreviewOut {
    /// How many would be in, of everybody; about so many, if not everybody was looked at.
    members: u64,
    /// How many customers were looked at.
    of: u64,
    /// How many customers there are.
    customers: u64,
    /// Whether everybody was looked at.
    is_exact: bool,
    /// Where not everybody was: between how many and how many there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    interval: Option<IntervalOut>,
    /// Up to twelve who would be in, the same ones each time.
    sample: Vec<CustomerRowOut>,
    /// How long it took, in milliseconds.
    took_ms: u64,
}

/// Between how many and how many there are, with 95 % confidence (Wilson's score interval).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SegmentPreviewInterval)]
pub(crate) struct IntervalOut {
    /// At least.
    low: u64,
    /// At most.
    high: u64,
}

impl SegmentPreviewOut {
    fn new(preview: Preview) -> Self {
        Self {
            members: preview.members,
            of: preview.of,
            customers: preview.customers,
            is_exact: preview.is_exact(),
            interval: preview
                .interval
                .map(|(low, high)| IntervalOut { low, high }),
            sample: preview.sample.into_iter().map(Into::into).collect(),
            took_ms: whole_ms(preview.took),
        }
    }
}

fn whole_ms(took: Duration) -> u64 {
    u64::try_from(took.as_millis()).unwrap_or(u64::MAX)
}

/// Who would be in a segment of this condition. Nothing is made. Everybody is looked at if that
/// can be done at once, otherwise a part of them that is the same each time.
#[utoipa::path(
    post, path = "/segments/preview", tag = "segments", request_body = SegmentPreviewIn,
    responses((status = 200, body = SegmentPreviewOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn preview_segment(
    State(app): State<App>,
    _sees: Bearer<ListPeople>,
    key: Bearer<ManageSegments>,
    Body(asked): Body<SegmentPreviewIn>,
) -> Answer {
    let (condition, _) = condition(Some(&asked.condition), None)?;
    let preview = app.preview_segment(&key.actor, condition).await?;
    ok(&SegmentPreviewOut::new(preview))
}
