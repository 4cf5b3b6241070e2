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
