//! What is asked about who is leaving.

use filo_app::App;
use filo_app::analysis::LeavingAsked;
use filo_core::analysis::leaving::{Part, Rule, WINDOWS_DAYS, Who};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::api::analysis::worth::{instant, segment};
use crate::problem::Problem;

const WINDOW_USUAL: u16 = 90;
/// Bands of a check, at most.
const BANDS_MOST: usize = 10;

/// Of whom, and by what.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeavingIn {
    /// As of this instant, by the orders that are known of it today; now without it, and at most
    /// now.
    #[param(format = DateTime)]
    at: Option<String>,
    /// Only of who is in this segment now.
    segment: Option<String>,
    /// Whoever has not ordered for so many days is no customer: 30, 60, 90 (usual) or 180.
    #[param(default = 90)]
    window_days: Option<u16>,
}

/// Who is behind a number.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeavingPeopleIn {
    /// `at_risk`, `lost` (gone now, by the rhythm), `month` or `checked`.
    who: String,
    /// Of `month`: which, such as `2026-03`.
    month: Option<String>,
    /// Of `month`: `window` or `rhythm`.
    rule: Option<String>,
    /// Of `month`: `start` (customers at its start) or `lost`.
    part: Option<String>,
    /// Of `checked`: which band, from 0 on.
    #[param(minimum = 0, maximum = 9)]
    band: Option<usize>,
    /// Of `checked`: whether they bought; all without it.
    bought: Option<bool>,
    /// As of `/analysis/leaving`.
    at: Option<String>,
    /// As of `/analysis/leaving`.
    segment: Option<String>,
    /// As of `/analysis/leaving`.
    window_days: Option<u16>,
}

impl LeavingIn {
    pub(super) fn read(&self, app: &App) -> Result<LeavingAsked, Problem> {
        let window_days = self.window_days.unwrap_or(WINDOW_USUAL);
        if !WINDOWS_DAYS.contains(&window_days) {
            return Err(Problem::invalid("window_days", "must be 30, 60, 90 or 180"));
        }
        Ok(LeavingAsked {
            at: instant(app, self.at.as_deref())?,
            segment: segment(self.segment.as_deref())?,
            window_days,
        })
    }
}

impl LeavingPeopleIn {
    pub(super) fn read(self, app: &App) -> Result<(LeavingAsked, Who), Problem> {
        let who = self.who()?;
        let asked = LeavingIn {
            at: self.at,
            segment: self.segment,
            window_days: self.window_days,
        };
        Ok((asked.read(app)?, who))
    }

    fn who(&self) -> Result<Who, Problem> {
        match self.who.as_str() {
            "at_risk" => Ok(Who::AtRisk),
            "lost" => Ok(Who::Lost),
            "checked" => {
                let band = self.band.filter(|it| *it < BANDS_MOST);
                let wrong = || Problem::invalid("band", "must be 0 to 9");
                Ok(Who::Checked(band.ok_or_else(wrong)?, self.bought))
            }
            "month" => {
                let month = self.month.as_deref().and_then(month_of);
                let wrong = || Problem::invalid("month", "must be a month such as `2026-03`");
                let rule = self.rule.as_deref().and_then(Rule::from_word);
                let no_rule = || Problem::invalid("rule", "must be `window` or `rhythm`");
                let part = match self.part.as_deref() {
                    Some("start") => Part::Start,
                    Some("lost") => Part::Lost,
                    _ => return Err(Problem::invalid("part", "must be `start` or `lost`")),
                };
                let (month, rule) = (month.ok_or_else(wrong)?, rule.ok_or_else(no_rule)?);
                Ok(Who::Month(month, rule, part))
            }
            _ => {
                let right = "must be `at_risk`, `lost`, `month` or `checked`";
                Err(Problem::invalid("who", right))
            }
        }
    }
}

/// A month, as an address has it.
pub(crate) fn month_of(text: &str) -> Option<(i16, i8)> {
    let (year, month) = text.split_once('-')?;
    let month = month.parse().ok().filter(|it| (1..=12).contains(it))?;
    Some((year.parse().ok()?, month))
}
