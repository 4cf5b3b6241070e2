//! Changing the rules.
//!
//! **Invariant:** of two people who change them from the same version, the second one is refused;
//! a change is in the tables with its place in the history and in the audit log before anybody
//! follows it, so a crash cannot leave a part of the customers under the old rules for good.

use std::sync::Arc;

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::identity::{
    BLOCKED_CHARS_MOST, BLOCKED_MOST, IDENTIFIERS_MOST, JoiningRules, RuleFault, Rules,
    SUSPECT_LINKS_LEAST, SUSPECT_LINKS_MOST,
};
use filo_core::time::Timestamp;
use filo_store::{Tx, lease, setting};
use tokio::sync::oneshot;

use super::history::{self, RuleChange};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::engine::{Followed, Input};
use crate::error::{Error, Result};

const SETTING: &str = "rules";

/// The rules as they stand.
#[derive(Debug, Clone)]
pub struct RulesView {
    /// What a person may change of them.
    pub rules: JoiningRules,
    /// A change must name it.
    pub version: u32,
    /// How many thousandths of the identifiers follow them, while not all do.
    pub followed_thousandths: Option<u32>,
    /// Versions, newest first; empty until they were changed once.
    pub history: Vec<RuleChange>,
}

/// The rules in the tables, with their version and when they were put there.
pub(crate) async fn stored_rules(tx: &mut Tx<'_>) -> anyhow::Result<Option<(Rules, Timestamp)>> {
    let Some(stored) = setting::get(tx, SETTING).await? else {
        return Ok(None);
    };
    let mut rules: Rules = serde_json::from_str(&stored.value)?;
    rules.version = u32::try_from(stored.version)?;
    Ok(Some((rules, stored.updated_at)))
}

/// Refuses what no one can follow, with the field's name.
pub(super) fn checked(rules: JoiningRules) -> Result<JoiningRules> {
    rules.checked().map_err(|fault| match fault {
        RuleFault::Limit(kind) => Error::invalid(
            kind.word(),
            format!("from 1 to {IDENTIFIERS_MOST} identifiers"),
        ),
        RuleFault::Household(kind) => {
            Error::invalid(kind.word(), "stands for several people and has no limit")
        }
        RuleFault::SuspectLinks => Error::invalid(
            "suspect_links",
            format!("from {SUSPECT_LINKS_LEAST} to {SUSPECT_LINKS_MOST}"),
        ),
        RuleFault::BlockedTooMany => Error::invalid(
            "blocked",
            format!("at most {BLOCKED_MOST} values and as many mailboxes"),
        ),
        RuleFault::BlockedUnfit => Error::invalid(
            "blocked",
            format!("each in one line of at most {BLOCKED_CHARS_MOST} characters"),
        ),
    })
}

impl App {
    /// The rules about who is one person, with what they were before.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn rules_view(&self) -> Result<RulesView> {
        let known = Followed::load(&self.shared().db).await?;
        let mut tx = self.shared().db.read().await?;
        let rules = match stored_rules(&mut tx).await? {
            Some((rules, _)) => rules,
            None => Rules::clone(&self.rules()),
        };
        let (history, _) = history::load(&mut tx).await?;
        // Ids are spread evenly, so how far the walk has come is where it stands among them.
        let thousandths = |after: u128| u32::try_from(after / (u128::MAX / 1_000)).unwrap_or(0);
        Ok(RulesView {
            rules: rules.joining(),
            version: rules.version,
            followed_thousandths: Followed::rest(known, rules.version)
                .map(|after| thousandths(after.0)),
            history,
        })
    }

    /// Changes them, from the version that was read. On return new events follow them; who was
    /// there before follows step by step.
    ///
    /// # Errors
    /// If the actor may not administer, a rule is out of bounds, or somebody else changed them
    /// meanwhile.
    pub async fn change_rules(
        &self,
        actor: &Actor,
        rules: JoiningRules,
        version: u32,
    ) -> Result<RulesView> {
        actor.must(Right::ManageSettings)?;
        let rules = checked(rules)?;
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        let (before, since) = stored_rules(&mut tx)
            .await?
            .ok_or(Error::Missing("rules"))?;
        if before.version != version {
            let why = "the rules were changed by somebody else meanwhile";
            return Err(Error::Conflict(why.to_owned()));
        }
        if before.joining() == rules {
            drop(tx);
            return self.rules_view().await;
        }
        let mut after = before.with_joining(rules.clone());
        after.version = version + 1;
        let text = serde_json::to_string(&after).map_err(anyhow::Error::from)?;
        match setting::put(&mut tx, SETTING, &text, i64::from(version), now).await {
            Err(filo_store::Error::Conflict(why)) => return Err(Error::Conflict(why)),
            put => put?,
        };
        let change = RuleChange {
            version: after.version,
            at: now,
            by: Some(actor.name.clone()),
            rules,
        };
        let first = RuleChange {
            version,
            at: since,
            by: None,
            rules: before.joining(),
        };
        history::add(&mut tx, change, first).await?;
        let entry = actor.did(Act::SettingChanged, now);
        let entry = entry.about(Token::word(SETTING));
        let number = Token::number(u64::from(after.version));
        record(&mut tx, &entry.with("version", number)).await?;
        // Whoever applies may be another node.
        lease::notify_applied(&mut tx, self.progress().applied).await?;
        tx.commit().await?;
        self.follow(Arc::new(after)).await;
        self.rules_view().await
    }

    /// Waits until everybody follows the newest rules. Only the node that applies knows.
    ///
    /// # Errors
    /// If the engine has stopped.
    pub async fn rules_followed(&self) -> Result<()> {
        let mut progress = self.shared().progress.subscribe();
        let reached = progress
            .wait_for(|progress| !progress.reshaping || progress.fault.is_some())
            .await
            .map_err(anyhow::Error::from)?;
        match &reached.fault {
            Some(fault) => Err(Error::Internal(anyhow::anyhow!("{fault}"))),
            None => Ok(()),
        }
    }

    /// Hands rules that are saved to the engine and waits until new events follow them. An
    /// engine that has stopped meanwhile finds them at its next start.
    async fn follow(&self, rules: Arc<Rules>) {
        let (answer, done) = oneshot::channel();
        if self
            .tell_engine()
            .send(Input::Rules(rules, answer))
            .await
            .is_ok()
        {
            drop(done.await);
        }
    }

    /// Reads the rules that are saved before anything is applied.
    pub(crate) async fn adopt_rules(&self) -> anyhow::Result<()> {
        let mut tx = self.shared().db.read().await?;
        if let Some((rules, _)) = stored_rules(&mut tx).await? {
            self.shared().set_rules(Arc::new(rules));
        }
        Ok(())
    }

    /// Reads them anew: another node may have changed them.
    pub(crate) async fn refresh_rules(&self) {
        if let Err(error) = self.read_rules_anew().await {
            tracing::warn!(%error, "the rules could not be read anew");
        }
    }

    async fn read_rules_anew(&self) -> anyhow::Result<()> {
        if !self.is_leader() {
            return self.adopt_rules().await;
        }
        let stored = {
            let mut tx = self.shared().db.read().await?;
            stored_rules(&mut tx).await?
        };
        if let Some((rules, _)) = stored
            && rules.version > self.rules().version
        {
            let (answer, _unheard) = oneshot::channel();
            let rules = Arc::new(rules);
            drop(self.tell_engine().send(Input::Rules(rules, answer)).await);
        }
        Ok(())
    }
}
