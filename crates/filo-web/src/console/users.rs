//! The people of the company: who has an account, with which role, and who is invited.

use axum::extract::{Path, Query, State};
use filo_app::mail::Told;
use filo_app::{App, Error, InviteState, InviteView, UserView};
use filo_core::access::{Right, Role};
use filo_core::id::{InviteId, UserId};
use maud::{Markup, html};
use serde::Deserialize;

use super::failure::Failure;
use super::posted::Posted;
use super::session::Session;
use super::settings;
use super::{Answer, done, id, shown, wrong};
use crate::i18n::Words;
use crate::right::ManageUsers;
use crate::ui::form::{Field, button_form, copyable, form, second_thought};
use crate::ui::shown as display;

const HERE: &str = "/users";

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    done: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

/// What the page shows.
struct Company {
    users: Vec<UserView>,
    invites: Vec<InviteView>,
    required: bool,
    /// A link that was just made, with whom it is for and whether it was also sent.
    made: Option<(String, String, Told)>,
    /// An invitation that was refused: address and reason.
    refused: Option<(String, String)>,
}

async fn load(app: &App, session: &Session<ManageUsers>) -> Result<Company, Failure> {
    Ok(Company {
        users: app.users(&session.actor).await?,
        invites: app.invites(&session.actor).await?,
        required: app.second_factor_required().await?,
        made: None,
        refused: None,
    })
}

pub(super) async fn list(
    State(app): State<App>,
    session: Session<ManageUsers>,
    Query(asked): Query<Asked>,
) -> Answer {
    let company = load(&app, &session).await?;
    shown(whole(&session, &company, asked.done.as_deref()))
}

#[derive(Debug, Deserialize)]
pub(super) struct NewInvite {
    email: String,
    role: String,
}

