//! Finding customers by words: every word of the question begins some word of the customer.
//!
//! **Invariant:** the index holds exactly the words of the column `customer.terms`. A search
//! looks at a bounded number of candidates, and says when there were more.

use std::collections::{BTreeSet, HashMap};

use filo_core::id::CustomerId;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::error::Result;
use crate::tx::{Bulk, Tx};
use crate::value::{Value, values};

/// Words kept of a customer; more would be somebody's novel in the field of the name.
const MOST_TERMS: usize = 16;
/// Bytes kept of a word. Longer e-mail addresses are found by their beginning.
const LONGEST_TERM: usize = 64;
/// Digits at the end of a telephone by which people name it.
const LAST_DIGITS: usize = 6;
/// Words of a question that are looked at.
const MOST_WORDS: usize = 8;
/// Customers whose words are looked at: so many rows are read in some 10 ms.
const MOST_CANDIDATES: i64 = 1000;
/// Entries of the index looked at for one word: so many are compared in some 5 ms.
const MOST_ENTRIES: i64 = 8000;

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Those seen last come first.
    pub customers: Vec<CustomerId>,
    /// There were more candidates than are looked at: a longer question finds better.
    pub capped: bool,
}

/// The words by which a customer is found: those of the name, each e-mail address whole and in
/// its parts, each telephone with and without prefix and by its last digits.
#[must_use]
pub fn terms_of(name: &str, emails: &[&str], phones: &[&str]) -> Vec<String> {
    let mut terms: Vec<String> = Vec::new();
    let mut add = |term: &str| {
        let term = cut(term);
        if !term.is_empty() && terms.len() < MOST_TERMS && !terms.iter().any(|known| known == term)
        {
            terms.push(term.to_owned());
        }
    };
    for word in words(name) {
        add(&word);
    }
    for email in emails {
        let email = fold(email);
        add(&email);
        if let Some((local, domain)) = email.split_once('@') {
            add(domain);
            // The local part itself begins the address; its later parts do not.
            for part in local.split(['.', '_', '-', '+']).skip(1) {
                add(part);
            }
        }
    }
    for phone in phones {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        add(&digits);
        // Italians write their numbers without the prefix of the country.
        if let Some(national) = digits.strip_prefix("39") {
            add(national);
        }
        if digits.len() > LAST_DIGITS {
            add(&digits[digits.len() - LAST_DIGITS..]);
        }
    }
    terms
}

/// The words of a question, as the words of customers are written. A number written in
/// groups (`333 123 4567`) is one word.
#[must_use]
pub(crate) fn asked(words_given: &[String]) -> Vec<String> {
    let joined = words_given.join(" ");
    let number = joined
        .chars()
        .all(|letter| letter.is_ascii_digit() || " +-./()".contains(letter));
    let words: Vec<String> = if number {
        vec![joined.chars().filter(char::is_ascii_digit).collect()]
    } else {
        joined
            .split_whitespace()
            .flat_map(|word| {
                if word.contains('@') {
                    vec![fold(word)]
                } else {
                    words(word)
                }
            })
            .collect()
    };
    let mut asked: Vec<String> = Vec::new();
    for word in words
        .iter()
        .map(|word| cut(word))
        .filter(|word| !word.is_empty())
    {
        // What begins a longer word of the question is true wherever that one is.
        if !asked.iter().any(|known| known.starts_with(word)) {
            asked.retain(|known| !word.starts_with(known.as_str()));
            asked.push(word.to_owned());
        }
    }
    asked.truncate(MOST_WORDS);
    asked
}

/// Lower case without accents.
fn fold(text: &str) -> String {
    text.trim()
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .filter(|letter| !letter.is_whitespace() && !letter.is_control())
        .collect()
}

/// As names are sorted: their words in small letters, without accents, one space between.
pub(super) fn sortable(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(fold).collect();
    cut(&words.join(" ")).trim_end().to_owned()
}

fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric() && !is_combining_mark(letter))
        .map(fold)
        .filter(|word| !word.is_empty())
        .collect()
}

fn cut(term: &str) -> &str {
    let mut end = term.len().min(LONGEST_TERM);
    while !term.is_char_boundary(end) {
        end -= 1;
    }
    &term[..end]
}

const KNOWN: Bulk = Bulk {
    head: "SELECT id, terms FROM customer WHERE id IN (VALUES",
    width: 1,
    tail: ")",
};

