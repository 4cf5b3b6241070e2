//! Repeat purchases: when the same product is bought again, and who is due.

use filo_app::analysis::{ReorderAsked, ReorderWho};
use filo_core::analysis::{REPEATS_LEAST, Reorder, ReorderLine, Who};
use filo_core::id::SegmentId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::segment_of;
use super::told::{QuartilesOut, ShareOut};
use crate::problem::Problem;

/// Longer words are no name or key of a product.
const TEXT_MOST: usize = 200;

/// Which products.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReorderIn {
    /// Only products whose name or key holds this text, of at most 200 letters.
    search: Option<String>,
    /// Only what was bought by who is in this segment now.
    segment: Option<String>,
}

/// Whose a number is.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReorderPeopleIn {
    /// `buyers`, `returned` (who bought it again) or `due`.
    who: String,
    /// The key of a product; of any product without it.
    product: Option<String>,
    /// As of `/analysis/reorder`.
    segment: Option<String>,
}

impl ReorderIn {
    pub(super) fn read(self) -> Result<ReorderAsked, Problem> {
        let search = self.search.unwrap_or_default();
        if search.chars().count() > TEXT_MOST {
            return Err(Problem::invalid("search", "must be 200 letters at most"));
        }
        Ok(ReorderAsked {
            search,
            segment: segment_of(self.segment.as_deref())?,
        })
    }
}

impl ReorderPeopleIn {
    pub(super) fn read(self) -> Result<(Option<SegmentId>, ReorderWho), Problem> {
        let who = Who::from_word(&self.who);
        let wrong = || Problem::invalid("who", "must be `buyers`, `returned` or `due`");
        let who = ReorderWho {
            product: self.product,
            who: who.ok_or_else(wrong)?,
        };
        Ok((segment_of(self.segment.as_deref())?, who))
    }
}

/// When products are bought again.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reorder)]
pub(crate) struct ReorderOut {
    /// Products that were ever bought.
    products: u64,
    /// Of these, those that are searched for.
    found: u64,
    /// People who are due for any product.
    due: u64,
    /// So many repeats it takes for intervals.
    repeats_need: u64,
    /// The products, the one that is bought again most often first, 100 at most.
    data: Vec<ReorderProductOut>,
}

/// A product, and how it is bought again.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReorderProduct)]
pub(crate) struct ReorderProductOut {
    /// Its `sku`, else its `product_id`, else its name.
    key: String,
    /// Its latest name.
    name: String,
    /// People who bought it.
    buyers: u64,
    /// Of these, those who bought it again.
    returned: u64,
    /// How often it was bought again.
    repeats: u64,
    /// After which share of purchases it is bought again, by Kaplan and Meier, with the interval
    /// of 95 %; null with too few repeats.
    comes_back: Option<ShareOut>,
    /// Days until then, of those after which it is; null with too few repeats.
    days: Option<QuartilesOut>,
    /// People who are due: past the median, and before the upper quartile.
    due: u64,
}

impl ReorderOut {
    pub(super) fn new(it: &Reorder) -> Self {
        Self {
            products: it.products,
            found: it.found,
            due: it.due,
            repeats_need: REPEATS_LEAST,
            data: it.lines.iter().map(ReorderProductOut::new).collect(),
        }
    }
}

impl ReorderProductOut {
    fn new(it: &ReorderLine) -> Self {
        Self {
            key: it.key.to_string(),
            name: it.name.to_string(),
            buyers: it.buyers,
            returned: it.returned,
            repeats: it.repeats,
            comes_back: it.rhythm.map(|it| ShareOut::new(it.share)),
            days: it.rhythm.map(|it| QuartilesOut::new(it.days)),
            due: it.due,
        }
    }
}
