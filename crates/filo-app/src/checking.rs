//! Reading everything of a workspace once: whether it fits together, and the hash of its state.
//!
//! **Invariant:** nothing is written and no engine is needed, so a copy can be checked that must
//! have no effect outside.

use std::collections::{BTreeMap, BTreeSet};

use filo_core::id::{CustomerId, NodeId, WorkspaceKey};
use filo_lake::Lake;
use filo_store::customer::Filter;
use filo_store::{Db, Tx, customer, identity};

use crate::audit;
use crate::engine::{link_of_row, names_somebody, node_of_row};
use crate::error::Result;

/// Rows read at a time.
const PAGE: u32 = 1_000;
/// More problems than this are counted, not told one by one.
const PROBLEMS_MOST: usize = 100;

/// What `filo check` found.
#[derive(Debug, Clone, Default)]
pub struct CheckReport {
    /// Everything that is not as it should be; empty is good.
    pub problems: Vec<String>,
    /// Customers in the tables.
    pub customers: u64,
    /// Identifiers in the tables.
    pub nodes: u64,
    /// Links in the tables.
    pub links: u64,
    /// Events in the lake.
    pub events: u64,
    /// Files of the lake.
    pub files: usize,
    /// Entries of the audit log.
    pub audit_entries: u64,
    /// Where the audit log ends; to be noted elsewhere.
    pub audit_head: String,
}

/// What is checked.
#[derive(Debug)]
pub(crate) struct Ground<'g> {
    pub(crate) db: &'g Db,
    pub(crate) lake: &'g Lake,
    pub(crate) key: WorkspaceKey,
}

impl Ground<'_> {
    /// Reads everything once and says what is wrong.
    pub(crate) async fn check(&self) -> Result<CheckReport> {
        let mut report = CheckReport::default();
        let members = self.check_nodes(&mut report).await?;
        self.check_links(&mut report).await?;
        self.check_customers(&mut report, &members).await?;
        let audit = audit::verify(self.db, None).await?;
        report.audit_entries = audit.entries;
        report.audit_head = audit.head.to_string();
        let faults = audit.faults.iter();
        report.problems.extend(faults.map(ToString::to_string));
        let lake = self.lake.clone();
        let (problems, stats) = tokio::task::spawn_blocking(move || (lake.verify(), lake.stats()))
            .await
            .map_err(anyhow::Error::from)?;
        report.problems.extend(problems?);
        report.events = stats.rows;
        report.files = stats.files;
        report.problems.truncate(PROBLEMS_MOST);
        Ok(report)
    }

    async fn check_nodes(&self, report: &mut CheckReport) -> Result<BTreeMap<CustomerId, i64>> {
        let mut members: BTreeMap<CustomerId, i64> = BTreeMap::new();
        let mut somebody = BTreeSet::new();
        let mut tx = self.db.read().await?;
        let mut last = NodeId(0);
        loop {
            let page = identity::node_page(&mut tx, last, PAGE).await?;
            let Some(end) = page.last() else { break };
            last = end.id;
            for row in page {
                report.nodes += 1;
                *members.entry(row.customer).or_default() += 1;
                if names_somebody(row.id) {
                    somebody.insert(row.customer);
                }
                let (id, kind) = (row.id, row.kind);
                let expected = self.key.node_id(kind, &row.value);
                if expected != id {
                    report
                        .problems
                        .push(format!("{id} does not belong to its identifier"));
                }
                if let Err(error) = node_of_row(row) {
                    report.problems.push(format!("{error:#}"));
                }
            }
        }
        members.retain(|customer, _| somebody.contains(customer));
        Ok(members)
    }

    async fn check_links(&self, report: &mut CheckReport) -> Result<()> {
        let mut tx = self.db.read().await?;
        let mut last = (NodeId(0), NodeId(0));
        loop {
            let page = identity::link_page(&mut tx, last, PAGE).await?;
            let Some(end) = page.last() else { break };
            last = (end.a, end.b);
            let ends: BTreeSet<NodeId> = page.iter().flat_map(|row| [row.a, row.b]).collect();
            let ends: Vec<NodeId> = ends.into_iter().collect();
            let known: BTreeSet<NodeId> = identity::nodes(&mut tx, &ends)
                .await?
                .into_iter()
                .map(|row| row.id)
                .collect();
            for row in &page {
                report.links += 1;
                if !known.contains(&row.a) || !known.contains(&row.b) {
                    let (a, b) = (row.a, row.b);
                    report
                        .problems
                        .push(format!("the link {a}–{b} has an unknown end"));
                }
                if let Err(error) = link_of_row(row) {
                    report.problems.push(format!("{error:#}"));
                }
            }
        }
        Ok(())
    }

    async fn check_customers(
        &self,
        report: &mut CheckReport,
        members: &BTreeMap<CustomerId, i64>,
    ) -> Result<()> {
        let mut tx = self.db.read().await?;
        let mut seen = 0;
        let mut behind = CustomerId(0);
        loop {
            let page = customer::by_id(&mut tx, &Filter::default(), behind, PAGE).await?;
            let Some(end) = page.last() else { break };
            behind = end.id;
            for row in &page {
                seen += 1;
                match members.get(&row.id) {
                    None => report
                        .problems
                        .push(format!("{} has no identifier", row.id)),
                    Some(count) if *count != row.node_count => report.problems.push(format!(
                        "{} is listed with {} identifiers and has {count}",
                        row.id, row.node_count
                    )),
                    Some(_) => {}
                }
            }
        }
        report.customers = seen;
        let listed = usize::try_from(seen).unwrap_or(usize::MAX);
        if listed != members.len() {
            let told = format!(
                "{} customers have identifiers, {seen} are listed",
                members.len()
            );
            report.problems.push(told);
        }
        Ok(())
    }
}

/// A hash over who is who and every profile: equal states have equal hashes.
pub(crate) async fn state_hash(tx: &mut Tx<'_>) -> Result<u128> {
    let mut hasher = blake3::Hasher::new();
    let mut last = NodeId(0);
    loop {
        let page = identity::node_page(tx, last, PAGE).await?;
        let Some(end) = page.last() else { break };
        last = end.id;
        for row in page {
            hasher.update(&row.id.to_bytes());
            hasher.update(&row.customer.to_bytes());
            let node = node_of_row(row)?;
            hasher.update(node.identifier.value.as_bytes());
            hasher.update(format!("{:?}", node.facts).as_bytes());
            let profile = node.profile.map_or(0, |profile| profile.hash());
            hasher.update(&profile.to_be_bytes());
        }
    }
    let mut last = (NodeId(0), NodeId(0));
    loop {
        let page = identity::link_page(tx, last, PAGE).await?;
        let Some(end) = page.last() else { break };
        last = (end.a, end.b);
        for row in &page {
            hasher.update(format!("{:?}", link_of_row(row)?).as_bytes());
        }
    }
    let mut short = [0; 16];
    short.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    Ok(u128::from_be_bytes(short))
}
