//! Warming up the address of the sender: switched on by the owner, kept to by the dispatcher.
//!
//! **Invariant:** the place of a message is taken in the transaction of its claim, and given back
//! in the one that gives the claim back: after a crash a day may seem fuller than it was, never
//! emptier.

use std::collections::HashMap;

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::id::IncidentId;
use filo_core::mail::{
    Hold, Provider, WARM_UP_VERSION, WarmUp, WarmUpDay, Way, next_warm_up_day, warm_up_date,
};
use filo_core::message::Class;
use filo_core::time::Timestamp;
use filo_store::incident::{self, Report};
use filo_store::mail_return::MailReturnRow;
use filo_store::warm_up::{self, Count, Key};
use filo_store::{Tx, setting};
use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::account;
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

const SETTING: &str = "mail_warm_up";
/// Days in a view: two weeks of every provider.
const DAYS_SHOWN: u32 = 14 * 9;
/// Days that are kept.
const DAYS_KEPT: i64 = 400;

/// Warming up as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WarmUpView {
    /// What the owner says.
    pub warm_up: WarmUp,
    /// 0 until somebody has said anything.
    pub version: i64,
    /// The domain of the sender, if messages leave to a server.
    pub domain: Option<String>,
    /// Today on the company's clock.
    pub today: Date,
    /// Today at each provider.
    pub now: Vec<(Provider, WarmUpDay)>,
    /// The days so far, the newest first.
    pub days: Vec<(Provider, WarmUpDay)>,
}

/// What is to be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WarmUpChange {
    /// Whether days have a size.
    pub is_on: bool,
    /// Messages to each provider on the first day.
    pub first: u32,
    /// Messages to each provider on a day, once it is warm.
    pub target: u32,
    /// The version that was read.
    pub version: i64,
}

/// A domain that is being warmed up.
#[derive(Debug, Clone)]
pub(crate) struct Warming {
    warm_up: WarmUp,
    domain: String,
    zone: TimeZone,
}

/// The days that messages which go through the gate together found, by provider.
pub(crate) type Sizes = HashMap<Provider, u32>;

/// What came of asking for a place.
#[derive(Debug)]
pub(crate) enum Place {
    /// It has one.
    Taken(Key),
    /// The day has no more room.
    Full {
        /// How many it had room for.
        allowed: u32,
        /// When the next day begins.
        until: Timestamp,
    },
}

impl App {
    /// Warming up as it stands.
    ///
    /// # Errors
    /// If the actor may not see settings.
    pub async fn warm_up(&self, actor: &Actor) -> Result<WarmUpView> {
        actor.must(Right::ManageSettings)?;
        let today = warm_up_date(self.now(), &self.zone());
        let mut tx = self.shared().db.read().await?;
        let (warm_up, version) = stored(&mut tx, today).await?;
        let domain = domain(&mut tx).await?;
        let (mut now, mut days) = (Vec::new(), Vec::new());
        if let Some(domain) = &domain
            && warm_up.is_on
        {
            for provider in Provider::ALL {
                let all = warm_up::days(&mut tx, domain, provider).await?;
                let known = all.iter().find(|day| day.date == today);
                let (allowed, hold) = warm_up.size(today, &all);
                now.push((
                    provider,
                    known.copied().unwrap_or(empty(today, allowed, hold)),
                ));
            }
            let since = warm_up.since.to_string();
            days = warm_up::list(&mut tx, domain, &since, DAYS_SHOWN).await?;
        }
        Ok(WarmUpView {
            warm_up,
            version,
            domain,
            today,
            now,
            days,
        })
    }

    /// Switches warming up on or off, or gives it other sizes. Advertising that waits comes to
    /// the gate again and is told anew how long.
    ///
    /// # Errors
    /// If the actor may not, a size cannot be, or somebody else changed it meanwhile.
    pub async fn change_warm_up(&self, actor: &Actor, change: WarmUpChange) -> Result<WarmUpView> {
        actor.must(Right::ManageSettings)?;
        let now = self.now();
        let today = warm_up_date(now, &self.zone());
        let mut tx = self.shared().db.begin().await?;
        let (before, _) = stored(&mut tx, today).await?;
        let warm_up = WarmUp {
            version: WARM_UP_VERSION,
            is_on: change.is_on,
            first: change.first,
            target: change.target,
            // Switched on anew it begins anew.
            since: if before.is_on { before.since } else { today },
        };
        if let Some(defect) = warm_up.defects().first() {
            return Err(Error::invalid(defect.field, defect.reason));
        }
        let text = serde_json::to_string(&warm_up).map_err(anyhow::Error::from)?;
        match setting::put(&mut tx, SETTING, &text, change.version, now).await {
            Err(filo_store::Error::Conflict(why)) => return Err(Error::Conflict(why)),
            put => put?,
        };
        warm_up::look_again(&mut tx, now).await?;
        let entry = actor.did(Act::SettingChanged, now);
        record(&mut tx, &entry.with("name", Token::word(SETTING))).await?;
        tx.commit().await?;
        self.shared().outbox.wake();
        self.warm_up(actor).await
    }

