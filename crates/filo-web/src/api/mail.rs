//! Mail: the account, the key of signatures, the records of the DNS, a test, and the folder.
//!
//! **Invariant:** no answer holds a password or a private key.

pub(super) mod return_box;
pub(super) mod warm_up;

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use filo_app::App;
use filo_app::mail::{Handing, KeptMail, MailChange, MailRecord, MailView, TestSent};
use filo_core::mail::{Dkim, MailSettings, Provider, Security, Server, Way};
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, Text, ok};
use super::asked::RecordsAsked;
use super::mail_out::{HandedOut, handed};
use super::paging::Page;
use super::power::Bearer;
use super::request::{Asked, Body};
use crate::problem::{Problem, ProblemOut};
use crate::right::ManageSettings;

/// Messages of the folder in an answer.
const KEPT_SHOWN: usize = 100;

/// The server that takes the company's mail.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MailServer)]
pub(crate) struct ServerDocument {
    /// Its name.
    #[schema(example = "smtps.aruba.it")]
    pub(super) host: String,
    /// 25, 465, 587 or 2525; any at a machine of the house.
    #[schema(example = 465)]
    pub(super) port: u16,
    /// `starttls`, `tls` or `none` (only at a machine of the house).
    #[schema(example = "tls")]
    pub(super) security: String,
    /// Who logs in; empty for a relay that asks nobody.
    #[serde(default)]
    pub(super) user: String,
    /// It is a machine of the house: it may have a private address and speak in clear.
    #[serde(default)]
    pub(super) own_relay: bool,
}

/// The settings of mail.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailSettings)]
pub(crate) struct MailOut {
    /// The server; null: messages go into a folder and nobody gets them.
    server: Option<ServerDocument>,
    /// There is a password for it. It is never shown.
    has_password: bool,
    /// The name of the sender; empty: the company's.
    from_name: String,
    /// The address of the sender.
    from_address: String,
    /// Where answers go; empty: to the sender.
    reply_to: String,
    /// Behind the `@` of the address to which returns go; empty: they go to the sender.
    bounce_domain: String,
    /// The selector of the key of signatures; null if messages are not signed here.
    dkim_selector: Option<String>,
    /// The domain of the signatures.
    dkim_domain: Option<String>,
    /// The public half of the key, as it stands in the DNS; empty until it was made.
    dkim_public_key: Option<String>,
    /// Messages a minute to each provider.
    per_minute: BTreeMap<&'static str, u32>,
    /// Give it back with a change, so that nobody's change is lost.
    version: i64,
}

/// A change of the settings of mail; every field is replaced but the password and the key.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MailChange)]
pub(crate) struct MailIn {
    /// The server; null: into a folder.
    server: Option<ServerDocument>,
    /// A new password; absent or null keeps the one there is.
    #[serde(default)]
    password: Option<String>,
    /// The name of the sender.
    #[serde(default)]
    from_name: String,
    /// The address of the sender.
    #[serde(default)]
    from_address: String,
    /// Where answers go.
    #[serde(default)]
    reply_to: String,
    /// The domain of returns.
    #[serde(default)]
    bounce_domain: String,
    /// Whether messages go on being signed with the key there is; false forgets it.
    #[serde(default = "yes")]
    signed: bool,
    /// Messages a minute to a provider, where another pace than the default is wanted.
    #[serde(default)]
    per_minute: BTreeMap<String, u32>,
    /// The version that was read.
    version: i64,
}

const fn yes() -> bool {
    true
}

/// A key of signatures to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewDkimKey)]
pub(crate) struct DkimIn {
    /// Under which name it will stand in the DNS.
    #[schema(example = "filo1")]
    selector: String,
    /// Whose signature it is: the sender's domain, or one within it.
    domain: String,
    /// The version that was read.
    version: i64,
}

/// A record of the DNS.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailRecord)]
pub(crate) struct RecordOut {
    /// `spf`, `dkim`, `dmarc` or `bounce_mx`.
    kind: &'static str,
    /// Under which name.
    name: String,
    /// `TXT` or `MX`.
    r#type: &'static str,
    /// What it must say.
    value: String,
    /// `right`, `missing`, `different`, `several` or `unknown` (nobody answered); null if nobody
    /// looked.
    standing: Option<&'static str>,
    /// What the DNS says.
    found: Vec<String>,
}

/// How a test ended.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailTest)]
pub(crate) struct TestOut {
    /// To whom it went.
    to: String,
    /// `folder` or `server`.
    handing: &'static str,
    /// How it ended.
    outcome: HandedOut,
}

/// A message in the folder.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KeptMail)]
pub(crate) struct KeptOut {
    /// Its name in the folder, without `.eml`.
    name: String,
    /// When it was put there.
    #[schema(value_type = String, format = DateTime)]
    at: Text<Timestamp>,
    /// To whom.
    to: String,
    /// What it is about.
    subject: String,
}

/// A message in the folder, whole.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WholeKeptMail)]
pub(crate) struct WholeOut {
    /// As in the list.
    #[serde(flatten)]
    mail: KeptOut,
    /// The text.
    text: String,
    /// The same, drawn; null if there is only text.
    html: Option<String>,
    /// Its headers, name and value, as they would leave.
    headers: Vec<[String; 2]>,
}

