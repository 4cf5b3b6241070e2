//! An answer: as a table that is wide where it must be, as the steps of a plan, or as a file for a
//! spreadsheet.

use filo_app::sql::{Answered, Kind, Rows, Told};
use maud::{Markup, html};

use super::refused::notice;
use crate::csv::{MARK, row, separator};
use crate::i18n::Words;
use crate::ui::shown as display;

/// What stands where a value is NULL.
const NOTHING: &str = "—";
/// The steps of a plan that joins all views are shorter.
const PLAN_CHARS_MOST: usize = 20_000;

/// The answer below the desk, or why there is none.
pub(super) fn section(words: Words, answered: &Answered) -> Markup {
    match &answered.told {
        Ok(Told::Rows(rows)) => html! {
            section.card.sql-answer aria-labelledby="sql-answer" {
                h2 #sql-answer { (words.say("sql-answer")) }
                (about(words, answered, rows))
                @if !rows.cells.is_empty() { (table(words, rows)) }
            }
        },
        Ok(Told::Plan(plan)) => html! {
            section.card.sql-answer aria-labelledby="sql-answer" {
                h2 #sql-answer { (words.say("sql-plan")) }
                p.about { (words.say("sql-plan-hint")) }
                div.scroll tabindex="0" role="region" aria-labelledby="sql-answer" {
                    pre lang="en" { code { (display::lines(plan, PLAN_CHARS_MOST)) } }
                }
            }
        },
        // A file does not come onto a page.
        Ok(Told::Parquet(..)) => html! {},
        Err(refusal) => notice(words, refusal),
    }
}

/// How many rows there are, how long it took, and what is not there.
fn about(words: Words, answered: &Answered, rows: &Rows) -> Markup {
    let count = u64::try_from(rows.cells.len()).unwrap_or(u64::MAX);
    let said = [
        ("count", count.into()),
        ("number", words.number(count).into()),
        ("ms", words.number(answered.took_ms).into()),
    ];
    html! {
        p.about { (words.fill("sql-rows", said)) }
        @if rows.is_cut { p.notice { (words.say("sql-cut")) } }
        @if answered.is_covered { p.about { (words.say("sql-covered")) } }
    }
}

fn table(words: Words, rows: &Rows) -> Markup {
    let class = |place: usize| {
        let heading = rows.headings.get(place);
        heading
            .is_some_and(|it| it.kind.is_number())
            .then_some("number")
    };
    html! {
        div.scroll tabindex="0" role="region" aria-labelledby="sql-answer" {
            table.plain-table {
                thead { tr {
                    @for (place, heading) in rows.headings.iter().enumerate() {
                        th scope="col" class=[class(place)] { bdi { (display::line(&heading.name)) } }
                    }
                } }
                tbody {
                    @for cells in &rows.cells {
                        tr {
                            @for (place, cell) in cells.iter().enumerate() {
                                td class=[class(place)] {
                                    @match cell {
                                        Some(text) => bdi { (display::line(text)) },
                                        None => span.soft title=(words.say("sql-null")) { (NOTHING) },
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The rows as a file for a spreadsheet, in the language's own form; no cell is a formula.
pub(super) fn sheet(words: Words, rows: &Rows) -> String {
    let separator = separator(words.language);
    let heads: Vec<String> = rows.headings.iter().map(|it| it.name.clone()).collect();
    let mut text = format!("{MARK}{}", row(&heads, separator));
    let point = words.decimal_sign().to_string();
    for cells in &rows.cells {
        let cells = cells.iter().zip(&rows.headings).map(|(cell, heading)| {
            let said = cell.as_deref().unwrap_or_default();
            match heading.kind {
                Kind::Fraction | Kind::Decimal => said.replace('.', &point),
                Kind::Whole | Kind::Boolean | Kind::Time | Kind::Text => said.to_owned(),
            }
        });
        text.push_str(&row(&cells.collect::<Vec<_>>(), separator));
    }
    text
}

#[cfg(test)]
mod tests {
    use filo_app::sql::Heading;

    use super::*;
    use crate::i18n::Language;

    fn rows() -> Rows {
        let heading = |name: &str, kind| Heading {
            name: name.to_owned(),
            kind,
        };
        Rows {
            headings: vec![
                heading("<i>name", Kind::Text),
                heading("sum", Kind::Decimal),
            ],
            cells: vec![
                vec![
                    Some("=cmd|'/c calc'!A1".to_owned()),
                    Some("12.50".to_owned()),
                ],
                vec![Some("<script>x</script>".to_owned()), None],
            ],
            is_cut: true,
        }
    }

    #[test]
    fn what_comes_of_data_is_text_on_the_page() {
        let answered = Answered {
            told: Ok(Told::Rows(rows())),
            took_ms: 1_234,
            is_covered: true,
        };
        let drawn = section(Words::of(Language::English), &answered).into_string();
        assert!(
            !drawn.contains("<script>") && !drawn.contains("<i>"),
            "{drawn}"
        );
        assert!(
            drawn.contains("class=\"number\"") && drawn.contains(NOTHING),
            "{drawn}"
        );
        assert!(drawn.contains("1,234"), "{drawn}");
    }

    #[test]
    fn a_sheet_has_no_formula_and_the_languages_own_numbers() {
        let english = sheet(Words::of(Language::English), &rows());
        assert!(english.contains("\r\n'=cmd"), "{english}");
        assert!(english.contains("12.50"), "{english}");
        let italian = sheet(Words::of(Language::Italian), &rows());
        assert!(italian.contains(";12,50\r\n"), "{italian}");
    }
}
