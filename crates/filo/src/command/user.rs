//! `filo user`: the people of the company, for whoever has the machine.

use anyhow::Context as _;
use clap::Subcommand;
use filo_app::mail::Told;
use filo_app::{Actor, App};
use filo_core::access::Role;
use serde::{Deserialize, Serialize};

use crate::output::Output;

/// What to do with the people of the company.
#[derive(Debug, Subcommand, Serialize, Deserialize)]
pub(crate) enum User {
    /// Lists who has an account.
    List {
        /// Prints one object of JSON per line.
        #[arg(long)]
        json: bool,
    },
    /// Prints a link with which somebody makes an account; it works for 48 hours, and once.
    Invite {
        /// Their e-mail address.
        email: String,
        /// owner, admin, marketer, agent, shop-staff or analyst.
        #[arg(long, default_value = "agent")]
        role: String,
    },
    /// Prints a link to set a password anew; it works for an hour, and once.
    Reset {
        /// Their e-mail address.
        email: String,
    },
    /// Lets somebody in no more, or again.
    Disable {
        /// Their e-mail address.
        email: String,
        /// Lets them in again.
        #[arg(long)]
        undo: bool,
    },
    /// Gives somebody another role.
    Role {
        /// Their e-mail address.
        email: String,
        /// owner, admin, marketer, agent, shop-staff or analyst.
        role: String,
    },
}

impl User {
    /// Does it.
    ///
    /// # Errors
    /// If the arguments or the store do not allow it.
    pub(crate) async fn run(&self, app: &App, output: &Output) -> anyhow::Result<u8> {
        let operator = Actor::operator();
        match self {
            Self::List { json } => list(app, *json, output).await?,
            Self::Invite { email, role } => {
                let made = app.invite(&operator, email, role_of(role)?).await?;
                output.line(made.link).await;
                output.note(told(&made.told)).await;
            }
            Self::Reset { email } => {
                let user = app.user_by_email(&operator, email).await?;
                let made = app.password_link(&operator, user.id).await?;
                output.line(made.link).await;
                output.note(told(&made.told)).await;
            }
            Self::Disable { email, undo } => {
                let user = app.user_by_email(&operator, email).await?;
                let done = if *undo {
                    app.enable_user(&operator, user.id).await?;
                    "is let in again"
                } else {
                    app.disable_user(&operator, user.id).await?;
                    "is let in no more"
                };
                output.line(format!("{} {done}.", user.email)).await;
            }
            Self::Role { email, role } => {
                let user = app.user_by_email(&operator, email).await?;
                let role = role_of(role)?;
                app.set_role(&operator, user.id, role).await?;
                output
                    .line(format!("{} is {}.", user.email, role.word()))
                    .await;
            }
        }
        Ok(0)
    }
}

/// Whether the link also went by mail.
fn told(told: &Told) -> String {
    match told {
        Told::Sent => "It was also sent by mail.".to_owned(),
        Told::Kept => {
            "No server of mail is connected: a copy lies in the folder of mails.".to_owned()
        }
        Told::Failed(reason) => format!("It could not be sent by mail: {reason}"),
    }
}

fn role_of(word: &str) -> anyhow::Result<Role> {
    Role::from_word(word).with_context(|| {
        let words = Role::ALL.map(Role::word).join(", ");
        format!("`{word}` is not a role; there are {words}")
    })
}

async fn list(app: &App, json: bool, output: &Output) -> anyhow::Result<()> {
    for user in app.users(&Actor::operator()).await? {
        let state = if user.disabled_at.is_some() {
            "disabled"
        } else {
            "active"
        };
        let line = if json {
            serde_json::json!({
                "id": user.id.to_string(),
                "name": user.name,
                "email": user.email,
                "role": user.role.word(),
                "second_factor": user.has_second_factor,
                "state": state,
            })
            .to_string()
        } else {
            let role = user.role.word();
            format!(
                "{}  {role:<10}  {state:<8}  {}  {}",
                user.id, user.email, user.name
            )
        };
        output.line(line).await;
    }
    Ok(())
}
