//! The list as a file for a spreadsheet, in the language's own form.

use axum::response::{IntoResponse, Response};
use filo_app::computed::ComputedTraitView;
use filo_app::{App, Chosen, CustomerRow, Facets};
use filo_core::event::Channel;
use filo_core::money::Currency;
use filo_core::segment::computed::Computed;
use http::header;

use crate::csv::{self, MARK, separator};
use crate::i18n::Words;
use crate::piped::{computed_cells, computed_columns, piped, plain};

const HEADS: [&str; 12] = [
    "export-head-id",
    "people-head-person",
    "people-head-email",
    "people-head-phone",
    "people-head-since",
    "people-head-last-seen",
    "people-head-orders",
    "people-head-spent",
    "export-head-currency",
    "people-head-channels",
    "filter-marketing",
    "export-head-birthday",
];

/// A file of the chosen, sent while it is read.
pub(super) async fn file(app: App, chosen: Chosen, words: Words) -> filo_app::Result<Response> {
    let separator = separator(words.language);
    let computed = computed_columns(&app).await?;
    let mut heads = HEADS.map(|head| words.say(head).into_owned()).to_vec();
    heads.extend(computed.iter().map(ComputedTraitView::label));
    let first = format!("{MARK}{}", csv::row(&heads, separator));
    let told = move |value: &Computed| match value.number() {
        Some(number) => number
            .to_string()
            .replace('.', &words.decimal_sign().to_string()),
        None => plain(value),
    };
    let body = piped(app, chosen, first, move |row, values| {
        let mut cells = cells(words, row);
        cells.extend(computed_cells(&computed, values, told));
        csv::row(&cells, separator)
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"filo.csv\"",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, body).into_response())
}

fn cells(words: Words, row: &CustomerRow) -> Vec<String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let channels: Vec<String> = Channel::ALL
        .into_iter()
        .filter(|channel| row.facets.has(Facets::channel(*channel)))
        .map(|channel| {
            words
                .say(&format!("channel-{}", channel.word()))
                .into_owned()
        })
        .collect();
    let currency = row.currency.as_deref().and_then(Currency::parse);
    let marketing = if row.facets.has(Facets::MARKETING_GRANTED) {
        "granted"
    } else if row.facets.has(Facets::MARKETING_DENIED) {
        "denied"
    } else {
        "unknown"
    };
    let birthday = match row.birthday {
        0 => String::new(),
        day => format!("{:02}/{:02}", day % 100, day / 100),
    };
    vec![
        row.id.to_string(),
        text(&row.name),
        text(&row.email),
        text(&row.phone),
        words.date(row.first_seen),
        words.date(row.last_seen),
        row.orders.to_string(),
        currency.map_or_else(String::new, |it| words.plain_amount(row.revenue_cents, it)),
        text(&row.currency),
        channels.join(" "),
        words
            .say(&format!("filter-marketing-{marketing}"))
            .into_owned(),
        birthday,
    ]
}
