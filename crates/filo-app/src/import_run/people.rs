//! Whom a run touched: a file of fixed records beside the run, so that a list of a million people
//! costs no table and goes with the file.
//!
//! **Invariant:** records are appended in the order of the run; what a run that was cut off wrote
//! beyond what it had noted is cut off before it goes on.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use filo_core::access::Right;
use filo_core::id::{CustomerId, ImportId, NodeId};
use filo_store::customer::CustomerRow;

use super::folder::{self, Part};
use crate::actor::Actor;
use crate::app::App;
use crate::error::Result;

/// A node, whether the person is new, and how many events the run brought to them.
const RECORD_BYTES: u64 = 16 + 1 + 4;
/// The same, as the length of a slice.
const RECORD_LENGTH: usize = 16 + 1 + 4;
/// People of a page.
const PAGE_MOST: usize = 200;

/// Somebody whom a run touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touched {
    /// An identifier of theirs.
    pub node: NodeId,
    /// They were not there before.
    pub is_new: bool,
    /// Events that the run brought to them.
    pub events: u32,
}

impl Touched {
    fn write(self) -> [u8; RECORD_LENGTH] {
        let mut bytes = [0; RECORD_LENGTH];
        bytes[..16].copy_from_slice(&self.node.to_bytes());
        bytes[16] = u8::from(self.is_new);
        bytes[17..].copy_from_slice(&self.events.to_be_bytes());
        bytes
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (node, rest) = bytes.split_first_chunk::<16>()?;
        let (is_new, events) = rest.split_first()?;
        Some(Self {
            node: NodeId::from_bytes(*node),
            is_new: *is_new == 1,
            events: u32::from_be_bytes(events.try_into().ok()?),
        })
    }
}

/// Writes whom a run touches, behind those it had noted.
pub(super) fn append(
    folder: &Path,
    id: ImportId,
    noted: u64,
    more: &[Touched],
) -> std::io::Result<()> {
    let place = folder::path(folder, id, Part::People);
    let mut file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(place)?;
    file.set_len(noted * RECORD_BYTES)?;
    file.seek(SeekFrom::End(0))?;
    let bytes: Vec<u8> = more.iter().flat_map(|it| it.write()).collect();
    file.write_all(&bytes)
}

/// Some of those whom a run touched, from the one of this number on.
pub(super) fn read(
    folder: &Path,
    id: ImportId,
    first: u64,
    most: usize,
) -> std::io::Result<Vec<Touched>> {
    let mut file = match File::open(folder::path(folder, id, Part::People)) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    file.seek(SeekFrom::Start(first * RECORD_BYTES))?;
    let mut bytes = Vec::new();
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    file.take(most.saturating_mul(RECORD_BYTES))
        .read_to_end(&mut bytes)?;
    let records = bytes.chunks_exact(RECORD_LENGTH);
    Ok(records.filter_map(Touched::read).collect())
}

impl App {
    /// Some of the people whom an import touched, from the one of this number on, each once and
    /// as they are today; and whether there are more.
    ///
    /// # Errors
    /// If the actor may not see people, or the tables cannot be read.
    pub async fn import_people(
        &self,
        actor: &Actor,
        id: ImportId,
        first: u64,
        limit: usize,
    ) -> Result<(Vec<CustomerRow>, bool)> {
        actor.must(Right::ImportPeople)?;
        actor.must(Right::ListPeople)?;
        actor.must(Right::SeePersonalData)?;
        let limit = limit.min(PAGE_MOST);
        let folder = self.config().imports.clone();
        let found = tokio::task::spawn_blocking(move || read(&folder, id, first, limit + 1))
            .await
            .map_err(anyhow::Error::from)?
            .map_err(anyhow::Error::from)?;
        let more = found.len() > limit;
        let mut customers: Vec<CustomerId> = Vec::new();
        for touched in found.iter().take(limit) {
            // Somebody may have been joined with others since, or taken out again.
            let known = self.customer(CustomerId::from(touched.node)).await?;
            let customer = known.map(|known| known.id);
            if let Some(customer) = customer.filter(|it| !customers.contains(it)) {
                customers.push(customer);
            }
        }
        let rows = self.people_of(&customers).await?;
        Ok((rows, more))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_beyond_what_was_noted_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let id = ImportId(1);
        let person = |number: u128| Touched {
            node: NodeId(number),
            is_new: number.is_multiple_of(2),
            events: 3,
        };
        assert_eq!(read(folder.path(), id, 0, 10).unwrap(), []);
        append(folder.path(), id, 0, &[person(1), person(2)]).unwrap();
        append(folder.path(), id, 2, &[person(3)]).unwrap();
        // Cut off: only two had been noted.
        append(folder.path(), id, 2, &[person(4), person(5)]).unwrap();
        let all = read(folder.path(), id, 0, 10).unwrap();
        assert_eq!(all, [person(1), person(2), person(4), person(5)]);
        assert_eq!(read(folder.path(), id, 3, 10).unwrap(), [person(5)]);
        assert_eq!(read(folder.path(), id, 9, 10).unwrap(), []);
    }
}