/// The settings of mail.
#[utoipa::path(
    get, path = "/mail", tag = "mail",
    responses((status = 200, body = MailOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_mail(State(app): State<App>, key: Bearer<ManageSettings>) -> Answer {
    ok(&MailOut::new(app.mail(&key.actor).await?))
}

/// Changes them, from the version that was read: 409 if somebody else changed them meanwhile.
#[utoipa::path(
    put, path = "/mail", tag = "mail", request_body = MailIn,
    responses((status = 200, body = MailOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn put_mail(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Body(asked): Body<MailIn>,
) -> Answer {
    let before = app.mail(&key.actor).await?.settings;
    let change = asked.change(before.dkim)?;
    ok(&MailOut::new(app.change_mail(&key.actor, change).await?))
}

/// Makes a new key of signatures; the one before signs no more. Its public half is in the answer
/// and has to stand in the DNS before it counts.
#[utoipa::path(
    post, path = "/mail/dkim-key", tag = "mail", request_body = DkimIn,
    responses((status = 200, body = MailOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn make_dkim_key(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Body(asked): Body<DkimIn>,
) -> Answer {
    let DkimIn {
        selector,
        domain,
        version,
    } = asked;
    let view = app.make_dkim_key(&key.actor, &selector, &domain, version);
    ok(&MailOut::new(view.await?))
}

/// Sends a letter to the address of whoever asks: an account, not a key.
#[utoipa::path(
    post, path = "/mail/test", tag = "mail",
    responses((status = 200, body = TestOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn test_mail(State(app): State<App>, key: Bearer<ManageSettings>) -> Answer {
    let TestSent {
        to,
        handed: outcome,
        handing,
    } = app.test_mail(&key.actor).await?;
    ok(&TestOut {
        to,
        handing: match handing {
            Handing::Folder => "folder",
            Handing::Server => "server",
        },
        outcome: handed(&outcome),
    })
}

/// The records that the DNS needs, and how they stand there if that is asked.
#[utoipa::path(
    get, path = "/mail/records", tag = "mail", params(RecordsAsked),
    responses((status = 200, body = Page<RecordOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_mail_records(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Asked(asked): Asked<RecordsAsked>,
) -> Answer {
    let records = app.mail_records(&key.actor, asked.look).await?;
    ok(&Page::whole(
        records.into_iter().map(RecordOut::new).collect(),
    ))
}

/// The newest messages of the folder: what would have been sent while no server is connected.
#[utoipa::path(
    get, path = "/mail/folder", tag = "mail",
    responses((status = 200, body = Page<KeptOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_kept_mails(State(app): State<App>, key: Bearer<ManageSettings>) -> Answer {
    let mails = app.kept_mails(&key.actor, KEPT_SHOWN).await?;
    ok(&Page::whole(mails.into_iter().map(KeptOut::new).collect()))
}

/// One message of the folder, whole.
#[utoipa::path(
    get, path = "/mail/folder/{name}", tag = "mail", params(("name" = String, Path)),
    responses((status = 200, body = WholeOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_kept_mail(
    State(app): State<App>,
    key: Bearer<ManageSettings>,
    Path(name): Path<String>,
) -> Answer {
    let mail = app.kept_mail(&key.actor, &name).await?;
    let headers = mail.headers.iter();
    ok(&WholeOut {
        text: mail.text.clone(),
        html: mail.html.clone(),
        headers: headers
            .map(|(name, value)| [name.clone(), value.clone()])
            .collect(),
        mail: KeptOut::new(mail),
    })
}

impl MailIn {
    fn change(self, dkim: Option<Dkim>) -> Result<MailChange, Problem> {
        let way = match self.server {
            None => Way::Folder,
            Some(server) => Way::Smtp(Server {
                security: Security::from_word(&server.security).ok_or_else(|| {
                    Problem::invalid("security", "must be `starttls`, `tls` or `none`")
                })?,
                host: server.host,
                port: server.port,
                user: server.user,
                own_relay: server.own_relay,
            }),
        };
        let mut paces = BTreeMap::new();
        for (word, pace) in self.per_minute {
            let provider = Provider::from_word(&word).ok_or_else(|| {
                let words = Provider::ALL.map(Provider::word).join(", ");
                Problem::invalid(
                    "per_minute",
                    format!("there is no `{word}`; there are {words}"),
                )
            })?;
            paces.insert(provider, pace);
        }
        Ok(MailChange {
            settings: MailSettings {
                way,
                from_name: self.from_name,
                from_address: self.from_address,
                reply_to: self.reply_to,
                bounce_domain: self.bounce_domain,
                dkim: dkim.filter(|_| self.signed),
                paces,
                ..MailSettings::default()
            },
            password: self.password,
            version: self.version,
        })
    }
}

impl MailOut {
    fn new(view: MailView) -> Self {
        let settings = view.settings;
        let paces = Provider::ALL.map(|provider| (provider.word(), settings.pace(provider)));
        let dkim = settings.dkim;
        Self {
            server: match settings.way {
                Way::Folder => None,
                Way::Smtp(server) => Some(ServerDocument {
                    host: server.host,
                    port: server.port,
                    security: server.security.word().to_owned(),
                    user: server.user,
                    own_relay: server.own_relay,
                }),
            },
            has_password: view.has_password,
            from_name: settings.from_name,
            from_address: settings.from_address,
            reply_to: settings.reply_to,
            bounce_domain: settings.bounce_domain,
            dkim_selector: dkim.as_ref().map(|it| it.selector.clone()),
            dkim_domain: dkim.as_ref().map(|it| it.domain.clone()),
            dkim_public_key: dkim.map(|it| it.public_key),
            per_minute: paces.into_iter().collect(),
            version: view.version,
        }
    }
}

impl RecordOut {
    fn new(record: MailRecord) -> Self {
        Self {
            kind: record.wanted.kind.word(),
            r#type: record.wanted.kind.dns_type(),
            name: record.wanted.name,
            value: record.wanted.value,
            standing: record.standing.map(filo_core::mail::Standing::word),
            found: record.found,
        }
    }
}

impl KeptOut {
    fn new(mail: KeptMail) -> Self {
        Self {
            name: mail.name,
            at: Text(mail.at),
            to: mail.to,
            subject: mail.subject,
        }
    }
}
