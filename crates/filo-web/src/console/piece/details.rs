//! What a piece is for: name, purpose, class, pillar, stage, offer; its variations, and its own
//! words for why it came.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use filo_app::content::PieceView;
use filo_app::{App, Error};
use filo_core::buyer::Stage;
use filo_core::company::Language;
use filo_core::content::{Explaining, NAME_CHARS_MOST, Piece, Tone, Variation, check};
use filo_core::id::PieceId;
use filo_core::message::Class;
use http::StatusCode;
use maud::{Markup, html};

use super::fault::wrong_list;
use super::given::value;
use super::{language_words, stage_words, whole};
use crate::console::posted::Posted;
use crate::console::segment::Pairs;
use crate::console::session::Session;
use crate::console::{Answer, done, id, shown};
use crate::i18n::{self, Words};
use crate::right::ManageContent;
use crate::ui::form::{Field, form};
use crate::ui::icon::Icon;
use crate::ui::shown::line;

/// The form as it was filled in.
struct Given {
    piece: Piece,
    /// The variations as they are written, by language.
    variations: Vec<(Language, String)>,
    version: i64,
}

pub(in crate::console) async fn edit_form(
    State(app): State<App>,
    session: Session<ManageContent>,
    Path(piece): Path<String>,
) -> Answer {
    let piece: PieceId = id(&piece)?;
    let view = app.piece(piece).await?;
    if view.row.archived_at.is_some() {
        return done(&format!("/pieces/{piece}"));
    }
    let variations = Language::ALL.map(|language| (language, written(&view.piece, language)));
    let given = Given {
        piece: view.piece.clone(),
        variations: variations.to_vec(),
        version: view.row.version,
    };
    shown(draw(&app, &session, &view, (&given, None)).await?)
}

pub(in crate::console) async fn save(
    State(app): State<App>,
    Path(piece): Path<String>,
    posted: Posted<ManageContent, Pairs>,
) -> Answer {
    let session = posted.session;
    let view = app.piece(id(&piece)?).await?;
    let mut given = Given::read(&posted.form, &view.piece);
    let from = (view.row.id, given.version);
    let (status, key) = match app
        .change_piece(&session.actor, from, given.piece.clone())
        .await
    {
        Ok(view) => return done(&format!("/pieces/{}?done=content-saved", view.row.id)),
        Err(Error::Invalid { field, .. }) => {
            let key = match field {
                "purpose" => "wrong-content-purpose",
                "promotion" => "wrong-content-promotion",
                _ => "wrong-content-details",
            };
            (StatusCode::UNPROCESSABLE_ENTITY, key)
        }
        Err(Error::Conflict(_)) => {
            given.version = view.row.version;
            (StatusCode::CONFLICT, "content-changed-meanwhile")
        }
        Err(error) => return Err(error.into()),
    };
    let why = session.words.say(key);
    let page = draw(&app, &session, &view, (&given, Some(&why))).await?;
    Ok((status, page).into_response())
}

impl Given {
    fn read(pairs: &Pairs, before: &Piece) -> Self {
        let of = |wanted: &str| value(pairs, wanted);
        let mut piece = before.clone();
        piece.name = of("name").trim().into();
        piece.purpose = of("purpose").into();
        piece.class = Class::from_word(of("class")).unwrap_or(before.class);
        piece.pillar = of("pillar").trim().into();
        piece.stage = Stage::from_word(of("stage"));
        piece.promotion = of("promotion").parse().ok();
        piece.why.clear();
        piece.variations.clear();
        let mut variations = Vec::new();
        for language in Language::ALL {
            let why = of(&format!("why-{}", language.tag())).trim();
            if !why.is_empty() {
                let text = why.to_owned();
                piece.why.push(Explaining { language, text });
            }
            let text = of(&format!("variations-{}", language.tag())).replace("\r\n", "\n");
            piece
                .variations
                .extend(text.lines().filter_map(|line| variation(line, language)));
            variations.push((language, text));
        }
        Self {
            piece,
            variations,
            version: of("version").parse().unwrap_or(0),
        }
    }
}

/// `greeting: Hello | Hi`, or for one tone `greeting (formal): Good morning`.
fn variation(line: &str, language: Language) -> Option<Variation> {
    let line = line.trim();
    if line.is_empty() {
        return None;
    }
    let (head, texts) = line.split_once(':').unwrap_or((line, ""));
    let (name, tone) = match head.split_once('(') {
        Some((name, tone)) => (
            name,
            Tone::from_word(tone.trim().trim_end_matches(')').trim()),
        ),
        None => (head, None),
    };
    let texts = texts.split('|').map(|text| text.trim().to_owned());
    Some(Variation {
        name: name.trim().into(),
        language,
        tone,
        texts: texts.filter(|text| !text.is_empty()).collect(),
    })
}

