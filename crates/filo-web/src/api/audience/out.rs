//! How audiences are told in the API.

use filo_app::audience::{AccountView, AudienceView, EntryRow, Tested};
use filo_core::audience::AddressKind;
use filo_core::id::{AudienceId, SegmentId};
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::answer::Text;

/// An audience: people whom a platform of advertising is told of.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Audience)]
pub(crate) struct AudienceOut {
    /// Its id.
    #[schema(value_type = String, example = "aud_0123456789abcdefghjkmnpqrs")]
    id: Text<AudienceId>,
    /// What people call it.
    name: String,
    /// What it is for.
    description: String,
    /// `meta`, `google` or `linkedin`.
    platform: &'static str,
    /// `push` or `file`.
    delivery: &'static str,
    /// Its id at the platform; empty with `file`.
    remote: String,
    /// The segment whose people come in of their own accord.
    #[schema(value_type = Option<String>)]
    segment: Option<Text<SegmentId>>,
    /// The purpose whose yes it takes.
    purpose: String,
    /// What goes beside an address.
    fields: Vec<&'static str>,
    /// `by_hand`, `paused`, `ending`, `failing`, `behind` or `in_step`.
    state: &'static str,
    /// Everybody is still being looked at for the first time.
    filling: bool,
    /// People whom its source names.
    people: PeopleOut,
    /// Addresses as the platform knows them.
    addresses: AddressesOut,
    /// How telling the platform goes.
    telling: TellingOut,
    /// How many files of it were closed.
    files: i64,
    /// When the last one was.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_file_at: Option<Text<Timestamp>>,
    /// One more with each change; a change must name it.
    version: i64,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Text<Timestamp>,
    /// When it was changed last.
    #[schema(value_type = String, format = DateTime)]
    changed_at: Text<Timestamp>,
    /// By whom.
    changed_by: String,
}

/// Where the people of an audience stand.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AudiencePeople)]
pub(crate) struct PeopleOut {
    /// They are offered.
    offered: u64,
    /// They said no, or nobody asked them.
    no_yes: u64,
    /// There is nothing by which the platform could know them.
    no_address: u64,
}

/// How many addresses there are of what.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AudienceAddresses)]
pub(crate) struct AddressesOut {
    /// E-mail addresses that are wanted there.
    emails: u64,
    /// Numbers that are wanted there.
    phones: u64,
    /// Still to be put there.
    to_put: u64,
    /// Still to be taken out.
    to_take_out: u64,
    /// The platform does not want them.
    refused: u64,
}

/// How telling a platform goes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AudienceTelling)]
pub(crate) struct TellingOut {
    /// When something was taken last.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_success_at: Option<Text<Timestamp>>,
    /// When nothing was taken last.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_failure_at: Option<Text<Timestamp>>,
    /// Since when nothing is taken.
    #[schema(value_type = Option<String>, format = DateTime)]
    failing_since: Option<Text<Timestamp>>,
    /// Tries that failed since the last that did not.
    failures: u32,
    /// When it is tried again, while it fails.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_at: Option<Text<Timestamp>>,
    /// What the platform said when it took nothing.
    answer: String,
}

impl AudienceOut {
    pub(in crate::api) fn new(view: AudienceView) -> Self {
        let (state, counts) = (view.state().word(), view.counts);
        let health = view.row.health;
        Self {
            id: Text(view.row.id),
            name: view.row.name,
            description: view.row.description,
            platform: view.platform.word(),
            delivery: view.delivery.word(),
            remote: view.row.remote,
            segment: view.row.segment.map(Text),
            purpose: view.row.purpose,
            fields: view.fields.words(),
            state,
            filling: view.is_filling,
            people: PeopleOut {
                offered: counts.offered,
                no_yes: counts.no_yes,
                no_address: counts.no_address,
            },
            addresses: AddressesOut {
                emails: counts.emails,
                phones: counts.phones,
                to_put: counts.to_put,
                to_take_out: counts.to_take_out,
                refused: counts.refused,
            },
            telling: TellingOut {
                last_success_at: health.last_success_at.map(Text),
                last_failure_at: health.last_failure_at.map(Text),
                failing_since: health.failing_since.map(Text),
                failures: health.failures,
                next_at: health.failing_since.map(|_| Text(health.due_at)),
                answer: health.last_answer,
            },
            files: view.row.file_number,
            last_file_at: view.row.file_at.map(Text),
            version: view.row.version,
            created_at: Text(view.row.created_at),
            changed_at: Text(view.row.changed_at),
            changed_by: view.row.changed_by,
        }
    }
}

/// An address that a platform does not want.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AudienceRefused)]
pub(crate) struct RefusedOut {
    /// `email` or `phone`.
    kind: Option<&'static str>,
    /// The hash by which it is known there.
    hash: String,
    /// What the platform said.
    why: String,
}

impl RefusedOut {
    pub(in crate::api) fn new(row: EntryRow) -> Self {
        let mut kinds = AddressKind::ALL.into_iter();
        let kind = kinds.find(|kind| *kind as i64 == row.kind);
        Self {
            kind: kind.map(AddressKind::word),
            hash: row.address.iter().map(|it| format!("{it:02x}")).collect(),
            why: row.refused.unwrap_or_default(),
        }
    }
}

/// How trying an audience out ended.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AudienceTest)]
pub(crate) struct TestedOut {
    /// Nothing is in the way.
    works: bool,
    /// What is in the way: `account`, `audience`, `too_fast`, `transient` or `batch`.
    why: Option<&'static str>,
    /// What the platform said.
    text: String,
}

impl TestedOut {
    pub(in crate::api) fn new(tested: Tested) -> Self {
        Self {
            works: tested.why.is_none(),
            why: tested.why,
            text: tested.text,
        }
    }
}

/// A file that was closed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AudienceFile)]
pub(crate) struct FileOut {
    /// The how manieth it is.
    pub(super) number: i64,
    /// Addresses that are added by it.
    pub(super) added: u64,
    /// Addresses that are removed by it.
    pub(super) removed: u64,
}

/// An account at a platform.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AudienceAccount)]
pub(crate) struct AccountOut {
    /// `meta`, `google` or `linkedin`.
    platform: &'static str,
    /// There is one: audiences can be told over it.
    connected: bool,
    /// Google: the advertising account that has the lists.
    account: String,
    /// Google: the account over it.
    login_account: String,
    /// Google: the program that was registered there.
    client_id: String,
    /// The secrets that are kept. They are never shown.
    secrets: Vec<&'static str>,
    /// Give it back with a change, so that nobody's change is lost.
    version: i64,
}

impl AccountOut {
    pub(in crate::api) fn new(view: AccountView) -> Self {
        let account = view.account.clone().unwrap_or_default();
        Self {
            platform: view.platform.word(),
            connected: view.account.is_some(),
            account: account.account,
            login_account: account.login_account,
            client_id: account.client_id,
            secrets: view.has.iter().map(|it| it.word()).collect(),
            version: view.version,
        }
    }
}
