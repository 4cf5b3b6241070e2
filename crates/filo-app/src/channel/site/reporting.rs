//! What a page says of a message: that it is on the screen, was followed, or was put away.
//!
//! **Invariant:** each thing stands on the thread once, however often it is said; what was followed
//! or put away is never shown again.

use filo_connect::channel::Told;
use filo_core::channel::Stage;
use filo_core::id::MessageId;
use filo_core::message::Medium;
use filo_store::message::{self, shown};

use crate::app::App;
use crate::channel::Report;
use crate::error::Result;

impl Report {
    /// What ends with it.
    const fn end(self) -> Option<&'static str> {
        match self {
            Self::Shown => None,
            Self::Clicked => Some("clicked"),
            Self::Closed => Some("dismissed"),
        }
    }

    /// What the event is called.
    const fn event(self) -> &'static str {
        match self {
            Self::Shown => "In-App Message Viewed",
            Self::Clicked => "In-App Message Clicked",
            Self::Closed => "In-App Message Dismissed",
        }
    }
}

impl App {
    /// Takes down what a page says of a message; each thing once, however often it is said.
    ///
    /// # Errors
    /// If the log or the tables cannot be written.
    pub async fn take_site_report(&self, id: MessageId, report: Report) -> Result<()> {
        let (row, known) = {
            let mut tx = self.shared().db.read().await?;
            let row = message::get(&mut tx, id).await?;
            (row, shown::get(&mut tx, id).await?)
        };
        let Some(row) = row.filter(|row| row.medium == Medium::InApp) else {
            return Ok(());
        };
        let Some(known) = known else {
            return Ok(());
        };
        // Who followed it put it away with that.
        let ended_by = known.ended_by.as_deref();
        let is_answered = matches!(ended_by, Some("clicked" | "dismissed"));
        if is_answered && report.end().is_some_and(|end| ended_by != Some(end)) {
            return Ok(());
        }
        if let Some(end) = report.end() {
            self.end_showing(id, end).await?;
        }
        let told = Told {
            message: Some(id),
            carrier_id: String::new(),
            stage: Stage::Read,
            at: None,
            code: String::new(),
            why: None,
        };
        self.take_told(Medium::InApp, &told).await?;
        let now = self.now();
        let line = (report.event(), report.event());
        self.write_about(&row, line, now, "").await
    }
}
