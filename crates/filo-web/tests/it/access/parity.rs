//! What the console can do and the API cannot: a list with reasons, and everything else by name.
//!
//! A new form of the console fails here until it has its address in the API, or its reason.

use std::collections::BTreeSet;

use super::content_table::{api, console};

/// Where the API does what a form of the console does; or why it does not.
#[derive(Debug, Clone, Copy)]
enum There {
    At(&'static str, &'static str),
    Alone(&'static str),
}

use There::{Alone, At};

const LOGIN: &str = "coming in and going out is the browser's: a program has a key";
const LINK: &str = "a link is followed by the person who got it";
const PROOF: &str = "what proves who somebody is they set up themselves, before a screen";
const PERSON: &str = "a person looks and says yes or no: a program would only say that it did";
const SESSION: &str = "sessions are the browser's";

#[rustfmt::skip]
const FORMS: &[(&str, There)] = &[
    ("/login",                                      Alone(LOGIN)),
    ("/login/code",                                 Alone(LOGIN)),
    ("/login/link",                                 Alone(LOGIN)),
    ("/login/sign-on",                              Alone(LOGIN)),
    ("/login/sign-on/return",                       Alone(LOGIN)),
    ("/logout",                                     Alone(LOGIN)),
    ("/welcome",                                    Alone(LINK)),
    ("/invite",                                     Alone(LINK)),
    ("/invite/sign-on",                             Alone(LINK)),
    ("/reset",                                      Alone(LINK)),
    ("/account",                                    At("patch", "/api/v1/account")),
    ("/account/password",                           At("post", "/api/v1/account/password")),
    ("/account/monday",                             At("put", "/api/v1/account/monday")),
    ("/account/monday/test",                        At("post", "/api/v1/account/monday/test")),
    ("/annotations",                                At("post", "/api/v1/annotations")),
    ("/annotations/{id}",                           At("put", "/api/v1/annotations/{id}")),
    ("/annotations/{id}/removal",                   At("delete", "/api/v1/annotations/{id}")),
    ("/annotations/{id}/restoring",                 At("post", "/api/v1/annotations/{id}/restoring")),
    ("/alerts/{id}/dismissal",                      At("post", "/api/v1/alerts/{id}/dismissal")),
    ("/alerts/{id}/taking-up",                      At("post", "/api/v1/alerts/{id}/taking-up")),
    ("/alert-rules",                                At("post", "/api/v1/alert-rules")),
    ("/alert-rules/{id}",                           At("put", "/api/v1/alert-rules/{id}")),
    ("/alert-rules/{id}/removal",                   At("delete", "/api/v1/alert-rules/{id}")),
    ("/alert-rules/{id}/restoring",                 At("post", "/api/v1/alert-rules/{id}/restoring")),
    ("/account/confirm",                            Alone(PROOF)),
    ("/account/second-factor",                      Alone(PROOF)),
    ("/account/second-factor/code",                 Alone(PROOF)),
    ("/account/second-factor/removal",              Alone(PROOF)),
    ("/account/second-factor/codes",                Alone(PROOF)),
    ("/account/sign-on",                            Alone(PROOF)),
    ("/account/sign-on/removal",                    Alone(PROOF)),
    ("/account/sessions/{id}/end",                  Alone(SESSION)),
    ("/account/sessions/end-others",                Alone(SESSION)),
    ("/users/second-factor",                        At("put", "/api/v1/settings/second-factor")),
    ("/users/{id}/role",                            At("put", "/api/v1/users/{id}/role")),
    ("/users/{id}/disabling",                       At("post", "/api/v1/users/{id}/disabling")),
    ("/users/{id}/enabling",                        At("post", "/api/v1/users/{id}/enabling")),
    ("/users/{id}/reset",                           At("post", "/api/v1/users/{id}/password-link")),
    ("/invites",                                    At("post", "/api/v1/invites")),
    ("/invites/{id}/revocation",                    At("delete", "/api/v1/invites/{id}")),
    ("/people/notes",                               At("post", "/api/v1/customers/notes")),
    ("/people/export",                              At("post", "/api/v1/customers/export")),
    ("/people/acts/{act}/undo",                     At("delete", "/api/v1/customers/notes/{act}")),
    ("/people/views",                               At("post", "/api/v1/customer-views")),
    ("/people/views/{view}",                        At("patch", "/api/v1/customer-views/{id}")),
    ("/people/views/{view}/removal",                At("delete", "/api/v1/customer-views/{id}")),
    ("/people/{id}/notes",                          At("post", "/api/v1/customers/{id}/notes")),
    ("/people/{id}/notes/{note}/removal",           At("delete", "/api/v1/customers/{id}/notes/{note}")),
    ("/people/{id}/consents",                       At("post", "/api/v1/customers/{id}/consents")),
    ("/people/{id}/dossier",                         At("post", "/api/v1/customers/{id}/export")),
    ("/people/{id}/erasure",                         At("post", "/api/v1/customers/{id}/erasure")),
    ("/settings/erasures/{id}/end",                  At("post", "/api/v1/erasures/{id}/end")),
    ("/requests",                                    At("post", "/api/v1/data-requests")),
    ("/requests/{id}/check",                         At("post", "/api/v1/data-requests/{id}/check")),
    ("/requests/{id}/extension",                     At("post", "/api/v1/data-requests/{id}/extension")),
    ("/requests/{id}/answer",                        At("post", "/api/v1/data-requests/{id}/answer")),
    ("/requests/{id}/refusal",                       At("post", "/api/v1/data-requests/{id}/refusal")),
    ("/requests/{id}/reopening",                     At("post", "/api/v1/data-requests/{id}/reopening")),
    ("/people/listing",                              At("post", "/api/v1/lists/{id}/members")),
    ("/people/{id}/lists",                           At("put", "/api/v1/lists/{id}/members/{customer}")),
    ("/people/{id}/lists/{list}/removal",            At("delete", "/api/v1/lists/{id}/members/{customer}")),
    ("/lists",                                       At("post", "/api/v1/lists")),
    ("/lists/{id}",                                  At("put", "/api/v1/lists/{id}")),
    ("/lists/{id}/members",                          At("post", "/api/v1/lists/{id}/members")),
    ("/lists/{id}/members/removal",                  At("post", "/api/v1/lists/{id}/members/removal")),
    ("/lists/{id}/archiving",                        At("post", "/api/v1/lists/{id}/archiving")),
    ("/lists/{id}/restoring",                        At("post", "/api/v1/lists/{id}/restoring")),
    ("/lists/acts/{act}/undo",                       At("delete", "/api/v1/list-acts/{act}")),
    ("/segments",                                    At("post", "/api/v1/segments")),
    ("/segments/{id}",                               At("put", "/api/v1/segments/{id}")),
    ("/segments/{id}/archiving",                     At("post", "/api/v1/segments/{id}/archiving")),
    ("/segments/{id}/restoring",                     At("post", "/api/v1/segments/{id}/restoring")),
    ("/pieces",                                     At("post", "/api/v1/pieces")),
    ("/pieces/voice",                               At("put", "/api/v1/settings/voice")),
    ("/pieces/{id}",                                At("put", "/api/v1/pieces/{id}")),
    ("/pieces/{id}/details",                        At("put", "/api/v1/pieces/{id}")),
    ("/pieces/{id}/frame",                          At("post", "/api/v1/pieces/preview")),
    ("/pieces/{id}/return",                         At("post", "/api/v1/pieces/{id}/return")),
    ("/pieces/{id}/copying",                        At("post", "/api/v1/pieces")),
    ("/pieces/{id}/archiving",                      At("post", "/api/v1/pieces/{id}/archiving")),
    ("/pieces/{id}/restoring",                      At("post", "/api/v1/pieces/{id}/restoring")),
    ("/promotions",                                 At("post", "/api/v1/promotions")),
    ("/promotions/{id}",                            At("put", "/api/v1/promotions/{id}")),
    ("/promotions/{id}/archiving",                  At("post", "/api/v1/promotions/{id}/archiving")),
    ("/promotions/{id}/restoring",                  At("post", "/api/v1/promotions/{id}/restoring")),
    ("/journeys",                                     At("post", "/api/v1/journeys")),
    ("/journeys/{id}/steps",                          At("put", "/api/v1/journeys/{id}")),
    ("/journeys/{id}/trigger",                        At("put", "/api/v1/journeys/{id}")),
    ("/journeys/{id}/document",                       At("put", "/api/v1/journeys/{id}")),
    ("/journeys/{id}/publishing",                     At("post", "/api/v1/journeys/{id}/publishing")),
    ("/journeys/{id}/halting",                        At("post", "/api/v1/journeys/{id}/pausing")),
    ("/journeys/{id}/removal",                        At("delete", "/api/v1/journeys/{id}")),
    ("/journeys/{id}/people",                         At("post", "/api/v1/journeys/{id}/runs")),
    ("/journeys/{id}/rehearsals",                     At("post", "/api/v1/journeys/{id}/rehearsals")),
    ("/rehearsals/{id}/cancellation",                 At("post", "/api/v1/rehearsals/{id}/cancellation")),
    ("/rehearsals/{id}/removal",                      At("delete", "/api/v1/rehearsals/{id}")),
    ("/journeys/{id}/keeping",                        At("post", "/api/v1/journeys/{id}/keeping")),
    ("/runs/{id}/end",                                At("post", "/api/v1/runs/{id}/end")),
    ("/tasks/{id}/outcome",                           At("post", "/api/v1/tasks/{id}/outcome")),
    ("/tasks/{id}/reopening",                         At("post", "/api/v1/tasks/{id}/reopening")),
    ("/computed-traits",                             At("post", "/api/v1/computed-traits")),
    ("/computed-traits/{id}",                        At("put", "/api/v1/computed-traits/{id}")),
    ("/computed-traits/{id}/archiving",              At("post", "/api/v1/computed-traits/{id}/archiving")),
    ("/computed-traits/{id}/restoring",              At("post", "/api/v1/computed-traits/{id}/restoring")),
    ("/messages/{id}/cancellation",                  At("post", "/api/v1/messages/{id}/cancellation")),
    ("/messages/{id}/again",                         At("post", "/api/v1/messages/{id}/again")),
    ("/messages/{id}/approval",                      Alone(PERSON)),
    ("/messages/{id}/words",                         Alone(PERSON)),
    ("/approvals/{journey}/{step}",                  Alone(PERSON)),
    ("/decisions/{id}/second",                       Alone(PERSON)),
    ("/decisions/{id}/withdrawal",                   Alone(PERSON)),
    ("/people/{id}/messages",                        At("post", "/api/v1/customers/{id}/messages")),
    ("/settings/messages",                           At("put", "/api/v1/settings/messages")),
    ("/settings/tracking",                           At("put", "/api/v1/settings/tracking")),
    ("/personas/search",                             At("post", "/api/v1/persona-searches")),
    ("/personas/{id}/name",                          At("patch", "/api/v1/personas/{id}")),
    ("/personas/{id}/segment",                       At("post", "/api/v1/segments")),
    ("/persona-searches/{id}/adoption",              At("post", "/api/v1/persona-searches/{id}/adoption")),
    ("/persona-searches/{id}/withdrawal",            At("post", "/api/v1/persona-searches/{id}/withdrawal")),
    ("/buyers/measuring",                            At("post", "/api/v1/buyers/measuring")),
    ("/settings/retention",                          At("put", "/api/v1/settings/retention")),
    ("/settings/register",                           At("put", "/api/v1/register")),
    ("/people/{id}/rulings",                        At("post", "/api/v1/separations")),
    ("/sources",                                    At("post", "/api/v1/sources")),
    ("/sources/{id}/name",                          At("patch", "/api/v1/sources/{id}")),
    ("/sources/{id}/keys",                          At("post", "/api/v1/sources/{id}/keys")),
    ("/sources/{id}/disabling",                     At("post", "/api/v1/sources/{id}/disable")),
    ("/sources/{id}/enabling",                      At("post", "/api/v1/sources/{id}/enable")),
    ("/keys/{id}/revocation",                       At("delete", "/api/v1/keys/{id}")),
    ("/keys/{id}/origins",                          At("put", "/api/v1/keys/{id}/origins")),
    ("/quarantine/kin/repair",                      At("post", "/api/v1/quarantine/repair")),
    ("/quarantine/kin/discard",                     At("post", "/api/v1/quarantine/discard")),
    ("/quarantine/restoration",                     At("post", "/api/v1/quarantine/{id}/restore")),
    ("/quarantine/{id}/repair",                     At("post", "/api/v1/quarantine/{id}/repair")),
    ("/quarantine/{id}/discard",                    At("post", "/api/v1/quarantine/{id}/discard")),
    ("/incidents/{id}/resolution",                  At("post", "/api/v1/incidents/{id}/resolution")),
    ("/incidents/{id}/reopening",                   At("post", "/api/v1/incidents/{id}/reopening")),
    ("/people/{id}/confirmations",                  At("post", "/api/v1/customers/{id}/confirmations")),
    ("/suppressions",                               At("post", "/api/v1/suppressions")),
    ("/suppressions/{id}/lifting",                  At("post", "/api/v1/suppressions/{id}/lifting")),
    ("/settings/consent",                           At("put", "/api/v1/settings/consent-purposes")),
    ("/settings/consent/removal",                   At("put", "/api/v1/settings/consent-purposes")),
    ("/settings/consent/wordings",                  At("post", "/api/v1/settings/consent-wordings")),
    ("/imports",                                     At("post", "/api/v1/imports")),
    ("/imports/{id}/subject",                        At("put", "/api/v1/imports/{id}/subject")),
    ("/imports/{id}/plan",                           At("put", "/api/v1/imports/{id}/plan")),
    ("/imports/{id}/trial",                          At("post", "/api/v1/imports/{id}/trial")),
    ("/imports/{id}/start",                          At("post", "/api/v1/imports/{id}/start")),
    ("/imports/{id}/cancellation",                   At("post", "/api/v1/imports/{id}/cancellation")),
    ("/imports/{id}/undo",                           At("post", "/api/v1/imports/{id}/undo")),
    ("/imports/{id}/removal",                        At("delete", "/api/v1/imports/{id}")),
    ("/duplicates/answers",                          At("post", "/api/v1/duplicates/answers")),
    ("/duplicates/search",                           At("post", "/api/v1/duplicates/search")),
    ("/duplicates/acceptance",                       At("post", "/api/v1/duplicates/acceptance")),
    ("/settings/duplicates",                         At("put", "/api/v1/settings/duplicates")),
    ("/quality/mending",                            At("post", "/api/v1/quality/mendings")),
    ("/quality/acts/{act}/undo",                    At("delete", "/api/v1/quality/mendings/{act}")),
    ("/quality/leaving",                            At("post", "/api/v1/quality/leavings")),
    ("/quality/leaving/undo",                       At("delete", "/api/v1/quality/leavings/{act}")),
    ("/settings/company",                           At("put", "/api/v1/settings/company")),
    ("/settings/sign-on",                           At("put", "/api/v1/settings/sign-on")),
    ("/settings/sign-on/removal",                   At("delete", "/api/v1/settings/sign-on")),
    ("/settings/identity",                          At("put", "/api/v1/settings/identity-rules")),
    ("/settings/identity/return",                   At("put", "/api/v1/settings/identity-rules")),
    ("/settings/identity/trials/{id}/adoption",     At("put", "/api/v1/settings/identity-rules")),
    ("/settings/keys",                              At("post", "/api/v1/keys")),
    ("/settings/keys/{id}/revocation",              At("delete", "/api/v1/keys/{id}")),
    ("/settings/backups",                           At("post", "/api/v1/backups")),
    ("/settings/backups/schedule",                  At("put", "/api/v1/backup-schedule")),
    ("/settings/audit/export",                      At("get", "/api/v1/audit")),
    ("/settings/channels/{medium}",                 At("put", "/api/v1/channels/{medium}")),
    ("/settings/channels/{medium}/test",            At("post", "/api/v1/channels/{medium}/test")),
    ("/settings/channels/{medium}/connection",      At("post", "/api/v1/channels/{medium}/connection")),
    ("/settings/channels/{medium}/disconnection",   At("post", "/api/v1/channels/{medium}/disconnection")),
    ("/settings/channels/{medium}/removal",         At("delete", "/api/v1/channels/{medium}")),
    ("/settings/mail",                              At("put", "/api/v1/mail")),
    ("/settings/mail/dkim",                         At("post", "/api/v1/mail/dkim-key")),
    ("/settings/mail/test",                         At("post", "/api/v1/mail/test")),
    ("/settings/mail/return-box",                   At("put", "/api/v1/mail/return-box")),
    ("/settings/mail/return-box/test",              At("post", "/api/v1/mail/return-box/test")),
    ("/settings/mail/return-box/fetch",             At("post", "/api/v1/mail/return-box/fetch")),
    ("/settings/mail/warm-up",                      At("put", "/api/v1/mail/warm-up")),
    ("/settings/webhooks",                          At("post", "/api/v1/webhooks")),
    ("/settings/webhooks/{id}",                     At("patch", "/api/v1/webhooks/{id}")),
    ("/settings/webhooks/{id}/rotation",            At("post", "/api/v1/webhooks/{id}/rotation")),
    ("/settings/webhooks/{id}/test",                At("post", "/api/v1/webhooks/{id}/test")),
    ("/settings/webhooks/{id}/replay",              At("post", "/api/v1/webhooks/{id}/replay")),
    ("/settings/webhooks/{id}/removal",             At("delete", "/api/v1/webhooks/{id}")),
    ("/settings/webhooks/{id}/deliveries/{delivery}/replay", At("post", "/api/v1/webhooks/{id}/deliveries/{delivery}/replay")),
];

#[test]
fn everything_the_console_can_do_the_api_can_but_for_what_has_a_reason() {
    let (api, console) = (api(), console());
    let forms = console.iter().filter(|(method, ..)| *method == "post");
    let forms: BTreeSet<&str> = forms.map(|(_, path, _)| *path).collect();
    let named: BTreeSet<&str> = FORMS.iter().map(|(path, _)| *path).collect();
    let missing: Vec<_> = forms.difference(&named).collect();
    assert!(
        missing.is_empty(),
        "give these an address in the API, or a reason: {missing:?}"
    );
    let gone: Vec<_> = named.difference(&forms).collect();
    assert!(gone.is_empty(), "the console has these no more: {gone:?}");
    for (path, there) in FORMS {
        match there {
            At(method, address) => {
                let has = |(known, at, _): &(&str, &str, _)| known == method && at == address;
                assert!(
                    api.iter().any(has),
                    "{path}: the API has no {method} {address}"
                );
            }
            Alone(reason) => assert!(reason.len() > 20, "{path}: {reason}"),
        }
    }
}
