//! What happens to a store in the tests, and what it was told and answered meanwhile.
//!
//! **Invariant:** an answer is noted after it was given, with the number of operations so far,
//! so a cut at or after that number comes after the answer.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use filo_core::id::{CustomerId, NodeId};
use filo_core::identity::Kind;
use filo_core::time::Timestamp;
use filo_faults::{Layer, Operation};
use filo_store::identity::{self, NodeRow};
use filo_store::position::{self, Position};
use filo_store::{Db, Error, Location, Options, log};
use rand::rngs::StdRng;
use rand::{Rng, RngCore, SeedableRng};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

/// What was asked of the store, or answered by it.
#[derive(Debug, Clone)]
pub(crate) enum Fact {
    /// The payload of this number is being appended.
    Appending(u64),
    /// It is on disk, in this row.
    Appended(u64, i64),
    /// The state of this generation is being saved, with a position.
    Saving(u64, Position),
    Saved(u64),
    /// Rows of the log up to this one are being dropped.
    Dropping(i64),
    Dropped(i64),
}

/// A run of the story, for looking at from every point of it.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) folder: PathBuf,
    pub(crate) operations: Vec<Operation>,
    /// In order, each with how many operations there were when it was told.
    pub(crate) facts: Vec<(usize, Fact)>,
}

/// How long the story is, and what happens when something in it fails.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plot {
    pub(crate) appends: u64,
    /// Give the store up and open it anew, as the program does.
    pub(crate) restart: bool,
}

/// The bytes of a row, each unlike any other; every third one needs pages of its own.
pub(crate) fn payload(number: u64) -> Vec<u8> {
    let mut chance = StdRng::seed_from_u64(number);
    let most = if number.is_multiple_of(3) {
        20_000
    } else {
        900
    };
    let mut bytes = vec![0; chance.random_range(20..most)];
    chance.fill_bytes(&mut bytes);
    bytes
}

/// The nodes that a generation changes: three new ones, an old one, and the one that tells
/// the generation.
fn changed_by(generation: u64) -> Vec<NodeRow> {
    let fresh = generation * 3;
    [0, 1 + fresh * 7 / 10, fresh + 1, fresh + 2, fresh + 3]
        .into_iter()
        .map(|number| {
            let mut chance = StdRng::seed_from_u64(generation << 32 | number);
            let length = if number == 0 {
                0
            } else {
                chance.random_range(50..1500)
            };
            let mut state = generation.to_be_bytes().to_vec();
            state.resize(8 + length, 0);
            chance.fill_bytes(&mut state[8..]);
            NodeRow {
                id: node_id(number),
                kind: Kind::Email,
                value: format!("anna{number}@example.it").into(),
                customer: CustomerId(node_id(number).0),
                state,
            }
        })
        .map(|row| (row.id, row))
        .collect::<BTreeMap<_, _>>()
        .into_values()
        .collect()
}

/// Spread as hashes are; the smallest tells the generation.
fn node_id(number: u64) -> NodeId {
    NodeId(u128::from(number).wrapping_mul(0x1e37_79b9_7f4a_7c15_f39c_c060_5ced_c835) | 1)
}

/// The node that tells the generation.
pub(crate) const TELLING: NodeId = NodeId(1);

/// Every node as a generation leaves it.
pub(crate) fn nodes_at(generation: u64) -> BTreeMap<NodeId, NodeRow> {
    let changes = (1..=generation).flat_map(changed_by);
    changes.map(|row| (row.id, row)).collect()
}

/// Somebody who uses the store and notes what it says.
pub(crate) struct Teller<'a> {
    layer: &'a Layer,
    folder: &'a Path,
    options: Options,
    facts: Vec<(usize, Fact)>,
    db: Option<Db>,
    generation: u64,
    position: Position,
    /// The newest row that the log has said is safe.
    last: i64,
    /// Failures met, in order.
    pub(crate) failures: Vec<Error>,
}

impl<'a> Teller<'a> {
    pub(crate) fn new(layer: &'a Layer, folder: &'a Path, synchronous_full: bool) -> Self {
        let options = Options {
            vfs: Some(layer.name().to_owned()),
            synchronous_full,
            ..crate::options()
        };
        Self {
            layer,
            folder,
            options,
            facts: Vec::new(),
            db: None,
            generation: 0,
            position: Position::default(),
            last: 0,
            failures: Vec::new(),
        }
    }