/// The variations of a language as lines.
fn written(piece: &Piece, language: Language) -> String {
    let of = piece.variations.iter().filter(|it| it.language == language);
    let lines = of.map(|it| {
        let tone = it.tone.map(|tone| format!(" ({})", tone.word()));
        format!(
            "{}{}: {}",
            it.name,
            tone.unwrap_or_default(),
            it.texts.join(" | ")
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

async fn draw(
    app: &App,
    session: &Session<ManageContent>,
    view: &PieceView,
    (given, why): (&Given, Option<&str>),
) -> filo_app::Result<Markup> {
    let words = session.words;
    let title = words.say("content-details");
    let here = format!("/pieces/{}", view.row.id);
    let promotions = app.promotions().await?;
    let offers: Vec<(String, String)> = promotions
        .iter()
        .filter(|it| it.row.archived_at.is_none() || given.piece.promotion == Some(it.row.id))
        .map(|it| (it.row.id.to_string(), line(&it.row.name)))
        .collect();
    let purposes = app.purposes().await?.purposes.0.into_iter().map(|purpose| {
        let name = match words.language {
            i18n::Language::Italian => purpose.name_it,
            i18n::Language::English => purpose.name_en,
        };
        (purpose.word.to_string(), name.to_string())
    });
    let purposes: Vec<(String, String)> = purposes.collect();
    // What is wrong with the texts is said where they are written.
    let wrong: Vec<_> = match why {
        Some(_) => check(&given.piece),
        None => Vec::new(),
    };
    let content = html! {
        a.back href=(here) { (Icon::Back.draw()) (line(&view.row.name)) }
        h1 { (title) }
        @if let Some(why) = why {
            div.notice.notice-bad role="alert" { p { (why) } (wrong_list(words, &wrong)) }
        }
        (form(&format!("{here}/details"), &session.token, &html! {
            input type="hidden" name="version" value=(given.version);
            (fields(words, given, (&purposes, &offers)))
            div.actions {
                button type="submit" { (words.say("segment-save")) }
                a.button.plain href=(here) { (words.say("cancel")) }
            }
        }))
    };
    Ok(whole(session, &title, None, &content))
}

type Options = [(String, String)];

fn fields(words: Words, given: &Given, (purposes, offers): (&Options, &Options)) -> Markup {
    let piece = &given.piece;
    let select = |name: &str, value: &str, options: Vec<(String, String)>, hint: Option<&str>| {
        let label = words.say(&format!("content-{name}"));
        let hint = hint.map(|key| words.say(key));
        let options: Vec<(&str, &str)> = options
            .iter()
            .map(|(value, label)| (value.as_str(), label.as_str()))
            .collect();
        Field {
            name,
            label: &label,
            value,
            hint: hint.as_deref(),
            ..Field::default()
        }
        .select(&options)
    };
    let classes = Class::ALL.map(|it| {
        let key = format!("content-class-{}", it.word());
        (it.word().to_owned(), words.say(&key).into_owned())
    });
    let stages = Stage::ALL.into_iter().map(Some);
    let stages = std::iter::once(None).chain(stages).map(|stage| {
        let word = stage.map_or("", Stage::word);
        (word.to_owned(), stage_words(words, stage))
    });
    let none = (
        String::new(),
        words.say("content-no-promotion").into_owned(),
    );
    let offers = std::iter::once(none)
        .chain(offers.iter().cloned())
        .collect();
    let promotion = piece.promotion.map(|id| id.to_string()).unwrap_or_default();
    html! {
        (Field { name: "name", label: &words.say("content-name"), value: &piece.name, required: true, length_most: NAME_CHARS_MOST, ..Field::default() }.input())
        div.row {
            (select("purpose", &piece.purpose, purposes.to_vec(), Some("content-purpose-hint")))
            (select("class", piece.class.word(), classes.to_vec(), Some("content-class-hint")))
        }
        div.row {
            (select("stage", piece.stage.map_or("", Stage::word), stages.collect(), Some("content-stage-hint")))
            (Field { name: "pillar", label: &words.say("content-pillar"), value: &piece.pillar, hint: Some(&words.say("content-pillar-hint")), length_most: NAME_CHARS_MOST, ..Field::default() }.input())
        }
        (select("promotion", &promotion, offers, Some("content-promotion-hint")))
        fieldset {
            legend { (words.say("content-variations")) }
            p.hint { (words.say("content-variations-hint")) }
            @for (language, text) in &given.variations {
                (Field { name: &format!("variations-{}", language.tag()), label: &language_words(words, *language), value: text, ..Field::default() }.code(3))
            }
        }
        fieldset {
            legend { (words.say("content-why")) }
            p.hint { (words.say("content-why-hint")) }
            @for language in Language::ALL {
                @let own = piece.why.iter().find(|it| it.language == language);
                (Field { name: &format!("why-{}", language.tag()), label: &language_words(words, language), value: own.map_or("", |it| &it.text), length_most: 300, ..Field::default() }.input())
            }
        }
    }
}
