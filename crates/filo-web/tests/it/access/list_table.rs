//! The part of the matrix that is about lists.

use filo_core::access::Right;

use super::table::Needs;

use Needs::The;

/// Method, address, and what it asks.
type Row = (&'static str, &'static str, Needs);

#[rustfmt::skip]
pub(super) const API: &[Row] = &[
    ("get",    "/api/v1/lists",                                     The(Right::ListPeople)),
    ("post",   "/api/v1/lists",                                     The(Right::ManageSegments)),
    ("get",    "/api/v1/lists/{id}",                                The(Right::ListPeople)),
    ("put",    "/api/v1/lists/{id}",                                The(Right::ManageSegments)),
    ("post",   "/api/v1/lists/{id}/archiving",                      The(Right::ManageSegments)),
    ("post",   "/api/v1/lists/{id}/restoring",                      The(Right::ManageSegments)),
    ("get",    "/api/v1/lists/{id}/members",                        The(Right::ListPeople)),
    ("post",   "/api/v1/lists/{id}/members",                        The(Right::WriteNotes)),
    ("post",   "/api/v1/lists/{id}/members/removal",                The(Right::WriteNotes)),
    ("put",    "/api/v1/lists/{id}/members/{customer}",             The(Right::WriteNotes)),
    ("delete", "/api/v1/lists/{id}/members/{customer}",             The(Right::WriteNotes)),
    ("delete", "/api/v1/list-acts/{act}",                           The(Right::WriteNotes)),
    ("get",    "/api/v1/customers/{id}/lists",                      The(Right::SeePeople)),
];

#[rustfmt::skip]
pub(super) const CONSOLE: &[Row] = &[
    ("post",   "/people/listing",                                   The(Right::WriteNotes)),
    ("post",   "/people/{id}/lists",                                The(Right::WriteNotes)),
    ("post",   "/people/{id}/lists/{list}/removal",                 The(Right::WriteNotes)),
    ("get",    "/lists",                                            The(Right::ListPeople)),
    ("post",   "/lists",                                            The(Right::ManageSegments)),
    ("get",    "/lists/new",                                        The(Right::ManageSegments)),
    ("get",    "/lists/{id}",                                       The(Right::ListPeople)),
    ("post",   "/lists/{id}",                                       The(Right::ManageSegments)),
    ("post",   "/lists/{id}/members",                               The(Right::WriteNotes)),
    ("post",   "/lists/{id}/members/removal",                       The(Right::WriteNotes)),
    ("post",   "/lists/{id}/archiving",                             The(Right::ManageSegments)),
    ("post",   "/lists/{id}/restoring",                             The(Right::ManageSegments)),
    ("post",   "/lists/acts/{act}/undo",                            The(Right::WriteNotes)),
];
