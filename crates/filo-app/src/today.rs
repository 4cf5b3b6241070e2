//! What needs a person now, and how far the beginning has come.

use filo_store::customer::{self, CustomerRow};
use filo_store::quarantine::{self, Status};
use filo_store::{incident, source};

use crate::app::App;
use crate::error::Result;

/// Rows of a block; the rest is behind its link.
const ROWS: u32 = 5;

/// What the first page of the console shows.
#[derive(Debug, Clone, Default)]
pub struct Today {
    /// Open incidents by kind, the commonest first.
    pub incidents: Vec<(String, u64)>,
    /// What waits in quarantine, by reason, the commonest first.
    pub quarantine: Vec<(String, u64)>,
    /// Who showed a sign of life last.
    pub latest: Vec<CustomerRow>,
    /// How far the beginning has come.
    pub beginning: Beginning,
}

/// What a new owner does first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Beginning {
    /// The company has a name.
    pub named: bool,
    /// There is a source that may send.
    pub has_source: bool,
    /// An event has arrived.
    pub has_event: bool,
}

impl Beginning {
    /// Nothing is left to do.
    #[must_use]
    pub const fn is_over(self) -> bool {
        self.named && self.has_source && self.has_event
    }
}

impl App {
    /// What the first page shows.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn today(&self) -> Result<Today> {
        let mut tx = self.shared().db.read().await?;
        let counted = |rows: Vec<(String, i64)>| {
            let row = |(word, count): (String, i64)| (word, count.unsigned_abs());
            rows.into_iter().map(row).collect()
        };
        let incidents = counted(incident::open_kinds(&mut tx).await?);
        let waiting = quarantine::counts(&mut tx).await?;
        let waiting = waiting
            .into_iter()
            .filter(|(status, ..)| *status == Status::Open);
        let mut quarantine: Vec<(String, u64)> =
            counted(waiting.map(|(_, code, count)| (code, count)).collect());
        quarantine.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), code.clone()));
        let latest = customer::list(&mut tx, None, ROWS).await?;
        let has_source = !source::list(&mut tx).await?.is_empty();
        Ok(Today {
            incidents,
            quarantine,
            beginning: Beginning {
                named: !self.company().company.name.is_empty(),
                has_source,
                has_event: !latest.is_empty(),
            },
            latest,
        })
    }
}
