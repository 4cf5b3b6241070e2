//! The platforms, and what each asks for.

/// Whose advertising it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Platform {
    /// Facebook and Instagram: a customer list of Custom Audiences.
    Meta,
    /// Google Ads: a list of Customer Match.
    Google,
    /// `LinkedIn`: a DMP segment of Matched Audiences.
    Linkedin,
}

impl Platform {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Meta, Self::Google, Self::Linkedin];

    /// The word in the API, in tables and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Google => "google",
            Self::Linkedin => "linkedin",
        }
    }

    /// The platform of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }

    /// How it calls itself.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Meta => "Meta",
            Self::Google => "Google Ads",
            Self::Linkedin => "LinkedIn",
        }
    }

    /// Whether it knows people by their numbers too.
    #[must_use]
    pub const fn takes_phones(self) -> bool {
        !matches!(self, Self::Linkedin)
    }

    /// Whether it takes anything beside the address that is hashed.
    #[must_use]
    pub const fn takes_names(self) -> bool {
        !matches!(self, Self::Linkedin)
    }

    /// Whether it takes the company's own id of a person.
    #[must_use]
    pub const fn takes_own_ids(self) -> bool {
        matches!(self, Self::Meta)
    }

    /// The secrets without which it takes nothing.
    #[must_use]
    pub const fn credentials(self) -> &'static [Credential] {
        match self {
            Self::Meta | Self::Linkedin => &[Credential::Token],
            Self::Google => &[Credential::ClientSecret, Credential::RefreshToken],
        }
    }
}

/// A secret of an account at a platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Credential {
    /// What proves who asks, as it is.
    Token,
    /// The secret of the program that was registered at Google.
    ClientSecret,
    /// What gives new tokens.
    RefreshToken,
}

impl Credential {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Token, Self::ClientSecret, Self::RefreshToken];

    /// The word in the API, in the vault and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::ClientSecret => "client_secret",
            Self::RefreshToken => "refresh_token",
        }
    }
}

/// How an audience gets to its platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Delivery {
    /// A person takes a file there.
    File,
    /// Filo tells the platform.
    Push,
}

impl Delivery {
    /// Both.
    pub const ALL: [Self; 2] = [Self::File, Self::Push];

    /// The word in the API, in tables and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Push => "push",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        for platform in Platform::ALL {
            assert_eq!(Platform::from_word(platform.word()), Some(platform));
        }
        for delivery in Delivery::ALL {
            assert_eq!(Delivery::from_word(delivery.word()), Some(delivery));
        }
        assert_eq!(Platform::from_word("tiktok"), None);
    }
}
