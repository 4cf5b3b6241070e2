//! Contacts of telephones and mail programs: vCard 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350).
//!
//! **Invariant:** each card is a row; one that never ends is a row with the fault.

use std::collections::BTreeMap;
use std::io::Read;

use super::{Found, Rows, TableRow, cell};
use crate::error::{Error, Result};
use crate::import::raw_text::text;

/// Bytes of a file of contacts; photographs are most of it.
const BYTES_MOST: u64 = 100 << 20;
/// E-mails and telephones of a card that are kept.
const SAME_MOST: usize = 4;

/// The columns in the order in which they are shown, as far as the cards fill them.
const COLUMNS: [&str; 23] = [
    "uid",
    "full_name",
    "first_name",
    "last_name",
    "email",
    "email_2",
    "email_3",
    "email_4",
    "phone",
    "phone_2",
    "phone_3",
    "phone_4",
    "company",
    "title",
    "street",
    "city",
    "province",
    "postal_code",
    "country",
    "birthday",
    "tags",
    "url",
    "notes",
];

type Card = BTreeMap<&'static str, String>;

pub(super) fn open(bytes: Box<dyn Read + Send>) -> Result<Found> {
    let mut raw = Vec::new();
    bytes
        .take(BYTES_MOST + 1)
        .read_to_end(&mut raw)
        .map_err(|error| super::unreadable(&error))?;
    if raw.len() as u64 > BYTES_MOST {
        let reason = "holds more than 100 MB of contacts: leave the photographs out";
        return Err(Error::invalid("file", reason));
    }
    let whole = text(raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&raw)).into_owned();
    let mut cards: Vec<(u64, Option<Card>, String)> = Vec::new();
    let mut open: Option<(u64, Card, String)> = None;
    for (line, property) in unfolded(&whole) {
        let name = property.split([':', ';']).next().unwrap_or_default();
        let begins = name.eq_ignore_ascii_case("BEGIN") && is_card(&property);
        let ends = name.eq_ignore_ascii_case("END") && is_card(&property);
        if begins {
            if let Some((line, _, raw)) = open.replace((line, Card::new(), property.clone())) {
                cards.push((line, None, raw));
            }
        } else if ends {
            match open.take() {
                Some((line, card, raw)) => cards.push((line, Some(card), raw)),
                None => cards.push((line, None, property)),
            }
        } else if let Some((_, card, raw)) = &mut open {
            if raw.len() < 500 {
                raw.push(' ');
                raw.push_str(&property);
            }
            take(card, &property);
        } else if !property.trim().is_empty() {
            cards.push((line, None, property));
        }
    }
    if let Some((line, _, raw)) = open {
        cards.push((line, None, raw));
    }
    let filled = |column: &&str| {
        cards
            .iter()
            .filter_map(|(_, card, _)| card.as_ref())
            .any(|card| card.contains_key(*column))
    };
    let headers: Vec<&str> = COLUMNS.iter().copied().filter(filled).collect();
    if headers.is_empty() {
        return Err(Error::invalid("file", "holds no contact that can be read"));
    }
    let rows = cards.iter().map(|(line, card, raw)| match card {
        Some(card) => {
            let of = |header: &&str| card.get(*header).map_or("", String::as_str).to_owned();
            TableRow::whole(*line, headers.iter().map(of).collect())
        }
        None => TableRow::faulty(*line, cell(raw), "broken_card"),
    });
    let rows: Vec<TableRow> = rows.collect();
    Ok(Found {
        headers: headers.iter().map(|it| (*it).to_owned()).collect(),
        encoding: "utf-8",
        delimiter: b',',
        warnings: Vec::new(),
        rows: Rows::Kept(rows.into_iter()),
    })
}

fn is_card(property: &str) -> bool {
    let value = property.split_once(':').map_or("", |(_, value)| value);
    value.trim().eq_ignore_ascii_case("VCARD")
}

/// The properties, each with the line on which it begins: continued lines put together, those of
/// quoted-printable too.
fn unfolded(whole: &str) -> Vec<(u64, String)> {
    let mut properties: Vec<(u64, String)> = Vec::new();
    let mut is_soft = false;
    for (number, line) in (1..).zip(whole.lines()) {
        let folded = line.starts_with([' ', '\t']);
        match properties.last_mut() {
            Some((_, before)) if is_soft => {
                before.truncate(before.len() - 1);
                before.push_str(line);
            }
            Some((_, before)) if folded => before.push_str(line.get(1..).unwrap_or_default()),
            _ => properties.push((number, line.to_owned())),
        }
        let last = properties.last().map_or("", |(_, property)| property);
        is_soft = last.ends_with('=') && parameters(last).contains("QUOTED-PRINTABLE");
    }
    properties
}

fn parameters(property: &str) -> String {
    let (head, _) = property.split_once(':').unwrap_or((property, ""));
    head.to_ascii_uppercase()
}

