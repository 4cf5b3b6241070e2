//! What the DNS must say so that the company's mail is believed: SPF, DKIM, DMARC and where
//! returns go; and whether it says so.
//!
//! Sources: RFC 7208 (SPF), RFC 6376 (DKIM), RFC 7489 (DMARC), RFC 5321 (MX).

use crate::mail::{MailSettings, Way};

/// SPF that names whom it means by another domain's record: what large servers say of theirs.
/// Ends of the names of servers, and the domain to include.
const INCLUDES: [(&str, &str); 12] = [
    ("gmail.com", "_spf.google.com"),
    ("google.com", "_spf.google.com"),
    ("office365.com", "spf.protection.outlook.com"),
    ("outlook.com", "spf.protection.outlook.com"),
    ("aruba.it", "_spf.aruba.it"),
    ("brevo.com", "spf.brevo.com"),
    ("sendinblue.com", "spf.sendinblue.com"),
    ("sendgrid.net", "sendgrid.net"),
    ("mailgun.org", "mailgun.org"),
    ("amazonaws.com", "amazonses.com"),
    ("mailjet.com", "spf.mailjet.com"),
    ("postmarkapp.com", "spf.mtasv.net"),
];

/// What a record is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordKind {
    /// Which machines may send for the domain.
    Spf,
    /// The public half of the key of signatures.
    Dkim,
    /// What receivers should do with what is not signed.
    Dmarc,
    /// Which machine takes returns.
    BounceMx,
}

impl RecordKind {
    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Spf => "spf",
            Self::Dkim => "dkim",
            Self::Dmarc => "dmarc",
            Self::BounceMx => "bounce_mx",
        }
    }

    /// The type in the DNS.
    #[must_use]
    pub const fn dns_type(self) -> &'static str {
        match self {
            Self::BounceMx => "MX",
            Self::Spf | Self::Dkim | Self::Dmarc => "TXT",
        }
    }
}

/// A record to set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What for.
    pub kind: RecordKind,
    /// Under which name.
    pub name: String,
    /// What it says.
    pub value: String,
}

/// How a record stands in the DNS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It says what it should.
    Right,
    /// There is none.
    Missing,
    /// It says something else.
    Different,
    /// There are several, and receivers then take none.
    Several,
    /// Nobody answered.
    Unknown,
}

impl Standing {
    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Missing => "missing",
            Self::Different => "different",
            Self::Several => "several",
            Self::Unknown => "unknown",
        }
    }
}

/// The records that these settings need; none while there is no sender.
#[must_use]
pub fn wanted_records(settings: &MailSettings) -> Vec<Record> {
    let Some(domain) = settings.from_domain() else {
        return Vec::new();
    };
    let mut records = Vec::new();
    let envelope = match settings.bounce_domain.as_str() {
        "" => domain.clone(),
        bounce => bounce.to_owned(),
    };
    if let Way::Smtp(server) = &settings.way {
        records.push(Record {
            kind: RecordKind::Spf,
            name: envelope,
            value: format!("v=spf1 {} -all", mechanism(&server.host)),
        });
    }
    if let Some(dkim) = settings
        .dkim
        .as_ref()
        .filter(|it| !it.public_key.is_empty())
    {
        records.push(Record {
            kind: RecordKind::Dkim,
            name: format!("{}._domainkey.{}", dkim.selector, dkim.domain),
            value: dkim_text(&dkim.public_key),
        });
    }
    let reports = match settings.reply_to.as_str() {
        "" => &settings.from_address,
        answers => answers,
    };
    records.push(Record {
        kind: RecordKind::Dmarc,
        name: format!("_dmarc.{domain}"),
        value: format!("v=DMARC1; p=none; rua=mailto:{reports}"),
    });
    if let (Way::Smtp(server), false) = (&settings.way, settings.bounce_domain.is_empty()) {
        records.push(Record {
            kind: RecordKind::BounceMx,
            name: settings.bounce_domain.clone(),
            value: format!("10 {}.", server.host),
        });
    }
    records
}

/// The text under which a public key stands in the DNS.
#[must_use]
pub fn dkim_text(public_key: &str) -> String {
    format!("v=DKIM1; k=rsa; p={public_key}")
}

fn mechanism(host: &str) -> String {
    let known = INCLUDES.iter().find(|(end, _)| {
        host.strip_suffix(end)
            .is_some_and(|before| before.is_empty() || before.ends_with('.'))
    });
    match known {
        Some((_, include)) => format!("include:{include}"),
        None if host.parse::<std::net::Ipv4Addr>().is_ok() => format!("ip4:{host}"),
        None => format!("a:{host}"),
    }
}

