//! Rights as argument types: a handler that takes `Session<SeePeople>` or `Bearer<SeePeople>`
//! cannot be reached by who lacks the right.
//!
//! **Invariant:** what a handler needs stands in its arguments and nowhere else.

use filo_app::Actor;
use filo_core::access::Right;

/// What a caller needs.
pub(crate) trait Power: Send + Sync + 'static {
    /// The right; none where a login is enough.
    const RIGHT: Option<Right>;
    /// Another one that they need besides, if they do.
    const ALSO: Option<Right> = None;
    /// Whether the page serves people who have still to set up a second factor.
    const WHILE_ENROLLING: bool = false;

    /// The first of these rights that somebody lacks.
    fn lacked_by(actor: &Actor) -> Option<Right> {
        let rights = [Self::RIGHT, Self::ALSO];
        rights
            .into_iter()
            .flatten()
            .find(|right| !actor.may(*right))
    }
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

/// The people behind a figure: neither right is enough alone.
#[derive(Debug)]
pub(crate) struct SeePeopleOfFigures;

impl Power for SeePeopleOfFigures {
    const RIGHT: Option<Right> = Some(Right::ListPeople);
    const ALSO: Option<Right> = Some(Right::SeeFigures);
}

/// Writing beside figures, and watching them: neither right is enough alone.
#[derive(Debug)]
pub(crate) struct AnnotateFigures;

impl Power for AnnotateFigures {
    const RIGHT: Option<Right> = Some(Right::SeeFigures);
    const ALSO: Option<Right> = Some(Right::WriteNotes);
}

/// Taking people out of an audience into a file, after which they count as told: neither right is
/// enough alone.
#[derive(Debug)]
pub(crate) struct CloseAudienceFiles;

impl Power for CloseAudienceFiles {
    const RIGHT: Option<Right> = Some(Right::ExportPeople);
    const ALSO: Option<Right> = Some(Right::ManageSegments);
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
