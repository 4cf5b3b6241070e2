//! The roles of the people of a company, and who stands above whom.
//!
//! **Invariant:** nobody grants a role above their own, and nobody touches who stands above them.

/// What a person is in the company, as far as Filo is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Everything; there is always one.
    Owner,
    /// Everything but owners.
    Admin,
    /// Everything about people and figures.
    Marketer,
    /// Answers customers.
    Agent,
    /// Finds the customer who stands at the counter.
    ShopStaff,
    /// Figures, without anybody's name.
    Analyst,
}

/// How high a role stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// All roles that look after no users.
    Member,
    /// Admins, and keys with the scope `admin`.
    Admin,
    /// Owners, and the operator at the command line.
    Owner,
}

impl Role {
    /// All of them, the highest first.
    pub const ALL: [Self; 6] = [
        Self::Owner,
        Self::Admin,
        Self::Marketer,
        Self::Agent,
        Self::ShopStaff,
        Self::Analyst,
    ];

    /// The word under which it is stored and sent.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Marketer => "marketer",
            Self::Agent => "agent",
            Self::ShopStaff => "shop-staff",
            Self::Analyst => "analyst",
        }
    }

    /// The role of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// How high it stands.
    #[must_use]
    pub const fn rank(self) -> Rank {
        match self {
            Self::Owner => Rank::Owner,
            Self::Admin => Rank::Admin,
            Self::Marketer | Self::Agent | Self::ShopStaff | Self::Analyst => Rank::Member,
        }
    }
}

impl Rank {
    /// Whether somebody of this rank may give or take the role.
    #[must_use]
    pub fn may_grant(self, role: Role) -> bool {
        self >= Rank::Admin && role.rank() <= self
    }

    /// Whether somebody of this rank stands above the role: may open its account anew.
    #[must_use]
    pub fn is_above(self, role: Role) -> bool {
        self >= Rank::Admin && role.rank() < self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_reaches_above_themselves() {
        for role in Role::ALL {
            assert_eq!(Role::from_word(role.word()), Some(role));
            assert!(!Rank::Member.may_grant(role) && !Rank::Member.is_above(role));
            assert_eq!(Rank::Admin.may_grant(role), role != Role::Owner);
            assert!(Rank::Owner.may_grant(role));
        }
        assert!(!Rank::Admin.is_above(Role::Admin) && Rank::Admin.is_above(Role::Agent));
        assert!(!Rank::Owner.is_above(Role::Owner) && Rank::Owner.is_above(Role::Admin));
        assert_eq!(Role::from_word("root"), None);
    }
}
