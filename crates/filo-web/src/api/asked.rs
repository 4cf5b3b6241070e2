//! What lists can be asked for.

use serde::Deserialize;
use utoipa::IntoParams;

use crate::narrowing::Narrowing;

/// How an audience is to go.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AudienceRemovalAsked {
    /// It is no more at the platform: it goes at once, and nobody is taken out there.
    #[serde(default)]
    #[param(required = false)]
    pub(super) gone_there: bool,
}

/// Which pairs.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DuplicatesAsked {
    /// `waiting` (usual) or `later`.
    pub(super) status: Option<String>,
    /// `next` of the page before.
    pub(super) before: Option<String>,
    /// Rows at most: 1 to 99, usually 50.
    #[param(minimum = 1, maximum = 99, default = 50)]
    pub(super) limit: Option<u32>,
}

/// Records of the DNS.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RecordsAsked {
    /// Asks the name server how they stand.
    #[serde(default)]
    #[param(required = false)]
    pub(super) look: bool,
}

/// Which customers.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CustomersAsked {
    /// Beginnings of names, e-mail addresses, telephone numbers. Best matches, one page; with
    /// filters, those of the 200 best of whom they are true.
    pub(super) search: Option<String>,
    /// `next` of the page before.
    pub(super) before: Option<String>,
    /// Rows at most: 1 to 200, usually 50.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub(super) limit: Option<usize>,
    /// `last_seen` (usual), `first_seen`, `name` or `spent`.
    #[serde(default)]
    #[param(required = false)]
    sort: String,
    /// A channel on which they were met.
    #[serde(default)]
    #[param(required = false)]
    channel: String,
    /// The number of the source that told of the first meeting.
    #[serde(default)]
    #[param(required = false)]
    source: String,
    /// First seen on this day of Europe/Rome or later, `2026-12-31`.
    #[serde(default)]
    #[param(required = false)]
    first_from: String,
    /// First seen on this day or earlier.
    #[serde(default)]
    #[param(required = false)]
    first_to: String,
    /// Last seen on this day or later.
    #[serde(default)]
    #[param(required = false)]
    last_from: String,
    /// Last seen on this day or earlier.
    #[serde(default)]
    #[param(required = false)]
    last_to: String,
    /// So many orders at least.
    #[serde(default)]
    #[param(required = false)]
    orders: String,
    /// Spent so much at least, `99.50`, in the main currency.
    #[serde(default)]
    #[param(required = false)]
    spent_from: String,
    /// Spent so much at most.
    #[serde(default)]
    #[param(required = false)]
    spent_to: String,
    /// What they said about marketing: `granted`, `denied` or `unknown`.
    #[serde(default)]
    #[param(required = false)]
    marketing: String,
    /// `today`, `week` (the next seven days) or `month` (this one).
    #[serde(default)]
    #[param(required = false)]
    birthday: String,
    /// Reachable by `email`, by `phone`, or by `both`.
    #[serde(default)]
    #[param(required = false)]
    reach: String,
    /// The id of a list that they are on.
    #[serde(default)]
    #[param(required = false)]
    list: String,
    /// A trait, in any way of writing it: `favouriteShop`, `favourite_shop`. So many people are
    /// looked through at a time: a page may hold fewer than `limit`, even none, and still say
    /// `next`.
    #[serde(default)]
    #[param(required = false)]
    trait_name: String,
    /// `equals` (usual with a value), `contains`, `set` (usual without) or `empty`.
    #[serde(default)]
    #[param(required = false)]
    trait_is: String,
    /// The value, capitals or not.
    #[serde(default)]
    #[param(required = false)]
    trait_value: String,
}

impl CustomersAsked {
    /// The search, the filters and the order.
    pub(super) fn narrowing(self) -> Narrowing {
        Narrowing {
            search: self.search.unwrap_or_default().trim().to_owned(),
            sort: self.sort,
            channel: self.channel,
            source: self.source,
            first_from: self.first_from,
            first_to: self.first_to,
            last_from: self.last_from,
            last_to: self.last_to,
            orders: self.orders,
            spent_from: self.spent_from,
            spent_to: self.spent_to,
            marketing: self.marketing,
            birthday: self.birthday,
            reach: self.reach,
            list: self.list,
            trait_name: self.trait_name,
            trait_is: self.trait_is,
            trait_value: self.trait_value,
        }
    }
}

/// What of quarantine.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct QuarantineAsked {
    /// `open` (usual), `repaired`, `discarded` or `all`.
    pub(super) status: Option<String>,
    /// The number of a source.
    pub(super) source: Option<u32>,
    /// A reason.
    pub(super) code: Option<String>,
    /// `next` of the page before.
    pub(super) before: Option<String>,
    /// Rows at most: 1 to 200, usually 50.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub(super) limit: Option<usize>,
}