fn take(card: &mut Card, property: &str) {
    let Some((head, value)) = property.split_once(':') else {
        return;
    };
    let head_upper = head.to_ascii_uppercase();
    let name = head_upper.split(';').next().unwrap_or_default();
    // `item1.EMAIL` of Apple.
    let name = name.rsplit('.').next().unwrap_or_default();
    let value = if head_upper.contains("QUOTED-PRINTABLE") {
        printable(value)
    } else {
        value.to_owned()
    };
    let parts = split(&value);
    let part = |place: usize| {
        parts
            .get(place)
            .map_or("", String::as_str)
            .trim()
            .to_owned()
    };
    match name {
        "N" => {
            put(card, "last_name", &part(0));
            put(card, "first_name", &part(1));
        }
        "FN" => put(card, "full_name", &unescaped(&value)),
        "EMAIL" => put_next(
            card,
            ["email", "email_2", "email_3", "email_4"],
            &unescaped(&value),
        ),
        "TEL" if !head_upper.contains("FAX") => {
            let number = value.strip_prefix("tel:").unwrap_or(&value);
            put_next(
                card,
                ["phone", "phone_2", "phone_3", "phone_4"],
                &unescaped(number),
            );
        }
        "ORG" => put(card, "company", &part(0)),
        "TITLE" => put(card, "title", &unescaped(&value)),
        "ADR" => {
            for (column, place) in [
                ("street", 2),
                ("city", 3),
                ("province", 4),
                ("postal_code", 5),
                ("country", 6),
            ] {
                put(card, column, &part(place));
            }
        }
        "BDAY" => put(card, "birthday", &birthday(&value)),
        "CATEGORIES" => put(card, "tags", &unescaped(&value)),
        "URL" => put(card, "url", &unescaped(&value)),
        "NOTE" => put(card, "notes", &unescaped(&value)),
        "UID" => put(card, "uid", &unescaped(&value)),
        _ => {}
    }
}

fn put(card: &mut Card, column: &'static str, value: &str) {
    let value = value.trim();
    if !value.is_empty() {
        card.entry(column).or_insert_with(|| cell(value));
    }
}

fn put_next(card: &mut Card, columns: [&'static str; SAME_MOST], value: &str) {
    let value = value.trim();
    let known = columns
        .iter()
        .any(|it| card.get(it).is_some_and(|it| it == value));
    if !known && let Some(free) = columns.into_iter().find(|it| !card.contains_key(it)) {
        put(card, free, value);
    }
}

/// `19800321` and `1980-03-21T00:00:00Z` as a day; one without a year stays as it is.
fn birthday(value: &str) -> String {
    let digits: String = value
        .chars()
        .take_while(|it| *it != 'T')
        .filter(char::is_ascii_digit)
        .collect();
    let whole = !value.trim_start().starts_with('-') && digits.len() == 8;
    match (digits.get(..4), digits.get(4..6), digits.get(6..8)) {
        (Some(year), Some(month), Some(day)) if whole => format!("{year}-{month}-{day}"),
        _ => value.trim().to_owned(),
    }
}

/// The parts between semicolons that are not escaped.
fn split(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for letter in value.chars() {
        let part = parts.last_mut().expect("there is one from the beginning");
        if escaped {
            part.push(if matches!(letter, 'n' | 'N') {
                '\n'
            } else {
                letter
            });
            escaped = false;
        } else if letter == '\\' {
            escaped = true;
        } else if letter == ';' {
            parts.push(String::new());
        } else {
            part.push(letter);
        }
    }
    parts
}

fn unescaped(value: &str) -> String {
    split(value).join(";")
}

/// Quoted-printable (RFC 2045), in whatever letters its bytes are.
fn printable(value: &str) -> String {
    let bytes = value.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut place = 0;
    while let Some(byte) = bytes.get(place) {
        let pair = bytes.get(place + 1..place + 3);
        let pair = pair.and_then(|it| std::str::from_utf8(it).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(decoded) if *byte == b'=' => {
                plain.push(decoded);
                place += 3;
            }
            _ => {
                plain.push(*byte);
                place += 1;
            }
        }
    }
    text(&plain).replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::super::tests::rows;

    #[test]
    fn cards_of_three_versions_are_rows() {
        let cards = "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Rossi;Ada\r\nNOTE;ENCODING=QUOTED-PRINTABLE:caff=C3=A8 =\r\n=3D buono\r\nTEL;CELL:+39 333 1234567\r\nTEL;WORK;FAX:+39 06 1\r\nBDAY:19800321\r\nEND:VCARD\r\n\
            BEGIN:VCARD\nVERSION:3.0\nFN:Bea\\, la zia\nitem1.EMAIL;type=INTERNET:bea@ex\n ample.it\nEMAIL:bea@work.it\nADR;TYPE=HOME:;;Via Roma 1;Bari;BA;70121;Italia\nORG:Bar Sport;Cucina\nEND:VCARD\n\
            BEGIN:VCARD\nVERSION:4.0\nFN:Carla\nTEL;VALUE=uri:tel:+39-333-7654321\n\
            BEGIN:VCARD\nVERSION:4.0\nFN:Dora\nBDAY:--0321\nEND:VCARD\n";
        let (headers, rows) = rows(cards.as_bytes());
        let at = |row: usize, header: &str| {
            let place = headers.iter().position(|it| it == header).unwrap();
            rows[row].cells[place].as_str()
        };
        assert_eq!(rows.len(), 4);
        assert_eq!((at(0, "first_name"), at(0, "last_name")), ("Ada", "Rossi"));
        assert_eq!(
            (at(0, "notes"), at(0, "birthday")),
            ("caffè = buono", "1980-03-21")
        );
        assert_eq!(
            (at(0, "phone"), headers.iter().any(|it| it == "phone_2")),
            ("+39 333 1234567", false)
        );
        assert_eq!(at(1, "full_name"), "Bea, la zia");
        assert_eq!(
            (at(1, "email"), at(1, "email_2")),
            ("bea@example.it", "bea@work.it")
        );
        assert_eq!(
            (at(1, "city"), at(1, "province"), at(1, "company")),
            ("Bari", "BA", "Bar Sport")
        );
        assert_eq!((rows[2].fault, rows[2].line), (Some("broken_card"), 19));
        assert_eq!((at(3, "full_name"), at(3, "birthday")), ("Dora", "--0321"));
    }
}
