//! The part of the matrix that is about messages and mail.

use filo_core::access::Right;

use super::table::Needs;

use Needs::{Both, The};

/// Method, address, and what it asks.
type Row = (&'static str, &'static str, Needs);

#[rustfmt::skip]
pub(super) const API: &[Row] = &[
    ("get",    "/api/v1/messages",                             The(Right::ListPeople)),
    ("get",    "/api/v1/messages/{id}",                        The(Right::SeePeople)),
    ("post",   "/api/v1/messages/{id}/cancellation",           The(Right::SendMessages)),
    ("post",   "/api/v1/messages/{id}/again",                  The(Right::SendMessages)),
    ("get",    "/api/v1/approvals",                            The(Right::ManageJourneys)),
    ("get",    "/api/v1/approvals/decisions",                  The(Right::ManageJourneys)),
    ("get",    "/api/v1/customers/{id}/messages",              The(Right::SeePeople)),
    ("post",   "/api/v1/customers/{id}/messages",              The(Right::SendMessages)),
    ("post",   "/api/v1/customers/{id}/messages/preview",      The(Right::SendMessages)),
    ("get",    "/api/v1/settings/messages",                    The(Right::ManageSettings)),
    ("put",    "/api/v1/settings/messages",                    The(Right::ManageSettings)),
    ("get",    "/api/v1/channels",                             The(Right::ManageSettings)),
    ("get",    "/api/v1/channels/{medium}",                    The(Right::ManageSettings)),
    ("put",    "/api/v1/channels/{medium}",                    The(Right::ManageSettings)),
    ("delete", "/api/v1/channels/{medium}",                    The(Right::ManageSettings)),
    ("post",   "/api/v1/channels/{medium}/connection",         The(Right::ManageSettings)),
    ("post",   "/api/v1/channels/{medium}/disconnection",      The(Right::ManageSettings)),
    ("post",   "/api/v1/channels/{medium}/test",               The(Right::ManageSettings)),
    ("get",    "/api/v1/customers/{id}/telegram-link",         The(Right::ExportPeople)),
    ("get",    "/api/v1/mail",                                     The(Right::ManageSettings)),
    ("put",    "/api/v1/mail",                                     The(Right::ManageSettings)),
    ("post",   "/api/v1/mail/dkim-key",                            The(Right::ManageSettings)),
    ("post",   "/api/v1/mail/test",                                The(Right::ManageSettings)),
    ("get",    "/api/v1/mail/records",                             The(Right::ManageSettings)),
    ("get",    "/api/v1/mail/folder",                              Both(Right::ManageSettings, Right::SeePersonalData)),
    ("get",    "/api/v1/mail/folder/{name}",                       Both(Right::ManageSettings, Right::SeePersonalData)),
    ("get",    "/api/v1/mail/warm-up",                             The(Right::ManageSettings)),
    ("put",    "/api/v1/mail/warm-up",                             The(Right::ManageSettings)),
    ("get",    "/api/v1/mail/return-box",                          The(Right::ManageSettings)),
    ("put",    "/api/v1/mail/return-box",                          The(Right::ManageSettings)),
    ("post",   "/api/v1/mail/return-box/test",                     The(Right::ManageSettings)),
    ("post",   "/api/v1/mail/return-box/fetch",                    The(Right::ManageSettings)),
    ("get",    "/api/v1/mail/returns",                             The(Right::ManageSettings)),
    ("post",   "/api/v1/mail/returns",                             The(Right::RecordConsent)),
    ("get",    "/api/v1/mail/returns/{id}",                        The(Right::ManageSettings)),
];

#[rustfmt::skip]
pub(super) const CONSOLE: &[Row] = &[
    ("get",  "/messages",                               The(Right::ListPeople)),
    ("get",  "/messages/{id}",                          The(Right::SeePeople)),
    ("post", "/messages/{id}/cancellation",             The(Right::SendMessages)),
    ("post", "/messages/{id}/again",                    The(Right::SendMessages)),
    ("post", "/messages/{id}/approval",                The(Right::ManageJourneys)),
    ("get",  "/messages/{id}/words",                   The(Right::ManageJourneys)),
    ("post", "/messages/{id}/words",                   The(Right::ManageJourneys)),
    ("get",  "/approvals",                             The(Right::ManageJourneys)),
    ("get",  "/approvals/{journey}/{step}",            The(Right::ManageJourneys)),
    ("post", "/approvals/{journey}/{step}",            The(Right::ManageJourneys)),
    ("post", "/decisions/{id}/second",                 The(Right::ManageJourneys)),
    ("post", "/decisions/{id}/withdrawal",             The(Right::ManageJourneys)),
    ("get",  "/people/{id}/messages",                   The(Right::SeePeople)),
    ("post", "/people/{id}/messages",                   The(Right::SendMessages)),
    ("get",  "/settings/messages",                      The(Right::ManageSettings)),
    ("post", "/settings/messages",                      The(Right::ManageSettings)),
    ("get",    "/settings/channels",                               The(Right::ManageSettings)),
    ("get",    "/settings/channels/{medium}",                      The(Right::ManageSettings)),
    ("post",   "/settings/channels/{medium}",                      The(Right::ManageSettings)),
    ("post",   "/settings/channels/{medium}/test",                 The(Right::ManageSettings)),
    ("post",   "/settings/channels/{medium}/connection",           The(Right::ManageSettings)),
    ("post",   "/settings/channels/{medium}/disconnection",        The(Right::ManageSettings)),
    ("post",   "/settings/channels/{medium}/removal",              The(Right::ManageSettings)),
    ("get",    "/settings/mail",                                   The(Right::ManageSettings)),
    ("post",   "/settings/mail",                                   The(Right::ManageSettings)),
    ("post",   "/settings/mail/dkim",                              The(Right::ManageSettings)),
    ("post",   "/settings/mail/test",                              The(Right::ManageSettings)),
    ("get",    "/settings/mail/dns",                               The(Right::ManageSettings)),
    ("get",    "/settings/mail/folder",                            The(Right::ManageSettings)),
    ("get",    "/settings/mail/folder/{name}",                     The(Right::ManageSettings)),
    ("get",    "/settings/mail/folder/{name}/drawn",               The(Right::ManageSettings)),
    ("get",    "/settings/mail/warm-up",                           The(Right::ManageSettings)),
    ("post",   "/settings/mail/warm-up",                           The(Right::ManageSettings)),
    ("get",    "/settings/mail/return-box",                        The(Right::ManageSettings)),
    ("post",   "/settings/mail/return-box",                        The(Right::ManageSettings)),
    ("post",   "/settings/mail/return-box/test",                   The(Right::ManageSettings)),
    ("post",   "/settings/mail/return-box/fetch",                  The(Right::ManageSettings)),
    ("get",    "/settings/mail/returns",                           The(Right::ManageSettings)),
    ("get",    "/settings/mail/returns/{id}",                      The(Right::ManageSettings)),
];
