//! People for the palette, as one types.

use axum::extract::{Query, State};
use axum::response::IntoResponse;
use filo_app::{App, Filter};
use maud::html;
use serde::Deserialize;

use super::name;
use crate::console::Answer;
use crate::console::session::Session;
use crate::right::FindPeople;
use crate::ui::monogram::monogram;
use crate::ui::shown::line;

/// More are not looked through with arrow keys.
const ROWS: usize = 8;

#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Asked {
    #[serde(default)]
    search: String,
}

/// Options for a list box: a fragment, no page.
pub(in crate::console) async fn suggestions(
    State(app): State<App>,
    session: Session<FindPeople>,
    Query(asked): Query<Asked>,
) -> Answer {
    let words = session.words;
    let eyes = app.eyes(&session.actor);
    let rows = eyes.search(&asked.search, &Filter::default(), ROWS).await?;
    let now = app.now();
    let options = html! {
        @for row in &rows {
            @let name = name(words, row);
            a role="option" tabindex="-1" aria-selected="false" href={ "/people/" (row.id) } {
                (monogram(&name, ""))
                span.suggestion {
                    strong { bdi { (name) } }
                    span.soft.small {
                        @if let Some(email) = row.email.as_ref().filter(|email| **email != name) { bdi { (line(email)) } " · " }
                        (words.recently(row.last_seen, now))
                    }
                }
            }
        }
    };
    Ok(options.into_response())
}
