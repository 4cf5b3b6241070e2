//! The one table of rights: read across for a right, down for a role or a scope.

use super::right::{Right, Rights};
use super::role::Role;

/// What a key of the API may do, in three words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// See.
    Read,
    /// Decide about customers.
    Write,
    /// Sources, keys, users, settings.
    Admin,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Read, Self::Write, Self::Admin];
}

const YES: bool = true;
const __: bool = false;

/// Columns: the roles in the order of [`Role::ALL`], then the scopes in that of [`Scope::ALL`].
/// Someone who can reach Filo's data only at the counter (shop staff) must ask for one person
/// exactly; an analyst sees everybody, and nobody's name.
#[rustfmt::skip]
const TABLE: [(Right, [bool; 6], [bool; 3]); 28] = [
    //                          owner admin market agent shop  analyst  read  write admin
    (Right::FindPeople,        [YES,  YES,  YES,   YES,  YES,  __ ],   [YES,  __,   __ ]),
    (Right::SeePeople,         [YES,  YES,  YES,   YES,  YES,  YES],   [YES,  __,   __ ]),
    (Right::ListPeople,        [YES,  YES,  YES,   YES,  __,   YES],   [YES,  __,   __ ]),
    (Right::SeePersonalData,   [YES,  YES,  YES,   YES,  YES,  __ ],   [YES,  __,   __ ]),
    (Right::ExportPeople,      [YES,  YES,  YES,   __,   __,   __ ],   [YES,  __,   __ ]),
    (Right::HandlePrivacy,     [YES,  YES,  __,    __,   __,   __ ],   [__,   __,   YES]),
    (Right::SeeFigures,        [YES,  YES,  YES,   __,   __,   YES],   [YES,  __,   __ ]),
    (Right::WriteNotes,        [YES,  YES,  YES,   YES,  YES,  __ ],   [__,   YES,  __ ]),
    (Right::RecordConsent,     [YES,  YES,  YES,   YES,  YES,  __ ],   [__,   YES,  __ ]),
    (Right::DecideIdentity,    [YES,  YES,  YES,   YES,  __,   __ ],   [__,   YES,  __ ]),
    (Right::SeeSources,        [YES,  YES,  YES,   __,   __,   YES],   [YES,  __,   __ ]),
    (Right::ManageSources,     [YES,  YES,  __,    __,   __,   __ ],   [__,   __,   YES]),
    (Right::SeeQuarantine,     [YES,  YES,  YES,   __,   __,   __ ],   [YES,  __,   __ ]),
    (Right::RepairQuarantine,  [YES,  YES,  YES,   __,   __,   __ ],   [__,   YES,  __ ]),
    (Right::SeeIncidents,      [YES,  YES,  YES,   __,   __,   YES],   [YES,  __,   __ ]),
    (Right::ResolveIncidents,  [YES,  YES,  YES,   __,   __,   __ ],   [__,   YES,  __ ]),
    (Right::ManageKeys,        [YES,  YES,  __,    __,   __,   __ ],   [__,   __,   YES]),
    (Right::ManageWebhooks,    [YES,  YES,  __,    __,   __,   __ ],   [__,   __,   YES]),
    (Right::ManageSettings,    [YES,  YES,  __,    __,   __,   __ ],   [__,   __,   YES]),
    (Right::ManageUsers,       [YES,  YES,  __,    __,   __,   __ ],   [__,   __,   YES]),
    (Right::SeeAudit,          [YES,  YES,  __,    __,   __,   __ ],   [__,   __,   YES]),
    (Right::ManageBackups,     [YES,  YES,  __,    __,   __,   __ ],   [__,   __,   YES]),
    (Right::ImportPeople,      [YES,  YES,  YES,   __,   __,   __ ],   [__,   YES,  __ ]),
    (Right::ManageSegments,    [YES,  YES,  YES,   __,   __,   __ ],   [__,   YES,  __ ]),
    (Right::SendMessages,      [YES,  YES,  YES,   YES,  __,   __ ],   [__,   YES,  __ ]),
    (Right::ManageContent,     [YES,  YES,  YES,   __,   __,   __ ],   [__,   YES,  __ ]),
    (Right::ManageJourneys,    [YES,  YES,  YES,   __,   __,   __ ],   [__,   YES,  __ ]),
    (Right::DoTasks,           [YES,  YES,  YES,   YES,  YES,  __ ],   [__,   YES,  __ ]),
];

impl Role {
    /// Everything the role may do.
    #[must_use]
    pub fn rights(self) -> Rights {
        let column = self as usize;
        TABLE
            .iter()
            .filter(|(_, roles, _)| roles[column])
            .map(|(right, ..)| *right)
            .collect()
    }
}

impl Scope {
    /// Everything a key with this scope alone may do.
    #[must_use]
    pub fn rights(self) -> Rights {
        let column = self as usize;
        TABLE
            .iter()
            .filter(|(_, _, scopes)| scopes[column])
            .map(|(right, ..)| *right)
            .collect()
    }
}

/// Everything a key with these scopes may do.
#[must_use]
pub fn rights_of_scopes(scopes: impl IntoIterator<Item = Scope>) -> Rights {
    scopes
        .into_iter()
        .fold(Rights::NONE, |held, scope| held.and(scope.rights()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_each_right_once_and_in_order() {
        let listed: Vec<Right> = TABLE.iter().map(|(right, ..)| *right).collect();
        assert_eq!(listed, Right::ALL);
    }

    /// A change of the table shows in review as words.
    #[test]
    fn the_table_is_the_agreed_one() {
        let words = |rights: Rights| rights.iter().map(Right::word).collect::<Vec<_>>().join(" ");
        let mut text = String::new();
        for role in Role::ALL {
            text.push_str(&format!("{}: {}\n", role.word(), words(role.rights())));
        }
        for scope in Scope::ALL {
            text.push_str(&format!("key {scope:?}: {}\n", words(scope.rights())));
        }
        insta::assert_snapshot!(text);
    }

    #[test]
    fn owners_and_all_scopes_together_may_do_everything() {
        let all: Rights = Right::ALL.into_iter().collect();
        assert_eq!(Role::Owner.rights(), all);
        assert_eq!(rights_of_scopes(Scope::ALL), all);
        for role in Role::ALL {
            assert!(Role::Owner.rights().cover(role.rights()));
        }
    }
}
