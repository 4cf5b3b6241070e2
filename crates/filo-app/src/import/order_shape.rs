//! How a file of order lines is read: which program wrote it, where each column stands and how it
//! writes numbers and dates.
//!
//! **Invariant:** the shape is a function of the plan alone, so that a dry run, a run and one that
//! goes on after it was cut off read the same.

use filo_core::identity::Kind;

use super::column::{COLUMN_COUNT, Column, reduced};
use super::decimal::DecimalMark;
use super::plan::{Plan, Transform};
use super::target::Target;
use super::when::DateOrder;

/// Which program wrote the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Preset {
    /// UCI's Online Retail and its relatives: an invoice number beginning with C cancels.
    OnlineRetail,
    /// Shopify's orders: what belongs to the order stands only on its first line.
    ShopifyOrders,
    /// One line per product, names recognised or given.
    Lines,
}

impl Preset {
    /// Its name in the report.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::OnlineRetail => "online_retail",
            Self::ShopifyOrders => "shopify_orders",
            Self::Lines => "lines",
        }
    }

    /// The preset of a header line.
    pub(super) fn of<'a>(headers: impl Iterator<Item = &'a str>) -> Self {
        let headers: Vec<String> = headers.map(reduced).collect();
        let has = |name: &str| headers.iter().any(|header| header == name);
        if ["invoiceno", "stockcode", "customerid"]
            .into_iter()
            .all(has)
        {
            Self::OnlineRetail
        } else if ["lineitemname", "financialstatus", "name"]
            .into_iter()
            .all(has)
        {
            Self::ShopifyOrders
        } else {
            Self::Lines
        }
    }
}

/// Where a column stands, and how it is written there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) position: usize,
    pub(super) mark: DecimalMark,
    pub(super) order: DateOrder,
}

/// The shape of one file.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    /// Which program wrote it.
    pub(super) preset: Preset,
    /// The columns that say who bought, and as what.
    pub(super) who: Vec<(usize, Kind)>,
    places: [Option<Place>; COLUMN_COUNT],
}

impl Shape {
    /// The shape that a plan says.
    pub(super) fn of(plan: &Plan) -> Self {
        let mut places = [None; COLUMN_COUNT];
        let mut who = Vec::new();
        for (position, column) in plan.columns.iter().enumerate() {
            match &column.target {
                Target::Order(meaning) => {
                    places[*meaning as usize] = Some(Place {
                        position,
                        mark: mark(column.transform),
                        order: date_order(column.transform),
                    });
                }
                Target::Identifier(kind) => who.push((position, *kind)),
                _ => {}
            }
        }
        let headers = plan.columns.iter().map(|it| it.header.as_str());
        Self {
            preset: Preset::of(headers),
            who,
            places,
        }
    }

    /// Where a column stands.
    pub(super) const fn place(&self, column: Column) -> Option<Place> {
        self.places[column as usize]
    }
}

/// How a column writes its decimals.
pub(super) const fn mark(transform: Transform) -> DecimalMark {
    match transform {
        Transform::DecimalComma => DecimalMark::Comma,
        _ => DecimalMark::Point,
    }
}

/// How a column writes its dates.
pub(super) const fn date_order(transform: Transform) -> DateOrder {
    match transform {
        Transform::MonthFirst => DateOrder::MonthFirst,
        _ => DateOrder::DayFirst,
    }
}
