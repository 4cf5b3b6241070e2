//! The people of the company: who one is, who has an account, and inviting.

use axum::extract::State;
use axum::response::Response;
use filo_app::mail::Told;
use filo_app::{App, InviteState, InviteView, UserView};
use filo_core::access::{Right, Role};
use filo_core::id::{InviteId, UserId};
use filo_core::time::Timestamp;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, Text, created, done, ok};
use super::idempotency::Repetition;
use super::paging::Page;
use super::power::Bearer;
use super::request::{Body, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::{ManageUsers, Own};

/// Who the caller is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Me)]
pub(crate) struct MeOut {
    /// The name of the person or key.
    name: String,
    /// The account; null for a key.
    #[schema(value_type = Option<String>)]
    user: Option<Text<UserId>>,
    /// What the caller may do.
    rights: Vec<&'static str>,
}

/// A person of the company.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = User)]
pub(crate) struct UserOut {
    /// Their id.
    #[schema(value_type = String)]
    id: Text<UserId>,
    /// What people call them.
    name: String,
    /// Where they log in with.
    email: String,
    /// Their role.
    #[schema(example = "agent")]
    role: &'static str,
    /// In which language they read.
    language: &'static str,
    /// Whether a second factor is asked for.
    has_second_factor: bool,
    /// When the account was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Text<Timestamp>,
    /// Since when they are not let in.
    #[schema(value_type = Option<String>, format = DateTime)]
    disabled_at: Option<Text<Timestamp>>,
}

/// An invitation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Invite)]
pub(crate) struct InviteOut {
    /// Its id.
    #[schema(value_type = String)]
    id: Text<InviteId>,
    /// Whom it is for.
    email: String,
    /// The role they get.
    role: &'static str,
    /// Who invited.
    invited_by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    created_at: Text<Timestamp>,
    /// Until when it can be followed.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Text<Timestamp>,
    /// `open`, `used`, `revoked` or `expired`.
    state: &'static str,
}

/// A new invitation.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewInvite)]
#[serde(deny_unknown_fields)]
pub(crate) struct InviteIn {
    /// Whom it is for.
    email: String,
    /// The role they get: `owner`, `admin`, `marketer`, `agent`, `shop-staff`, `analyst`.
    role: String,
}

/// An invitation as it is handed over.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CreatedInvite)]
pub(crate) struct CreatedInviteOut {
    /// Its id.
    #[schema(value_type = String)]
    id: Text<InviteId>,
    /// The address to send. Keep it: only a hash is stored.
    link: String,
    /// Until when it can be followed.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Text<Timestamp>,
    /// Whether it could also be sent to them.
    mail: ToldOut,
}

/// Whether a link could also be sent by mail.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LinkMail)]
pub(crate) struct ToldOut {
    /// `sent`, `kept` (in the folder of messages: no server is connected) or `failed`.
    result: &'static str,
    /// Why it failed.
    reason: Option<String>,
}

impl ToldOut {
    fn new(told: &Told) -> Self {
        Self {
            result: told.word(),
            reason: match told {
                Told::Failed(reason) => Some(reason.clone()),
                Told::Sent | Told::Kept => None,
            },
        }
    }
}

/// Another role.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewRole)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleIn {
    /// The role.
    role: String,
}

