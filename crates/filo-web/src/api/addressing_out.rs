//! What the API says of consent: answers, statements with their proofs, certificates, links.

use filo_app::App;
use filo_app::consent::{Addressing, Certificate, Wording};
use filo_core::consent::Statement;
use filo_core::consent::addressing::Reason;
use filo_core::consent::ledger::LedgerEntry;
use filo_core::event::Channel;
use filo_core::id::{ConfirmationId, CustomerId, EventId, NodeId};
use filo_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Text, trust_word};
use super::suppression::SuppressionOut;
use crate::addressing;
use crate::i18n::{Language, Words, zone};

/// A text in both languages.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Said)]
pub(crate) struct SaidOut {
    /// Italian.
    it: String,
    /// English.
    en: String,
}

/// One reason.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AddressingReason)]
pub(crate) struct ReasonOut {
    /// A word that does not change, such as `granted`, `denied`, `suppressed`.
    code: &'static str,
    /// The instant it speaks of.
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Text<Timestamp>>,
    /// For `suppressed`: why the address is on the list.
    suppressed_for: Option<&'static str>,
    /// In words.
    text: SaidOut,
}

/// A statement about one identifier.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Statement)]
pub(crate) struct StatementOut {
    /// The identifier it covers.
    #[schema(value_type = String, example = "idn_0123456789abcdefghjkmnpqrs")]
    identifier: Text<NodeId>,
    /// What for; `*` for everything.
    purpose: String,
    /// Where; null for everywhere.
    channel: Option<&'static str>,
    /// `granted`, `pending` or `denied`.
    status: &'static str,
    /// The legal ground.
    basis: &'static str,
    /// The version of the text that was shown.
    wording: String,
}

/// How a statement is proven; what is not known is empty.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Proof)]
pub(crate) struct ProofOut {
    /// Where the proof is kept.
    kept: String,
    /// How it was said.
    how: String,
    /// Who of the company took it down.
    operator: String,
    /// The form.
    form: String,
    /// The page.
    page: String,
    /// The address in the network.
    ip: String,
    /// The browser.
    user_agent: String,
    /// SHA-256 of the text that was shown.
    wording_hash: String,
    /// The language in which it was shown.
    language: String,
}

/// An event about consent, with its proof.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConsentEntry)]
pub(crate) struct EntryOut {
    /// The event.
    #[schema(value_type = String, example = "evt_0123456789abcdefghjkmnpqrs")]
    event: Text<EventId>,
    /// What it is called.
    name: String,
    /// When it was said.
    #[schema(value_type = String, format = DateTime)]
    at: Text<Timestamp>,
    /// When Filo got to know.
    #[schema(value_type = String, format = DateTime)]
    received_at: Text<Timestamp>,
    /// The source through which it came.
    source: u32,
    /// `claimed`, `verified` or `staff`.
    trust: &'static str,
    /// What it says, for each identifier it covers.
    statements: Vec<StatementOut>,
    /// How it is proven.
    proof: ProofOut,
}

/// Every statement of a customer, the oldest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConsentLedger)]
pub(crate) struct LedgerOut {
    /// The statements.
    pub(super) data: Vec<EntryOut>,
    /// False if the customer has more events than are read for this.
    pub(super) is_whole: bool,
}

/// Whether a customer may be addressed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Addressing)]
pub(crate) struct AddressingOut {
    /// Yes or no.
    may: bool,
    /// Why; for a no, everything that stands against it.
    reasons: Vec<ReasonOut>,
    /// The instant it was asked about.
    #[schema(value_type = String, format = DateTime)]
    at: Text<Timestamp>,
    /// The statement in force.
    statement: Option<StatementOut>,
    /// The event of the statement in force.
    #[schema(value_type = Option<String>)]
    event: Option<Text<EventId>>,
    /// Its proof, where `at` was given.
    proof: Option<ProofOut>,
    /// The identifiers of the addresses that may be used.
    #[schema(value_type = Vec<String>)]
    addresses: Vec<Text<NodeId>>,
    /// When the yes comes to its end.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Text<Timestamp>>,
    /// From when they may be asked again; null: at once.
    #[schema(value_type = Option<String>, format = DateTime)]
    ask_from: Option<Text<Timestamp>>,
    /// False if the customer has more events than are read for this.
    is_whole: bool,
}

/// A text that a statement names.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Wording)]
pub(crate) struct WordingOut {
    /// The purpose it asks about.
    purpose: String,
    /// 1, 2, 3 … for each purpose.
    version: i64,
    /// How statements name it.
    name: String,
    /// `it` or `en`.
    language: String,
    /// What is read.
    text: String,
    /// SHA-256 of the text.
    hash: String,
    /// From when it is shown.
    #[schema(value_type = String, format = DateTime)]
    valid_from: Text<Timestamp>,
    /// Who wrote it.
    written_by: String,
}

/// A certificate of a customer's consents.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConsentCertificate)]
pub(crate) struct CertificateOut {
    /// The company.
    company: String,
    /// The customer.
    #[schema(value_type = String)]
    customer: Text<CustomerId>,
    /// Their identifiers: kind and value.
    identifiers: Vec<CertifiedIdentifier>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    made_at: Text<Timestamp>,
    /// Who had it made.
    made_by: String,
    /// Every statement, the oldest first.
    statements: Vec<EntryOut>,
    /// The texts that the statements name.
    wordings: Vec<WordingOut>,
    /// The lines of the suppression list.
    suppressions: Vec<SuppressionOut>,
    /// False if the customer has more events than are read for this.
    is_whole: bool,
}

