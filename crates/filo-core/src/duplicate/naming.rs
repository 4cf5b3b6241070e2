//! Telling first and family names apart: where both stand in one field, where a clerk has
//! swapped them, and where only an e-mail address has them.
//!
//! **Invariant:** what was written in its own field stays unless the other reading is several
//! times likelier among these people.

use super::lexicon::Lexicon;
use super::mail;
use super::table::{Row, Table};

/// How much likelier the swapped reading must be.
const SWAP_ODDS: f64 = 8.0;
/// A word nobody else has counts as this much of a sighting.
const UNSEEN: f64 = 0.3;
/// The shortest name that is looked for inside a mailbox without a separator.
const PART_LEAST: usize = 3;
/// Words of a name that are looked at.
const WORDS_MOST: usize = 6;

const FIRST: usize = 0;
const LAST: usize = 1;

pub(super) fn tell_apart(table: &mut Table) {
    let mut rows = std::mem::take(&mut table.rows);
    for row in &mut rows {
        name(table, row);
    }
    table.rows = rows;
}

fn name(table: &mut Table, row: &mut Row) {
    let full = Table::full(row);
    if full != 0 {
        if let Some((first, last)) = split(table, table.texts.get(full)) {
            set(table, row, &first, &last);
        }
    } else if row.first != 0 && row.last != 0 {
        let (first, last) = (table.texts.get(row.first), table.texts.get(row.last));
        let straight = likelihood(table, first, &joined(last));
        let swapped = likelihood(table, last, &joined(first));
        let (first, last) = (first.to_owned(), last.to_owned());
        if swapped > SWAP_ODDS * straight {
            set(table, row, &last, &first);
        } else if last.contains(' ') {
            set(table, row, &first, &last);
        }
    }
    let has_last = table.texts.get(row.last).len() > 1;
    if has_last && row.first != 0 {
        return;
    }
    for email in row.emails.into_iter().filter(|id| *id != 0) {
        let address = table.texts.get(email).to_owned();
        if let Some((first, last)) = of_mailbox(table, &address)
            && complete(table, row, &first, &last)
        {
            return;
        }
    }
}

fn set(table: &mut Table, row: &mut Row, first: &str, last: &str) {
    row.first = table.texts.intern(first);
    row.last = table.texts.intern(&joined(last));
}

/// Family names are compared without spaces: De Luca is Deluca.
fn joined(last: &str) -> String {
    last.replace(' ', "")
}

fn likelihood(table: &Table, first: &str, last: &str) -> f64 {
    let said = |word: &str, sort| f64::from(table.lexicon.said(&table.texts, word, sort)) + UNSEEN;
    // A family name of two words was counted with its space.
    said(first, FIRST) * said(last, LAST)
}

/// The likeliest way to divide one text into first and family name; without any evidence, the
/// last word is the family name.
fn split(table: &Table, full: &str) -> Option<(String, String)> {
    let words: Vec<&str> = full.split(' ').take(WORDS_MOST).collect();
    if words.len() < 2 {
        return None;
    }
    let mut best: Option<(f64, String, String)> = None;
    for at in (1..words.len()).rev() {
        let (left, right) = (words[..at].join(" "), words[at..].join(" "));
        for (first, last) in [(&left, &right), (&right, &left)] {
            let spaced = likelihood(table, first, last);
            let odds = spaced.max(likelihood(table, first, &joined(last)));
            if best.as_ref().is_none_or(|(most, ..)| odds > *most) {
                best = Some((odds, first.clone(), last.clone()));
            }
        }
    }
    best.map(|(_, first, last)| (first, last))
}

/// First and family name that a mailbox is made of; either may be empty.
fn of_mailbox(table: &Table, address: &str) -> Option<(String, String)> {
    let (words, is_household) = mail::words(address);
    let said = |word: &str, sort| table.lexicon.said(&table.texts, word, sort);
    match (words.as_slice(), is_household) {
        ([last], true) => (said(last, LAST) > 0).then(|| (String::new(), last.clone())),
        ([one, other], false) => {
            let straight = likelihood(table, one, other);
            let swapped = likelihood(table, other, one);
            // An initial is a first name's: m.rossi.
            let is_swapped = swapped > straight && one.len() > 1 || other.len() == 1;
            let known = said(one, FIRST) + said(other, FIRST) + said(one, LAST) + said(other, LAST);
            (known > 0).then(|| {
                if is_swapped {
                    (other.clone(), one.clone())
                } else {
                    (one.clone(), other.clone())
                }
            })
        }
        ([together], false) => divided(&table.lexicon, table, together),
        _ => None,
    }
}

/// A mailbox without a separator, divided where both parts are names.
fn divided(lexicon: &Lexicon, table: &Table, together: &str) -> Option<(String, String)> {
    let mut best: Option<(u64, &str, &str)> = None;
    for at in PART_LEAST..=together.len().saturating_sub(PART_LEAST) {
        let (left, right) = together.split_at(at);
        for (first, last) in [(left, right), (right, left)] {
            let both = u64::from(lexicon.said(&table.texts, first, FIRST))
                * u64::from(lexicon.said(&table.texts, last, LAST));
            if both > best.map_or(0, |(most, ..)| most) {
                best = Some((both, first, last));
            }
        }
    }
    best.map(|(_, first, last)| (first.to_owned(), last.to_owned()))
}

/// Fills in what a record lacks, unless what it has says otherwise. True if it did.
fn complete(table: &mut Table, row: &mut Row, first: &str, last: &str) -> bool {
    let texts = &table.texts;
    let (known_first, known_last) = (texts.get(row.first), texts.get(row.last));
    let agrees = |known: &str, read: &str| {
        known.is_empty()
            || read.is_empty()
            || known == read
            || known.split(' ').any(|it| it == read)
    };
    let is_initial = known_last.len() == 1 && last.starts_with(known_last);
    if !agrees(known_first, first) || !(agrees(known_last, last) || is_initial) {
        return false;
    }
    let first = if known_first.is_empty() {
        first.to_owned()
    } else {
        known_first.to_owned()
    };
    row.first = table.texts.intern(&first);
    row.last = table.texts.intern(&joined(last));
    true
}
