//! Forgetting a person: what would go, that it goes, and a receipt for it.
//!
//! **Invariant (I13):** afterwards no identifier or word of theirs is left in tables, log, lake
//! or what lies beside them; what happened earlier and arrives late stays outside, and an older
//! backup that is restored is cleaned before anybody can reach it.
//! **Invariant:** what was begun is written down first: an erasure that was interrupted is ended
//! at the next start, before a port is opened.

mod beside;
mod door;
mod importing;
mod journal;
mod receipt;

use std::path::{Path, PathBuf};
use std::time::Duration;

use filo_core::access::Right;
use filo_core::audit::{Act, Entry, Party, Token};
use filo_core::id::{CustomerId, ErasureId, NodeId, RetentionRunId};
use filo_core::identity::{Identifier, Kind};
use filo_core::time::Timestamp;
use filo_core::webhook::Topic;
use filo_store::Db;
use filo_store::erasure::{self, Beside, ErasureRow};

pub(crate) use beside::Wanted;
pub(crate) use door::Tombstones;
use receipt::outside;
pub(crate) use receipt::word_of;
pub use receipt::{BackupsLeft, Erasure, ErasurePlan, Ground, Receipt};

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::backup::{Schedule, fingerprint, list_in, load_record};
use crate::consent::{NewSuppression, SUPPRESSED_MOST, SuppressionReason, Whom};
use crate::customer::CustomerView;
use crate::error::{Error, Result};
use crate::removal::Removal;
use crate::webhook::{News, tell};

/// A page of the list.
const LIMIT_MOST: usize = 201;
/// Changed rules are followed after a start, and nobody can be taken out meanwhile.
const TRY_AGAIN: Duration = Duration::from_secs(1);
/// An hour.
const TRIES_MOST: u32 = 3_600;

impl App {
    /// What would go if a person were forgotten, and what would stay.
    ///
    /// # Errors
    /// If the actor may not, or there is no such customer.
    pub async fn plan_erasure(&self, actor: &Actor, id: CustomerId) -> Result<ErasurePlan> {
        actor.must(Right::HandlePrivacy)?;
        let customer = self.customer(id).await?;
        let customer = customer.ok_or(Error::Missing("customer"))?;
        let wanted = Wanted::new(identifiers_of(&customer), &customer.threads());
        let mut beside = Vec::new();
        for place in Beside::ALL {
            let count = self.lying_about(place, &wanted).await?.len() as u64;
            beside.push((word_of(place), count));
        }
        let mails = self.mails_about(&wanted).await?.len() as u64;
        let files = self.imports_about(wanted).await?.len() as u64;
        let audiences = self.addresses_at_platforms(&customer.threads()).await?;
        beside.extend(outside([files, mails, audiences]));
        let profile = &customer.profile;
        Ok(ErasurePlan {
            customer: customer.id,
            identifiers: customer.identifiers.len() as u64,
            events: profile.counters.total(),
            beside,
            backups: self.backups_left().await?,
            hearers: self.hearers_of_erasures(),
        })
    }

    /// Forgets a person.
    ///
    /// # Errors
    /// If the actor may not, there is no such customer, or it cannot be done now. What was begun
    /// and could not be ended is in [`App::erasures`] and is ended by
    /// [`App::finish_erasure`], or at the next start.
    pub async fn erase(&self, actor: &Actor, id: CustomerId, ground: Ground) -> Result<Erasure> {
        actor.must(Right::HandlePrivacy)?;
        let customer = self.customer(id).await?;
        let customer = customer.ok_or(Error::Missing("customer"))?;
        let entry = actor.did(Act::PersonErased, self.now());
        let by = (actor.name.as_str(), entry.about(customer.id));
        self.begin_erasure(customer.threads(), ground, by).await
    }

