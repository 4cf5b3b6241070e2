//! Keys by which records are brought together to be compared, those first that prove most.
//!
//! **Invariant:** equal values give equal keys, whichever of the two names stands first.

use filo_stats::linkage::Bound;
use filo_stats::linkage::blocking::mixed;

use super::mail;
use super::table::Table;

/// Under one key stand at most so many records; more are strangers who share a value.
const BLOCK_MOST: usize = 100;
/// Pairs of a pass that proves little, by record, and what it may always have.
const PAIRS_PER_RECORD: f64 = 0.45;
const PAIRS_LEAST: usize = 100_000;
/// Passes whose keys prove so much that all their pairs are compared.
const STRONG: [usize; 6] = [0, 1, 2, 3, 6, 10];
/// How many passes there are.
pub(super) const PASSES: usize = 13;
/// Letters of a name's skeleton.
const SKELETON_MOST: usize = 4;

/// What each pass may propose among so many records.
pub(super) fn bounds(records: u32) -> [Bound; PASSES] {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a count"
    )]
    let weak = ((f64::from(records) * PAIRS_PER_RECORD) as usize).max(PAIRS_LEAST);
    let strong = (records as usize * 10).max(PAIRS_LEAST);
    std::array::from_fn(|pass| Bound {
        block_most: BLOCK_MOST,
        pairs_most: if STRONG.contains(&pass) { strong } else { weak },
    })
}

/// A key of some numbers in a pass; 0 among them gives none.
fn key(pass: usize, parts: &[u64]) -> Option<u64> {
    if parts.contains(&0) {
        return None;
    }
    let start = mixed(pass as u64 + 1);
    Some(
        parts
            .iter()
            .fold(start, |key, part| mixed(key ^ *part).wrapping_add(key)),
    )
}

impl Table {
    /// The keys of a row in a pass.
    pub(super) fn keys(&self, pass: usize, row: u32, into: &mut Vec<u64>) {
        let Some(row) = self.rows.get(row as usize) else {
            return;
        };
        let (low, high) = (row.first.min(row.last), row.first.max(row.last));
        let mut add = |parts: &[u64]| into.extend(key(pass, parts));
        match pass {
            0 => add(&[row.tax_code.into()]),
            1 => row.marks.iter().for_each(|id| add(&[u64::from(*id)])),
            2 => row.emails.iter().for_each(|id| add(&[u64::from(*id)])),
            3 => {
                let lines = row.mobiles.iter().chain([&row.landline]);
                lines.for_each(|id| add(&[u64::from(*id)]));
            }
            4 => add(&[low.into(), high.into()]),
            5 => {
                let date = sorted_date(row.birthday);
                for name in [row.first, row.last] {
                    add(&[date, self.letters(name, 1)]);
                }
            }
            6 => row.emails.iter().for_each(|id| add(&[self.mailbox(*id)])),
            7 => {
                for name in [row.first, row.last] {
                    add(&[name.into(), self.letters(row.city, 4)]);
                }
            }
            8 => {
                let (one, other) = (self.skeleton(row.first), self.skeleton(row.last));
                add(&[one.min(other), one.max(other)]);
            }
            9 => {
                add(&[row.last.into(), self.letters(row.first, 1)]);
                add(&[row.first.into(), self.letters(row.last, 1)]);
            }
            10 => add(&[row.street.into(), row.house.into()]),
            11 => {
                let lines = row.mobiles.iter().chain([&row.landline]);
                lines.for_each(|id| add(&[self.tail(*id)]));
            }
            _ => {
                let year = u64::from(row.birthday / 10000);
                for name in [row.first, row.last] {
                    add(&[year, self.skeleton(name)]);
                }
            }
        }
    }

    fn letters(&self, id: u32, many: usize) -> u64 {
        packed(self.texts.get(id).bytes().take(many))
    }

    /// A name without vowels, doubles and what Italian writes in two ways.
    fn skeleton(&self, id: u32) -> u64 {
        let mut last = 0;
        let sound = |byte: u8| match byte {
            b'k' | b'q' => b'c',
            b'y' | b'j' => b'i',
            other => other,
        };
        let name = self.texts.get(id).bytes().map(sound).enumerate();
        let kept = name.filter(|(at, byte)| *at == 0 || !b"aeiouh ".contains(byte));
        let kept = kept.map(|(_, byte)| byte).filter(move |byte| {
            let is_new = *byte != last;
            last = *byte;
            is_new
        });
        packed(kept.take(SKELETON_MOST))
    }

    /// The letters and digits of a mailbox.
    fn mailbox(&self, id: u32) -> u64 {
        let (mailbox, _) = mail::parts(self.texts.get(id));
        let plain = mailbox.bytes().filter(u8::is_ascii_alphanumeric);
        plain.fold(0, |hash, byte| {
            mixed(hash ^ u64::from(byte)).wrapping_add(hash)
        })
    }

    /// The last digits of a number: slips stand in front as often as behind.
    fn tail(&self, id: u32) -> u64 {
        packed(self.texts.get(id).bytes().rev().take(7))
    }
}

fn packed(letters: impl Iterator<Item = u8>) -> u64 {
    letters.fold(0, |packed, byte| packed << 8 | u64::from(byte))
}

/// A date whose day and month may have been swapped.
fn sorted_date(date: u32) -> u64 {
    let (year, month, day) = (date / 10000, date / 100 % 100, date % 100);
    u64::from(year * 10000 + month.min(day) * 100 + month.max(day))
}
