//! Segments that say something of people which no platform should hear by the way: that somebody
//! is in a list says what the list is about.

use crate::content::voice::delicate_stem;
use crate::segment::{Condition, text};

/// The words of a condition, or of what its segment is called, that come near to what the law
/// protects most (art. 9 GDPR): health, faith, politics, sex, income. Each once, in order.
#[must_use]
pub fn delicate_words(name: &str, condition: &Condition) -> Vec<String> {
    let said = format!("{name} {}", text::print(condition)).to_lowercase();
    let words = said.split(|letter: char| !letter.is_alphanumeric());
    let mut found: Vec<String> = words
        .filter(|word| delicate_stem(word).is_some())
        .map(str::to_owned)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_segment_asks_about_is_seen_in_its_name_and_in_its_words() {
        let plain = text::parse("has(orders >= 2)").unwrap_or(Condition::All(Vec::new()));
        assert_eq!(
            delicate_words("Clienti fedeli", &plain),
            Vec::<String>::new()
        );
        assert_eq!(
            delicate_words("Allergici al glutine", &plain),
            ["allergici"]
        );
        let all = Condition::All(Vec::new());
        assert_eq!(
            delicate_words("Reddito alto, malattia", &all),
            ["malattia", "reddito"]
        );
    }
}
