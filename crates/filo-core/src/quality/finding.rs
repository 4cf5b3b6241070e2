//! What a check found: the value, what is wrong, and what it probably should be.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// All of them, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word in rows, in the API and in the catalogues; never given to another.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// What a word stands for.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.word() == word)
            }
        }
    };
}

words! {
    /// A value of a person that is looked at.
    Field {
        /// First and last name in one.
        Name = "name",
        /// First name.
        FirstName = "first_name",
        /// Last name.
        LastName = "last_name",
        /// E-mail address.
        Email = "email",
        /// Telephone number.
        Phone = "phone",
        /// Birthday.
        Birthday = "birthday",
        /// The sex that was stated.
        Gender = "gender",
        /// Italian tax code.
        TaxCode = "tax_code",
        /// Italian VAT number.
        VatNumber = "vat_number",
        /// Language.
        Language = "language",
        /// Street, town, postal code and province together.
        Address = "address",
        /// Town.
        City = "city",
        /// Postal code.
        PostalCode = "postal_code",
        /// Province.
        State = "state",
    }
}

words! {
    /// How much it matters.
    Severity {
        /// The value cannot be used.
        Broken = "broken",
        /// The value is probably not what it should be.
        Doubtful = "doubtful",
        /// The value can be used and could be better.
        Untidy = "untidy",
    }
}

words! {
    /// What is wrong.
    Reason {
        /// It is no e-mail address.
        EmailMalformed = "email_malformed",
        /// The domain is one letter away from one that many people have.
        EmailDomainTypo = "email_domain_typo",
        /// The domain ends with something that does not exist.
        EmailEndingTypo = "email_ending_typo",
        /// It was typed to get past a form.
        EmailPlaceholder = "email_placeholder",
        /// It lives for some minutes.
        EmailDisposable = "email_disposable",
        /// It is the mailbox of an office.
        EmailRole = "email_role",
        /// It is no telephone number.
        PhoneMalformed = "phone_malformed",
        /// It has too few digits.
        PhoneShort = "phone_short",
        /// It has too many digits.
        PhoneLong = "phone_long",
        /// It was typed to get past a form.
        PhonePlaceholder = "phone_placeholder",
        /// It is a fixed line: no message reaches it.
        PhoneFixed = "phone_fixed",
        /// It was typed to get past a form.
        NamePlaceholder = "name_placeholder",
        /// It has digits or an e-mail address in it.
        NameNotAName = "name_not_a_name",
        /// First and last name stand in each other's place.
        NameSwapped = "name_swapped",
        /// It is the name of a company.
        NameCompany = "name_company",
        /// A title stands in it.
        NameTitle = "name_title",
        /// Pictures or signs stand in it.
        NameSigns = "name_signs",
        /// All capitals, all small, or spaces too many.
        NameCase = "name_case",
        /// It is no date.
        BirthdayUnreadable = "birthday_unreadable",
        /// It is still to come.
        BirthdayFuture = "birthday_future",
        /// Nobody is so old.
        BirthdayAbsurd = "birthday_absurd",
        /// A day that programs fill in.
        BirthdayPlaceholder = "birthday_placeholder",
        /// Younger than fourteen.
        BirthdayChild = "birthday_child",
        /// The tax code tells another day.
        BirthdayTaxCode = "birthday_tax_code",
        /// The tax code tells another sex.
        GenderTaxCode = "gender_tax_code",
        /// It is no tax code, or its check character is wrong.
        TaxCodeMalformed = "tax_code_malformed",
        /// Its first six letters are of another name.
        TaxCodeName = "tax_code_name",
        /// It is no VAT number, or its check digit is wrong.
        VatMalformed = "vat_malformed",
        /// It is no code of a language.
        LanguageUnknown = "language_unknown",
        /// An Italian postal code has five digits.
        PostalMalformed = "postal_malformed",
        /// It lost the zeros it begins with.
        PostalShort = "postal_short",
        /// It was that of a whole town, and is used no more.
        PostalGeneric = "postal_generic",
        /// It belongs to another province.
        PostalProvince = "postal_province",
        /// It belongs to another town.
        PostalCity = "postal_city",
        /// The province is written out, or is none.
        ProvinceUnknown = "province_unknown",
        /// It is missing, and the postal code tells it.
        ProvinceMissing = "province_missing",
        /// The town is in another province.
        CityProvince = "city_province",
    }
}

impl Reason {
    /// How much it matters.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::EmailMalformed
            | Self::EmailDomainTypo
            | Self::EmailEndingTypo
            | Self::EmailPlaceholder
            | Self::PhoneMalformed
            | Self::PhoneShort
            | Self::PhoneLong
            | Self::PhonePlaceholder
            | Self::NamePlaceholder
            | Self::NameNotAName
            | Self::BirthdayUnreadable
            | Self::BirthdayFuture
            | Self::BirthdayAbsurd
            | Self::TaxCodeMalformed
            | Self::VatMalformed
            | Self::PostalMalformed
            | Self::PostalShort => Severity::Broken,
            Self::EmailDisposable
            | Self::NameSwapped
            | Self::NameCompany
            | Self::BirthdayPlaceholder
            | Self::BirthdayChild
            | Self::BirthdayTaxCode
            | Self::GenderTaxCode
            | Self::TaxCodeName
            | Self::LanguageUnknown
            | Self::PostalProvince
            | Self::PostalCity
            | Self::CityProvince => Severity::Doubtful,
            Self::EmailRole
            | Self::PhoneFixed
            | Self::NameTitle
            | Self::NameSigns
            | Self::NameCase
            | Self::PostalGeneric
            | Self::ProvinceUnknown
            | Self::ProvinceMissing => Severity::Untidy,
        }
    }

    /// Whether it is that two values contradict each other.
    #[must_use]
    pub const fn is_contradiction(self) -> bool {
        matches!(
            self,
            Self::BirthdayTaxCode
                | Self::GenderTaxCode
                | Self::TaxCodeName
                | Self::PostalProvince
                | Self::PostalCity
                | Self::CityProvince
        )
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which value.
    pub field: Field,
    /// What is wrong.
    pub reason: Reason,
    /// The value as it was said; empty if it is missing.
    pub raw: String,
    /// What it probably should be.
    pub proposal: Option<String>,
}

impl Finding {
    pub(super) fn new(field: Field, reason: Reason, raw: &str, proposal: Option<String>) -> Self {
        let proposal = proposal.filter(|proposal| proposal != raw && !proposal.is_empty());
        Self {
            field,
            reason,
            raw: raw.to_owned(),
            proposal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_a_word_of_its_own() {
        for reason in Reason::ALL {
            assert_eq!(Reason::from_word(reason.word()), Some(*reason));
        }
        for field in Field::ALL {
            assert_eq!(Field::from_word(field.word()), Some(*field));
        }
    }
}
