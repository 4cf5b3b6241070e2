//! Finding customers by words: every word of the question begins some word of the customer.
//!
//! **Invariant:** the index holds exactly the words of the column `customer.terms`. A search
//! looks at a bounded number of candidates, and says when there were more.

use std::collections::{BTreeSet, HashMap};

use filo_core::id::CustomerId;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::error::Result;
use crate::tx::{Bulk, Record, Tx, Value, values};

/// Words kept of a customer; more would be somebody's novel in the field of the name.
const MOST_TERMS: usize = 16;
/// Bytes kept of a word. Longer e-mail addresses are found by their beginning.
const LONGEST_TERM: usize = 64;
/// Digits at the end of a telephone by which people name it.
const LAST_DIGITS: usize = 6;
/// Words of a question that are looked at.
const MOST_WORDS: usize = 8;
/// Candidates looked at: this many rows are read in some 10 ms.
const MOST_CANDIDATES: i64 = 5000;

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
    let mut asked: Vec<String> = if number {
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
    for word in &mut asked {
        word.truncate(cut(word).len());
    }
    asked.retain(|word| !word.is_empty());
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

const DROP: Bulk = Bulk {
    head: "DELETE FROM customer_term WHERE (term, customer) IN (VALUES",
    width: 2,
    tail: ")",
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

const CANDIDATE_COUNT: &str = "
    SELECT COUNT(*)
      FROM (SELECT 1 FROM customer_term WHERE term >= $1 AND term < $2 LIMIT $3) AS candidate";

/// Of the candidates for the rarest word, those of whom every other word is true. A word the
/// question does not have is given as nothing, and is true of all.
const SEARCH: &str = r"
    SELECT customer.id
      FROM (SELECT DISTINCT customer
              FROM (SELECT customer
                      FROM customer_term
                     WHERE term >= $1
                       AND term < $2
                     ORDER BY term, customer
                     LIMIT $3) AS entry) AS candidate
      JOIN customer ON customer.id = candidate.customer
     WHERE ' ' || customer.terms LIKE $4 ESCAPE '\'
       AND ' ' || customer.terms LIKE $5 ESCAPE '\'
       AND ' ' || customer.terms LIKE $6 ESCAPE '\'
       AND ' ' || customer.terms LIKE $7 ESCAPE '\'
       AND ' ' || customer.terms LIKE $8 ESCAPE '\'
       AND ' ' || customer.terms LIKE $9 ESCAPE '\'
       AND ' ' || customer.terms LIKE $10 ESCAPE '\'
     ORDER BY customer.last_seen DESC, customer.id DESC
     LIMIT $11";

/// The customers of whom every word begins a word.
pub async fn search(tx: &mut Tx<'_>, words: &[String], limit: u32) -> Result<Found> {
    let mut asked = asked(words);
    let mut rarest = None;
    for (position, word) in asked.iter().enumerate() {
        let end = behind(word);
        let bounds = values![word.as_str(), end.as_str(), MOST_CANDIDATES + 1];
        let row = tx.fetch_one(CANDIDATE_COUNT, bounds).await?;
        let count = row.map_or(Ok(0), |row| row.int(0))?;
        if rarest.is_none_or(|(fewest, _)| count < fewest) {
            rarest = Some((count, position));
        }
    }
    let Some((count, position)) = rarest else {
        return Ok(Found {
            customers: Vec::new(),
            capped: false,
        });
    };
    let first = asked.swap_remove(position);
    let end = behind(&first);
    let mut others: Vec<String> = asked.iter().map(|word| pattern(word)).collect();
    others.resize(MOST_WORDS - 1, "%".to_owned());
    let mut values = vec![
        first.as_str().into(),
        end.as_str().into(),
        MOST_CANDIDATES.into(),
    ];
    values.extend(others.iter().map(|other| Value::from(other.as_str())));
    values.push(limit.into());
    let rows = tx.fetch(SEARCH, &values).await?;
    let customers = rows.iter().map(read_id).collect::<Result<Vec<_>>>()?;
    Ok(Found {
        customers,
        capped: count > MOST_CANDIDATES,
    })
}

/// Above every text that begins with the word.
fn behind(word: &str) -> String {
    format!("{word}{}", char::MAX)
}

fn pattern(word: &str) -> String {
    let mut pattern = String::from("% ");
    for letter in word.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

fn read_id(record: &Record) -> Result<CustomerId> {
    Ok(CustomerId::from_bytes(record.id(0)?))
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
    }

    #[test]
    fn signs_of_patterns_stand_for_themselves() {
        assert_eq!(pattern(r"a_b%c\"), r"% a\_b\%c\\%");
    }
}