/// An identifier on a certificate.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CertifiedIdentifier {
    /// Its id, as the statements name it.
    #[schema(value_type = String)]
    id: Text<NodeId>,
    /// What it is.
    kind: &'static str,
    /// Its value.
    value: String,
}

/// A link to confirm a yes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmationIn {
    /// What for.
    #[schema(example = "marketing")]
    pub(super) purpose: String,
    /// Where; left out for every channel.
    #[schema(example = "email")]
    pub(super) channel: Option<String>,
}

/// The link that was made: send it to the customer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Confirmation)]
pub(crate) struct ConfirmationOut {
    /// Its id.
    #[schema(value_type = String)]
    pub(super) id: Text<ConfirmationId>,
    /// The whole address.
    pub(super) url: String,
    /// Until when it can be followed.
    #[schema(value_type = String, format = DateTime)]
    pub(super) expires_at: Text<Timestamp>,
}

/// The links of one e-mail address.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublicLinks)]
pub(crate) struct LinksOut {
    /// The identifier of the address.
    #[schema(value_type = String)]
    pub(super) identifier: Text<NodeId>,
    /// To their preferences.
    pub(super) preferences: String,
    /// Out of every mail; also for the header `List-Unsubscribe`.
    pub(super) unsubscribe: String,
}

/// Links for the company's own mails.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublicLinksList)]
pub(crate) struct LinksList {
    /// For each e-mail address of the customer.
    pub(super) data: Vec<LinksOut>,
}

fn statement(known: &Statement) -> StatementOut {
    StatementOut {
        identifier: Text(known.covers),
        purpose: known.purpose.to_string(),
        channel: known.channel.map(Channel::word),
        status: known.status.word(),
        basis: known.basis.word(),
        wording: known.wording.to_string(),
    }
}

fn proof(entry: &LedgerEntry) -> ProofOut {
    let known = entry.proof.clone();
    ProofOut {
        kept: known.kept,
        how: known.how,
        operator: known.operator,
        form: known.form,
        page: known.page,
        ip: known.ip,
        user_agent: known.user_agent,
        wording_hash: known.wording_hash,
        language: known.language,
    }
}

pub(super) fn entry(known: &LedgerEntry) -> EntryOut {
    let trust = known.statements.first().map(|it| it.provenance.trust);
    EntryOut {
        event: Text(known.event),
        name: known.name.clone(),
        at: Text(known.at),
        received_at: Text(known.received_at),
        source: known.source.0,
        trust: trust.map_or("claimed", trust_word),
        statements: known.statements.iter().map(statement).collect(),
        proof: proof(known),
    }
}

pub(super) fn wording(known: Wording) -> WordingOut {
    WordingOut {
        name: known.name(),
        purpose: known.purpose,
        version: known.version,
        language: known.language,
        text: known.text,
        hash: known.hash,
        valid_from: Text(known.valid_from),
        written_by: known.written_by,
    }
}

fn reason(app: &App, known: &Reason) -> ReasonOut {
    let zone = zone(&app.company().company.zone);
    let said = |language| {
        let words = Words {
            zone,
            ..Words::of(language)
        };
        addressing::reason(words, known)
    };
    ReasonOut {
        code: known.why.word(),
        at: known.at.map(Text),
        suppressed_for: known
            .suppressed
            .map(filo_app::consent::SuppressionReason::word),
        text: SaidOut {
            it: said(Language::Italian),
            en: said(Language::English),
        },
    }
}

pub(super) fn answer(app: &App, asked: &Addressing) -> AddressingOut {
    let verdict = &asked.verdict;
    let known = verdict.statement.as_ref();
    AddressingOut {
        may: verdict.may,
        reasons: verdict.reasons.iter().map(|it| reason(app, it)).collect(),
        at: Text(asked.at),
        statement: known.map(statement),
        event: known.map(|statement| Text(statement.provenance.event)),
        proof: asked.entry.as_ref().map(proof),
        addresses: verdict.addresses.iter().copied().map(Text).collect(),
        expires_at: verdict.expires_at.map(Text),
        ask_from: verdict.ask_from.map(Text),
        is_whole: asked.is_whole,
    }
}

/// The document of a certificate, for the API and for the file that the console gives away.
pub(crate) fn certificate(app: &App, made: Certificate) -> CertificateOut {
    let identifiers = made.customer.identifiers.iter();
    CertificateOut {
        company: app.company().company.name.to_string(),
        customer: Text(made.customer.id),
        identifiers: identifiers
            .map(|known| CertifiedIdentifier {
                id: Text(known.node),
                kind: known.kind.word(),
                value: known.value.to_string(),
            })
            .collect(),
        made_at: Text(made.made_at),
        made_by: made.made_by,
        statements: made.ledger.entries.iter().map(entry).collect(),
        wordings: made.wordings.into_iter().map(wording).collect(),
        suppressions: made.suppressions.iter().map(SuppressionOut::of).collect(),
        is_whole: made.is_whole,
    }
}
