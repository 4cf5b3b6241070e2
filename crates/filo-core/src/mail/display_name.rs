//! What may stand as the name of a sender.
//!
//! Gmail's rules for senders: the name says who writes and nothing else; no part of the subject,
//! no name of the recipient, no reply mark, no sign that looks like a badge.

/// Longer names are cut off on a telephone, and nobody is called so.
pub const NAME_LETTERS_MOST: usize = 60;

/// What is wrong with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameFault {
    /// Nothing stands there.
    Empty,
    /// More than [`NAME_LETTERS_MOST`] letters.
    Long,
    /// A sign of control or one that turns the direction of writing.
    Control,
    /// A pictogram or a tick, which looks like a badge of trust.
    Badge,
    /// It begins like an answer (`Re:`), which it is not.
    Reply,
    /// An address: the real one stands beside it, and another one would deceive.
    Address,
    /// A place to be filled (`{{name}}`): a sender is not called like the recipient.
    Placeholder,
}

impl NameFault {
    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Long => "long",
            Self::Control => "control",
            Self::Badge => "badge",
            Self::Reply => "reply",
            Self::Address => "address",
            Self::Placeholder => "placeholder",
        }
    }
}

/// What is wrong with a sender's name; nothing if it may stand.
#[must_use]
pub fn name_faults(name: &str) -> Vec<NameFault> {
    let name = name.trim();
    let lower = name.to_lowercase();
    let answers = ["re:", "fwd:", "fw:", "r:", "i:", "aw:", "tr:"];
    let checks = [
        (name.is_empty(), NameFault::Empty),
        (name.chars().count() > NAME_LETTERS_MOST, NameFault::Long),
        (name.chars().any(is_control), NameFault::Control),
        (name.chars().any(is_badge), NameFault::Badge),
        (
            answers.iter().any(|mark| lower.starts_with(mark)),
            NameFault::Reply,
        ),
        (name.contains('@'), NameFault::Address),
        (
            name.contains("{{") || name.contains("%%") || name.contains("*|"),
            NameFault::Placeholder,
        ),
    ];
    let found = checks.into_iter().filter(|(wrong, _)| *wrong);
    found.map(|(_, fault)| fault).collect()
}

fn is_control(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
}

/// Pictograms, dingbats, arrows, enclosed letters and what joins them.
fn is_badge(letter: char) -> bool {
    matches!(
        letter,
        '\u{2190}'..='\u{21ff}'
            | '\u{2300}'..='\u{23ff}'
            | '\u{2460}'..='\u{27bf}'
            | '\u{2900}'..='\u{297f}'
            | '\u{2b00}'..='\u{2bff}'
            | '\u{fe0f}'
            | '\u{1f000}'..='\u{1faff}'
            | '®'
            | '™'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_who_writes_and_nothing_else() {
        for good in ["Panificio Rossi", "Caffè & Co. – Bologna", "L'Orto 42"] {
            assert_eq!(name_faults(good), [], "{good}");
        }
        for (bad, fault) in [
            (" ", NameFault::Empty),
            ("Rossi ✓", NameFault::Badge),
            ("Rossi ✅", NameFault::Badge),
            ("🔥 Rossi", NameFault::Badge),
            ("Re: la tua visita", NameFault::Reply),
            ("ciao@rossi.it", NameFault::Address),
            ("Rossi per {{nome}}", NameFault::Placeholder),
            ("Rossi\r\nBcc", NameFault::Control),
            ("iss\u{202e}oR", NameFault::Control),
        ] {
            assert_eq!(name_faults(bad), [fault], "{bad:?}");
        }
        assert_eq!(name_faults(&"a".repeat(61)), [NameFault::Long]);
    }
}
