//! The part of the matrix that is about content.

use filo_core::access::Right;

use super::table::{self, Needs};
use super::{analysis_table, audience_table, journey_table, list_table, message_table};

use Needs::The;

/// Method, address, and what it asks.
type Row = (&'static str, &'static str, Needs);

/// Every route of the API.
pub(super) fn api() -> Vec<Row> {
    [
        table::API,
        analysis_table::API,
        audience_table::API,
        journey_table::API,
        list_table::API,
        message_table::API,
        API,
    ]
    .concat()
}

/// Every route of the console.
pub(super) fn console() -> Vec<Row> {
    [
        table::CONSOLE,
        analysis_table::CONSOLE,
        audience_table::CONSOLE,
        journey_table::CONSOLE,
        list_table::CONSOLE,
        message_table::CONSOLE,
        CONSOLE,
    ]
    .concat()
}

#[rustfmt::skip]
const API: &[Row] = &[
    ("get",     "/api/v1/pieces",                                   The(Right::SeeFigures)),
    ("post",    "/api/v1/pieces",                                   The(Right::ManageContent)),
    ("get",     "/api/v1/pieces/map",                               The(Right::SeeFigures)),
    ("get",     "/api/v1/pieces/sameness",                          The(Right::SeeFigures)),
    ("get",     "/api/v1/pieces/starters",                          The(Right::SeeFigures)),
    ("post",    "/api/v1/pieces/preview",                           The(Right::SeeFigures)),
    ("post",    "/api/v1/pieces/review",                            The(Right::SeeFigures)),
    ("get",     "/api/v1/pieces/{id}",                              The(Right::SeeFigures)),
    ("put",     "/api/v1/pieces/{id}",                              The(Right::ManageContent)),
    ("get",     "/api/v1/pieces/{id}/versions",                     The(Right::SeeFigures)),
    ("post",    "/api/v1/pieces/{id}/return",                       The(Right::ManageContent)),
    ("post",    "/api/v1/pieces/{id}/archiving",                    The(Right::ManageContent)),
    ("post",    "/api/v1/pieces/{id}/restoring",                    The(Right::ManageContent)),
    ("get",     "/api/v1/promotions",                               The(Right::SeeFigures)),
    ("post",    "/api/v1/promotions",                               The(Right::ManageContent)),
    ("get",     "/api/v1/promotions/{id}",                          The(Right::SeeFigures)),
    ("put",     "/api/v1/promotions/{id}",                          The(Right::ManageContent)),
    ("post",    "/api/v1/promotions/{id}/archiving",                The(Right::ManageContent)),
    ("post",    "/api/v1/promotions/{id}/restoring",                The(Right::ManageContent)),
    ("get",     "/api/v1/settings/voice",                           The(Right::SeeFigures)),
    ("put",     "/api/v1/settings/voice",                           The(Right::ManageContent)),
];

#[rustfmt::skip]
const CONSOLE: &[Row] = &[
    ("get",    "/pieces",                                          The(Right::SeeFigures)),
    ("post",   "/pieces",                                          The(Right::ManageContent)),
    ("get",    "/pieces/new",                                      The(Right::ManageContent)),
    ("get",    "/pieces/map",                                      The(Right::SeeFigures)),
    ("get",    "/pieces/sameness",                                 The(Right::SeeFigures)),
    ("get",    "/pieces/voice",                                    The(Right::SeeFigures)),
    ("post",   "/pieces/voice",                                    The(Right::ManageContent)),
    ("get",    "/pieces/{id}",                                     The(Right::SeeFigures)),
    ("post",   "/pieces/{id}",                                     The(Right::ManageContent)),
    ("get",    "/pieces/{id}/edit",                                The(Right::ManageContent)),
    ("post",   "/pieces/{id}/details",                             The(Right::ManageContent)),
    ("get",    "/pieces/{id}/frame",                               The(Right::SeeFigures)),
    ("post",   "/pieces/{id}/frame",                               The(Right::SeeFigures)),
    ("get",    "/pieces/{id}/history",                             The(Right::SeeFigures)),
    ("post",   "/pieces/{id}/return",                              The(Right::ManageContent)),
    ("post",   "/pieces/{id}/copying",                             The(Right::ManageContent)),
    ("post",   "/pieces/{id}/archiving",                           The(Right::ManageContent)),
    ("post",   "/pieces/{id}/restoring",                           The(Right::ManageContent)),
    ("get",    "/promotions",                                      The(Right::SeeFigures)),
    ("post",   "/promotions",                                      The(Right::ManageContent)),
    ("get",    "/promotions/new",                                  The(Right::ManageContent)),
    ("get",    "/promotions/{id}",                                 The(Right::SeeFigures)),
    ("post",   "/promotions/{id}",                                 The(Right::ManageContent)),
    ("post",   "/promotions/{id}/archiving",                       The(Right::ManageContent)),
    ("post",   "/promotions/{id}/restoring",                       The(Right::ManageContent)),
];
