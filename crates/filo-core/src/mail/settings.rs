//! What an owner says about the company's mail: the account, who writes, where answers and
//! returns go, the signature, and how fast each provider is written to.
//!
//! **Invariant:** settings that [`MailSettings::defects`] finds nothing wrong with can be sent
//! with: every address parses, and nothing leaves unencrypted except over a relay of one's own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::mail::{MailAddress, NameFault, Provider, default_pace, mail_domain, name_faults};
use crate::message::pace::PER_MINUTE_MOST;

/// The form of the document.
pub const VERSION: u32 = 1;
const HOST_LETTERS_MOST: usize = 253;
const USER_LETTERS_MOST: usize = 254;
const SELECTOR_LETTERS_MOST: usize = 63;

/// How the way to a server is kept from being read along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// Encrypted before anything is said, usually on port 465.
    Tls,
    /// Begun in clear and encrypted before anything of account: usually on port 587.
    Starttls,
    /// In clear: only on the same machine or in the house.
    None,
}

impl Security {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Starttls, Self::Tls, Self::None];

    /// The word in documents, in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Tls => "tls",
            Self::Starttls => "starttls",
            Self::None => "none",
        }
    }

    /// The security of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

/// A server that takes mail for the company. Its password is kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way there is secured.
    pub security: Security,
    /// Who logs in; empty for a relay that asks nobody.
    pub user: String,
    /// It is a machine of the house: it may have a private address and speak in clear.
    pub own_relay: bool,
}

/// Where messages go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Way {
    /// Into a folder, to be looked at: nobody gets them.
    Folder,
    /// To a server.
    Smtp(Server),
}

/// The signature of messages. The private half of the key is kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dkim {
    /// Under which name the key stands in the DNS.
    pub selector: String,
    /// Whose signature it is.
    pub domain: String,
    /// The public half (SubjectPublicKeyInfo, base64); empty until it was made.
    pub public_key: String,
}

/// The whole document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailSettings {
    /// [`VERSION`].
    pub version: u32,
    /// Where messages go.
    pub way: Way,
    /// The name of the sender; empty: the company's.
    pub from_name: String,
    /// The address of the sender; empty only while messages go into a folder.
    pub from_address: String,
    /// Where answers go; empty: to the sender.
    pub reply_to: String,
    /// Behind the `@` of the address to which returns go; empty: they go to the sender.
    pub bounce_domain: String,
    /// The signature, if messages are signed here.
    pub dkim: Option<Dkim>,
    /// Messages a minute where another pace than the default is wanted.
    pub paces: BTreeMap<Provider, u32>,
}

impl Default for MailSettings {
    fn default() -> Self {
        Self {
            version: VERSION,
            way: Way::Folder,
            from_name: String::new(),
            from_address: String::new(),
            reply_to: String::new(),
            bounce_domain: String::new(),
            dkim: None,
            paces: BTreeMap::new(),
        }
    }
}

/// Something in the settings with which nothing can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailDefect {
    /// The field of the form.
    pub field: &'static str,
    /// The word of the reason, in the API and in the catalogues.
    pub reason: &'static str,
}

impl MailSettings {
    /// What is wrong; nothing if it can be sent with.
    #[must_use]
    pub fn defects(&self) -> Vec<MailDefect> {
        let mut found = Vec::new();
        let mut wrong = |field, reason| found.push(MailDefect { field, reason });
        if let Way::Smtp(server) = &self.way {
            server_defects(server, &mut wrong);
            if self.from_address.is_empty() {
                wrong("from_address", "missing");
            }
        }
        for (field, address) in [
            ("from_address", &self.from_address),
            ("reply_to", &self.reply_to),
        ] {
            if !address.is_empty() && MailAddress::parse(address).is_err() {
                wrong(field, "no_address");
            }
        }
        let faults = name_faults(&self.from_name);
        if let Some(fault) = faults.into_iter().find(|fault| *fault != NameFault::Empty) {
            wrong("from_name", fault.word());
        }
        if !self.bounce_domain.is_empty() && mail_domain(&self.bounce_domain).is_none() {
            wrong("bounce_domain", "no_domain");
        }
        if let Some(dkim) = &self.dkim {
            if !is_selector(&dkim.selector) {
                wrong("dkim_selector", "no_selector");
            }
            if mail_domain(&dkim.domain).is_none() {
                wrong("dkim_domain", "no_domain");
            } else if !self.is_aligned(&dkim.domain) {
                wrong("dkim_domain", "not_aligned");
            }
        }
        if self
            .paces
            .values()
            .any(|pace| !(1..=PER_MINUTE_MOST).contains(pace))
        {
            wrong("paces", "out_of_range");
        }
        found
    }

    /// The same in one form: domains as the DNS knows them, blanks taken off.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        let tidy_address = |text: &str| match MailAddress::parse(text) {
            Ok(address) => address.as_str().to_owned(),
            Err(_) => text.trim().to_owned(),
        };
        let tidy_domain = |text: &str| mail_domain(text).unwrap_or_else(|| text.trim().to_owned());
        self.from_name = self.from_name.trim().to_owned();
        self.from_address = tidy_address(&self.from_address);
        self.reply_to = tidy_address(&self.reply_to);
        self.bounce_domain = tidy_domain(&self.bounce_domain);
        if let Some(dkim) = &mut self.dkim {
            dkim.domain = tidy_domain(&dkim.domain);
            dkim.selector = dkim.selector.trim().to_ascii_lowercase();
        }
        if let Way::Smtp(server) = &mut self.way {
            server.host = server
                .host
                .trim()
                .trim_end_matches('.')
                .to_ascii_lowercase();
            server.user = server.user.trim().to_owned();
        }
        self.version = VERSION;
        self
    }

    /// The domain of the sender's address.
    #[must_use]
    pub fn from_domain(&self) -> Option<String> {
        let address = MailAddress::parse(&self.from_address).ok()?;
        Some(address.domain().to_owned())
    }

    /// Messages a minute to a provider.
    #[must_use]
    pub fn pace(&self, provider: Provider) -> u32 {
        let set = self.paces.get(&provider).copied();
        set.unwrap_or_else(|| default_pace(provider))
    }

    /// Whether a signature of this domain counts for the sender (DMARC, relaxed): it is the same
    /// domain, or one lies within the other.
    fn is_aligned(&self, domain: &str) -> bool {
        let Some(own) = self.from_domain() else {
            return true;
        };
        let within = |inner: &str, outer: &str| {
            inner == outer
                || inner
                    .strip_suffix(outer)
                    .is_some_and(|it| it.ends_with('.'))
        };
        let domain = mail_domain(domain).unwrap_or_default();
        within(&own, &domain) || within(&domain, &own)
    }
}

