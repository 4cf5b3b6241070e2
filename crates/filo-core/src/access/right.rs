//! The rights: what can be allowed or not, each for itself.

/// One thing that a person or a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// Find one person by the whole card number, telephone number or e-mail address.
    FindPeople,
    /// Open the page of a person.
    SeePeople,
    /// Page through everybody and search by parts of words.
    ListPeople,
    /// See names, addresses, numbers, notes and what events say; without it they are covered.
    SeePersonalData,
    /// Take people out of Filo as a file.
    ExportPeople,
    /// Hand a person everything that is kept of them, and forget them.
    HandlePrivacy,
    /// See sums, counts and how Filo is doing.
    SeeFigures,
    /// Write notes and take them back.
    WriteNotes,
    /// Take down what a person allows.
    RecordConsent,
    /// Say who is one person and who is not.
    DecideIdentity,
    /// See where events come from.
    SeeSources,
    /// Make sources and end their keys.
    ManageSources,
    /// See events that could not be taken in, as they were sent.
    SeeQuarantine,
    /// Repair or discard them.
    RepairQuarantine,
    /// See what Filo stopped at.
    SeeIncidents,
    /// Mark it as seen to.
    ResolveIncidents,
    /// Make and end keys of the API.
    ManageKeys,
    /// Choose where Filo sends what happens.
    ManageWebhooks,
    /// Change how Filo works.
    ManageSettings,
    /// Invite people of the company, give them roles, let them go.
    ManageUsers,
    /// See who did what.
    SeeAudit,
    /// Make, fetch and bring back backups.
    ManageBackups,
    /// Bring files of people in, and take out again what a file brought.
    ImportPeople,
    /// Say who is in a segment.
    ManageSegments,
    /// Write to a customer, call a message off, let it come to the gate again.
    SendMessages,
    /// Write what the company says, and its offers.
    ManageContent,
    /// Say what happens with customers, let them in and take them out.
    ManageJourneys,
    /// See what is to be done for customers, and say what came of it.
    DoTasks,
}

impl Right {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 28] = [
        Self::FindPeople,
        Self::SeePeople,
        Self::ListPeople,
        Self::SeePersonalData,
        Self::ExportPeople,
        Self::HandlePrivacy,
        Self::SeeFigures,
        Self::WriteNotes,
        Self::RecordConsent,
        Self::DecideIdentity,
        Self::SeeSources,
        Self::ManageSources,
        Self::SeeQuarantine,
        Self::RepairQuarantine,
        Self::SeeIncidents,
        Self::ResolveIncidents,
        Self::ManageKeys,
        Self::ManageWebhooks,
        Self::ManageSettings,
        Self::ManageUsers,
        Self::SeeAudit,
        Self::ManageBackups,
        Self::ImportPeople,
        Self::ManageSegments,
        Self::SendMessages,
        Self::ManageContent,
        Self::ManageJourneys,
        Self::DoTasks,
    ];

    /// The word in answers and in keys of the catalogues (`right-…`).
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::FindPeople => "find-people",
            Self::SeePeople => "see-people",
            Self::ListPeople => "list-people",
            Self::SeePersonalData => "see-personal-data",
            Self::ExportPeople => "export-people",
            Self::HandlePrivacy => "handle-privacy",
            Self::SeeFigures => "see-figures",
            Self::WriteNotes => "write-notes",
            Self::RecordConsent => "record-consent",
            Self::DecideIdentity => "decide-identity",
            Self::SeeSources => "see-sources",
            Self::ManageSources => "manage-sources",
            Self::SeeQuarantine => "see-quarantine",
            Self::RepairQuarantine => "repair-quarantine",
            Self::SeeIncidents => "see-incidents",
            Self::ResolveIncidents => "resolve-incidents",
            Self::ManageKeys => "manage-keys",
            Self::ManageWebhooks => "manage-webhooks",
            Self::ManageSettings => "manage-settings",
            Self::ManageUsers => "manage-users",
            Self::SeeAudit => "see-audit",
            Self::ManageBackups => "manage-backups",
            Self::ImportPeople => "import-people",
            Self::ManageSegments => "manage-segments",
            Self::SendMessages => "send-messages",
            Self::ManageContent => "manage-content",
            Self::ManageJourneys => "manage-journeys",
            Self::DoTasks => "do-tasks",
        }
    }

    const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// A set of rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rights(u32);

impl Rights {
    /// None.
    pub const NONE: Self = Self(0);

    /// The set with one more.
    #[must_use]
    pub const fn with(self, right: Right) -> Self {
        Self(self.0 | right.bit())
    }

    /// What is in either.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it is in the set.
    #[must_use]
    pub const fn have(self, right: Right) -> bool {
        self.0 & right.bit() != 0
    }

    /// Whether everything of the other set is in this one.
    #[must_use]
    pub const fn cover(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Each, in the order of the table.
    pub fn iter(self) -> impl Iterator<Item = Right> {
        Right::ALL
            .into_iter()
            .filter(move |right| self.have(*right))
    }
}

impl FromIterator<Right> for Rights {
    fn from_iter<I: IntoIterator<Item = Right>>(rights: I) -> Self {
        rights.into_iter().fold(Self::NONE, Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_right_has_a_place_and_a_word_of_its_own() {
        for (place, right) in Right::ALL.into_iter().enumerate() {
            assert_eq!(right as usize, place);
            let same_word = Right::ALL
                .into_iter()
                .filter(|other| other.word() == right.word());
            assert_eq!(same_word.count(), 1, "{right:?}");
        }
    }

    #[test]
    fn sets_hold_what_was_put_in() {
        let set: Rights = [Right::SeePeople, Right::ManageBackups]
            .into_iter()
            .collect();
        assert!(set.have(Right::SeePeople) && !set.have(Right::WriteNotes));
        assert!(set.cover(Rights::NONE) && !Rights::NONE.cover(set));
        assert_eq!(set.iter().count(), 2);
    }
}