    /// Forgets people because they were kept long enough; many are one erasure.
    pub(crate) async fn forget_kept(
        &self,
        nodes: Vec<NodeId>,
        run: RetentionRunId,
    ) -> Result<Erasure> {
        let entry = Entry::new(self.now(), Party::Filo, Act::PersonErased)
            .about(run)
            .with("nodes", Token::number(nodes.len() as u64));
        self.begin_erasure(nodes, Ground::NotNeeded, ("Filo", entry))
            .await
    }

    async fn begin_erasure(
        &self,
        nodes: Vec<NodeId>,
        ground: Ground,
        (actor, entry): (&str, Entry),
    ) -> Result<Erasure> {
        if !self.is_leader() {
            let why = "the node that applies the log has to do it";
            return Err(Error::Conflict(why.to_owned()));
        }
        let row = ErasureRow {
            id: ErasureId(self.spare_id()),
            at: entry.at,
            actor: actor.to_owned(),
            ground: ground.word().to_owned(),
            nodes,
            receipt: String::new(),
            finished_at: None,
        };
        for folder in self.journals().await? {
            let (row, workspace) = (row.clone(), fingerprint(self));
            let written = move || journal::add(&folder, &workspace, &row);
            let written = tokio::task::spawn_blocking(written).await;
            written.map_err(anyhow::Error::from)??;
        }
        let mut tx = self.shared().db.begin().await?;
        erasure::add(&mut tx, &row).await?;
        let entry = entry
            .with("erasure", row.id)
            .with("ground", Token::word(ground.word()));
        record(&mut tx, &entry).await?;
        tx.commit().await?;
        self.shared().tombstones.bury(&row.nodes, row.at).await;
        self.carry_out(row).await
    }

    /// Ends an erasure that was begun and could not be ended.
    ///
    /// # Errors
    /// If the actor may not, there is none, or it still cannot be done.
    pub async fn finish_erasure(&self, actor: &Actor, id: ErasureId) -> Result<Erasure> {
        actor.must(Right::HandlePrivacy)?;
        let row = self.erasure_row(id).await?;
        if row.finished_at.is_some() {
            return Erasure::of(row);
        }
        self.carry_out(row).await
    }

    /// Ends every erasure that was begun, and those of which a restored backup does not know
    /// yet. To be called before anybody can reach this Filo.
    pub(crate) async fn finish_erasures(&self) -> Result<()> {
        if !self.is_leader() {
            return Ok(());
        }
        let rows = {
            let mut tx = self.shared().db.read().await?;
            erasure::unfinished(&mut tx).await?
        };
        for row in rows {
            tracing::info!(erasure = %row.id, "an erasure is ended that was begun earlier");
            let entry = Entry::new(self.now(), Party::Filo, Act::PersonErased)
                .about(row.id)
                .with("nodes", Token::number(row.nodes.len() as u64));
            let mut tx = self.shared().db.begin().await?;
            record(&mut tx, &entry).await?;
            tx.commit().await?;
            self.end_at_start(row).await?;
        }
        Ok(())
    }

    /// One that was begun here keeps nobody waiting if it cannot be ended now: nothing old comes
    /// in. Of one that a restored backup does not know nothing may be seen before it is ended.
    async fn end_at_start(&self, row: ErasureRow) -> Result<()> {
        let is_replayed = row.actor.is_empty();
        for _ in 0..TRIES_MOST {
            match self.carry_out(row.clone()).await {
                Ok(_) => return Ok(()),
                Err(Error::Conflict(why)) => {
                    tracing::warn!(erasure = %row.id, why, "an erasure cannot be ended yet");
                    if !is_replayed {
                        return Ok(());
                    }
                    tokio::time::sleep(TRY_AGAIN).await;
                }
                Err(error) => return Err(error),
            }
        }
        let why = "an erasure of a restored backup cannot be ended";
        Err(Error::Conflict(why.to_owned()))
    }

