//! Where a record of a CSV file begins and ends.
//!
//! A quote that nobody closes makes a usual reader take the rest of the file for one field. Here
//! a record that goes over several lines must end as such records do; else its first line alone
//! is torn, and the next line begins anew.
//!
//! **Invariant:** every line that is not blank is part of exactly one record, torn or whole.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use csv::ByteRecord;

/// Lines of one record: a note typed by hand has dozens, an unclosed quote all the rest.
const LINES_MOST: usize = 100;
/// Bytes of one record; more is no line of a table.
const BYTES_MOST: usize = 256 * 1024;

/// What is wrong with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tear {
    /// A quote was opened in it that does not close where a field ends.
    Quote,
    /// It is longer than any record, and was cut.
    Length,
}

/// A record and where it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Framed {
    /// The line on which it begins; the first of the file is 1.
    pub(super) line: u64,
    /// What is wrong with it, if anything.
    pub(super) tear: Option<Tear>,
}

/// How the fields of a record ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// With the record.
    Clean,
    /// Inside quotes.
    Open,
    /// Letters follow on a closing quote: it was the opening one of another field.
    Loose,
}

/// A line with its end, and whether it was cut.
struct Line {
    number: u64,
    bytes: Vec<u8>,
    is_cut: bool,
}

/// Reads a stream record by record.
pub(super) struct Framing<R> {
    bytes: R,
    delimiter: u8,
    /// Fields of a record that goes over several lines.
    width: usize,
    read: u64,
    /// Lines that were read ahead in vain.
    ahead: VecDeque<Line>,
    /// Field under way: kept to spare an allocation for each record.
    field: Vec<u8>,
}

impl<R: BufRead> Framing<R> {
    /// Begins with the header, whose fields say how many there are.
    ///
    /// # Errors
    /// If the stream fails.
    pub(super) fn begin(bytes: R, delimiter: u8, header: &mut ByteRecord) -> io::Result<Self> {
        let mut framing = Self {
            bytes,
            delimiter,
            width: 0,
            read: 0,
            ahead: VecDeque::new(),
            field: Vec::new(),
        };
        framing.next(header)?;
        framing.width = header.len();
        Ok(framing)
    }

    /// Reads the next record; nothing at the end of the stream.
    ///
    /// # Errors
    /// If the stream fails.
    pub(super) fn next(&mut self, record: &mut ByteRecord) -> io::Result<Option<Framed>> {
        let first = loop {
            let Some(line) = self.line()? else {
                return Ok(None);
            };
            if !line.bytes.iter().all(|byte| is_break(*byte)) {
                break line;
            }
        };
        let framed = |tear| {
            Ok(Some(Framed {
                line: first.number,
                tear,
            }))
        };
        let end = self.split(&first.bytes, record);
        if first.is_cut {
            return framed(Some(Tear::Length));
        }
        if end == End::Open && !self.join(&first.bytes, record)? {
            self.split(&first.bytes, record);
            return framed(Some(Tear::Quote));
        }
        framed(None)
    }

    /// Goes on over the next lines until the quotes close; if they do not as they should, the
    /// lines come once more.
    fn join(&mut self, first: &[u8], record: &mut ByteRecord) -> io::Result<bool> {
        let mut whole = first.to_vec();
        let mut taken: VecDeque<Line> = VecDeque::new();
        let mut joined = false;
        while taken.len() + 1 < LINES_MOST && whole.len() < BYTES_MOST {
            let Some(line) = self.line()? else { break };
            whole.extend_from_slice(&line.bytes);
            let (is_cut, has_quote) = (line.is_cut, line.bytes.contains(&b'"'));
            taken.push_back(line);
            if is_cut {
                break;
            }
            // Without a quote nothing can have closed.
            if !has_quote {
                continue;
            }
            match self.split(&whole, record) {
                End::Open => {}
                End::Clean => {
                    joined = self.width == 0 || record.len() == self.width;
                    break;
                }
                End::Loose => break,
            }
        }
        if !joined {
            while let Some(line) = taken.pop_back() {
                self.ahead.push_front(line);
            }
        }
        Ok(joined)
    }

    /// The fields of a text: as RFC 4180 has them, and as tolerant as other readers where it
    /// says nothing.
    fn split(&mut self, text: &[u8], record: &mut ByteRecord) -> End {
        record.clear();
        self.field.clear();
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        let mut end = End::Clean;
        let (mut begins, mut is_quoted) = (true, false);
        let mut bytes = text.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            match byte {
                b'"' if is_quoted && bytes.next_if_eq(&b'"').is_some() => self.field.push(b'"'),
                b'"' if is_quoted => {
                    is_quoted = false;
                    if bytes.peek().is_some_and(|next| *next != self.delimiter) {
                        end = End::Loose;
                    }
                }
                b'"' if begins => is_quoted = true,
                byte if byte == self.delimiter && !is_quoted => {
                    record.push_field(&self.field);
                    self.field.clear();
                    begins = true;
                    continue;
                }
                byte => self.field.push(byte),
            }
            begins = false;
        }
        record.push_field(&self.field);
        if is_quoted { End::Open } else { end }
    }

    fn line(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.ahead.pop_front() {
            return Ok(Some(line));
        }
        let mut line = Line {
            number: self.read + 1,
            bytes: Vec::new(),
            is_cut: false,
        };
        loop {
            let seen = match self.bytes.fill_buf() {
                Ok(seen) => seen,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if seen.is_empty() {
                break;
            }
            let (taken, ends) = match seen.iter().position(|byte| is_break(*byte)) {
                Some(place) => (place + 1, true),
                None => (seen.len(), false),
            };
            let room = BYTES_MOST.saturating_sub(line.bytes.len());
            line.is_cut |= taken > room;
            line.bytes.extend_from_slice(&seen[..taken.min(room)]);
            let is_return = ends && seen[taken - 1] == b'\r';
            self.bytes.consume(taken);
            if !ends {
                continue;
            }
            // Alone it ends a line too, as old Macs wrote it.
            if is_return && self.bytes.fill_buf()?.first() == Some(&b'\n') {
                self.bytes.consume(1);
                line.bytes.push(b'\n');
            }
            self.read += 1;
            return Ok(Some(line));
        }
        if line.bytes.is_empty() {
            return Ok(None);
        }
        self.read += 1;
        Ok(Some(line))
    }
}

const fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{
        ProptestConfig, any, prop_assert, prop_assert_eq, prop_oneof, proptest,
    };

    use super::*;

    type Seen = (u64, Option<Tear>, Vec<String>);

    fn frames(text: &[u8]) -> Vec<Seen> {
        let mut record = ByteRecord::new();
        let mut framing = Framing::begin(text, b',', &mut record).unwrap();
        let mut seen = Vec::new();
        while let Some(framed) = framing.next(&mut record).unwrap() {
            let fields = record.iter();
            let fields = fields.map(|field| String::from_utf8_lossy(field).into_owned());
            seen.push((framed.line, framed.tear, fields.collect()));
        }
        seen
    }

    fn seen(line: u64, tear: Option<Tear>, fields: &[&str]) -> Seen {
        (
            line,
            tear,
            fields.iter().map(|it| (*it).to_owned()).collect(),
        )
    }

    #[test]
    fn a_quote_that_nobody_closes_tears_its_own_line_only() {
        let torn = Some(Tear::Quote);
        assert_eq!(
            frames(b"a,b\n1,x\n2,\"y\n3,z\n4,\"w\"\n"),
            [
                seen(2, None, &["1", "x"]),
                seen(3, torn, &["2", "y"]),
                seen(4, None, &["3", "z"]),
                seen(5, None, &["4", "w"]),
            ]
        );
        // To the end of the file, with as many fields as there should be.
        assert_eq!(
            frames(b"a,b\n2,\"y\n3,z"),
            [seen(2, torn, &["2", "y"]), seen(3, None, &["3", "z"])]
        );
    }

    #[test]
    fn what_rightly_goes_over_several_lines_is_one_record() {
        assert_eq!(
            frames(b"a,b\r\n\"Via Roma 1\r\n20100 Milano\",\"say \"\"hi\"\"\"\r\n\r\n2,x\r\n"),
            [
                seen(2, None, &["Via Roma 1\r\n20100 Milano", "say \"hi\""]),
                seen(5, None, &["2", "x"]),
            ]
        );
        assert_eq!(frames(b"a,b\r1,x\r2,y").len(), 2, "as old Macs end lines");
    }

    #[test]
    fn a_line_without_end_is_cut_and_the_next_one_whole() {
        let long = [b"a,b\n".as_slice(), &[b'x'; 3 * BYTES_MOST], b"\n1,y\n"].concat();
        let seen = frames(&long);
        assert_eq!(seen.len(), 2);
        assert_eq!((seen[0].0, seen[0].1), (2, Some(Tear::Length)));
        assert_eq!((seen[1].0, seen[1].1), (3, None));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// What a program writes comes back as it was.
        #[test]
        fn written_is_read(
            rows in proptest::collection::vec(
                proptest::collection::vec("[a\",\n\r é]{0,6}", 3..4),
                1..12,
            ),
        ) {
            let mut writer = csv::WriterBuilder::new()
                .quote_style(csv::QuoteStyle::Always)
                .from_writer(Vec::new());
            writer.write_record(["a", "b", "c"]).unwrap();
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let back = frames(&writer.into_inner().unwrap());
            prop_assert_eq!(back.len(), rows.len());
            for ((_, tear, fields), row) in back.iter().zip(&rows) {
                prop_assert_eq!(tear, &None);
                prop_assert_eq!(fields, row);
            }
        }

        /// Whatever the bytes: no line is lost, and none counts twice.
        #[test]
        fn every_line_is_in_one_record(
            bytes in proptest::collection::vec(
                prop_oneof![any::<u8>(), proptest::sample::select(b"a,\"\n\n\r".to_vec())],
                0..300,
            ),
        ) {
            let text = [b"a,b\n".as_slice(), &bytes].concat();
            let mut record = ByteRecord::new();
            let mut framing = Framing::begin(text.as_slice(), b',', &mut record).unwrap();
            let mut next = 2;
            while let Some(framed) = framing.next(&mut record).unwrap() {
                // Between two records stand only blank lines.
                prop_assert!(framed.line >= next);
                let covered = framing.read - framing.ahead.len() as u64;
                prop_assert!(framed.tear.is_none() || covered == framed.line);
                next = covered + 1;
            }
            let blank = bytes.iter().all(|byte| is_break(*byte));
            prop_assert!(blank || next > 2);
            prop_assert!(framing.ahead.is_empty());
        }
    }
}
