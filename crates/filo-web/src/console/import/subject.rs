//! What a file is about: recognised, and a person may say otherwise.

use axum::extract::{Path, State};
use filo_app::App;
use filo_app::import::Subject;
use filo_app::import_run::ImportView;
use filo_core::id::ImportId;
use maud::{Markup, html};
use serde::Deserialize;

use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::{Answer, done, id};
use crate::i18n::Words;
use crate::right::ImportPeople;
use crate::ui::form::{Field, form};

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Form {
    subject: String,
}

/// Looks at the columns anew, as those of a file about something else.
pub(in crate::console) async fn choose(
    State(app): State<App>,
    Path(import): Path<String>,
    posted: Posted<ImportPeople, Form>,
) -> Answer {
    let import: ImportId = id(&import)?;
    let unreadable = Failure::Unreadable { too_large: false };
    let subject = Subject::from_word(&posted.form.subject).ok_or(unreadable)?;
    app.choose_subject(&posted.session.actor, import, subject)
        .await?;
    done(&format!("/imports/{import}?done=import-subject-chosen"))
}

/// The choice.
pub(super) fn choice(words: Words, view: &ImportView, token: &str) -> Markup {
    let action = format!("/imports/{}/subject", view.row.id);
    let said = Subject::ALL.iter().map(|it| {
        (
            it.word(),
            words.say(&format!("import-subject-{}", it.word())),
        )
    });
    let said: Vec<_> = said.collect();
    let options: Vec<(&str, &str)> = said.iter().map(|(word, say)| (*word, &**say)).collect();
    let field = Field {
        name: "subject",
        label: &words.say("import-subject"),
        value: view.plan.subject.word(),
        hint: Some(&words.say("import-subject-hint")),
        ..Field::default()
    };
    html! {
        section.card {
            (form(&action, token, &html! {
                (field.select(&options))
                div.actions { button.quiet type="submit" { (words.say("import-subject-choose")) } }
            }))
        }
    }
}