/// Which entries of the audit log.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AuditAsked {
    /// The id of who acted, or the word of their kind.
    pub(super) actor: Option<String>,
    /// The word of an act.
    pub(super) act: Option<String>,
    /// Not before this instant.
    pub(super) from: Option<String>,
    /// Before this instant.
    pub(super) until: Option<String>,
    /// `next` of the page before.
    pub(super) before: Option<String>,
    /// Rows at most: 1 to 200, usually 50.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub(super) limit: Option<usize>,
}

/// Which deliveries.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DeliveriesAsked {
    /// `waiting`, `delivered`, `failed` or `dropped`; all if absent.
    pub(super) status: Option<String>,
    /// `next` of the page before.
    pub(super) before: Option<String>,
    /// Rows at most: 1 to 200, usually 50.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub(super) limit: Option<usize>,
}

/// Which incidents.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct IncidentAsked {
    /// Those that were seen to as well.
    #[serde(default)]
    #[param(default = false)]
    pub(crate) all: bool,
    /// `next` of the page before.
    pub(crate) before: Option<String>,
    /// Rows at most: 1 to 200, usually 50.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub(crate) limit: Option<usize>,
}

/// Which findings.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FindingsAsked {
    /// What is wrong.
    #[serde(default)]
    #[param(required = false)]
    pub(super) reason: String,
    /// `email` or `phone`: only of those who can be reached at last once it is mended.
    #[serde(default)]
    #[param(required = false)]
    pub(super) gain: String,
    /// Only those with a proposal.
    #[serde(default)]
    #[param(required = false)]
    pub(super) proposed: bool,
    /// `next` of the page before.
    pub(super) before: Option<String>,
    /// Rows at most: 1 to 200, usually 50.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub(super) limit: Option<usize>,
}

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AddressingAsked {
    /// What for.
    #[param(example = "marketing")]
    pub(super) purpose: String,
    /// Where.
    #[param(example = "email")]
    pub(super) channel: String,
    /// When; now if it is left out. An earlier instant is answered from the statements made up
    /// to then.
    #[param(format = DateTime)]
    pub(super) at: Option<String>,
}

/// Which turns.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TurnsAsked {
    /// The `number` of the last turn that is known; the first ones if absent.
    #[serde(default)]
    pub(super) after: i64,
    /// Turns at most: 1 to 1,000, usually 100.
    #[param(minimum = 1, maximum = 1000, default = 100)]
    pub(super) limit: Option<u32>,
}

/// How many days.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct GrowthAsked {
    /// Days until today: 1 to 400, usually 90.
    #[param(minimum = 1, maximum = 400, default = 90)]
    pub(super) days: Option<u16>,
}

/// Which segments.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct OverlapAsked {
    /// Two to five ids of segments, divided by commas.
    pub(super) segments: String,
}

/// Which days of buyers.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct BuyerDaysAsked {
    /// Days that were measured: 1 to 400, usually 30.
    #[param(minimum = 1, maximum = 400, default = 30)]
    pub(super) days: Option<u32>,
}

/// Which messages.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct MessagesAsked {
    /// Only those that stand so: `queued`, `awaiting`, `unapproved`, `claimed`, `sent`, `unknown`,
    /// `failed`, `stopped` or `cancelled`.
    pub(super) state: Option<String>,
    /// Rows at most: 1 to 200, usually 50.
    pub(super) limit: Option<usize>,
    /// The `next` of the page before.
    pub(super) before: Option<String>,
}

/// Which runs.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RunsAsked {
    /// Only those that stand at this step.
    #[serde(default)]
    pub(super) step: String,
    /// `next` of the page before.
    pub(super) before: Option<String>,
}

/// Of which version.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ImpactAsked {
    /// Only those who came in by this version; usually all who came in by any with the goal and
    /// the share of the one published last.
    pub(super) version: Option<i64>,
}

/// Of which figure.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct BehindAsked {
    /// The place of the group: 0 are those held back, 1 the others; of an experiment, the way.
    pub(super) group: usize,
    /// `entered`, `open`, `counted`, `reached` or `bought`.
    pub(super) figure: String,
    /// Of an experiment, its step.
    pub(super) step: Option<String>,
    /// As for the impact.
    pub(super) version: Option<i64>,
    /// `next` of the page before.
    pub(super) before: Option<String>,
}

/// Which tasks.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TasksWanted {
    /// `open` (usual), those due first; or `done`, those done last first.
    #[serde(default)]
    pub(super) status: Option<String>,
    /// `next` of the page before.
    pub(super) before: Option<String>,
}
