//! The part of the matrix that is about journeys and tasks.

use filo_core::access::Right;

use super::table::Needs;

use Needs::The;

/// Method, address, and what it asks.
type Row = (&'static str, &'static str, Needs);

#[rustfmt::skip]
pub(super) const API: &[Row] = &[
    ("get",    "/api/v1/journeys",                                  The(Right::ListPeople)),
    ("post",   "/api/v1/journeys",                                  The(Right::ManageJourneys)),
    ("post",   "/api/v1/journeys/check",                            The(Right::ManageJourneys)),
    ("get",    "/api/v1/journeys/{id}",                             The(Right::ListPeople)),
    ("put",    "/api/v1/journeys/{id}",                             The(Right::ManageJourneys)),
    ("delete", "/api/v1/journeys/{id}",                             The(Right::ManageJourneys)),
    ("post",   "/api/v1/journeys/{id}/publishing",                  The(Right::ManageJourneys)),
    ("post",   "/api/v1/journeys/{id}/publishing/preview",          The(Right::ManageJourneys)),
    ("post",   "/api/v1/journeys/{id}/pausing",                     The(Right::ManageJourneys)),
    ("post",   "/api/v1/journeys/{id}/resuming",                    The(Right::ManageJourneys)),
    ("post",   "/api/v1/journeys/{id}/finishing",                   The(Right::ManageJourneys)),
    ("post",   "/api/v1/journeys/{id}/stopping",                    The(Right::ManageJourneys)),
    ("get",    "/api/v1/journeys/{id}/runs",                        The(Right::ListPeople)),
    ("post",   "/api/v1/journeys/{id}/runs",                        The(Right::ManageJourneys)),
    ("get",    "/api/v1/journeys/{id}/rehearsals",                  The(Right::ListPeople)),
    ("post",   "/api/v1/journeys/{id}/rehearsals",                  The(Right::ManageJourneys)),
    ("get",    "/api/v1/rehearsals/{id}",                           The(Right::ListPeople)),
    ("delete", "/api/v1/rehearsals/{id}",                           The(Right::ManageJourneys)),
    ("post",   "/api/v1/rehearsals/{id}/cancellation",              The(Right::ManageJourneys)),
    ("get",    "/api/v1/rehearsals/{id}/people",                    The(Right::ListPeople)),
    ("get",    "/api/v1/rehearsals/{id}/people/{customer}",         The(Right::SeePeople)),
    ("get",    "/api/v1/journeys/{id}/impact",                      The(Right::SeeFigures)),
    ("get",    "/api/v1/journeys/{id}/impact/people",               The(Right::ListPeople)),
    ("get",    "/api/v1/journeys/{id}/experiments",                 The(Right::SeeFigures)),
    ("post",   "/api/v1/journeys/{id}/keeping",                     The(Right::ManageJourneys)),
    ("post",   "/api/v1/journeys/{id}/shares",                      The(Right::ManageJourneys)),
    ("get",    "/api/v1/runs/{id}",                                 The(Right::SeePeople)),
    ("post",   "/api/v1/runs/{id}/end",                             The(Right::ManageJourneys)),
    ("get",    "/api/v1/customers/{id}/runs",                       The(Right::SeePeople)),
    ("get",    "/api/v1/tasks",                                     The(Right::DoTasks)),
    ("get",    "/api/v1/tasks/{id}",                                The(Right::DoTasks)),
    ("post",   "/api/v1/tasks/{id}/outcome",                        The(Right::DoTasks)),
    ("post",   "/api/v1/tasks/{id}/reopening",                      The(Right::DoTasks)),
];

#[rustfmt::skip]
pub(super) const CONSOLE: &[Row] = &[
    ("get",    "/journeys",                                         The(Right::ListPeople)),
    ("post",   "/journeys",                                         The(Right::ManageJourneys)),
    ("get",    "/journeys/{id}",                                    The(Right::ListPeople)),
    ("get",    "/journeys/{id}/edit",                               The(Right::ManageJourneys)),
    ("post",   "/journeys/{id}/steps",                              The(Right::ManageJourneys)),
    ("post",   "/journeys/{id}/trigger",                            The(Right::ManageJourneys)),
    ("post",   "/journeys/{id}/document",                           The(Right::ManageJourneys)),
    ("get",    "/journeys/{id}/publishing",                         The(Right::ManageJourneys)),
    ("post",   "/journeys/{id}/publishing",                         The(Right::ManageJourneys)),
    ("post",   "/journeys/{id}/halting",                            The(Right::ManageJourneys)),
    ("get",    "/journeys/{id}/stopping",                           The(Right::ManageJourneys)),
    ("post",   "/journeys/{id}/removal",                            The(Right::ManageJourneys)),
    ("get",    "/journeys/{id}/people",                             The(Right::ListPeople)),
    ("post",   "/journeys/{id}/people",                             The(Right::ManageJourneys)),
    ("get",    "/journeys/{id}/rehearsals",                         The(Right::ListPeople)),
    ("post",   "/journeys/{id}/rehearsals",                         The(Right::ManageJourneys)),
    ("get",    "/rehearsals/{id}",                                  The(Right::ListPeople)),
    ("post",   "/rehearsals/{id}/cancellation",                     The(Right::ManageJourneys)),
    ("post",   "/rehearsals/{id}/removal",                          The(Right::ManageJourneys)),
    ("get",    "/rehearsals/{id}/people/{customer}",                The(Right::SeePeople)),
    ("get",    "/journeys/{id}/impact",                             The(Right::ListPeople)),
    ("post",   "/journeys/{id}/keeping",                            The(Right::ManageJourneys)),
    ("post",   "/journeys/{id}/shares",                             The(Right::ManageJourneys)),
    ("get",    "/runs/{id}",                                        The(Right::SeePeople)),
    ("post",   "/runs/{id}/end",                                    The(Right::ManageJourneys)),
    ("get",    "/tasks",                                            The(Right::DoTasks)),
    ("get",    "/tasks/{id}",                                       The(Right::DoTasks)),
    ("post",   "/tasks/{id}/outcome",                               The(Right::DoTasks)),
    ("post",   "/tasks/{id}/reopening",                             The(Right::DoTasks)),
];
