//! What of a person is compared, as it was written.

/// One record of a person. Every part may be missing (empty).
#[derive(Debug, Clone, Default)]
pub struct PersonRecord<'a> {
    /// First names.
    pub first_name: &'a str,
    /// Family name.
    pub last_name: &'a str,
    /// Both in one, in either order; read where the two are missing.
    pub full_name: &'a str,
    /// E-mail addresses.
    pub emails: &'a [&'a str],
    /// Telephones.
    pub phones: &'a [&'a str],
    /// Date of birth, Italian or ISO.
    pub birthday: &'a str,
    /// Tax code, or what number a country gives its people.
    pub tax_code: &'a str,
    /// Street with house number.
    pub street: &'a str,
    /// Postal code.
    pub postal_code: &'a str,
    /// Town.
    pub city: &'a str,
    /// What a person carries: card, device.
    pub marks: &'a [&'a str],
}

/// What is compared, in the order of the comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(usize)]
pub enum Field {
    /// First names.
    FirstName = 0,
    /// Family name.
    LastName = 1,
    /// Date of birth.
    Birthday = 2,
    /// E-mail.
    Email = 3,
    /// Mobile telephone.
    Phone = 4,
    /// Tax code.
    TaxCode = 5,
    /// Where they live: address, place, fixed line; counted once.
    Home = 6,
    /// Card or device.
    Mark = 7,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 8] = [
        Self::FirstName,
        Self::LastName,
        Self::Birthday,
        Self::Email,
        Self::Phone,
        Self::TaxCode,
        Self::Home,
        Self::Mark,
    ];

    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Birthday => "birthday",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::TaxCode => "tax_code",
            Self::Home => "home",
            Self::Mark => "mark",
        }
    }

    /// Its place among the comparisons.
    #[must_use]
    pub const fn place(self) -> usize {
        self as usize
    }
}
