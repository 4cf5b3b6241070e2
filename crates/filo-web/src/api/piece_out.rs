//! How pieces, and what is said about them, are told in the API.

use filo_app::content::{PieceVersion, PieceView, Rendering, Reviewed};
use filo_core::company::Language;
use filo_core::content::voice::Finding;
use filo_core::content::{Piece, Starter, Tone, Variant, Wrong};
use filo_core::id::PieceId;
use filo_core::message::Medium;
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Text;

/// A piece of content.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Piece)]
pub(crate) struct PieceOut {
    /// Its id.
    #[schema(value_type = String, example = "pce_0123456789abcdefghjkmnpqrs")]
    id: Text<PieceId>,
    /// One more with each change; a change must name it.
    version: i64,
    /// What it says.
    #[schema(value_type = Object)]
    piece: Piece,
    /// The media it speaks by.
    media: Vec<&'static str>,
    /// When it was put away; null if it was not.
    #[schema(value_type = Option<String>, format = DateTime)]
    archived_at: Option<Text<Timestamp>>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Text<Timestamp>,
    /// When it was changed last.
    #[schema(value_type = String, format = DateTime)]
    changed_at: Text<Timestamp>,
    /// By whom.
    changed_by: String,
}

impl PieceOut {
    pub(super) fn new(view: PieceView) -> Self {
        Self {
            id: Text(view.row.id),
            version: view.row.version,
            media: view.piece.media().into_iter().map(Medium::word).collect(),
            piece: view.piece,
            archived_at: view.row.archived_at.map(Text),
            created_at: Text(view.row.created_at),
            changed_at: Text(view.row.changed_at),
            changed_by: view.row.changed_by,
        }
    }
}

/// What a piece said at a version.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PieceVersion)]
pub(crate) struct PieceVersionOut {
    /// Which.
    version: i64,
    /// What it said.
    #[schema(value_type = Object)]
    piece: Piece,
    /// When it was saved.
    #[schema(value_type = String, format = DateTime)]
    made_at: Text<Timestamp>,
    /// By whom.
    made_by: String,
}

impl PieceVersionOut {
    pub(super) fn new(version: PieceVersion) -> Self {
        Self {
            version: version.row.version,
            piece: version.piece,
            made_at: Text(version.row.made_at),
            made_by: version.row.made_by,
        }
    }
}

/// What somebody would be told.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rendering)]
pub(crate) struct RenderingOut {
    /// By what.
    medium: &'static str,
    /// In which language; another one than asked for if only that was written.
    language: &'static str,
    /// In which tone, likewise.
    tone: &'static str,
    /// Which version.
    variant: &'static str,
    /// The subject of a mail, the title of a notification.
    subject: String,
    /// What a list of mails shows beside the subject.
    preheader: String,
    /// The mail with its markup; null of everything else.
    html: Option<String>,
    /// The text; of a mail its plain part.
    text: String,
    /// Where a touch leads.
    link: String,
    /// What stands on the button.
    label: String,
    /// Why it came.
    why: String,
    /// Bytes of the larger form.
    size_bytes: usize,
}

impl RenderingOut {
    pub(super) fn new(rendering: Rendering) -> Self {
        Self {
            medium: rendering.medium.word(),
            language: rendering.language.tag(),
            tone: rendering.tone.word(),
            variant: rendering.variant.word(),
            size_bytes: rendering.size_bytes(),
            subject: rendering.subject,
            preheader: rendering.preheader,
            html: rendering.html,
            text: rendering.text,
            link: rendering.link,
            label: rendering.label,
            why: rendering.why,
        }
    }
}

/// What is to be said of a piece.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PieceReview)]
pub(crate) struct ReviewOut {
    /// What keeps it from being saved.
    wrong: Vec<WrongOut>,
    /// What the voice of the company says, the heaviest first.
    findings: Vec<FindingOut>,
}

impl ReviewOut {
    pub(super) fn new(reviewed: Reviewed) -> Self {
        Self {
            wrong: reviewed.wrong.iter().map(WrongOut::new).collect(),
            findings: reviewed.findings.into_iter().map(FindingOut::new).collect(),
        }
    }
}

/// Which text of a piece.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PieceText)]
pub(crate) struct TextOut {
    /// By what.
    medium: &'static str,
    /// In which language.
    language: &'static str,
    /// In which tone.
    tone: &'static str,
    /// Which version.
    variant: &'static str,
}

impl TextOut {
    pub(super) const fn new(
        (medium, language, tone, variant): (Medium, Language, Tone, Variant),
    ) -> Self {
        Self {
            medium: medium.word(),
            language: language.tag(),
            tone: tone.word(),
            variant: variant.word(),
        }
    }
}

/// Something that keeps a piece from being saved.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PieceFault)]
pub(crate) struct WrongOut {
    /// In which text; null of the piece itself.
    text: Option<TextOut>,
    /// In which field.
    field: &'static str,
    /// The line, from 1.
    line: usize,
    /// The letter in the line, from 1.
    column: usize,
    /// A word for it.
    code: &'static str,
    /// What is wrong, and what to do.
    detail: String,
}

impl WrongOut {
    fn new(wrong: &Wrong) -> Self {
        Self {
            text: wrong.text.map(TextOut::new),
            field: wrong.fault.field.word(),
            line: wrong.fault.line,
            column: wrong.fault.column,
            code: wrong.fault.what.word(),
            detail: wrong.fault.what.to_string(),
        }
    }
}

/// Something that the voice of the company says.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PieceFinding)]
pub(crate) struct FindingOut {
    /// In which text.
    text: TextOut,
    /// In which field.
    field: &'static str,
    /// The line, from 1.
    line: usize,
    /// The letter in the line, from 1.
    column: usize,
    /// The rule.
    rule: &'static str,
    /// `bad`, `warn` or `hint`.
    weight: &'static str,
    /// The words, as they stand there.
    quote: String,
    /// What could be said instead; empty if only they know who write.
    instead: String,
    /// How many or how much, where that is the point.
    number: usize,
}

impl FindingOut {
    fn new(finding: Finding) -> Self {
        Self {
            text: TextOut::new(finding.text),
            field: finding.field.word(),
            line: finding.line,
            column: finding.column,
            rule: finding.rule.word(),
            weight: finding.rule.weight().word(),
            quote: finding.quote,
            instead: finding.instead,
            number: finding.number,
        }
    }
}

/// A piece to begin with.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StarterPiece)]
pub(crate) struct StarterOut {
    /// Its word.
    word: &'static str,
    /// What it is called, in Italian.
    name_it: &'static str,
    /// What it is called, in English.
    name_en: &'static str,
    /// The piece, to be made as it is or changed before.
    #[schema(value_type = Object)]
    piece: Piece,
}

impl StarterOut {
    pub(super) fn new(starter: &Starter) -> Self {
        Self {
            word: starter.word,
            name_it: starter.name(Language::Italian),
            name_en: starter.name(Language::English),
            piece: starter.piece(Language::English),
        }
    }
}
