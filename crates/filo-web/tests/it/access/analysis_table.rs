//! The part of the matrix that is about the boards of the analysis.

use filo_core::access::Right;

use super::table::Needs;

use Needs::{Both, The};

#[rustfmt::skip]
pub(super) const API: &[(&str, &str, Needs)] = &[
    ("get",     "/api/v1/analysis/ways",                            The(Right::SeeFigures)),
    ("get",     "/api/v1/analysis/ways/people",                     Both(Right::SeeFigures, Right::ListPeople)),
    ("get",     "/api/v1/analysis/paths",                           The(Right::SeeFigures)),
    ("get",     "/api/v1/analysis/paths/people",                    Both(Right::SeeFigures, Right::ListPeople)),
    ("get",     "/api/v1/analysis/cohorts",                         The(Right::SeeFigures)),
    ("get",     "/api/v1/analysis/cohorts/people",                  Both(Right::SeeFigures, Right::ListPeople)),
    ("get",     "/api/v1/analysis/reorder",                         The(Right::SeeFigures)),
    ("get",     "/api/v1/analysis/reorder/people",                  Both(Right::SeeFigures, Right::ListPeople)),
    ("get",     "/api/v1/analysis/worth",                           The(Right::SeeFigures)),
    ("get",     "/api/v1/analysis/worth/people",                    Both(Right::SeeFigures, Right::ListPeople)),
    ("get",     "/api/v1/analysis/leaving",                         The(Right::SeeFigures)),
    ("get",     "/api/v1/analysis/leaving/people",                  Both(Right::SeeFigures, Right::ListPeople)),
];

#[rustfmt::skip]
pub(super) const CONSOLE: &[(&str, &str, Needs)] = &[
    ("get",    "/analysis",                                        The(Right::SeeFigures)),
    ("get",    "/analysis/people",                                 Both(Right::SeeFigures, Right::ListPeople)),
    ("get",    "/analysis/paths",                                  The(Right::SeeFigures)),
    ("get",    "/analysis/paths/people",                           Both(Right::SeeFigures, Right::ListPeople)),
    ("get",    "/analysis/cohorts",                                The(Right::SeeFigures)),
    ("get",    "/analysis/cohorts/people",                         Both(Right::SeeFigures, Right::ListPeople)),
    ("get",    "/analysis/reorder",                                The(Right::SeeFigures)),
    ("get",    "/analysis/reorder/people",                         Both(Right::SeeFigures, Right::ListPeople)),
    ("get",    "/analysis/worth",                                  The(Right::SeeFigures)),
    ("get",    "/analysis/worth/people",                           Both(Right::SeeFigures, Right::ListPeople)),
    ("get",    "/analysis/leaving",                                The(Right::SeeFigures)),
    ("get",    "/analysis/leaving/people",                         Both(Right::SeeFigures, Right::ListPeople)),
];
