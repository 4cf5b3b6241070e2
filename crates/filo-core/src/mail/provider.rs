//! Who keeps a mailbox: known by the machines that receive for its domain (MX).
//!
//! Providers count messages by the machine that takes them, not by the domain of the address
//! (Gmail says so), because a company's own domain is often received by a large provider.

use serde::{Deserialize, Serialize};

/// A group of machines that are written to at one pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// Gmail and Google Workspace.
    Google,
    /// Yahoo and AOL.
    Yahoo,
    /// Outlook.com, Hotmail and Microsoft 365.
    Microsoft,
    /// iCloud.
    Apple,
    /// Libero, Virgilio and the others of Italiaonline.
    Libero,
    /// Aruba.
    Aruba,
    /// Register.it.
    Register,
    /// TIM: alice.it, tim.it, tin.it.
    Tim,
    /// Everybody else.
    Other,
}

/// Ends of the names of receiving machines.
const MACHINES: [(&str, Provider); 26] = [
    ("google.com", Provider::Google),
    ("googlemail.com", Provider::Google),
    ("smtp.goog", Provider::Google),
    ("yahoodns.net", Provider::Yahoo),
    ("yahoo.com", Provider::Yahoo),
    ("aol.com", Provider::Yahoo),
    ("outlook.com", Provider::Microsoft),
    ("hotmail.com", Provider::Microsoft),
    ("mx.microsoft", Provider::Microsoft),
    ("office365.us", Provider::Microsoft),
    ("icloud.com", Provider::Apple),
    ("me.com", Provider::Apple),
    ("apple.com", Provider::Apple),
    ("libero.it", Provider::Libero),
    ("iol.it", Provider::Libero),
    ("italiaonline.it", Provider::Libero),
    ("virgilio.it", Provider::Libero),
    ("aruba.it", Provider::Aruba),
    ("arubabusiness.it", Provider::Aruba),
    ("register.it", Provider::Register),
    ("securemail.pro", Provider::Register),
    ("tim.it", Provider::Tim),
    ("alice.it", Provider::Tim),
    ("tin.it", Provider::Tim),
    ("telecomitalia.it", Provider::Tim),
    ("aliceposta.it", Provider::Tim),
];

/// Domains of mailboxes whose machines need no looking up.
const DOMAINS: [(&str, Provider); 24] = [
    ("gmail.com", Provider::Google),
    ("googlemail.com", Provider::Google),
    ("yahoo.com", Provider::Yahoo),
    ("yahoo.it", Provider::Yahoo),
    ("ymail.com", Provider::Yahoo),
    ("aol.com", Provider::Yahoo),
    ("outlook.com", Provider::Microsoft),
    ("outlook.it", Provider::Microsoft),
    ("hotmail.com", Provider::Microsoft),
    ("hotmail.it", Provider::Microsoft),
    ("live.com", Provider::Microsoft),
    ("live.it", Provider::Microsoft),
    ("msn.com", Provider::Microsoft),
    ("icloud.com", Provider::Apple),
    ("me.com", Provider::Apple),
    ("libero.it", Provider::Libero),
    ("virgilio.it", Provider::Libero),
    ("iol.it", Provider::Libero),
    ("inwind.it", Provider::Libero),
    ("giallo.it", Provider::Libero),
    ("alice.it", Provider::Tim),
    ("tim.it", Provider::Tim),
    ("tin.it", Provider::Tim),
    ("aruba.it", Provider::Aruba),
];

impl Provider {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Google,
        Self::Yahoo,
        Self::Microsoft,
        Self::Apple,
        Self::Libero,
        Self::Aruba,
        Self::Register,
        Self::Tim,
        Self::Other,
    ];

    /// The word in documents, in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Google => "google",
            Self::Yahoo => "yahoo",
            Self::Microsoft => "microsoft",
            Self::Apple => "apple",
            Self::Libero => "libero",
            Self::Aruba => "aruba",
            Self::Register => "register",
            Self::Tim => "tim",
            Self::Other => "other",
        }
    }

    /// The provider of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|provider| provider.word() == word)
    }

    /// Whose machines receive, by their names with the most preferred first.
    #[must_use]
    pub fn of_machines<'m>(machines: impl IntoIterator<Item = &'m str>) -> Self {
        let first = machines.into_iter().next().unwrap_or_default();
        let host = first.trim_end_matches('.').to_ascii_lowercase();
        let found = MACHINES.iter().find(|(end, _)| {
            host.strip_suffix(end)
                .is_some_and(|before| before.is_empty() || before.ends_with('.'))
        });
        found.map_or(Self::Other, |(_, provider)| *provider)
    }

    /// Whose domain it is, where that needs no looking up.
    #[must_use]
    pub fn of_domain(domain: &str) -> Option<Self> {
        let found = DOMAINS.iter().find(|(known, _)| *known == domain);
        found.map(|(_, provider)| *provider)
    }
}

/// What is written to a provider in a minute, unless the owner says otherwise. These are our own
/// figures for a sender without a history, not the providers'.
#[must_use]
pub const fn default_pace(provider: Provider) -> u32 {
    match provider {
        Provider::Google | Provider::Microsoft => 60,
        Provider::Yahoo | Provider::Apple | Provider::Other => 30,
        Provider::Libero | Provider::Aruba | Provider::Register | Provider::Tim => 20,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_and_domains_are_known() {
        for (machine, provider) in [
            ("gmail-smtp-in.l.google.com.", Provider::Google),
            ("ASPMX.L.GOOGLE.COM", Provider::Google),
            ("mta5.am0.yahoodns.net", Provider::Yahoo),
            ("rossi-it.mail.protection.outlook.com", Provider::Microsoft),
            ("mx01.mail.icloud.com", Provider::Apple),
            ("smtp-in.libero.it", Provider::Libero),
            ("mx.aruba.it", Provider::Aruba),
            ("mail.register.it", Provider::Register),
            ("mx.tim.it", Provider::Tim),
            ("notgoogle.com", Provider::Other),
            ("", Provider::Other),
        ] {
            assert_eq!(Provider::of_machines([machine]), provider, "{machine}");
        }
        assert_eq!(Provider::of_machines([]), Provider::Other);
        assert_eq!(Provider::of_domain("gmail.com"), Some(Provider::Google));
        assert_eq!(Provider::of_domain("bottega.it"), None);
        for provider in Provider::ALL {
            assert_eq!(Provider::from_word(provider.word()), Some(provider));
        }
    }
}