/// Whether what the DNS answered under the record's name is what is needed. Other means to the
/// same end are right too: an SPF record may name more, a DMARC policy may be stricter.
#[must_use]
pub fn judge_record(wanted: &Record, answers: &[String]) -> Standing {
    let spaceless = |text: &str| text.split_whitespace().collect::<String>();
    let of_kind = |mark: &str| -> Vec<String> {
        let read = answers.iter().map(|text| text.trim().to_owned());
        read.filter(|text| text.to_ascii_lowercase().starts_with(mark))
            .collect()
    };
    match wanted.kind {
        RecordKind::BounceMx if answers.is_empty() => Standing::Missing,
        RecordKind::BounceMx => Standing::Right,
        RecordKind::Spf => {
            let needed = wanted.value.split_whitespace().nth(1).unwrap_or_default();
            judged(&of_kind("v=spf1"), |text| {
                let mut parts = text.split_whitespace();
                parts.any(|part| part.trim_start_matches('+').eq_ignore_ascii_case(needed))
            })
        }
        RecordKind::Dkim => {
            let key = |text: &str| {
                let text = spaceless(text);
                let part = text.split(';').find_map(|part| part.strip_prefix("p="));
                part.map(str::to_owned)
            };
            // A key without `v=` counts too.
            judged(answers, |text| key(text) == key(&wanted.value))
        }
        RecordKind::Dmarc => judged(&of_kind("v=dmarc1"), |text| {
            let text = spaceless(text).to_ascii_lowercase();
            let policy = text.split(';').find_map(|part| part.strip_prefix("p="));
            matches!(policy, Some("none" | "quarantine" | "reject"))
        }),
    }
}

fn judged(found: &[String], is_right: impl Fn(&str) -> bool) -> Standing {
    match found {
        [] => Standing::Missing,
        [one] if is_right(one) => Standing::Right,
        [_] => Standing::Different,
        _ => Standing::Several,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{Dkim, Security, Server};

    fn settings(host: &str) -> MailSettings {
        MailSettings {
            way: Way::Smtp(Server {
                host: host.to_owned(),
                port: 587,
                security: Security::Starttls,
                user: String::new(),
                own_relay: false,
            }),
            from_address: "ciao@rossi.it".to_owned(),
            bounce_domain: "bounce.rossi.it".to_owned(),
            dkim: Some(Dkim {
                selector: "filo1".to_owned(),
                domain: "rossi.it".to_owned(),
                public_key: "MIIB".to_owned(),
            }),
            ..MailSettings::default()
        }
    }

    #[test]
    fn the_records_follow_from_the_settings() {
        let records = wanted_records(&settings("smtps.aruba.it"));
        let shown: Vec<_> = records
            .iter()
            .map(|it| format!("{} {} {}", it.name, it.kind.dns_type(), it.value))
            .collect();
        assert_eq!(
            shown,
            [
                "bounce.rossi.it TXT v=spf1 include:_spf.aruba.it -all",
                "filo1._domainkey.rossi.it TXT v=DKIM1; k=rsa; p=MIIB",
                "_dmarc.rossi.it TXT v=DMARC1; p=none; rua=mailto:ciao@rossi.it",
                "bounce.rossi.it MX 10 smtps.aruba.it.",
            ]
        );
        assert_eq!(mechanism("mail.rossi.it"), "a:mail.rossi.it");
        assert_eq!(mechanism("192.0.2.1"), "ip4:192.0.2.1");
        assert_eq!(wanted_records(&MailSettings::default()), []);
    }

    #[test]
    fn what_the_dns_says_is_judged() {
        let records = wanted_records(&settings("smtps.aruba.it"));
        for (index, answers, expected) in [
            (
                0,
                &["v=spf1 include:_spf.aruba.it -all"][..],
                Standing::Right,
            ),
            (
                0,
                &["v=spf1 mx include:_spf.aruba.it ~all", "other"][..],
                Standing::Right,
            ),
            (0, &["v=spf1 mx -all"][..], Standing::Different),
            (0, &["v=spf1 mx", "v=spf1 a"][..], Standing::Several),
            (0, &["google-site-verification=x"][..], Standing::Missing),
            (1, &["k=rsa; p=MI IB"][..], Standing::Right),
            (1, &["v=DKIM1; p=other"][..], Standing::Different),
            (2, &["v=DMARC1;p=reject"][..], Standing::Right),
            (2, &["v=DMARC1"][..], Standing::Different),
            (3, &[][..], Standing::Missing),
            (3, &["10 mx.rossi.it"][..], Standing::Right),
        ] {
            let answers: Vec<String> = answers.iter().map(|it| (*it).to_owned()).collect();
            assert_eq!(
                judge_record(&records[index], &answers),
                expected,
                "{answers:?}"
            );
        }
    }
}
