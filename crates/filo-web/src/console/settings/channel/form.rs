//! The form of an account: what was typed, and the account that it says.

use std::collections::BTreeMap;

use filo_app::channel::{ChannelChange, ChannelView};
use filo_core::channel::{Account, Carrier, Layout, Look, Secret};
use filo_core::message::Medium;
use serde::Deserialize;

/// What the form holds, as it was filled in.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Form {
    #[serde(default)]
    pub(super) carrier: String,
    #[serde(default)]
    pub(super) account: String,
    #[serde(default)]
    pub(super) sender: String,
    #[serde(default)]
    pub(super) per_minute: String,
    #[serde(default)]
    pub(super) colour: String,
    #[serde(default)]
    pub(super) layout: String,
    #[serde(default)]
    pub(super) times: String,
    #[serde(default)]
    pub(super) version: i64,
    /// The secrets, by `secret_…`: `token` is the form's own.
    #[serde(flatten)]
    pub(super) secrets: BTreeMap<String, String>,
}

impl Form {
    /// The form of an account as it stands; of the first carrier where there is none.
    pub(super) fn of(view: &ChannelView) -> Self {
        let first = Carrier::of(view.medium).next();
        let look = view
            .account
            .as_ref()
            .and_then(|account| account.look.clone());
        let look = look.unwrap_or_default();
        let Some(account) = &view.account else {
            return Self {
                colour: look.colour,
                layout: look.layout.word().to_owned(),
                times: look.times.to_string(),
                carrier: first.map_or("", Carrier::word).to_owned(),
                version: view.version,
                ..Self::default()
            };
        };
        Self {
            carrier: account.carrier.word().to_owned(),
            account: account.account.clone(),
            sender: account.sender.clone(),
            per_minute: account
                .per_minute
                .map(|it| it.to_string())
                .unwrap_or_default(),
            colour: look.colour,
            layout: look.layout.word().to_owned(),
            times: look.times.to_string(),
            version: view.version,
            secrets: BTreeMap::new(),
        }
    }

    /// The same for another carrier of the medium: what was an account of one is none of the
    /// other.
    pub(super) fn with(self, carrier: &str, medium: Medium) -> Self {
        let carries = Carrier::of(medium).any(|it| it.word() == carrier);
        if carrier == self.carrier || !carries {
            return self;
        }
        Self {
            carrier: carrier.to_owned(),
            version: self.version,
            ..Self::default()
        }
    }

    /// The same with a carrier that there is: the page has words for no other.
    pub(super) fn mended(mut self, medium: Medium) -> Self {
        let mut carriers = Carrier::of(medium);
        if !Carrier::of(medium).any(|it| it.word() == self.carrier) {
            self.carrier = carriers.next().map_or("", Carrier::word).to_owned();
        }
        self
    }

    /// The account that it says.
    ///
    /// # Errors
    /// The field that cannot be read, with the word of the reason.
    pub(super) fn change(&self) -> Result<ChannelChange, (&'static str, &'static str)> {
        let carrier = Carrier::from_word(&self.carrier).ok_or(("carrier", "other_medium"))?;
        let per_minute = match self.per_minute.trim() {
            "" => None,
            typed => Some(
                typed
                    .parse()
                    .map_err(|_text| ("per_minute", "out_of_range"))?,
            ),
        };
        let look = match carrier {
            Carrier::Site => Some(self.look()?),
            _ => None,
        };
        let mut secrets = BTreeMap::new();
        for secret in Secret::ALL {
            if let Some(typed) = self.secrets.get(&secret_field(secret)) {
                secrets.insert(secret, typed.clone());
            }
        }
        Ok(ChannelChange {
            account: Account {
                carrier,
                account: self.account.clone(),
                sender: self.sender.clone(),
                per_minute,
                is_connected: true,
                look,
            },
            secrets,
            version: self.version,
        })
    }
}

impl Form {
    fn look(&self) -> Result<Look, (&'static str, &'static str)> {
        let times = self.times.trim().parse();
        Ok(Look {
            colour: self.colour.trim().to_owned(),
            layout: Layout::from_word(&self.layout).ok_or(("layout", "no_layout"))?,
            times: times.map_err(|_text| ("times", "times_out_of_range"))?,
        })
    }
}

/// The name of a secret's field.
pub(super) fn secret_field(secret: Secret) -> String {
    format!("secret_{}", secret.word())
}