    /// Erasures, the newest first.
    ///
    /// # Errors
    /// If the actor may not, or the tables cannot be read.
    pub async fn erasures(
        &self,
        actor: &Actor,
        behind: Option<(Timestamp, ErasureId)>,
        limit: usize,
    ) -> Result<Vec<Erasure>> {
        actor.must(Right::HandlePrivacy)?;
        let limit = u32::try_from(limit.min(LIMIT_MOST)).unwrap_or(1);
        let mut tx = self.shared().db.read().await?;
        let rows = erasure::list(&mut tx, behind, limit).await?;
        rows.into_iter().map(Erasure::of).collect()
    }

    /// One erasure.
    ///
    /// # Errors
    /// If the actor may not, or there is none.
    pub async fn erasure(&self, actor: &Actor, id: ErasureId) -> Result<Erasure> {
        actor.must(Right::HandlePrivacy)?;
        Erasure::of(self.erasure_row(id).await?)
    }

    /// Late events about forgotten people that were not let in since the start.
    #[must_use]
    pub fn turned_away(&self) -> u64 {
        self.shared().tombstones.turned_away()
    }

    async fn erasure_row(&self, id: ErasureId) -> Result<ErasureRow> {
        let mut tx = self.shared().db.read().await?;
        let row = erasure::get(&mut tx, id).await?;
        row.ok_or(Error::Missing("erasure"))
    }

    async fn carry_out(&self, row: ErasureRow) -> Result<Erasure> {
        // What was let in before the tombstones stood is applied, and has told what it had to.
        self.settle().await?;
        let identifiers = self.known_of(&row.nodes).await?;
        let audiences = self.addresses_at_platforms(&row.nodes).await?;
        // Who only was not needed any more has refused nothing.
        if row.ground != Ground::NotNeeded.word() {
            self.suppress_forgotten(&identifiers).await?;
        }
        let wanted = Wanted::new(identifiers.clone(), &row.nodes);
        let files = self
            .forget_in_imports(Wanted::new(identifiers.clone(), &row.nodes))
            .await?;
        let mails = self.forget_in_mails(&wanted).await?;
        // Beside the thread first: the identifiers are known only as long as they are there.
        let first = self.clear_beside(&wanted, &row.nodes).await?;
        let nodes = row.nodes.iter().copied().collect();
        let removed = self.remove(Removal::Person { nodes }).await?;
        let second = self.clear_beside(&wanted, &row.nodes).await?;
        let beside = first.into_iter().zip(second);
        let beside = beside.map(|((place, one), (_, other))| {
            let word = word_of(place).to_owned();
            (word, one + other)
        });
        let outside = outside([files, mails, audiences]);
        let beside = beside.chain(outside.map(|(place, count)| (place.to_owned(), count)));
        let receipt = Receipt {
            events: removed.events,
            mended: removed.mended,
            identifiers: removed.identifiers,
            beside: beside.collect(),
            told: self.hearers_of_erasures(),
            backups: self.backups_left().await?,
        };
        let shared = self.shared();
        shared.db.scrub().await?;
        let now = self.now();
        let text = serde_json::to_string(&receipt).map_err(anyhow::Error::from)?;
        let mut tx = shared.db.begin().await?;
        erasure::note(&mut tx, row.id, &text, Some(now)).await?;
        let hearers = shared.hearing.hearers();
        tell(&mut tx, &hearers, &[news_of(&row)], (self.chance(), now)).await?;
        tx.commit().await?;
        shared.hearing.sending.wake();
        Erasure::of(ErasureRow {
            receipt: text,
            finished_at: Some(now),
            ..row
        })
    }

    /// Nothing is sent to their addresses any more, even if they arrive by another way.
    async fn suppress_forgotten(&self, identifiers: &[Identifier]) -> Result<()> {
        let addresses = identifiers
            .iter()
            .filter(|it| matches!(it.kind, Kind::Email | Kind::Phone));
        let lines: Vec<NewSuppression> = addresses
            .map(|it| NewSuppression {
                whom: Whom::Node(self.key().node_id(it.kind, &it.value)),
                channel: None,
                reason: SuppressionReason::Erased,
                note: String::new(),
            })
            .collect();
        for part in lines.chunks(SUPPRESSED_MOST) {
            self.suppress(&Actor::operator(), part).await?;
        }
        Ok(())
    }

