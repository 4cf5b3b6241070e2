//! The audit log: who did what and when, as a chain in which every entry seals the one before.
//!
//! **Invariant (I20):** the hash of an entry covers all its fields and the hash before it, so what
//! was edited, taken out, put in or moved breaks the chain; what was cut off its end breaks it
//! against a head that was noted earlier.
//! **Invariant:** nothing personal can stand in an entry: its fields are ids, numbers and words of
//! this program, so erasing somebody leaves the chain whole.

use std::fmt;
use std::str::FromStr;

use crate::time::Timestamp;

mod chain;
mod token;

pub use chain::{Chain, Fault, Head, InvalidHead, Sealed, seal};
pub use token::Token;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word under which it is stored and shown; never given to another.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// What a word stands for.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.word() == word)
            }
        }
    };
}

words! {
    /// What is written down. A new act is a line here and a sentence in each language.
    Act {
        /// A message to a customer was written by hand.
        MessageWritten = "message_written",
        /// A message was called off before it left.
        MessageCancelled = "message_cancelled",
        /// A message was let come to the gate again.
        MessageSentAgain = "message_sent_again",
        /// Somebody said yes to messages before they left.
        MessagesApproved = "messages_approved",
        /// Somebody said no to them.
        MessagesRefused = "messages_refused",
        /// Another person said yes to them too.
        ApprovalSeconded = "approval_seconded",
        /// What was said of them was taken back.
        ApprovalWithdrawn = "approval_withdrawn",
        /// What a message says was changed before it left.
        MessageRewritten = "message_rewritten",
        /// A segment was made, changed, put away or brought back.
        SegmentChanged = "segment_changed",
        /// A list was made, changed, put away or brought back.
        ListChanged = "list_changed",
        /// Somebody was put on a list.
        ListJoined = "list_joined",
        /// Somebody was taken off a list.
        ListLeft = "list_left",
        /// An audience was made, changed, paused, taken up again or removed.
        AudienceChanged = "audience_changed",
        /// The people of an audience were taken away as a file.
        AudienceExported = "audience_exported",
        /// A computed trait was made, changed, put away or brought back.
        ComputedTraitChanged = "computed_trait_changed",
        /// A piece of content was made, changed, put away or brought back.
        PieceChanged = "piece_changed",
        /// A promotion was made, changed, put away or brought back.
        PromotionChanged = "promotion_changed",
        /// A journey was made, changed or removed.
        JourneyChanged = "journey_changed",
        /// A journey was published: it started, or goes on by a new version.
        JourneyPublished = "journey_published",
        /// A journey was paused, goes on, or was stopped.
        JourneyHalted = "journey_halted",
        /// The shares of an experiment that learns were frozen, made equal, or learn again.
        SharesSteered = "shares_steered",
        /// A journey was rehearsed.
        JourneyRehearsed = "journey_rehearsed",
        /// A customer was let into a journey by hand.
        RunBegun = "run_begun",
        /// A customer was taken out of a journey.
        RunEnded = "run_ended",
        /// What came of a task was said.
        TaskDone = "task_done",
        /// A task that was done was opened again.
        TaskReopened = "task_reopened",
        /// A search for kinds of customers was asked for.
        PersonasSought = "personas_sought",
        /// What a search found was put in force.
        PersonasAdopted = "personas_adopted",
        /// What was in force was taken out of it again.
        PersonasWithdrawn = "personas_withdrawn",
        /// A kind of customers was given a name or a note.
        PersonaNamed = "persona_named",
        /// Somebody came in; the subject is their session.
        LoggedIn = "logged_in",
        /// Somebody tried to come in with a key that is none.
        LoginFailed = "login_failed",
        /// A session was ended by its holder.
        LoggedOut = "logged_out",
        /// The first account was made, with a printed link.
        OwnerMade = "owner_made",
        /// Somebody was invited.
        Invited = "invited",
        /// An invitation was taken back.
        InviteRevoked = "invite_revoked",
        /// An invitation was accepted: there is an account.
        InviteAccepted = "invite_accepted",
        /// A person of the company got another role.
        RoleChanged = "role_changed",
        /// An account was disabled.
        UserDisabled = "user_disabled",
        /// An account was enabled again.
        UserEnabled = "user_enabled",
        /// A password was changed or set anew.
        PasswordChanged = "password_changed",
        /// A link to set a password anew was made.
        PasswordLinkMade = "password_link_made",
        /// A second factor was set up.
        FactorSet = "factor_set",
        /// A second factor was turned off.
        FactorRemoved = "factor_removed",
        /// The company's directory became a way into an account.
        SignOnLinked = "sign_on_linked",
        /// The directory is a way into an account no more.
        SignOnUnlinked = "sign_on_unlinked",
        /// A key was made.
        KeyMade = "key_made",
        /// From which sites a key may send was changed.
        KeyChanged = "key_changed",
        /// A key was ended.
        KeyRevoked = "key_revoked",
        /// A source of events was made.
        SourceMade = "source_made",
        /// A source got another name, was disabled or enabled.
        SourceChanged = "source_changed",
        /// A file of people was taken away.
        PeopleExported = "people_exported",
        /// Everything that is kept of a person was taken away as a file.
        PersonExported = "person_exported",
        /// A person was forgotten.
        PersonErased = "person_erased",
        /// What a person asks about their data was taken down.
        DataRequestMade = "data_request_made",
        /// It was shown that a request is really theirs.
        DataRequestChecked = "data_request_checked",
        /// Two more months were taken for a request.
        DataRequestExtended = "data_request_extended",
        /// A request was done.
        DataRequestDone = "data_request_done",
        /// A request was refused.
        DataRequestRefused = "data_request_refused",
        /// A request that had been closed was opened again.
        DataRequestReopened = "data_request_reopened",
        /// What had been kept long enough went.
        RetentionEnforced = "retention_enforced",
        /// A note was added to a customer.
        NoteAdded = "note_added",
        /// A note was taken back.
        NoteRemoved = "note_removed",
        /// Two identifiers were ruled to be different people.
        RuledApart = "ruled_apart",
        /// Two identifiers were ruled to be one person.
        RuledTogether = "ruled_together",
        /// A ruling was taken back.
        RulingWithdrawn = "ruling_withdrawn",
        /// A consent was taken down.
        ConsentGranted = "consent_granted",
        /// The withdrawal of a consent was taken down.
        ConsentWithdrawn = "consent_withdrawn",
        /// A text to be agreed to was written.
        WordingAdded = "wording_added",
        /// A link to confirm a claimed yes was made.
        ConfirmationMade = "confirmation_made",
        /// An address was put on the suppression list.
        Suppressed = "suppressed",
        /// An address was taken off the suppression list.
        SuppressionLifted = "suppression_lifted",
        /// A number was looked up in the register of those who want no calls.
        CallChecked = "call_checked",
        /// A quarantined event was mended and taken in.
        QuarantineRepaired = "quarantine_repaired",
        /// A quarantined event was discarded.
        QuarantineDiscarded = "quarantine_discarded",
        /// Discarded events were put back into quarantine.
        QuarantineRestored = "quarantine_restored",
        /// An incident was opened again.
        IncidentReopened = "incident_reopened",
        /// A webhook was made, changed or removed.
        WebhookChanged = "webhook_changed",
        /// An incident was marked as seen.
        IncidentResolved = "incident_resolved",
        /// A note beside figures was made, changed, removed or brought back.
        AnnotationChanged = "annotation_changed",
        /// A question in SQL was saved, changed, removed or brought back.
        QueryChanged = "query_changed",
        /// A rule by which a figure is watched was made, changed, removed or brought back.
        AlertRuleChanged = "alert_rule_changed",
        /// What a rule told was put away, or taken up again.
        AlertDismissed = "alert_dismissed",
        /// Somebody gets the Monday page by mail from now on, at another hour, or no more.
        MondayChanged = "monday_changed",
        /// A setting got another value.
        SettingChanged = "setting_changed",
        /// Values of customers were mended.
        ValuesMended = "values_mended",
        /// Values that had been mended were put back.
        MendingUndone = "mending_undone",
        /// Values that looked wrong were left as they are.
        FindingsLeft = "findings_left",
        /// Values that had been left as they are were taken up again.
        FindingsTakenUp = "findings_taken_up",
        /// Somebody went through the list of customers.
        CustomersListed = "customers_listed",
        /// The lake was asked in SQL.
        LakeQueried = "lake_queried",
        /// This log was exported.
        AuditExported = "audit_exported",
        /// An import began.
        ImportBegun = "import_begun",
        /// An import came to its end.
        Imported = "imported",
        /// What an import brought was taken out again.
        ImportUndone = "import_undone",
        /// Working the state out anew began.
        RebuildBegun = "rebuild_begun",
        /// The state was worked out anew.
        Rebuilt = "rebuilt",
    }
}

