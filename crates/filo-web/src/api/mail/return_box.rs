//! The mailbox to which mail comes back: where it is, a test, and looking into it.

use axum::extract::State;
use filo_app::App;
use filo_app::mail::{FetchedReturns, ReturnBoxChange, ReturnBoxView};
use filo_core::mail::{Afterwards, RETURN_BOX_VERSION, ReturnBox, Security, Server};
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::answer::{Answer, Text, ok};
use super::super::power::Bearer;
use super::super::request::Body;
use super::ServerDocument;
use crate::problem::{Problem, ProblemOut};
use crate::right::ManageSettings;

/// The mailbox to which mail comes back.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailReturnBox)]
pub(crate) struct BoxOut {
    /// Whether it is looked into every five minutes.
    is_on: bool,
    /// Where it is, and who logs in.
    server: ServerDocument,
    /// There is a password for it. It is never shown.
    has_password: bool,
    /// Which folder.
    folder: String,
    /// What becomes of a message that was taken: `seen`, `move` or `delete`.
    afterwards: &'static str,
    /// The folder that it is moved to; empty if it is not moved.
    move_to: String,
    /// When it was last looked through without trouble.
    #[schema(value_type = Option<String>, format = DateTime)]
    looked_at: Option<Text<Timestamp>>,
    /// When it is looked into next; null while it is off.
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Text<Timestamp>>,
    /// Rounds that failed one after the other.
    failures: u32,
    /// Why the last one failed; empty if it did not.
    fault: String,
    /// Messages that were taken as returned mail, in all.
    taken: i64,
    /// Messages that were left alone, in all.
    left_alone: i64,
    /// Give it back with a change, so that nobody's change is lost.
    version: i64,
}

/// A change of the mailbox; every field is replaced but the password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MailReturnBoxChange)]
pub(crate) struct BoxIn {
    /// Whether it is looked into every five minutes.
    is_on: bool,
    /// Where it is, on port 993 or 143 (any at a machine of the house), and who logs in.
    server: ServerDocument,
    /// A new password; absent or null keeps the one there is, unless the server changes.
    #[serde(default)]
    password: Option<String>,
    /// Which folder; `INBOX` if it is not said.
    #[serde(default)]
    folder: String,
    /// What becomes of a message that was taken: `seen`, `move` or `delete`.
    #[schema(example = "seen")]
    afterwards: String,
    /// The folder that it is moved to.
    #[serde(default)]
    move_to: String,
    /// The version that was read.
    version: i64,
}

/// How a test ended.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailReturnBoxTest)]
pub(crate) struct TriedOut {
    /// It let us in, and the folder is there.
    is_well: bool,
    /// Messages in the folder.
    messages: Option<u32>,
    /// What was in the way; null if nothing was.
    fault: Option<String>,
}

/// What looking into it came to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailReturnsFetched)]
pub(crate) struct FetchedOut {
    /// Messages that were taken as returned mail.
    taken: u32,
    /// Messages that were left alone.
    left_alone: u32,
    /// There are more: the next round goes on.
    has_more: bool,
    /// Why it broke off; what was taken before stays taken. Null if it did not.
    fault: Option<String>,
}

/// The mailbox to which mail comes back.
#[utoipa::path(
    get, path = "/mail/return-box", tag = "mail",
    responses((status = 200, body = BoxOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_mail_return_box(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
) -> Answer {
    ok(&BoxOut::new(app.return_box(&key.actor).await?))
}

/// Changes it, from the version that was read: 409 if somebody else changed it meanwhile.
#[utoipa::path(
    put, path = "/mail/return-box", tag = "mail", request_body = BoxIn,
    responses((status = 200, body = BoxOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn put_mail_return_box(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Body(asked): Body<BoxIn>,
) -> Answer {
    let change = asked.change()?;
    let view = app.change_return_box(&key.actor, change).await?;
    ok(&BoxOut::new(view))
}

/// Logs in and opens the folders, and changes nothing there.
#[utoipa::path(
    post, path = "/mail/return-box/test", tag = "mail",
    responses((status = 200, body = TriedOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn test_mail_return_box(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
) -> Answer {
    let tried = app.test_return_box(&key.actor).await?;
    ok(&TriedOut {
        is_well: tried.is_ok(),
        messages: tried.as_ref().ok().map(|opened| opened.messages),
        fault: tried.err().map(|fault| fault.to_string()),
    })
}

/// Looks into it at once, whether it is on or not.
#[utoipa::path(
    post, path = "/mail/return-box/fetch", tag = "mail",
    responses((status = 200, body = FetchedOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn fetch_mail_returns(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
) -> Answer {
    let FetchedReturns {
        taken,
        left_alone,
        has_more,
        fault,
    } = app.fetch_returns(&key.actor).await?;
    ok(&FetchedOut {
        taken,
        left_alone,
        has_more,
        fault,
    })
}

impl BoxIn {
    fn change(self) -> Result<ReturnBoxChange, Problem> {
        let security = Security::from_word(&self.server.security)
            .ok_or_else(|| Problem::invalid("security", "must be `starttls`, `tls` or `none`"))?;
        let afterwards = Afterwards::from_word(&self.afterwards, &self.move_to)
            .ok_or_else(|| Problem::invalid("afterwards", "must be `seen`, `move` or `delete`"))?;
        Ok(ReturnBoxChange {
            settings: ReturnBox {
                version: RETURN_BOX_VERSION,
                is_on: self.is_on,
                server: Server {
                    host: self.server.host,
                    port: self.server.port,
                    security,
                    user: self.server.user,
                    own_relay: self.server.own_relay,
                },
                folder: self.folder,
                afterwards,
            },
            password: self.password,
            version: self.version,
        })
    }
}

impl BoxOut {
    fn new(view: ReturnBoxView) -> Self {
        let ReturnBox {
            is_on,
            server,
            folder,
            afterwards,
            ..
        } = view.settings;
        let state = view.state.as_ref();
        Self {
            is_on,
            server: ServerDocument {
                host: server.host,
                port: server.port,
                security: server.security.word().to_owned(),
                user: server.user,
                own_relay: server.own_relay,
            },
            has_password: view.has_password,
            folder,
            afterwards: afterwards.word(),
            move_to: afterwards.folder().to_owned(),
            looked_at: state.and_then(|it| it.looked_at).map(Text),
            due_at: state.filter(|_| is_on).map(|it| Text(it.due_at)),
            failures: state.map_or(0, |it| it.failures),
            fault: state.map(|it| it.fault.clone()).unwrap_or_default(),
            taken: state.map_or(0, |it| it.taken),
            left_alone: state.map_or(0, |it| it.left_alone),
            version: view.version,
        }
    }
}