const KEEP: Bulk = Bulk {
    head: "UPDATE customer SET terms = said.column2 FROM (VALUES",
    width: 2,
    tail: ") AS said WHERE customer.id = said.column1",
};

const ADD: Bulk = Bulk {
    head: "INSERT INTO customer_term (term, customer) VALUES",
    width: 2,
    tail: "ON CONFLICT (term, customer) DO NOTHING",
};

/// The join is there for SQLite: to bare values it compares without the columns' types, and
/// then reads the whole table instead of its index.
const DROP: Bulk = Bulk {
    head: "DELETE FROM customer_term WHERE (term, customer) IN (\
           SELECT kept.term, kept.customer FROM (VALUES",
    width: 2,
    tail: ") AS old JOIN customer_term AS kept \
           ON kept.term = old.column1 AND kept.customer = old.column2)",
};

/// Says by which words customers are found from now on. They must have been saved before.
pub async fn set_terms(tx: &mut Tx<'_>, changes: &[(CustomerId, Vec<String>)]) -> Result<()> {
    let ids: Vec<CustomerId> = changes.iter().map(|(id, _)| *id).collect();
    let known = known(tx, &ids).await?;
    let mut added = Vec::new();
    let mut dropped = Vec::new();
    let mut kept = Vec::new();
    for (id, terms) in changes {
        let Some(old) = known.get(id) else {
            continue;
        };
        let new: BTreeSet<&str> = terms.iter().map(|term| cut(term)).collect();
        let old: BTreeSet<&str> = old.split_whitespace().collect();
        if old == new {
            continue;
        }
        added.extend(new.difference(&old).map(|term| (*term, *id)));
        dropped.extend(old.difference(&new).map(|term| (*term, *id)));
        let line = new.iter().copied().collect::<Vec<_>>().join(" ");
        kept.push((*id, line));
    }
    // In the order of the tree: neighbours are then written together.
    added.sort_unstable();
    dropped.sort_unstable();
    tx.execute_bulk(&DROP, &dropped, push_pair).await?;
    tx.execute_bulk(&ADD, &added, push_pair).await?;
    tx.execute_bulk(&KEEP, &kept, |(id, line), values| {
        values.extend_from_slice(values![*id, line.as_str()]);
    })
    .await?;
    Ok(())
}

fn push_pair<'v>((term, id): &'v (&'v str, CustomerId), values: &mut Vec<Value<'v>>) {
    values.extend_from_slice(values![*term, *id]);
}

/// Drops the words of customers that are about to go.
pub(super) async fn forget(tx: &mut Tx<'_>, ids: &[CustomerId]) -> Result<()> {
    let known = known(tx, ids).await?;
    let mut dropped: Vec<(&str, CustomerId)> = known
        .iter()
        .flat_map(|(id, terms)| terms.split_whitespace().map(|term| (term, *id)))
        .collect();
    dropped.sort_unstable();
    tx.execute_bulk(&DROP, &dropped, push_pair).await?;
    Ok(())
}

async fn known(tx: &mut Tx<'_>, ids: &[CustomerId]) -> Result<HashMap<CustomerId, String>> {
    let rows = tx
        .fetch_bulk(&KNOWN, ids, |id, values| values.push((*id).into()))
        .await?;
    rows.iter()
        .map(|row| Ok((CustomerId::from_bytes(row.id(0)?), row.text(1)?)))
        .collect()
}

const ENTRY_COUNT: &str = "
    SELECT COUNT(*)
      FROM (SELECT 1 FROM customer_term WHERE term >= $1 AND term < $2 LIMIT $3) AS entry";

/// Those of whom a word is true.
const CANDIDATES: &str = "
    SELECT customer.id, customer.last_seen, customer.terms
      FROM (SELECT DISTINCT customer
              FROM (SELECT customer
                      FROM customer_term
                     WHERE term >= $1
                       AND term < $2
                     ORDER BY term, customer
                     LIMIT $3) AS entry) AS candidate
      JOIN customer ON customer.id = candidate.customer";

/// Those of whom two frequent words are true, found in the index alone.
const COMMON_CANDIDATES: &str = "
    SELECT customer.id, customer.last_seen, customer.terms
      FROM (SELECT customer
              FROM (SELECT customer
                      FROM customer_term
                     WHERE term >= $1
                       AND term < $2
                     ORDER BY term, customer
                     LIMIT $5) AS entry
            INTERSECT
            SELECT customer
              FROM (SELECT customer
                      FROM customer_term
                     WHERE term >= $3
                       AND term < $4
                     ORDER BY term, customer
                     LIMIT $5) AS other
             LIMIT $6) AS candidate
      JOIN customer ON customer.id = candidate.customer";

