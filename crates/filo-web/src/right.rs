//! Rights as argument types: a handler that takes `Session<SeePeople>` or `Bearer<SeePeople>`
//! cannot be reached by who lacks the right.
//!
//! **Invariant:** what a handler needs stands in its arguments and nowhere else.

use filo_core::access::Right;

/// What a caller needs.
pub(crate) trait Power: Send + Sync + 'static {
    /// The right; none where a login is enough.
    const RIGHT: Option<Right>;
    /// Whether the page serves people who have still to set up a second factor.
    const WHILE_ENROLLING: bool = false;
}

/// One's own account: whoever has logged in.
#[derive(Debug)]
pub(crate) struct Own;

impl Power for Own {
    const RIGHT: Option<Right> = None;
}

/// Setting up a second factor, and logging out: whoever has logged in, even if that is due.
#[derive(Debug)]
pub(crate) struct Enrolling;

impl Power for Enrolling {
    const RIGHT: Option<Right> = None;
    const WHILE_ENROLLING: bool = true;
}

/// One type for each right.
macro_rules! powers {
    ($($right:ident)*) => {$(
        #[derive(Debug)]
        pub(crate) struct $right;

        impl Power for $right {
            const RIGHT: Option<Right> = Some(Right::$right);
        }
    )*};
}

powers! {
    FindPeople SeePeople SeePersonalData ListPeople ExportPeople HandlePrivacy SeeFigures
    WriteNotes RecordConsent DecideIdentity
    SeeSources ManageSources SeeQuarantine RepairQuarantine SeeIncidents ResolveIncidents
    ManageKeys ManageUsers ManageWebhooks ManageSettings ManageBackups SeeAudit
    ImportPeople ManageSegments SendMessages ManageContent ManageJourneys DoTasks
}
