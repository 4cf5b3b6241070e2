//! JSON: an object a line, or one list of objects. Objects within become `outer.inner`.
//!
//! **Invariant:** a line that is no object comes out as a row with the fault.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read};
use std::path::Path;

use serde_json::{Map, Value};

use super::{Found, Rows, TableRow, cell};
use crate::error::{Error, Result};
use crate::import::plan::COLUMNS_MOST;
use crate::import::raw_text::unpacked;

/// Bytes of a line; a list of objects is read whole and may be as large as [`LIST_BYTES_MOST`].
const LINE_BYTES_MOST: u64 = 1 << 20;
const LIST_BYTES_MOST: u64 = 64 << 20;

/// An object, or what stands there instead.
type Line = std::result::Result<Map<String, Value>, String>;

pub(super) struct Objects {
    headers: Vec<String>,
    lines: BufReader<Box<dyn Read + Send>>,
    line: u64,
}

pub(super) fn open(path: &Path) -> Result<Found> {
    let lines = || -> Result<BufReader<Box<dyn Read + Send>>> {
        let file = File::open(path).map_err(|error| super::unreadable(&error))?;
        let bytes = unpacked(file).map_err(|error| super::unreadable(&error))?;
        Ok(BufReader::new(bytes))
    };
    let mut begins = lines()?;
    let is_list = loop {
        let seen = begins
            .fill_buf()
            .map_err(|error| super::unreadable(&error))?;
        let blank = seen
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace() || b"\xef\xbb\xbf".contains(byte))
            .count();
        match seen.get(blank) {
            Some(byte) => break *byte == b'[',
            None if blank == 0 => break false,
            None => begins.consume(blank),
        }
    };
    if is_list {
        return list(lines()?);
    }
    // Keys may come late: all of them are looked at first, and nothing is kept.
    let mut headers = Vec::new();
    let mut objects = Objects {
        headers: Vec::new(),
        lines: lines()?,
        line: 0,
    };
    while let Some((_, object)) = objects.read()? {
        if let Ok(object) = object {
            collect(&object, &mut headers)?;
        }
    }
    Ok(found(
        headers.clone(),
        Rows::Json(Box::new(Objects {
            headers,
            lines: lines()?,
            line: 0,
        })),
    ))
}

fn found(headers: Vec<String>, rows: Rows) -> Found {
    Found {
        headers,
        encoding: "utf-8",
        delimiter: b',',
        warnings: Vec::new(),
        rows,
    }
}

fn list(bytes: BufReader<Box<dyn Read + Send>>) -> Result<Found> {
    let mut text = Vec::new();
    let mut bytes = bytes.take(LIST_BYTES_MOST + 1);
    bytes
        .read_to_end(&mut text)
        .map_err(|error| super::unreadable(&error))?;
    if text.len() as u64 > LIST_BYTES_MOST {
        let reason = "is a JSON list of more than 64 MB: write an object a line instead";
        return Err(Error::invalid("file", reason));
    }
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
    let items: Vec<Value> = serde_json::from_slice(text)
        .map_err(|error| Error::invalid("file", format!("is no list of objects: {error}")))?;
    let mut headers = Vec::new();
    for item in &items {
        if let Value::Object(object) = item {
            collect(object, &mut headers)?;
        }
    }
    let rows: Vec<TableRow> = (1..)
        .zip(items)
        .map(|(number, item)| match item {
            Value::Object(object) => row(number, &object, &headers),
            other => TableRow::faulty(number, cell(&other.to_string()), "no_object"),
        })
        .collect();
    Ok(found(headers, Rows::Kept(rows.into_iter())))
}

impl Objects {
    pub(super) fn next(&mut self) -> Result<Option<TableRow>> {
        let row = self.read()?.map(|(line, object)| match object {
            Ok(object) => row(line, &object, &self.headers),
            Err(text) => TableRow::faulty(line, cell(&text), "no_object"),
        });
        Ok(row)
    }