/// The customers of whom every word begins a word.
pub async fn search(tx: &mut Tx<'_>, words: &[String], limit: u32) -> Result<Found> {
    let mut counted = Vec::new();
    for word in asked(words) {
        let end = behind(&word);
        let bounds = values![word.as_str(), end.as_str(), MOST_ENTRIES + 1];
        let row = tx.fetch_one(ENTRY_COUNT, bounds).await?;
        counted.push((row.map_or(Ok(0), |row| row.int(0))?, word));
    }
    counted.sort();
    let (records, mut capped) = match counted.as_slice() {
        [] => {
            return Ok(Found {
                customers: Vec::new(),
                capped: false,
            });
        }
        [(entries, first), (more_entries, second), ..] if *entries > MOST_CANDIDATES => {
            let (end, second_end) = (behind(first), behind(second));
            let bounds = values![
                first.as_str(),
                end.as_str(),
                second.as_str(),
                second_end.as_str(),
                MOST_ENTRIES,
                MOST_CANDIDATES + 1,
            ];
            (
                tx.fetch(COMMON_CANDIDATES, bounds).await?,
                *more_entries > MOST_ENTRIES,
            )
        }
        [(entries, first), ..] => {
            let end = behind(first);
            let bounds = values![first.as_str(), end.as_str(), MOST_CANDIDATES];
            (
                tx.fetch(CANDIDATES, bounds).await?,
                *entries > MOST_CANDIDATES,
            )
        }
    };
    capped |= i64::try_from(records.len()).is_ok_and(|candidates| candidates > MOST_CANDIDATES);
    let mut found = Vec::new();
    for record in &records {
        let terms = record.text(2)?;
        let holds = |word: &str| terms.split(' ').any(|term| term.starts_with(word));
        if counted.iter().all(|(_, word)| holds(word)) {
            found.push((record.time(1)?, CustomerId::from_bytes(record.id(0)?)));
        }
    }
    found.sort_unstable_by(|one, other| other.cmp(one));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(Found {
        customers: found.into_iter().map(|(_, id)| id).collect(),
        capped,
    })
}

/// Above every text that begins with the word.
fn behind(word: &str) -> String {
    format!("{word}{}", char::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(question: &str) -> Vec<String> {
        asked(&[question.to_owned()])
    }

    #[test]
    fn a_person_is_found_by_name_address_and_number() {
        let terms = terms_of(
            "Niccolò D'Àngelo",
            &["N.Dangelo@Example.IT"],
            &["+393331234567"],
        );
        assert_eq!(
            terms,
            [
                "niccolo",
                "d",
                "angelo",
                "n.dangelo@example.it",
                "example.it",
                "dangelo",
                "393331234567",
                "3331234567",
                "234567",
            ]
        );
    }

    #[test]
    fn words_are_few_short_and_different() {
        let novel = (0..100)
            .map(|n| format!("parola{n}"))
            .collect::<Vec<_>>()
            .join(" ");
        assert_eq!(terms_of(&novel, &[], &[]).len(), MOST_TERMS);
        assert_eq!(terms_of("Anna anna ANNA", &[], &[]), ["anna"]);
        let long = "è".repeat(100);
        assert!(terms_of(&long, &[], &[])[0].len() <= LONGEST_TERM);
        assert!(terms_of("  —  ", &[""], &["-"]).is_empty());
    }

    #[test]
    fn a_question_is_written_as_the_words_are() {
        assert_eq!(ask("Niccolò D'Àng"), ["niccolo", "d", "ang"]);
        assert_eq!(ask("+39 333 123.45-67"), ["393331234567"]);
        assert_eq!(ask("N.Dangelo@Ex"), ["n.dangelo@ex"]);
        assert_eq!(ask(" '%_ "), Vec::<String>::new());
        // A decomposed accent is one letter with a mark, not the end of a word.
        assert_eq!(ask("Nicolo\u{300} B"), ["nicolo", "b"]);
        assert_eq!(ask("ann rossi anna Ross"), ["rossi", "anna"]);
        let long = ["ab cd ef gh il mn op qr st uv"];
        assert_eq!(asked(&long.map(str::to_owned)).len(), MOST_WORDS);
    }
}
