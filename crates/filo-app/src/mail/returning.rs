//! Mail that comes back: read, kept for thirty days, and what follows from it.
//!
//! **Invariant:** an address is put aside only by a notice whose token was made for it; the same
//! mail brought twice has no more effect than once.

use std::time::Duration;

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::consent::suppression::SuppressionReason;
use filo_core::event::Channel;
use filo_core::id::{IncidentId, MailReturnId, NodeId};
use filo_core::identity::{Identifier, Kind};
use filo_core::mail::MailAddress;
use filo_core::mail::returned::{
    self, By, Class, Consequence, Notice, SOFT_DAYS, Unreadable, what_follows,
};
use filo_core::time::Timestamp;
use filo_store::incident::{self, Report};
use filo_store::mail_return::{self, MailReturnRow};
use filo_store::{Tx, return_box, suppression};

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::consent::{NewSuppression, Whom};
use crate::error::{Error, Result};

/// Of a mail so much is kept, to be shown.
const RAW_LETTERS_KEPT: usize = 64_000;
/// A page of the list.
const LIMIT_MOST: usize = 201;
/// How often it is looked for what is old.
const LOOK_EVERY: Duration = Duration::from_secs(3_600);
/// What an incident is about that says that our mail is not believed.
const SUBJECT: &str = "mail";
/// Where nobody proved that it is about a message of ours.
const UNPROVED: &str = "unproved";

impl App {
    /// Takes in a mail that came back, whole as it came.
    ///
    /// # Errors
    /// If the actor may not record consent, or it cannot be read.
    pub async fn take_return(&self, actor: &Actor, raw: &[u8]) -> Result<Vec<MailReturnRow>> {
        actor.must(Right::RecordConsent)?;
        let hash = *blake3::hash(raw).as_bytes();
        let notices = returned::read(raw, &self.key()).map_err(|why| unreadable(&why))?;
        let now = self.now();
        let text = String::from_utf8_lossy(raw);
        let text: String = text.chars().take(RAW_LETTERS_KEPT).collect();
        let mut tx = self.shared().db.begin().await?;
        let known = mail_return::by_hash(&mut tx, &hash).await?;
        if !known.is_empty() {
            return Ok(known);
        }
        let mut rows = Vec::with_capacity(notices.len());
        for notice in notices {
            let mut row = self.return_row(&notice, now);
            row.hash = hash;
            row.raw.clone_from(&text);
            self.follow_return(&mut tx, actor, &mut row).await?;
            mail_return::insert(&mut tx, &row).await?;
            rows.push(row);
        }
        tx.commit().await?;
        Ok(rows)
    }

    /// What came back, the newest first, behind an instant and id. Addresses and words are for
    /// who may see personal data.
    ///
    /// # Errors
    /// If the actor may not see settings.
    pub async fn mail_returns(
        &self,
        actor: &Actor,
        behind: Option<(Timestamp, MailReturnId)>,
        limit: usize,
    ) -> Result<Vec<MailReturnRow>> {
        actor.must(Right::ManageSettings)?;
        let behind = behind.unwrap_or((Timestamp::MAX, MailReturnId(u128::MAX)));
        let limit = u32::try_from(limit.min(LIMIT_MOST)).unwrap_or(1);
        let mut tx = self.shared().db.read().await?;
        let rows = mail_return::list(&mut tx, behind, limit).await?;
        Ok(rows.into_iter().map(|row| covered(actor, row)).collect())
    }

    /// One thing that came back, with the beginning of the mail.
    ///
    /// # Errors
    /// If the actor may not see settings, or there is none.
    pub async fn mail_return(&self, actor: &Actor, id: MailReturnId) -> Result<MailReturnRow> {
        actor.must(Right::ManageSettings)?;
        let mut tx = self.shared().db.read().await?;
        let row = mail_return::get(&mut tx, id).await?;
        Ok(covered(actor, row.ok_or(Error::Missing("mail return"))?))
    }

    /// Lets go, now and then, of what came back long ago.
    pub(crate) fn keep_returns_tidy(&self) {
        let app = self.clone();
        self.spawn(async move {
            loop {
                if let Err(error) = app.let_returns_go().await {
                    tracing::warn!(%error, "old returned mail could not be removed");
                }
                tokio::time::sleep(LOOK_EVERY).await;
            }
        });
    }

