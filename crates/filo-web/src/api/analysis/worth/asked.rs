//! What is asked about what customers are worth.

use filo_app::App;
use filo_app::analysis::WorthAsked;
use filo_core::analysis::worth::{BANDS, By, Group, Who};
use filo_core::id::SegmentId;
use filo_core::time::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::problem::Problem;

/// Whose worth.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorthIn {
    /// As of this instant, by the orders that are known of it today; now without it, and at most
    /// now.
    #[param(format = DateTime)]
    at: Option<String>,
    /// Only of who is in this segment now.
    segment: Option<String>,
    /// How groups are made: `channel` (usual), `quarter` or `month` of the first order.
    by: Option<String>,
}

/// Who is behind a number.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorthPeopleIn {
    /// As of `/analysis/worth`.
    at: Option<String>,
    /// As of `/analysis/worth`.
    segment: Option<String>,
    /// `all`, `once` (who bought once), `band` (with `band`) or `group` (with `group`).
    who: String,
    /// The fifth of the chance that they still buy here: 0 (the least) to 4.
    #[param(minimum = 0, maximum = 4)]
    band: Option<usize>,
    /// A group as `/analysis/worth` names it.
    group: Option<String>,
}

/// An instant that is not in the future.
pub(in crate::api::analysis) fn instant(
    app: &App,
    text: Option<&str>,
) -> Result<Option<Timestamp>, Problem> {
    let Some(text) = text else {
        return Ok(None);
    };
    let wrong = || Problem::invalid("at", "must be an instant such as 2026-12-31T00:00:00Z");
    let at = Timestamp::parse(text).ok_or_else(wrong)?;
    Ok((at < app.now()).then_some(at))
}

/// The id of a segment.
pub(in crate::api::analysis) fn segment(text: Option<&str>) -> Result<Option<SegmentId>, Problem> {
    let read = |id: &str| {
        id.parse()
            .map_err(|_unread| Problem::invalid("segment", "is no id of a segment"))
    };
    text.map(read).transpose()
}

impl WorthIn {
    pub(super) fn read(&self, app: &App) -> Result<WorthAsked, Problem> {
        let wrong = || Problem::invalid("by", "must be `channel`, `quarter` or `month`");
        let by = self.by.as_deref();
        let by = by.map(|word| By::from_word(word).ok_or_else(wrong));
        Ok(WorthAsked {
            at: instant(app, self.at.as_deref())?,
            segment: segment(self.segment.as_deref())?,
            by: by.transpose()?.unwrap_or_default(),
        })
    }
}

impl WorthPeopleIn {
    pub(super) fn read(&self, app: &App) -> Result<(WorthAsked, Who), Problem> {
        let who = match self.who.as_str() {
            "all" => Who::All,
            "once" => Who::Once,
            "band" => {
                let band = self.band.filter(|it| *it < BANDS);
                let wrong = || Problem::invalid("band", format!("must be 0 to {}", BANDS - 1));
                Who::Band(band.ok_or_else(wrong)?)
            }
            "group" => {
                let group = self.group.as_deref().and_then(Group::from_word);
                let wrong = || {
                    Problem::invalid(
                        "group",
                        "must be a group such as `web`, `2026-q1`, `2026-03`",
                    )
                };
                Who::Group(group.ok_or_else(wrong)?)
            }
            _ => {
                let right = "must be `all`, `once`, `band` or `group`";
                return Err(Problem::invalid("who", right));
            }
        };
        let asked = WorthAsked {
            at: instant(app, self.at.as_deref())?,
            segment: segment(self.segment.as_deref())?,
            by: By::default(),
        };
        Ok((asked, who))
    }
}
