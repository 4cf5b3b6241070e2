//! Text messages: in which alphabet they travel, and into how many parts they are cut.
//!
//! The alphabet is the GSM 7 bit default alphabet with its extension table (3GPP TS 23.038 §6.2.1);
//! a message that does not fit 160 characters is cut into parts of 153, in UCS-2 70 and 67, because
//! each part carries six bytes that join them (3GPP TS 23.040 §9.2.3.24.1).

/// The alphabet in which a message travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// Seven bits a letter: what most languages of western Europe need.
    Gsm7,
    /// Sixteen bits a letter: everything else.
    Ucs2,
}

/// How a text message travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segments {
    /// In which alphabet.
    pub coding: Coding,
    /// Letters as they count: those of the extension table twice, those beyond sixteen bits twice.
    pub letters: usize,
    /// Parts; each is paid for.
    pub parts: usize,
    /// Letters that still fit into the last part.
    pub left: usize,
    /// The first letter that the alphabet of seven bits does not have.
    pub first_foreign: Option<char>,
}

/// The default alphabet without the control that leads to the other table.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// The extension table: each of them travels as two.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// Counts a text message.
#[must_use]
pub fn segments(text: &str) -> Segments {
    let foreign = text
        .chars()
        .find(|letter| !BASIC.contains(*letter) && !EXTENSION.contains(*letter));
    let coding = match foreign {
        None => Coding::Gsm7,
        Some(_) => Coding::Ucs2,
    };
    let width = |letter: char| match coding {
        Coding::Gsm7 => 1 + usize::from(EXTENSION.contains(letter)),
        Coding::Ucs2 => letter.len_utf16(),
    };
    let (whole, part) = match coding {
        Coding::Gsm7 => (160, 153),
        Coding::Ucs2 => (70, 67),
    };
    let letters: usize = text.chars().map(width).sum();
    if letters <= whole {
        return Segments {
            coding,
            letters,
            parts: usize::from(letters > 0),
            left: whole - letters,
            first_foreign: foreign,
        };
    }
    // A letter of two is never cut in two.
    let (mut parts, mut used) = (1, 0);
    for letter in text.chars() {
        let width = width(letter);
        if used + width > part {
            parts += 1;
            used = 0;
        }
        used += width;
    }
    Segments {
        coding,
        letters,
        parts,
        left: part - used,
        first_foreign: foreign,
    }
}