    /// The next line that is not empty: its object, or what stands there instead.
    fn read(&mut self) -> Result<Option<(u64, Line)>> {
        loop {
            let mut text = Vec::new();
            let mut line = self.lines.by_ref().take(LINE_BYTES_MOST);
            let count = line
                .read_until(b'\n', &mut text)
                .map_err(|error| super::unreadable(&error))?;
            if count == 0 {
                return Ok(None);
            }
            self.line += 1;
            let plain = text
                .strip_prefix(b"\xef\xbb\xbf")
                .unwrap_or(&text)
                .trim_ascii();
            if plain.is_empty() {
                continue;
            }
            let object = serde_json::from_slice::<Map<String, Value>>(plain);
            let object = object.map_err(|_no_object| String::from_utf8_lossy(plain).into_owned());
            return Ok(Some((self.line, object)));
        }
    }
}

/// Adds the keys that are not known yet.
fn collect(object: &Map<String, Value>, headers: &mut Vec<String>) -> Result<()> {
    for (key, value) in object {
        match value {
            Value::Object(inner) => {
                for key_within in inner.keys() {
                    note(format!("{key}.{key_within}"), headers)?;
                }
            }
            _ => note(key.clone(), headers)?,
        }
    }
    Ok(())
}

fn note(key: String, headers: &mut Vec<String>) -> Result<()> {
    if !headers.contains(&key) {
        headers.push(key);
    }
    if headers.len() > COLUMNS_MOST {
        return Err(Error::invalid("file", "has more than 400 different keys"));
    }
    Ok(())
}

fn row(line: u64, object: &Map<String, Value>, headers: &[String]) -> TableRow {
    let of = |header: &String| {
        object.get(header).or_else(|| {
            let (outer, inner) = header.split_once('.')?;
            object.get(outer)?.as_object()?.get(inner)
        })
    };
    let values: Vec<Value> = headers
        .iter()
        .map(|header| of(header).cloned().unwrap_or_default())
        .collect();
    let cells = values.iter().map(|value| cell(&shown(value))).collect();
    TableRow {
        values,
        ..TableRow::whole(line, cells)
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if !items.iter().any(|it| it.is_object() || it.is_array()) => {
            let items: Vec<String> = items.iter().map(shown).collect();
            items.join(", ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::rows;

    #[test]
    fn an_object_a_line_and_a_list_are_the_same_table() {
        let one = r#"{"email":"a@b.it","age":31,"address":{"city":"Bari"}}"#;
        let two = r#"{"email":"c@d.it","tags":["vip","bar"],"vip":true,"gone":null}"#;
        let lines = format!("{one}\n\n{two}\nnot an object\n");
        let (headers, of_lines) = rows(lines.as_bytes());
        assert_eq!(
            headers,
            ["address.city", "age", "email", "gone", "tags", "vip"]
                .map(String::from)
                .to_vec()
                .into_iter()
                .filter(|it| headers.contains(it))
                .collect::<Vec<_>>(),
            "{headers:?}"
        );
        assert_eq!(of_lines.len(), 3);
        assert_eq!(of_lines[2].fault, Some("no_object"));
        assert_eq!(of_lines[2].line, 4);
        let at = |row: usize, header: &str| {
            let place = headers.iter().position(|it| it == header).unwrap();
            of_lines[row].cells[place].clone()
        };
        assert_eq!(
            (at(0, "address.city"), at(0, "age")),
            ("Bari".into(), "31".into())
        );
        assert_eq!(
            (at(1, "tags"), at(1, "vip"), at(1, "gone")),
            ("vip, bar".into(), "true".into(), String::new())
        );
        let (same, of_list) = rows(format!("[{one},{two}]").as_bytes());
        assert_eq!(same, headers);
        let cells = |rows: &[super::TableRow]| {
            rows.iter()
                .take(2)
                .map(|row| row.cells.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(cells(&of_list), cells(&of_lines));
    }
}