    /// The domain that is being warmed up, if one is.
    pub(crate) async fn warming(&self, tx: &mut Tx<'_>) -> Result<Option<Warming>> {
        let zone = self.zone();
        let today = warm_up_date(self.now(), &zone);
        let (warm_up, _) = stored(tx, today).await?;
        if !warm_up.is_on {
            return Ok(None);
        }
        let domain = domain(tx).await?;
        Ok(domain.map(|domain| Warming {
            warm_up,
            domain,
            zone,
        }))
    }

    /// Takes a place for a message at its provider. Who has to wait for room takes none that is
    /// not there.
    pub(crate) async fn take_place(
        &self,
        tx: &mut Tx<'_>,
        (warming, sizes): (&Warming, &mut Sizes),
        (provider, class): (Provider, Class),
        now: Timestamp,
    ) -> Result<Place> {
        let today = warm_up_date(now, &warming.zone);
        let key = warming.key(provider, today);
        let allowed = match sizes.get(&provider) {
            Some(allowed) => *allowed,
            None => {
                let allowed = self.open_day(tx, warming, &key, today).await?;
                sizes.insert(provider, allowed);
                allowed
            }
        };
        if warm_up::take(tx, &key, class == Class::Marketing).await? {
            return Ok(Place::Taken(key));
        }
        let until = next_warm_up_day(today, &warming.zone);
        Ok(Place::Full { allowed, until })
    }

    /// Opens today, or gives it the size that the settings say now; tells somebody if it does not
    /// grow.
    async fn open_day(
        &self,
        tx: &mut Tx<'_>,
        warming: &Warming,
        key: &Key,
        today: Date,
    ) -> Result<u32> {
        let days = warm_up::days(tx, &key.domain, key.provider).await?;
        let size = warming.warm_up.size(today, &days);
        let known = days.iter().find(|day| day.date == today);
        if known.is_none_or(|day| (day.allowed, day.hold) != size) {
            warm_up::open(tx, key, size).await?;
        }
        if known.is_none()
            && let Some(hold) = size.1
        {
            self.tell_hold(tx, key, hold).await?;
        }
        Ok(size.0)
    }

    async fn tell_hold(&self, tx: &mut Tx<'_>, key: &Key, hold: Hold) -> Result<()> {
        let provider = key.provider.word();
        let detail = serde_json::json!({
            "domain": key.domain,
            "provider": provider,
            "why": hold.word(),
        });
        let report = Report {
            id: IncidentId(self.spare_id()),
            kind: "mail_warm_up",
            subject: &format!("{} {provider}", key.domain),
            detail: &detail.to_string(),
            at: self.now(),
        };
        incident::raise(tx, &report).await?;
        Ok(())
    }

    /// Counts a complaint about a message of ours at its provider, today.
    pub(super) async fn count_complaint(&self, tx: &mut Tx<'_>, row: &MailReturnRow) -> Result<()> {
        let Some(warming) = self.warming(tx).await? else {
            return Ok(());
        };
        let Some(message) = row.message else {
            return Ok(());
        };
        let Some(provider) = warm_up::noted(tx, message).await? else {
            return Ok(());
        };
        let today = warm_up_date(row.at, &warming.zone);
        let key = warming.key(provider, today);
        self.open_day(tx, &warming, &key, today).await?;
        warm_up::count(tx, &key, Count::Complained).await?;
        Ok(())
    }

    /// Lets go of days of long ago.
    pub(super) async fn let_warm_up_days_go(&self, tx: &mut Tx<'_>) -> Result<u64> {
        let today = warm_up_date(self.now(), &self.zone());
        let Ok(since) = today.checked_sub(Span::new().days(DAYS_KEPT)) else {
            return Ok(0);
        };
        Ok(warm_up::prune(tx, &since.to_string()).await?)
    }
}

impl Warming {
    fn key(&self, provider: Provider, day: Date) -> Key {
        Key {
            domain: self.domain.clone(),
            provider,
            day: day.to_string(),
        }
    }
}

/// What the owner says, with its version.
async fn stored(tx: &mut Tx<'_>, today: Date) -> Result<(WarmUp, i64)> {
    let Some(stored) = setting::get(tx, SETTING).await? else {
        return Ok((WarmUp::off(today), 0));
    };
    let warm_up = serde_json::from_str(&stored.value).map_err(anyhow::Error::from)?;
    Ok((warm_up, stored.version))
}

/// The domain of the sender, if messages leave to a server: a folder needs no warming up.
async fn domain(tx: &mut Tx<'_>) -> Result<Option<String>> {
    let settings = account::stored(tx).await?.settings;
    Ok(match settings.way {
        Way::Smtp(_) => settings.from_domain(),
        Way::Folder => None,
    })
}

const fn empty(date: Date, allowed: u32, hold: Option<Hold>) -> WarmUpDay {
    WarmUpDay {
        date,
        allowed,
        hold,
        sent: 0,
        taken: 0,
        deferred: 0,
        complained: 0,
    }
}
