//! What follows from a notice.
//!
//! **Invariant:** policy, configuration and answers of machines never put an address aside.

use super::Class;
use crate::time::Timestamp;

/// The window in which failures are counted.
pub const SOFT_DAYS: i64 = 30;
/// So many failures within it, without a delivery between, put an address aside.
pub const SOFT_MOST: usize = 5;
/// So many where nothing says why, or where the account is only switched off.
pub const UNKNOWN_MOST: usize = 3;
const DISABLED_MOST: usize = 2;

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consequence {
    /// Nothing more goes to the address.
    PutAside,
    /// No more advertising goes to the address.
    NoAdvertising,
    /// It is counted; so many more put the address aside.
    Counted {
        /// How many are left.
        left: usize,
    },
    /// Somebody of the company must see to it; the person has nothing to do with it.
    Alarm,
    /// Nothing.
    Nothing,
}

impl Consequence {
    /// The word in tables, in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::PutAside => "put_aside",
            Self::NoAdvertising => "no_advertising",
            Self::Counted { .. } => "counted",
            Self::Alarm => "alarm",
            Self::Nothing => "nothing",
        }
    }
}

/// A notice about the same address that came before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earlier {
    /// What it said.
    pub class: Class,
    /// When it came.
    pub at: Timestamp,
}

/// What follows from a notice of a class, after the earlier ones in any order.
#[must_use]
pub fn what_follows(class: Class, earlier: &[Earlier], now: Timestamp) -> Consequence {
    let most = match class {
        Class::AddressDead => return Consequence::PutAside,
        Class::Complaint | Class::Unsubscribed => return Consequence::NoAdvertising,
        Class::Policy | Class::Configuration => return Consequence::Alarm,
        Class::Delayed | Class::AutoReply | Class::Delivered => return Consequence::Nothing,
        Class::AccountDisabled => DISABLED_MOST,
        Class::Unknown => UNKNOWN_MOST,
        Class::MailboxFull | Class::TooLarge | Class::Temporary => SOFT_MOST,
    };
    let since = now.plus_seconds(-SOFT_DAYS * 86_400);
    let delivered = earlier.iter().filter(|it| it.class == Class::Delivered);
    let delivered = delivered.map(|it| it.at).max().unwrap_or(Timestamp::MIN);
    let counts = |it: &&Earlier| {
        let is_kin = match class {
            Class::AccountDisabled | Class::Unknown => it.class == class,
            _ => counts_as_soft(it.class),
        };
        is_kin && it.at >= since && it.at > delivered
    };
    let count = earlier.iter().filter(counts).count() + 1;
    if count >= most {
        Consequence::PutAside
    } else {
        Consequence::Counted { left: most - count }
    }
}

const fn counts_as_soft(class: Class) -> bool {
    matches!(
        class,
        Class::MailboxFull
            | Class::TooLarge
            | Class::Temporary
            | Class::Unknown
            | Class::AccountDisabled
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Timestamp = Timestamp(1_791_367_200_000_000);

    fn before(days: i64, class: Class) -> Earlier {
        Earlier {
            class,
            at: NOW.plus_seconds(-days * 86_400),
        }
    }

    #[test]
    fn failures_are_counted_over_thirty_days_and_a_delivery_begins_anew() {
        let full = |days| before(days, Class::MailboxFull);
        let four = [full(1), full(2), full(3), full(29)];
        let say = |earlier: &[Earlier]| what_follows(Class::MailboxFull, earlier, NOW);
        assert_eq!(say(&[]), Consequence::Counted { left: 4 });
        assert_eq!(say(&four), Consequence::PutAside);
        assert_eq!(
            say(&[full(1), full(2), full(3), full(31)]),
            Consequence::Counted { left: 1 }
        );
        let with_delivery = [&four[..], &[before(2, Class::Delivered)]].concat();
        assert_eq!(say(&with_delivery), Consequence::Counted { left: 3 });
        let unknown = [before(1, Class::Unknown), before(2, Class::Unknown)];
        assert_eq!(
            what_follows(Class::Unknown, &unknown, NOW),
            Consequence::PutAside
        );
        let once = [before(1, Class::AccountDisabled)];
        assert_eq!(
            what_follows(Class::AccountDisabled, &once, NOW),
            Consequence::PutAside
        );
    }

    fn classes() -> impl Strategy<Value = Class> {
        (0..Class::ALL.len()).prop_map(|index| Class::ALL[index])
    }

    proptest! {
        #[test]
        fn our_own_fault_never_follows_a_person(
            past in proptest::collection::vec((0i64..60, classes()), 0..40),
            class in prop_oneof![
                Just(Class::Policy), Just(Class::Configuration), Just(Class::AutoReply),
                Just(Class::Delayed), Just(Class::Delivered)
            ],
        ) {
            let earlier: Vec<Earlier> =
                past.into_iter().map(|(days, class)| before(days, class)).collect();
            let follows = what_follows(class, &earlier, NOW);
            prop_assert!(matches!(follows, Consequence::Alarm | Consequence::Nothing));
        }
    }
}