    /// Removes what came back more than thirty days ago.
    ///
    /// # Errors
    /// If the tables cannot be written.
    pub async fn let_returns_go(&self) -> Result<()> {
        let mut tx = self.shared().db.begin().await?;
        let since = self.now().plus_seconds(-SOFT_DAYS * 86_400);
        let pruned = mail_return::prune(&mut tx, since).await?;
        let pruned = pruned + return_box::prune(&mut tx, since).await?;
        if pruned + self.let_warm_up_days_go(&mut tx).await? > 0 {
            tx.commit().await?;
        }
        Ok(())
    }

    fn return_row(&self, notice: &Notice, now: Timestamp) -> MailReturnRow {
        let reply = notice.reply.map(|code| code.to_string());
        let enhanced = notice.code.map(|code| code.to_string());
        let code: Vec<String> = reply.into_iter().chain(enhanced).collect();
        MailReturnRow {
            id: MailReturnId(self.spare_id()),
            at: now,
            class: notice.class,
            node: notice.address.as_ref().and_then(|it| self.node_of_mail(it)),
            address: notice
                .address
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            message: notice.message,
            code: code.join(" "),
            basis: basis(notice.by),
            said: notice.said.clone(),
            effect: String::new(),
            hash: [0; 32],
            raw: String::new(),
        }
    }

    fn node_of_mail(&self, address: &MailAddress) -> Option<NodeId> {
        let found = Identifier::new(Kind::Email, address.as_str(), &self.rules()).ok()?;
        Some(self.key().node_id(found.kind, &found.value))
    }

    /// Does what follows, in the transaction of the notice.
    async fn follow_return(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        row: &mut MailReturnRow,
    ) -> Result<()> {
        let mut earlier = Vec::new();
        if let Some(node) = row.node {
            let since = row.at.plus_seconds(-SOFT_DAYS * 86_400);
            earlier = mail_return::earlier(tx, node, since).await?;
        }
        let follows = what_follows(row.class, &earlier, row.at);
        if row.message.is_none() && follows != Consequence::Nothing {
            UNPROVED.clone_into(&mut row.effect);
            return Ok(());
        }
        follows.word().clone_into(&mut row.effect);
        let reason = match follows {
            Consequence::PutAside => SuppressionReason::HardBounce,
            Consequence::NoAdvertising if row.class == Class::Complaint => {
                SuppressionReason::Complaint
            }
            Consequence::NoAdvertising => SuppressionReason::Unsubscribed,
            Consequence::Alarm => return self.alarm(tx, row).await,
            Consequence::Counted { .. } | Consequence::Nothing => return Ok(()),
        };
        if row.class == Class::Complaint {
            self.count_complaint(tx, row).await?;
        }
        let Some(node) = row.node else {
            return Ok(());
        };
        let new = NewSuppression {
            whom: Whom::Node(node),
            channel: Some(Channel::Email),
            reason,
            note: row.id.to_string(),
        };
        let line = self.suppression_line(node, &new, "mail");
        if suppression::insert(tx, &line).await? {
            let entry = actor.did(Act::Suppressed, row.at).about(line.line.id);
            let entry = entry
                .with("reason", Token::word(reason.word()))
                .with("channel", Token::word(Channel::Email.word()));
            record(tx, &entry).await?;
        }
        Ok(())
    }

    /// Somebody of the company must see that our mail is not believed.
    async fn alarm(&self, tx: &mut Tx<'_>, row: &MailReturnRow) -> Result<()> {
        let detail = serde_json::json!({
            "return": row.id.to_string(),
            "class": row.class.word(),
            "code": row.code,
        });
        let kind = match row.class {
            Class::Configuration => "mail_configuration",
            _ => "mail_policy",
        };
        let report = Report {
            id: IncidentId(self.spare_id()),
            kind,
            subject: SUBJECT,
            detail: &detail.to_string(),
            at: row.at,
        };
        incident::raise(tx, &report).await?;
        Ok(())
    }
}

fn unreadable(why: &Unreadable) -> Error {
    Error::invalid("mail", why.to_string())
}

/// By what the class was found, as it is kept: a word, and what it refers to.
fn basis(by: By) -> String {
    match by {
        By::Code(code) => format!("code {code}"),
        By::Words(words) => format!("words {words}"),
        By::Reply(code) => format!("reply {code}"),
        By::Report => "report".to_owned(),
        By::Header => "header".to_owned(),
        By::Nothing => "nothing".to_owned(),
    }
}

fn covered(actor: &Actor, row: MailReturnRow) -> MailReturnRow {
    if actor.may(Right::SeePersonalData) {
        return row;
    }
    MailReturnRow {
        address: String::new(),
        said: String::new(),
        raw: String::new(),
        ..row
    }
}
