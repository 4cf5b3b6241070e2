//! What a browser says of a notification: that it was shown, touched or put away.

use filo_connect::channel::Told;
use filo_core::channel::Stage;
use filo_core::id::MessageId;
use filo_core::message::Medium;
use filo_store::message;

use crate::app::App;
use crate::error::Result;

/// What became of a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    /// It is on the screen.
    Shown,
    /// It was touched.
    Clicked,
    /// It was put away.
    Closed,
}

impl Report {
    /// What a browser's word says.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "shown" => Self::Shown,
            "click" => Self::Clicked,
            "close" => Self::Closed,
            _ => return None,
        })
    }
}

impl App {
    /// Takes down what a browser says of a notification; each thing once, however often it is said.
    ///
    /// # Errors
    /// If the log or the tables cannot be written.
    pub async fn take_report(&self, id: MessageId, report: Report) -> Result<()> {
        let row = {
            let mut tx = self.shared().db.read().await?;
            message::get(&mut tx, id).await?
        };
        let Some(row) = row.filter(|row| row.medium == Medium::Push) else {
            return Ok(());
        };
        let stage = match report {
            // Whoever touches it or puts it away has had it before their eyes.
            Report::Clicked | Report::Closed => Stage::Read,
            Report::Shown => Stage::Delivered,
        };
        let told = Told {
            message: Some(id),
            carrier_id: String::new(),
            stage,
            at: None,
            code: String::new(),
            why: None,
        };
        self.take_told(Medium::Push, &told).await?;
        let name = match report {
            Report::Shown => return Ok(()),
            Report::Clicked => "Push Notification Tapped",
            Report::Closed => "Push Notification Dismissed",
        };
        let key = match report {
            Report::Clicked => "click",
            Report::Shown | Report::Closed => "close",
        };
        let now = self.now();
        self.write_about(&row, (name, key), now, "").await
    }
}