words! {
    /// Who acts.
    Party {
        /// Whoever owns the data folder, at the command line.
        Operator = "operator",
        /// The holder of a key or session.
        Key = "key",
        /// A person with an account.
        User = "user",
        /// Filo by itself.
        Filo = "filo",
        /// Somebody who has not shown who they are.
        Nobody = "nobody",
    }
}

/// What is to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// Who, by kind.
    pub party: Party,
    /// Who, by id.
    pub actor: Option<Token>,
    /// What they did.
    pub act: Act,
    /// To what.
    pub subject: Option<Token>,
    /// What else is to be known, by name.
    pub detail: Vec<(&'static str, Token)>,
}

impl Entry {
    /// An entry that says no more than who did what.
    #[must_use]
    pub const fn new(at: Timestamp, party: Party, act: Act) -> Self {
        Self {
            at,
            party,
            actor: None,
            act,
            subject: None,
            detail: Vec::new(),
        }
    }

    /// Names what it was done to.
    #[must_use]
    pub fn about(mut self, subject: impl Into<Token>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// Adds a detail.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Token>) -> Self {
        self.detail.push((name, value.into()));
        self
    }

    /// The details as they are stored: `name=value` with spaces between.
    #[must_use]
    pub fn detail_text(&self) -> String {
        let pairs = self.detail.iter();
        let pairs: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={}", value.as_str()))
            .collect();
        pairs.join(" ")
    }
}

impl fmt::Display for Head {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}-", self.seq)?;
        self.hash
            .iter()
            .try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl FromStr for Head {
    type Err = InvalidHead;

    fn from_str(text: &str) -> Result<Self, InvalidHead> {
        let (seq, hash) = text.trim().split_once('-').ok_or(InvalidHead)?;
        let hash = blake3::Hash::from_hex(hash).map_err(|_not_hex| InvalidHead)?;
        let seq = seq.parse().ok().filter(|seq| *seq >= 0);
        Ok(Self {
            seq: seq.ok_or(InvalidHead)?,
            hash: *hash.as_bytes(),
        })
    }
}

#[cfg(test)]
mod tests;