    /// What is known of these nodes, each for itself: they need not be one customer any more.
    async fn known_of(&self, nodes: &[NodeId]) -> Result<Vec<Identifier>> {
        let mut known = Vec::new();
        for node in nodes {
            let asked = [*node];
            let found = self.with_components(&asked, |live| {
                live.nodes.get(node).map(|node| node.identifier.clone())
            });
            known.extend(found.await?);
        }
        Ok(known)
    }

    /// How many other systems hear that somebody is to be forgotten.
    fn hearers_of_erasures(&self) -> u64 {
        let hearers = self.shared().hearing.hearers();
        let wanting = hearers.iter();
        wanting.filter(|it| it.wants(Topic::CustomerErased)).count() as u64
    }

    /// Where lists of erasures lie: beside the backups that Filo makes by itself, and the last one.
    async fn journals(&self) -> Result<Vec<PathBuf>> {
        let mut tx = self.shared().db.read().await?;
        let (schedule, _) = Schedule::load(&mut tx).await?;
        let (kept, _) = load_record(&mut tx).await?;
        let usual = self.config().backups.clone();
        let mut folders = vec![schedule.folder(&usual), usual];
        let last = kept.success.map(|success| PathBuf::from(success.path));
        // One that is no more cannot be restored from either.
        let last = last.filter(|last| last.exists());
        folders.extend(last.as_deref().and_then(Path::parent).map(Path::to_owned));
        folders.sort();
        folders.dedup();
        Ok(folders)
    }

    /// The backups that still hold whoever is forgotten today.
    async fn backups_left(&self) -> Result<BackupsLeft> {
        let mut tx = self.shared().db.read().await?;
        let (schedule, _) = Schedule::load(&mut tx).await?;
        drop(tx);
        let folder = schedule.folder(&self.config().backups);
        let listed = tokio::task::spawn_blocking(move || list_in(&folder)).await;
        let listed = listed.map_err(anyhow::Error::from)?.unwrap_or_default();
        let days = schedule
            .keep_daily
            .max(schedule.keep_weekly.saturating_mul(7));
        let micros = i64::from(days) * 86_400 * 1_000_000;
        Ok(BackupsLeft {
            count: listed.len() as u64,
            until: schedule.on.then(|| self.now().plus_micros(micros)),
        })
    }
}

pub(crate) fn identifiers_of(customer: &CustomerView) -> Vec<Identifier> {
    let identifiers = customer.identifiers.iter();
    identifiers
        .map(|it| Identifier {
            kind: it.kind,
            value: it.value.clone(),
        })
        .collect()
}

/// Ids only: whoever heard of them knows who that was.
fn news_of(row: &ErasureRow) -> News {
    let customers = row.nodes.iter().map(|node| CustomerId::from(*node));
    let customers: Vec<String> = customers.map(|id| id.to_string()).collect();
    let data = serde_json::json!({
        "erasure": row.id.to_string(),
        "customers": customers,
        "at": row.at.to_string(),
    });
    News::new(Topic::CustomerErased, row.id.to_string(), data)
}

/// Writes the erasures of the lists beside backups into what was restored from one, to be carried
/// out at its first start. Returns how many it did not know.
pub(crate) async fn replay(db: &Db, folders: &[PathBuf], workspace: &str) -> anyhow::Result<u64> {
    let mut unknown = 0;
    for folder in folders {
        let (folder, mark) = (folder.clone(), workspace.to_owned());
        let rows = tokio::task::spawn_blocking(move || journal::read(&folder, &mark)).await??;
        let mut tx = db.begin().await?;
        for row in rows {
            unknown += u64::from(erasure::add(&mut tx, &row).await?);
        }
        tx.commit().await?;
    }
    Ok(unknown)
}
