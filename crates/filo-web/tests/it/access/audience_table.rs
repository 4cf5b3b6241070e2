//! The part of the matrix that is about audiences of platforms of advertising.

use filo_core::access::Right;

use super::table::Needs;

use Needs::{Both, The};

/// Method, address, and what it asks.
type Row = (&'static str, &'static str, Needs);

#[rustfmt::skip]
pub(super) const API: &[Row] = &[
    ("get",    "/api/v1/audiences",                                 The(Right::ListPeople)),
    ("post",   "/api/v1/audiences",                                 The(Right::ManageSegments)),
    ("get",    "/api/v1/audiences/{id}",                            The(Right::ListPeople)),
    ("put",    "/api/v1/audiences/{id}",                            The(Right::ManageSegments)),
    ("delete", "/api/v1/audiences/{id}",                            The(Right::ManageSegments)),
    ("get",    "/api/v1/audiences/{id}/refused",                    The(Right::ListPeople)),
    ("post",   "/api/v1/audiences/{id}/pausing",                    The(Right::ManageSegments)),
    ("post",   "/api/v1/audiences/{id}/resuming",                   The(Right::ManageSegments)),
    ("post",   "/api/v1/audiences/{id}/keeping",                    The(Right::ManageSegments)),
    ("post",   "/api/v1/audiences/{id}/test",                       The(Right::ManageSegments)),
    ("post",   "/api/v1/audiences/{id}/telling",                    The(Right::ManageSegments)),
    ("post",   "/api/v1/audiences/{id}/files",                      Both(Right::ExportPeople, Right::ManageSegments)),
    ("get",    "/api/v1/audiences/{id}/files/{which}",              The(Right::ExportPeople)),
    ("get",    "/api/v1/audience-accounts",                         The(Right::ManageSettings)),
    ("put",    "/api/v1/audience-accounts/{platform}",              The(Right::ManageSettings)),
    ("delete", "/api/v1/audience-accounts/{platform}",              The(Right::ManageSettings)),
];

#[rustfmt::skip]
pub(super) const CONSOLE: &[Row] = &[
    ("get",    "/audiences",                                        The(Right::ListPeople)),
    ("post",   "/audiences",                                        The(Right::ManageSegments)),
    ("get",    "/audiences/new",                                    The(Right::ManageSegments)),
    ("get",    "/audiences/{id}",                                   The(Right::ListPeople)),
    ("post",   "/audiences/{id}",                                   The(Right::ManageSegments)),
    ("post",   "/audiences/{id}/pausing",                           The(Right::ManageSegments)),
    ("post",   "/audiences/{id}/resuming",                          The(Right::ManageSegments)),
    ("post",   "/audiences/{id}/removal",                           The(Right::ManageSegments)),
    ("post",   "/audiences/{id}/keeping",                           The(Right::ManageSegments)),
    ("post",   "/audiences/{id}/test",                              The(Right::ManageSegments)),
    ("post",   "/audiences/{id}/telling",                           The(Right::ManageSegments)),
    ("post",   "/audiences/{id}/files",                             Both(Right::ExportPeople, Right::ManageSegments)),
    ("post",   "/audiences/{id}/files/{which}",                     The(Right::ExportPeople)),
    ("get",    "/settings/advertising",                             The(Right::ManageSettings)),
    ("post",   "/settings/advertising/{platform}",                  The(Right::ManageSettings)),
    ("post",   "/settings/advertising/{platform}/removal",          The(Right::ManageSettings)),
];