/// Who the caller is, and what they may do.
#[utoipa::path(
    get, path = "/me", tag = "users",
    responses((status = 200, body = MeOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn me(key: Bearer<Own>) -> Answer {
    ok(&MeOut {
        name: key.actor.name,
        user: key.actor.user.map(Text),
        rights: key.actor.rights.iter().map(Right::word).collect(),
    })
}

/// Everybody with an account.
#[utoipa::path(
    get, path = "/users", tag = "users",
    responses((status = 200, body = Page<UserOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_users(State(app): State<App>, key: Bearer<ManageUsers>) -> Answer {
    let users = app.users(&key.actor).await?;
    ok(&Page::whole(users.into_iter().map(user).collect()))
}

/// Gives somebody another role; their sessions end.
#[utoipa::path(
    put, path = "/users/{id}/role", tag = "users", params(("id" = String, Path)),
    request_body = RoleIn,
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn set_role(
    State(app): State<App>,
    key: Bearer<ManageUsers>,
    IdOf(id): IdOf<UserId>,
    Body(new): Body<RoleIn>,
) -> Answer {
    app.set_role(&key.actor, id, role(&new.role)?).await?;
    done()
}

/// Lets somebody in no more; their sessions end.
#[utoipa::path(
    post, path = "/users/{id}/disabling", tag = "users", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn disable_user(
    State(app): State<App>,
    key: Bearer<ManageUsers>,
    IdOf(id): IdOf<UserId>,
) -> Answer {
    app.disable_user(&key.actor, id).await?;
    done()
}

/// Lets somebody in again.
#[utoipa::path(
    post, path = "/users/{id}/enabling", tag = "users", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn enable_user(
    State(app): State<App>,
    key: Bearer<ManageUsers>,
    IdOf(id): IdOf<UserId>,
) -> Answer {
    app.enable_user(&key.actor, id).await?;
    done()
}

/// Invitations, the newest first.
#[utoipa::path(
    get, path = "/invites", tag = "users",
    responses((status = 200, body = Page<InviteOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_invites(State(app): State<App>, key: Bearer<ManageUsers>) -> Answer {
    let invites = app.invites(&key.actor).await?;
    ok(&Page::whole(invites.into_iter().map(invite).collect()))
}

/// Invites somebody. The link is shown this once; it works for 48 hours, and once.
#[utoipa::path(
    post, path = "/invites", tag = "users", request_body = InviteIn,
    responses((status = 201, body = CreatedInviteOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn create_invite(
    State(app): State<App>,
    key: Bearer<ManageUsers>,
    Body(new): Body<InviteIn>,
) -> Answer {
    let made = app.invite(&key.actor, &new.email, role(&new.role)?).await?;
    let mut response: Response = created(&CreatedInviteOut {
        id: Text(made.id),
        mail: ToldOut::new(&made.told),
        link: made.link,
        expires_at: Text(made.expires_at),
    })?;
    response.extensions_mut().insert(already_shown(made.id));
    Ok(response)
}

/// A link to set a password anew.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PasswordLinkOut {
    /// The address to hand over: it works once, for an hour.
    link: String,
    /// Whether it could also be sent to them.
    mail: ToldOut,
}

/// Makes a link with which somebody below sets their password anew; an earlier one ends. It is
/// shown this once.
#[utoipa::path(
    post, path = "/users/{id}/password-link", tag = "users", params(("id" = String, Path)),
    responses((status = 201, body = PasswordLinkOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn make_password_link(
    State(app): State<App>,
    key: Bearer<ManageUsers>,
    IdOf(id): IdOf<UserId>,
) -> Answer {
    let made = app.password_link(&key.actor, id).await?;
    let mut response: Response = created(&PasswordLinkOut {
        mail: ToldOut::new(&made.told),
        link: made.link,
    })?;
    response.extensions_mut().insert(already_shown(id));
    Ok(response)
}

/// A repeated request gets this in place of the link.
fn already_shown(id: impl std::fmt::Display) -> Repetition {
    let body = serde_json::json!({
        "type": "/problems/key_already_shown", "code": "key_already_shown", "status": 409,
        "title": "The link was shown already",
        "detail": format!("the first request made a link ({id}); if it was lost, make another"),
    });
    Repetition {
        status: StatusCode::CONFLICT,
        body: body.to_string(),
    }
}

/// Takes an invitation back.
#[utoipa::path(
    delete, path = "/invites/{id}", tag = "users", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn revoke_invite(
    State(app): State<App>,
    key: Bearer<ManageUsers>,
    IdOf(id): IdOf<InviteId>,
) -> Answer {
    app.revoke_invite(&key.actor, id).await?;
    done()
}

fn role(word: &str) -> Result<Role, Problem> {
    Role::from_word(word).ok_or_else(|| {
        let words = Role::ALL.map(Role::word).join(", ");
        Problem::invalid("role", format!("must be one of {words}"))
    })
}

fn user(user: UserView) -> UserOut {
    UserOut {
        id: Text(user.id),
        name: user.name,
        email: user.email,
        role: user.role.word(),
        language: user.language.tag(),
        has_second_factor: user.has_second_factor,
        created_at: Text(user.created_at),
        disabled_at: user.disabled_at.map(Text),
    }
}

fn invite(invite: InviteView) -> InviteOut {
    let state = match invite.state {
        InviteState::Open => "open",
        InviteState::Used => "used",
        InviteState::Revoked => "revoked",
        InviteState::Expired => "expired",
    };
    InviteOut {
        id: Text(invite.id),
        email: invite.email,
        role: invite.role.word(),
        invited_by: invite.invited_by,
        created_at: Text(invite.created_at),
        expires_at: Text(invite.expires_at),
        state,
    }
}
