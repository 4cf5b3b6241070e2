//! The Italian tax code: whether it is one, and what it tells of name, birthday and sex
//! (D.M. 23 December 1976).

use jiff::civil::Date;

use super::finding::{Field, Finding, Reason};
use super::name::folded;
use crate::identity::{Identifier, Kind, Rules};

const MONTHS: &str = "ABCDEHLMPRST";
/// Letters that are read and typed for digits, and the other way round.
const ALIKE: [(char, char); 4] = [('O', '0'), ('I', '1'), ('S', '5'), ('B', '8')];

/// What a sound code tells, its replacements for namesakes undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    code: String,
}

impl Told {
    /// What a code tells, if it is sound.
    pub(super) fn read(raw: &str, rules: &Rules) -> Option<Self> {
        let identifier = Identifier::new(Kind::TaxCode, raw, rules).ok()?;
        Some(Self {
            code: identifier.value.to_string(),
        })
    }

    fn number(&self, place: std::ops::Range<usize>) -> i8 {
        self.code
            .get(place)
            .and_then(|digits| digits.parse().ok())
            .unwrap_or_default()
    }

    /// Women's days have forty added.
    pub(super) fn is_woman(&self) -> bool {
        self.number(9..11) > 40
    }

    fn day_and_month(&self) -> Option<(i8, i8)> {
        let month = MONTHS.find(self.code.chars().nth(8)?)?;
        Some((self.number(9..11) % 40, i8::try_from(month).ok()? + 1))
    }

    /// The birthday, of the two possible centuries in the one that makes them less than a
    /// hundred years old.
    pub(super) fn birthday(&self, today: Date) -> Option<Date> {
        let (day, month) = self.day_and_month()?;
        let year = i16::from(self.number(6..8));
        let century = today.year() / 100 * 100;
        let date = |century: i16| Date::new(century + year, month, day).ok();
        date(century)
            .filter(|date| *date <= today)
            .or_else(|| date(century - 100))
    }

    /// Whether somebody born on that day can have the code.
    pub(super) fn fits(&self, born: Date) -> bool {
        let year = i8::try_from(born.year().rem_euclid(100)).ok();
        Some((born.day(), born.month())) == self.day_and_month() && year == Some(self.number(6..8))
    }

    /// Whether somebody of that first and last name can have the code.
    pub(super) fn is_of(&self, first: &str, last: &str) -> bool {
        self.code.get(..3) == Some(&family(last)) && self.code.get(3..6) == Some(&given(first))
    }
}

fn letters(name: &str) -> (Vec<char>, Vec<char>) {
    let letters = folded(name).to_uppercase();
    let letters = letters.chars().filter(char::is_ascii_uppercase);
    letters.partition(|letter| !"AEIOU".contains(*letter))
}

fn three(consonants: Vec<char>, vowels: Vec<char>) -> String {
    let all = consonants.into_iter().chain(vowels);
    all.chain(['X', 'X', 'X']).take(3).collect()
}

fn family(name: &str) -> String {
    let (consonants, vowels) = letters(name);
    three(consonants, vowels)
}

/// Of four consonants or more, the first, third and fourth.
fn given(name: &str) -> String {
    let (mut consonants, vowels) = letters(name);
    if consonants.len() >= 4 {
        consonants.remove(1);
    }
    three(consonants, vowels)
}

/// What is wrong with a code by itself.
pub(super) fn check(raw: &str, rules: &Rules) -> Option<Finding> {
    if Told::read(raw, rules).is_some() {
        return None;
    }
    let proposal = repaired(raw, rules);
    Some(Finding::new(
        Field::TaxCode,
        Reason::TaxCodeMalformed,
        raw,
        proposal,
    ))
}

/// With digits where digits stand and letters where letters do, if the check character then fits.
fn repaired(raw: &str, rules: &Rules) -> Option<String> {
    const DIGITS: [usize; 7] = [6, 7, 9, 10, 12, 13, 14];
    let upper = raw.to_uppercase();
    let code: String = upper
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .enumerate()
        .map(|(place, letter)| {
            let alike = |(a, b): &(char, char)| match (DIGITS.contains(&place), letter) {
                (true, letter) if letter == *a => Some(*b),
                (false, letter) if letter == *b => Some(*a),
                _ => None,
            };
            ALIKE.iter().find_map(alike).unwrap_or(letter)
        })
        .collect();
    (code != upper && Told::read(&code, rules).is_some()).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(code: &str) -> Told {
        Told::read(code, &Rules::default()).unwrap()
    }

    /// Codes by the Python library `python-codicefiscale` for invented people of these names.
    #[test]
    fn a_code_tells_name_birthday_and_sex() {
        let today = Date::constant(2026, 11, 28);
        for (code, first, last, born, is_woman) in [
            ("RSSMRA80A01H501U", "Mario", "Rossi", "1980-01-01", false),
            (
                "BNCMTR75T71F205X",
                "Maria Teresa",
                "Bianchi",
                "1975-12-31",
                true,
            ),
            (
                "DNGNCL91M08F839P",
                "Niccolò",
                "D'Angelo",
                "1991-08-08",
                false,
            ),
            ("FOXLAX26C24L219W", "Al", "Fo", "2026-03-24", false),
            ("DLCNNA01H55G273O", "Anna", "De Luca", "2001-06-15", true),
            (
                "SPSGFR64R02A662D",
                "Gianfranco",
                "Esposito",
                "1964-10-02",
                false,
            ),
            ("MLLJGN58D30A952D", "Jürgen", "Müller", "1958-04-30", false),
            // The first one's namesake.
            ("RSSMRAULALMHRLMD", "Mario", "Rossi", "1980-01-01", false),
        ] {
            let told = told(code);
            assert!(told.is_of(first, last), "{code}");
            assert!(!told.is_of(last, first), "{code}");
            assert_eq!(told.is_woman(), is_woman, "{code}");
            assert_eq!(told.birthday(today).unwrap().to_string(), born, "{code}");
            assert!(told.fits(born.parse().unwrap()), "{code}");
        }
        // A hundred years earlier is the same code.
        assert!(told("FOXLAX26C24L219W").fits(Date::constant(1926, 3, 24)));
    }

    #[test]
    fn letters_read_for_digits_are_put_right_if_the_check_fits() {
        let found = |raw: &str| check(raw, &Rules::default()).map(|finding| finding.proposal);
        assert_eq!(found("RSSMRA80A01H501U"), None);
        assert_eq!(
            found("RSSMRA8OAO1H5O1U"),
            Some(Some("RSSMRA80A01H501U".to_owned()))
        );
        assert_eq!(
            found("R55MRA80A01H501U"),
            Some(Some("RSSMRA80A01H501U".to_owned()))
        );
        assert_eq!(found("RSSMRA80A01H501V"), Some(None));
        assert_eq!(found("boh"), Some(None));
    }
}