pub(super) fn server_defects(server: &Server, wrong: &mut impl FnMut(&'static str, &'static str)) {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b".-:".contains(&byte);
    let host = &server.host;
    let bracketless = host.trim_start_matches('[').trim_end_matches(']');
    let fits = !host.is_empty() && host.len() <= HOST_LETTERS_MOST;
    if !fits || !bracketless.bytes().all(is_letter) {
        wrong("host", "no_host");
    }
    if server.port == 0 {
        wrong("port", "no_port");
    }
    if server.security == Security::None && !server.own_relay {
        wrong("security", "in_clear");
    }
    if server.security == Security::None && !server.user.is_empty() && !is_this_machine(host) {
        wrong("user", "password_in_clear");
    }
    let is_control = |letter: char| letter.is_control();
    if server.user.len() > USER_LETTERS_MOST || server.user.chars().any(is_control) {
        wrong("user", "no_user");
    }
}

/// Whether what is said does not leave the machine.
fn is_this_machine(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]" | "::1")
}

fn is_selector(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    !text.is_empty()
        && text.len() <= SELECTOR_LETTERS_MOST
        && text.bytes().all(is_letter)
        && !text.starts_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn smtp() -> MailSettings {
        MailSettings {
            way: Way::Smtp(Server {
                host: "smtp.example.it".to_owned(),
                port: 587,
                security: Security::Starttls,
                user: "ciao@rossi.it".to_owned(),
                own_relay: false,
            }),
            from_name: "Panificio Rossi".to_owned(),
            from_address: "ciao@rossi.it".to_owned(),
            ..MailSettings::default()
        }
    }

    fn words(settings: &MailSettings) -> Vec<(&'static str, &'static str)> {
        let found = settings.defects().into_iter();
        found.map(|defect| (defect.field, defect.reason)).collect()
    }

    fn changed(change: impl FnOnce(&mut MailSettings, &mut Server)) -> MailSettings {
        let mut settings = smtp();
        let Way::Smtp(mut server) = settings.way.clone() else {
            panic!("made above");
        };
        change(&mut settings, &mut server);
        if matches!(settings.way, Way::Smtp(_)) {
            settings.way = Way::Smtp(server);
        }
        settings
    }

    #[test]
    fn every_defect_names_its_field() {
        assert_eq!(words(&smtp()), []);
        assert_eq!(words(&MailSettings::default()), []);
        for (settings, expected) in [
            (
                changed(|_, server| server.host = "a b".to_owned()),
                ("host", "no_host"),
            ),
            (changed(|_, server| server.port = 0), ("port", "no_port")),
            (
                changed(|_, server| {
                    server.security = Security::None;
                    server.user = String::new();
                }),
                ("security", "in_clear"),
            ),
            (
                changed(|_, server| {
                    server.security = Security::None;
                    server.own_relay = true;
                }),
                ("user", "password_in_clear"),
            ),
            (
                changed(|it, _| it.from_address = String::new()),
                ("from_address", "missing"),
            ),
            (
                changed(|it, _| it.reply_to = "rossi".to_owned()),
                ("reply_to", "no_address"),
            ),
            (
                changed(|it, _| it.from_name = "Rossi ✓".to_owned()),
                ("from_name", "badge"),
            ),
            (
                changed(|it, _| it.bounce_domain = "x".to_owned()),
                ("bounce_domain", "no_domain"),
            ),
            (
                changed(|it, _| it.paces = BTreeMap::from([(Provider::Google, 0)])),
                ("paces", "out_of_range"),
            ),
            (
                changed(|it, _| it.dkim = Some(dkim("filo 1", "rossi.it"))),
                ("dkim_selector", "no_selector"),
            ),
            (
                changed(|it, _| it.dkim = Some(dkim("filo1", "altri.it"))),
                ("dkim_domain", "not_aligned"),
            ),
        ] {
            assert_eq!(words(&settings), [expected]);
        }
        let below = changed(|it, _| it.dkim = Some(dkim("filo1", "news.rossi.it")));
        assert_eq!(words(&below), []);
    }

    fn dkim(selector: &str, domain: &str) -> Dkim {
        Dkim {
            selector: selector.to_owned(),
            domain: domain.to_owned(),
            public_key: String::new(),
        }
    }

    #[test]
    fn the_document_is_read_back() {
        let settings = MailSettings {
            dkim: Some(dkim("filo1", "rossi.it")),
            paces: BTreeMap::from([(Provider::Libero, 12)]),
            ..smtp()
        };
        let text = serde_json::to_string(&settings).unwrap();
        assert_eq!(
            serde_json::from_str::<MailSettings>(&text).unwrap(),
            settings
        );
        assert_eq!(settings.pace(Provider::Libero), 12);
        assert_eq!(settings.pace(Provider::Google), 60);
    }
}
