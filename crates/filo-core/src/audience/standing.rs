//! Where somebody of an audience stands: whether they may be offered to its platform, by what, and
//! until when that holds.
//!
//! **Invariant:** an entry stands for an address that nothing stops, of somebody whose yes to the
//! purpose counts on the channel of that address.

use super::entry::{AddressKind, Fields, Known, Record};
use super::platform::Platform;
use crate::consent::addressing::{Verdict, Why};
use crate::id::NodeId;
use crate::time::Timestamp;

/// Where somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// They are offered.
    Offered = 0,
    /// They said no, or nobody asked them.
    NoYes = 1,
    /// There is no address of theirs that the platform could know them by.
    NoAddress = 2,
}

impl Standing {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Offered, Self::NoYes, Self::NoAddress];

    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::NoYes => "no_yes",
            Self::NoAddress => "no_address",
        }
    }

    /// That of a code.
    #[must_use]
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|it| *it as i64 == code)
    }
}

/// Somebody who is to be offered.
#[derive(Debug, Clone, Copy)]
pub struct Offered<'a> {
    /// To whom.
    pub platform: Platform,
    /// What may stand beside an address.
    pub fields: Fields,
    /// What is known of them.
    pub known: &'a Known,
    /// Their identifiers with their values.
    pub values: &'a [(NodeId, String)],
}

/// What comes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Where they stand.
    pub standing: Standing,
    /// Their entries, each address once.
    pub records: Vec<Record>,
    /// When it is to be looked at again of its own accord: a yes comes to its end.
    pub look_at: Option<Timestamp>,
}

/// What is in the way of somebody because of what they said.
const fn is_unsaid(why: Why) -> bool {
    match why {
        Why::UnknownPurpose
        | Why::ChannelUnused
        | Why::NeverAsked
        | Why::Pending
        | Why::Denied
        | Why::Stricter
        | Why::Expired
        | Why::BasisNotAllowed => true,
        Why::Granted
        | Why::Duty
        | Why::NoAddress
        | Why::Suppressed
        | Why::Unchecked
        | Why::DoNotCall
        | Why::OutsideCallHours => false,
    }
}

/// Where somebody stands, by what may be done with their addresses and with their numbers.
#[must_use]
pub fn decide(of: &Offered<'_>, by_mail: &Verdict, by_number: &Verdict) -> Decision {
    let sides = [
        (AddressKind::Email, by_mail),
        (AddressKind::Phone, by_number),
    ];
    let mut records: Vec<Record> = Vec::new();
    let mut look_at: Option<Timestamp> = None;
    for (kind, verdict) in sides.iter().filter(|(_, verdict)| verdict.may) {
        let mut is_used = false;
        for node in &verdict.addresses {
            let value = of.values.iter().find(|(known, _)| known == node);
            let Some((_, value)) = value else { continue };
            let address = (*kind, value.as_str());
            let Some(record) = Record::new(of.platform, address, of.known, of.fields) else {
                continue;
            };
            is_used = true;
            if records.iter().all(|other| other.address != record.address) {
                records.push(record);
            }
        }
        if is_used && let Some(at) = verdict.expires_at {
            look_at = Some(look_at.map_or(at, |first| first.min(at)));
        }
    }
    let takes_both = of.platform.takes_phones();
    let says_no = |verdict: &Verdict| verdict.reasons.iter().any(|it| is_unsaid(it.why));
    let standing = match records.is_empty() {
        false => Standing::Offered,
        true if says_no(by_mail) && (!takes_both || says_no(by_number)) => Standing::NoYes,
        true => Standing::NoAddress,
    };
    Decision {
        standing,
        records,
        look_at,
    }
}

#[cfg(test)]
mod tests {
    use super::super::normal::hashed;
    use super::*;
    use crate::consent::addressing::Reason;

    const MAIL: NodeId = NodeId(1);
    const NUMBER: NodeId = NodeId(2);

    fn no(why: Why) -> Verdict {
        let reason = Reason {
            why,
            at: None,
            suppressed: None,
        };
        Verdict {
            may: false,
            reasons: vec![reason],
            ..Verdict::unknown()
        }
    }

    fn yes(address: NodeId, expires_at: Option<Timestamp>) -> Verdict {
        Verdict {
            may: true,
            reasons: Vec::new(),
            addresses: vec![address],
            expires_at,
            ..Verdict::unknown()
        }
    }

    fn decided(platform: Platform, by_mail: &Verdict, by_number: &Verdict) -> Decision {
        let values = [
            (MAIL, "anna@example.it".to_owned()),
            (NUMBER, "+393331234567".to_owned()),
        ];
        let of = Offered {
            platform,
            fields: Fields::default(),
            known: &Known::default(),
            values: &values,
        };
        decide(&of, by_mail, by_number)
    }

    #[test]
    fn each_address_goes_by_what_is_said_of_its_channel() {
        let both = decided(
            Platform::Meta,
            &yes(MAIL, Some(Timestamp(9))),
            &yes(NUMBER, Some(Timestamp(5))),
        );
        assert_eq!(both.records.len(), 2);
        assert_eq!(
            (both.standing, both.look_at),
            (Standing::Offered, Some(Timestamp(5)))
        );
        let mail = decided(Platform::Meta, &yes(MAIL, None), &no(Why::Denied));
        assert_eq!(mail.records.len(), 1);
        assert_eq!(mail.records[0].address, hashed("anna@example.it"));
        let linkedin = decided(
            Platform::Linkedin,
            &no(Why::Denied),
            &yes(NUMBER, Some(Timestamp(5))),
        );
        assert_eq!((linkedin.records.len(), linkedin.look_at), (0, None));
    }

    #[test]
    fn who_is_not_offered_is_told_why() {
        for (platform, by_mail, by_number, standing) in [
            (
                Platform::Meta,
                no(Why::NeverAsked),
                no(Why::NeverAsked),
                Standing::NoYes,
            ),
            (
                Platform::Meta,
                no(Why::Expired),
                no(Why::Denied),
                Standing::NoYes,
            ),
            (
                Platform::Meta,
                no(Why::Suppressed),
                no(Why::NoAddress),
                Standing::NoAddress,
            ),
            (
                Platform::Linkedin,
                no(Why::NoAddress),
                yes(NUMBER, None),
                Standing::NoAddress,
            ),
            (
                Platform::Linkedin,
                no(Why::Denied),
                yes(NUMBER, None),
                Standing::NoYes,
            ),
        ] {
            let found = decided(platform, &by_mail, &by_number);
            assert_eq!(found.standing, standing, "{platform:?} {by_mail:?}");
            assert_eq!(found.records, []);
        }
        for standing in Standing::ALL {
            assert_eq!(Standing::from_code(standing as i64), Some(standing));
        }
    }
}