    /// Tells the whole story; failures are noted and the story goes on.
    pub(crate) async fn tell(&mut self, plot: Plot) {
        for number in 1..=plot.appends {
            let mut failed = self.append(number).await.is_err();
            if number.is_multiple_of(3) && !failed {
                failed = self.save(false).await.is_err();
            }
            if number.is_multiple_of(7) {
                self.empty_wals().await;
            }
            if number.is_multiple_of(11) && !failed {
                failed = self.flush().await.is_err();
            }
            // What failed inside a transaction of the state ends the engine; a failed append
            // ends it unless the disk was only full.
            if failed && plot.restart || number == plot.appends / 2 {
                self.close().await;
            }
        }
        self.close().await;
    }

    pub(crate) fn told(self) -> Told {
        Told {
            folder: self.folder.to_path_buf(),
            operations: self.layer.take(),
            facts: self.facts,
        }
    }

    fn note(&mut self, fact: Fact) {
        self.facts.push((self.layer.len(), fact));
    }

    fn failed(&mut self, error: Error) -> Failed {
        self.failures.push(error);
        Failed
    }

    async fn open(&mut self) -> Result<Db, Failed> {
        if let Some(db) = &self.db {
            return Ok(db.clone());
        }
        let location = Location::Sqlite {
            folder: self.folder.to_path_buf(),
        };
        let opened = Db::open(&location, &self.options).await;
        let db = opened.map_err(|error| self.failed(error))?;
        let found = found_in(&db).await.map_err(|error| self.failed(error))?;
        (self.generation, self.position, self.last) = found;
        self.db = Some(db.clone());
        Ok(db)
    }

    /// Appends a payload.
    pub(crate) async fn append(&mut self, number: u64) -> Result<(), Failed> {
        let db = self.open().await?;
        self.note(Fact::Appending(number));
        let at = Timestamp(i64::try_from(number).unwrap());
        match log::append(&db, at, 1, &payload(number)).await {
            Ok(seq) => {
                self.note(Fact::Appended(number, seq));
                self.last = seq;
                Ok(())
            }
            Err(error) => Err(self.failed(error)),
        }
    }

    /// Saves the next generation, with everything in the log applied.
    pub(crate) async fn save(&mut self, flushed: bool) -> Result<(), Failed> {
        let db = self.open().await?;
        let mut to = Position {
            applied: self.last,
            ..self.position
        };
        if flushed {
            to.flushed = self.position.applied;
        }
        let generation = self.generation + 1;
        self.note(Fact::Saving(generation, to));
        let saved = save(&db, generation, &self.position, &to).await;
        saved.map_err(|error| self.failed(error))?;
        self.note(Fact::Saved(generation));
        (self.generation, self.position) = (generation, to);
        Ok(())
    }

    /// Says that what is applied is in the lake, and drops those rows.
    async fn flush(&mut self) -> Result<(), Failed> {
        self.save(true).await?;
        let db = self.open().await?;
        let upto = self.position.flushed;
        self.note(Fact::Dropping(upto));
        let dropped = log::drop_through(&db, upto).await;
        dropped.map_err(|error| self.failed(error))?;
        self.note(Fact::Dropped(upto));
        Ok(())
    }

    /// Moves the WALs into the files from another connection, as `Db::tend` does with larger
    /// ones; whether it succeeds must not matter.
    async fn empty_wals(&mut self) {
        for name in ["log.db", "state.db"] {
            let connected = SqliteConnectOptions::new()
                .filename(self.folder.join(name))
                .vfs(self.options.vfs.clone().unwrap_or_default())
                .connect()
                .await;
            let Ok(mut connection) = connected else {
                continue;
            };
            drop(
                sqlx::query("PRAGMA wal_checkpoint(PASSIVE)")
                    .execute(&mut connection)
                    .await,
            );
            drop(connection.close().await);
        }
    }

    /// Closes the store; the next use opens it again.
    pub(crate) async fn close(&mut self) {
        if let Some(db) = self.db.take()
            && let Err(error) = db.close().await
        {
            self.failures.push(error);
        }
    }
}

/// Something was refused; what, stands in the teller's list.
#[derive(Debug)]
pub(crate) struct Failed;

async fn found_in(db: &Db) -> Result<(u64, Position, i64), Error> {
    let mut tx = db.read().await?;
    let position = position::load(&mut tx).await?;
    let telling = identity::nodes(&mut tx, &[TELLING]).await?;
    let generation = telling.first().map_or(0, told_by);
    Ok((generation, position, log::last(db).await?))
}

/// The generation that a node was changed by.
pub(crate) fn told_by(node: &NodeRow) -> u64 {
    u64::from_be_bytes(node.state[..8].try_into().unwrap())
}

async fn save(db: &Db, generation: u64, from: &Position, to: &Position) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    identity::save_nodes(&mut tx, &changed_by(generation)).await?;
    position::advance(&mut tx, from, to).await?;
    tx.commit().await
}
