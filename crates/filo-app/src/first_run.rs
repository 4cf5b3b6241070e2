//! What Filo hands out by itself: the keys of the first start, and links to log in.

use crate::actor::{Actor, Scopes};
use crate::app::App;
use crate::error::Result;
use crate::key::{KeyKind, NewKey};

/// A printed login link works this long.
const LOGIN_SECONDS: i64 = 3_600;

/// What a first start hands to the owner.
#[derive(Debug, Clone)]
pub struct FirstRun {
    /// For the site.
    pub public_key: String,
    /// For the shop's server.
    pub secret_key: String,
    /// For the first login, within the hour.
    pub login_key: String,
}

impl App {
    /// On the first start, the keys to begin with; later nothing.
    ///
    /// # Errors
    /// If the tables cannot be written.
    pub async fn first_run(&self) -> Result<Option<FirstRun>> {
        if !self.keys().await?.is_empty() {
            return Ok(None);
        }
        let operator = Actor::operator();
        let key = |name: &str, kind| NewKey {
            name: name.to_owned(),
            kind,
            scopes: Scopes::default(),
            expires_at: None,
        };
        let public = self
            .create_key(&operator, key("Sito", KeyKind::Public))
            .await?;
        let secret = self
            .create_key(&operator, key("Server", KeyKind::Secret))
            .await?;
        Ok(Some(FirstRun {
            public_key: public.text,
            secret_key: secret.text,
            login_key: self.login_key().await?,
        }))
    }

    /// A key that opens the console within the hour.
    ///
    /// # Errors
    /// If the tables cannot be written.
    pub async fn login_key(&self) -> Result<String> {
        let new = NewKey {
            name: "login".to_owned(),
            kind: KeyKind::Login,
            scopes: Scopes::default(),
            expires_at: Some(self.now().plus_seconds(LOGIN_SECONDS)),
        };
        Ok(self.create_key(&Actor::operator(), new).await?.text)
    }
}
