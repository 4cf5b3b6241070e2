//! The form of the account: what was typed, and the settings that it says.

use std::collections::BTreeMap;

use filo_app::mail::{MailChange, MailView};
use filo_core::mail::{Dkim, MailSettings, Provider, Security, Server, Way};
use serde::Deserialize;

/// What the form holds, as it was filled in.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Form {
    #[serde(default)]
    pub(super) way: String,
    #[serde(default)]
    pub(super) host: String,
    #[serde(default)]
    pub(super) port: String,
    #[serde(default)]
    pub(super) security: String,
    #[serde(default)]
    pub(super) user: String,
    #[serde(default)]
    pub(super) password: String,
    #[serde(default)]
    pub(super) own_relay: String,
    #[serde(default)]
    pub(super) from_name: String,
    #[serde(default)]
    pub(super) from_address: String,
    #[serde(default)]
    pub(super) reply_to: String,
    #[serde(default)]
    pub(super) bounce_domain: String,
    #[serde(default)]
    pub(super) version: i64,
    /// Messages a minute, by `pace_…`.
    #[serde(flatten)]
    pub(super) paces: BTreeMap<String, String>,
}

impl Form {
    /// The form of the settings as they stand.
    pub(super) fn of(view: &MailView) -> Self {
        let settings = &view.settings;
        let (way, server) = match &settings.way {
            Way::Folder => ("folder", None),
            Way::Smtp(server) => ("smtp", Some(server.clone())),
        };
        let server = server.unwrap_or_else(|| Server {
            host: String::new(),
            port: 465,
            security: Security::Tls,
            user: String::new(),
            own_relay: false,
        });
        let paces = settings.paces.iter();
        Self {
            way: way.to_owned(),
            host: server.host,
            port: server.port.to_string(),
            security: server.security.word().to_owned(),
            user: server.user,
            password: String::new(),
            own_relay: if server.own_relay { "yes" } else { "" }.to_owned(),
            from_name: settings.from_name.clone(),
            from_address: settings.from_address.clone(),
            reply_to: settings.reply_to.clone(),
            bounce_domain: settings.bounce_domain.clone(),
            version: view.version,
            paces: paces
                .map(|(provider, pace)| (pace_field(*provider), pace.to_string()))
                .collect(),
        }
    }

    /// The settings that it says; the signature stays what it is.
    ///
    /// # Errors
    /// The field that cannot be read, with the word of the reason.
    pub(super) fn change(
        &self,
        dkim: Option<Dkim>,
    ) -> Result<MailChange, (&'static str, &'static str)> {
        let way = if self.way == "smtp" {
            Way::Smtp(Server {
                host: self.host.clone(),
                port: self
                    .port
                    .trim()
                    .parse()
                    .map_err(|_text| ("port", "no_port"))?,
                security: Security::from_word(&self.security).ok_or(("security", "in_clear"))?,
                user: self.user.clone(),
                own_relay: !self.own_relay.is_empty(),
            })
        } else {
            Way::Folder
        };
        let mut paces = BTreeMap::new();
        for provider in Provider::ALL {
            let typed = self.paces.get(&pace_field(provider));
            let typed = typed
                .map(|text| text.trim())
                .filter(|text| !text.is_empty());
            if let Some(typed) = typed {
                let pace = typed.parse().map_err(|_text| ("paces", "out_of_range"))?;
                paces.insert(provider, pace);
            }
        }
        Ok(MailChange {
            settings: MailSettings {
                way,
                from_name: self.from_name.clone(),
                from_address: self.from_address.clone(),
                reply_to: self.reply_to.clone(),
                bounce_domain: self.bounce_domain.clone(),
                dkim,
                paces,
                ..MailSettings::default()
            },
            password: (!self.password.is_empty()).then(|| self.password.clone()),
            version: self.version,
        })
    }
}

/// The name of a provider's field.
pub(super) fn pace_field(provider: Provider) -> String {
    format!("pace_{}", provider.word())
}