/// Invites. The answer is the page itself, because it alone may show the link.
pub(super) async fn invite(
    State(app): State<App>,
    posted: Posted<ManageUsers, NewInvite>,
) -> Answer {
    let Posted { session, form } = posted;
    session.fresh(&app, HERE)?;
    let made = app
        .invite(&session.actor, &form.email, role(&form.role)?)
        .await;
    let mut company = load(&app, &session).await?;
    match made {
        Ok(made) => {
            company.made = Some((form.email, made.link, made.told));
            shown(whole(&session, &company, None))
        }
        Err(Error::Invalid { reason, .. }) => {
            let key = if reason == "taken" {
                "wrong-email-taken"
            } else {
                "wrong-email"
            };
            company.refused = Some((form.email, session.words.say(key).into_owned()));
            wrong(whole(&session, &company, None))
        }
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn revoke_invite(
    State(app): State<App>,
    Path(invite): Path<String>,
    posted: Posted<ManageUsers, Nothing>,
) -> Answer {
    let invite: InviteId = id(&invite)?;
    app.revoke_invite(&posted.session.actor, invite).await?;
    done("/users?done=invite-revoked")
}

#[derive(Debug, Deserialize)]
pub(super) struct NewRole {
    role: String,
}

pub(super) async fn set_role(
    State(app): State<App>,
    Path(user): Path<String>,
    posted: Posted<ManageUsers, NewRole>,
) -> Answer {
    let user: UserId = id(&user)?;
    let Posted { session, form } = posted;
    session.fresh(&app, HERE)?;
    app.set_role(&session.actor, user, role(&form.role)?)
        .await?;
    done("/users?done=role-changed")
}

pub(super) async fn disable(
    State(app): State<App>,
    Path(user): Path<String>,
    posted: Posted<ManageUsers, Nothing>,
) -> Answer {
    let user: UserId = id(&user)?;
    posted.session.fresh(&app, HERE)?;
    app.disable_user(&posted.session.actor, user).await?;
    done("/users?done=user-disabled")
}

pub(super) async fn enable(
    State(app): State<App>,
    Path(user): Path<String>,
    posted: Posted<ManageUsers, Nothing>,
) -> Answer {
    let user: UserId = id(&user)?;
    posted.session.fresh(&app, HERE)?;
    app.enable_user(&posted.session.actor, user).await?;
    done("/users?done=user-enabled")
}

/// Makes a link for a new password. The answer is the page itself, because it alone shows it.
pub(super) async fn password_link(
    State(app): State<App>,
    Path(user): Path<String>,
    posted: Posted<ManageUsers, Nothing>,
) -> Answer {
    let user: UserId = id(&user)?;
    let session = posted.session;
    session.fresh(&app, HERE)?;
    let made = app.password_link(&session.actor, user).await?;
    let mut company = load(&app, &session).await?;
    let known = company.users.iter().find(|known| known.id == user);
    let email = known.map(|known| known.email.clone()).unwrap_or_default();
    company.made = Some((email, made.link, made.told));
    shown(whole(&session, &company, None))
}

#[derive(Debug, Deserialize)]
pub(super) struct Rule {
    required: String,
}

pub(super) async fn require_second_factor(
    State(app): State<App>,
    posted: Posted<ManageUsers, Rule>,
) -> Answer {
    let Posted { session, form } = posted;
    session.fresh(&app, HERE)?;
    let required = form.required == "yes";
    app.require_second_factor(&session.actor, required).await?;
    done("/users?done=rule-saved")
}

fn role(word: &str) -> Result<Role, Failure> {
    Role::from_word(word).ok_or(Failure::Unreadable { too_large: false })
}

fn whole(session: &Session<ManageUsers>, company: &Company, done: Option<&str>) -> Markup {
    let words = session.words;
    let title = words.say("users-title");
    let content = html! {
        h1 { (title) }
        p.lead { (words.say("settings-users-lead")) }
        @if let Some((email, link, told)) = &company.made {
            section.notice.notice-good role="status" {
                p { (words.fill("link-made", [("email", display::line(email).into())])) }
                (copyable(words, "link", link))
                p { (told_text(words, told)) }
            }
        }
        (users(session, company))
        (invite_form(session, company))
        @if !company.invites.is_empty() { (invites(session, company)) }
        @if session.actor.may(Right::ManageSettings) { (rule(session, company)) }
    };
    settings::whole(session, "/users", &title, done, &content)
}

/// Whether the link also went by mail.
fn told_text(words: Words, told: &Told) -> String {
    match told {
        Told::Sent => words.say("mail-link-sent").into_owned(),
        Told::Kept => words.say("mail-link-kept").into_owned(),
        Told::Failed(reason) => words.fill(
            "mail-link-failed",
            [("reason", display::line(reason).into())],
        ),
    }
}

/// The roles that somebody of this rank may give, as options.
fn options(words: Words, session: &Session<ManageUsers>) -> Vec<(&'static str, String)> {
    let may = |role: &Role| session.actor.rank.may_grant(*role);
    let named = |role: Role| {
        (
            role.word(),
            words.say(&format!("role-{}", role.word())).into_owned(),
        )
    };
    Role::ALL.into_iter().filter(may).map(named).collect()
}

fn users(session: &Session<ManageUsers>, company: &Company) -> Markup {
    let words = session.words;
    let (role, factor) = (words.say("user-role"), words.say("factor-title"));
    html! {
        table.table {
            thead {
                tr {
                    th scope="col" { (words.say("people-head-person")) }
                    th scope="col" { (role) }
                    th scope="col" { (factor) }
                    th scope="col" { (words.say("user-acts")) }
                }
            }
            tbody {
                @for user in &company.users {
                    tr {
                        td {
                            div {
                                strong { bdi { (display::line(&user.name)) } }
                                @if user.disabled_at.is_some() { " " span.soft { (words.say("user-is-disabled")) } }
                                p.about { bdi { (display::line(&user.email)) } }
                            }
                        }
                        td data-label=(role) { (role_of(session, user)) }
                        td data-label=(factor) { (words.say(if user.has_second_factor { "factor-yes" } else { "factor-no" })) }
                        td { (acts(session, user)) }
                    }
                }
            }
        }
    }
}

fn role_of(session: &Session<ManageUsers>, user: &UserView) -> Markup {
    let words = session.words;
    let own = words.say(&format!("role-{}", user.role.word()));
    if !session.actor.rank.may_grant(user.role) {
        return html! { (own) };
    }
    let label = words.say("user-role");
    html! {
        form.inline method="post" action={ "/users/" (user.id) "/role" } {
            input type="hidden" name="token" value=(session.token);
            select name="role" aria-label=(label) {
                @for (value, name) in options(words, session) {
                    option value=(value) selected[value == user.role.word()] { (name) }
                }
            }
            button.quiet.small type="submit" { (words.say("user-role-change")) }
        }
    }
}

fn acts(session: &Session<ManageUsers>, user: &UserView) -> Markup {
    let words = session.words;
    let rank = session.actor.rank;
    let to = |act: &str| format!("/users/{}/{act}", user.id);
    html! {
        @if rank.is_above(user.role) {
            (button_form(&to("reset"), &session.token, &[], &words.say("user-reset"), "quiet small"))
        }
        @if rank.may_grant(user.role) {
            @if user.disabled_at.is_some() {
                (button_form(&to("enabling"), &session.token, &[], &words.say("user-enable"), "quiet small"))
            } @else {
                (second_thought(&to("disabling"), &session.token, &words.say("user-disable"), &words.say("user-disable-confirm")))
            }
        }
    }
}

fn invite_form(session: &Session<ManageUsers>, company: &Company) -> Markup {
    let words = session.words;
    let refused = company.refused.as_ref();
    let email = Field {
        name: "email",
        label: &words.say("login-email"),
        value: refused.map_or("", |(email, _)| email),
        wrong: refused.map(|(_, reason)| &**reason),
        required: true,
        length_most: 254,
        ..Field::default()
    };
    let role = Field {
        name: "role",
        label: &words.say("user-role"),
        value: Role::Agent.word(),
        hint: Some(&words.say("invite-role-hint")),
        ..Field::default()
    };
    let options = options(words, session);
    let options: Vec<(&str, &str)> = options
        .iter()
        .map(|(value, name)| (*value, &**name))
        .collect();
    let fields = html! {
        (email.input())
        (role.select(&options))
        button type="submit" { (words.say("invite-do")) }
    };
    html! {
        section.card {
            h2 { (words.say("invite-title")) }
            p.soft { (words.say("invite-lead")) }
            (form("/invites", &session.token, &fields))
        }
    }
}

fn invites(session: &Session<ManageUsers>, company: &Company) -> Markup {
    let words = session.words;
    html! {
        section.card {
            h2 { (words.say("invites-title")) }
            ul.list {
                @for invite in &company.invites {
                    li.line {
                        div {
                            p.value { bdi { (display::line(&invite.email)) } }
                            p.about {
                                (words.say(&format!("role-{}", invite.role.word()))) " · "
                                (words.say(state_key(invite.state))) " " (words.date_time(invite.expires_at))
                            }
                        }
                        @if invite.state == InviteState::Open && session.actor.rank.may_grant(invite.role) {
                            @let action = format!("/invites/{}/revocation", invite.id);
                            (button_form(&action, &session.token, &[], &words.say("invite-revoke"), "quiet small"))
                        }
                    }
                }
            }
        }
    }
}

const fn state_key(state: InviteState) -> &'static str {
    match state {
        InviteState::Open => "invite-open",
        InviteState::Used => "invite-used",
        InviteState::Revoked => "invite-revoked",
        InviteState::Expired => "invite-expired",
    }
}

fn rule(session: &Session<ManageUsers>, company: &Company) -> Markup {
    let words = session.words;
    let (value, label) = if company.required {
        ("no", "rule-release")
    } else {
        ("yes", "rule-require")
    };
    html! {
        section.card {
            h2 { (words.say("rule-title")) }
            p { (words.say(if company.required { "rule-on" } else { "rule-off" })) }
            (button_form("/users/second-factor", &session.token, &[("required", value)], &words.say(label), "quiet"))
        }
    }
}
