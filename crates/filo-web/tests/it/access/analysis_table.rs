//! The part of the matrix that is about the boards of the analysis.

use filo_core::access::Right;

use super::table::Needs;

use Needs::The;

/// Method, address, and what it asks.
type Row = (&'static str, &'static str, Needs);

#[rustfmt::skip]
pub(super) const API: &[Row] = &[
    ("get",    "/api/v1/analysis/worth",                         The(Right::SeeFigures)),
    ("get",    "/api/v1/analysis/worth/people",                  The(Right::ListPeople)),
    ("get",    "/api/v1/analysis/leaving",                       The(Right::SeeFigures)),
    ("get",    "/api/v1/analysis/leaving/people",                The(Right::ListPeople)),
];

#[rustfmt::skip]
pub(super) const CONSOLE: &[Row] = &[
    ("get",    "/analysis/worth",                                The(Right::SeeFigures)),
    ("get",    "/analysis/worth/people",                         The(Right::ListPeople)),
    ("get",    "/analysis/leaving",                              The(Right::SeeFigures)),
    ("get",    "/analysis/leaving/people",                       The(Right::ListPeople)),
];
