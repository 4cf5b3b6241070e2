//! What lists can be asked for.

use serde::Deserialize;
use utoipa::IntoParams;

/// Which customers.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CustomersAsked {
    /// Beginnings of names, e-mail addresses, telephone numbers. Best matches, one page.
    pub(super) search: Option<String>,
    /// `next` of the page before.
    pub(super) before: Option<String>,
    /// Rows at most: 1 to 200, usually 50.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub(super) limit: Option<usize>,
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
