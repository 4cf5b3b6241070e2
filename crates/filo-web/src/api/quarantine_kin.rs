//! All of a kind in quarantine at once: counting, trying a mend, mending, discarding, taking back.

use axum::extract::State;
use filo_app::{App, Kin, QuarantineGroup};
use filo_core::id::{QuarantineId, SourceId};
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, Text, done, ok};
use super::paging::Page;
use super::power::Bearer;
use super::request::{Body, IdOf};
use crate::mend::Mend;
use crate::problem::{Problem, ProblemOut};
use crate::repair::{Trial, discard_all, repair_all, try_out};
use crate::right::{RepairQuarantine, SeeQuarantine};

/// Which kind: the same fault of the same sender.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = QuarantineKin)]
pub(crate) struct KinIn {
    /// The reason.
    #[schema(example = "missing_event")]
    code: String,
    /// The field, if it was one.
    #[serde(default)]
    field: Option<String>,
    /// The sender, if known.
    #[serde(default)]
    source: Option<u32>,
}

impl KinIn {
    fn kin(self) -> Kin {
        Kin {
            code: self.code,
            field: self.field,
            source: self.source.map(SourceId),
        }
    }
}

/// One kind with how many are open.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuarantineGroup)]
pub(crate) struct GroupOut {
    /// Which kind.
    kin: KinIn,
    /// How many, of the newest 10,000 that are open.
    count: i64,
    /// When the newest arrived.
    #[schema(value_type = String, format = DateTime)]
    newest_at: Text<Timestamp>,
}

impl GroupOut {
    fn new(group: QuarantineGroup) -> Self {
        Self {
            kin: KinIn {
                code: group.code,
                field: group.field,
                source: group.source.map(|source| source.0),
            },
            count: group.count,
            newest_at: Text(group.newest_at),
        }
    }
}

/// How to mend.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RepairAllIn {
    /// Which.
    kin: KinIn,
    /// `as_it_is`, `event_name`, `type`, `day_first`, `undated`, `who_from` or `shorten`.
    mend: String,
    /// The name, type or field that the mend needs.
    #[serde(default)]
    value: String,
    /// Only shows what would become of the newest three.
    #[serde(default)]
    dry_run: bool,
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RepairedAllOut {
    /// So many were taken in.
    repaired: usize,
    /// So many are still wrong and stay.
    left: usize,
    /// There are more than one request mends: send it again.
    more: bool,
    /// With `dry_run`: the newest three.
    trials: Vec<TrialOut>,
}

/// What a mend would make of one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RepairTrial)]
pub(crate) struct TrialOut {
    /// As it arrived.
    before: String,
    /// As it would be.
    after: String,
    /// What would still be wrong.
    defects: Vec<String>,
}

impl TrialOut {
    fn new(trial: Trial) -> Self {
        Self {
            before: trial.before,
            after: trial.after,
            defects: trial.defects.iter().map(ToString::to_string).collect(),
        }
    }
}

/// What was discarded.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DiscardedOut {
    /// How many.
    discarded: usize,
}

/// What is open, by kind, the most frequent first.
#[utoipa::path(
    get, path = "/quarantine/groups", tag = "quarantine",
    responses((status = 200, body = Page<GroupOut>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_quarantine_groups(
    State(app): State<App>,
    _key: Bearer<SeeQuarantine>,
) -> Answer {
    let groups = app.quarantine_groups().await?;
    ok(&Page::whole(
        groups.into_iter().map(GroupOut::new).collect(),
    ))
}

/// Mends all of a kind in the same way and takes in what is right then.
#[utoipa::path(
    post, path = "/quarantine/repair", tag = "quarantine", request_body = RepairAllIn,
    responses((status = 200, body = RepairedAllOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn repair_kin(
    State(app): State<App>,
    key: Bearer<RepairQuarantine>,
    Body(asked): Body<RepairAllIn>,
) -> Answer {
    let wrong = |_key| Problem::invalid("mend", "is not a way to mend, or its `value` is wrong");
    let mend = Mend::of(&asked.mend, &asked.value).map_err(wrong)?;
    let kin = asked.kin.kin();
    if asked.dry_run {
        let trials = try_out(&app, &kin, &mend).await?;
        return ok(&RepairedAllOut {
            repaired: 0,
            left: 0,
            more: false,
            trials: trials.into_iter().map(TrialOut::new).collect(),
        });
    }
    let told = repair_all(&app, &key.actor, &kin, &mend).await?;
    ok(&RepairedAllOut {
        repaired: told.repaired,
        left: told.left,
        more: told.more,
        trials: Vec::new(),
    })
}

/// Discards all of a kind, up to 2,000 at once.
#[utoipa::path(
    post, path = "/quarantine/discard", tag = "quarantine", request_body = KinIn,
    responses((status = 200, body = DiscardedOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn discard_kin(
    State(app): State<App>,
    key: Bearer<RepairQuarantine>,
    Body(asked): Body<KinIn>,
) -> Answer {
    let discarded = discard_all(&app, &key.actor, &asked.kin()).await?.count;
    ok(&DiscardedOut { discarded })
}

/// Opens one again that was discarded.
#[utoipa::path(
    post, path = "/quarantine/{id}/restore", tag = "quarantine", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn restore_quarantined(
    State(app): State<App>,
    key: Bearer<RepairQuarantine>,
    IdOf(id): IdOf<QuarantineId>,
) -> Answer {
    app.restore_quarantined(&key.actor, id).await?;
    done()
}
