//! `filo key`: the keys with which senders and programs come in.

use anyhow::bail;
use clap::{Args, Subcommand, ValueEnum};
use filo_app::{Actor, App, KeyKind, NewKey, Scopes};
use filo_core::id::KeyId;
use serde::{Deserialize, Serialize};

use crate::output::Output;

/// What a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
pub(crate) enum Purpose {
    /// For sites and apps: sends events, and everybody can read it.
    Public,
    /// For the company's servers: sends events that are believed.
    Secret,
    /// For programs: the API.
    Api,
}

/// What to do with keys.
#[derive(Debug, Subcommand, Serialize, Deserialize)]
pub(crate) enum Key {
    /// Makes a key and prints it, once.
    Create(Create),
    /// Lists the keys.
    List {
        /// Prints one object of JSON per line.
        #[arg(long)]
        json: bool,
    },
    /// Revokes a key, for good.
    Revoke {
        /// Its id, as listed: `key_…`.
        id: String,
    },
}

/// A new key.
#[derive(Debug, Args, Serialize, Deserialize)]
pub(crate) struct Create {
    /// What it is for.
    #[arg(long, value_enum)]
    pub(crate) kind: Purpose,
    /// What it is called in lists and evidence.
    #[arg(long)]
    pub(crate) name: String,
    /// Of an api key: read, write, admin.
    #[arg(long, value_delimiter = ',', default_value = "read")]
    pub(crate) scopes: Vec<String>,
    /// Days until it expires; never, if absent.
    #[arg(long)]
    pub(crate) expires_days: Option<u32>,
    /// Prints one object of JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

impl Key {
    /// Does it.
    ///
    /// # Errors
    /// If the arguments or the store do not allow it.
    pub(crate) async fn run(&self, app: &App, output: &Output) -> anyhow::Result<u8> {
        match self {
            Self::Create(create) => create.run(app, output).await?,
            Self::List { json } => list(app, *json, output).await?,
            Self::Revoke { id } => {
                let id: KeyId = id.parse()?;
                app.revoke_key(&Actor::operator(), id).await?;
                output.line(format!("{id} is revoked.")).await;
            }
        }
        Ok(0)
    }
}

impl Create {
    async fn run(&self, app: &App, output: &Output) -> anyhow::Result<()> {
        let kind = match self.kind {
            Purpose::Public => KeyKind::Public,
            Purpose::Secret => KeyKind::Secret,
            Purpose::Api => KeyKind::Api,
        };
        let scopes = match kind {
            KeyKind::Api => scopes(&self.scopes)?,
            KeyKind::Public | KeyKind::Secret | KeyKind::Login => Scopes::default(),
        };
        let days = self.expires_days.map(i64::from);
        let expires_at = days.map(|days| app.now().plus_seconds(days.saturating_mul(86_400)));
        let new = NewKey {
            name: self.name.clone(),
            kind,
            scopes,
            expires_at,
        };
        let created = app.create_key(&Actor::operator(), new).await?;
        if self.json {
            let object = serde_json::json!({
                "id": created.id.to_string(),
                "source": created.source.map(|source| source.0),
                "key": created.text,
            });
            output.line(object.to_string()).await;
        } else {
            output.line(created.text).await;
            output
                .note(format!("{} is shown only now.", created.id))
                .await;
        }
        Ok(())
    }
}

fn scopes(words: &[String]) -> anyhow::Result<Scopes> {
    if let Some(wrong) = words
        .iter()
        .find(|word| !matches!(word.as_str(), "read" | "write" | "admin"))
    {
        bail!("`{wrong}` is not a scope; there are read, write, admin");
    }
    Ok(Scopes::of_words(&words.join(" ")))
}

async fn list(app: &App, json: bool, output: &Output) -> anyhow::Result<()> {
    for key in app.keys().await? {
        let state = match (key.revoked_at, key.expires_at) {
            (Some(_), _) => "revoked",
            (None, Some(at)) if at <= app.now() => "expired",
            (None, _) => "valid",
        };
        let line = if json {
            serde_json::json!({
                "id": key.id.to_string(),
                "name": key.name,
                "kind": key.kind,
                "shown": key.shown,
                "scopes": key.scopes.words(),
                "state": state,
                "created_at": key.created_at.to_string(),
            })
            .to_string()
        } else {
            format!(
                "{}  {:<7}  {:<7}  {:<20}  {}  {}",
                key.id,
                key.kind,
                state,
                key.name,
                key.shown,
                key.scopes.words()
            )
        };
        output.line(line).await;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_checked() {
        let words = |text: &str| scopes(&[text.to_owned()]);
        assert_eq!(
            words("write").unwrap(),
            Scopes {
                write: true,
                ..Scopes::default()
            }
        );
        assert!(
            words("root")
                .unwrap_err()
                .to_string()
                .contains("read, write, admin")
        );
    }
}
