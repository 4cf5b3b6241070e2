//! A pair side by side: what each is known by, what the fields say, what would move.

use filo_app::{CustomerView, DuplicateView, Part, SearchState};
use filo_core::identity::Kind;
use filo_core::profile::view::{ProfileSummary, summary};
use maud::{Markup, html};

use super::Queue;
use crate::i18n::Words;
use crate::ui::form::button_form;
use crate::ui::icon::Icon;
use crate::ui::monogram::monogram;
use crate::ui::page::empty;
use crate::ui::shown::line;

/// So many bits are much: sixteen times likelier.
const MUCH_BITS: f64 = 4.0;
/// From these chances on many can be accepted at once, in hundredths.
const BULK: [i64; 3] = [99, 97, 95];

pub(super) fn content(words: Words, queue: &Queue, token: &str) -> Markup {
    html! {
        a.back href="/people" { (Icon::Back.draw()) (words.say("place-people")) }
        div.head {
            div {
                h1 { (words.say("duplicate-title")) }
                p.soft { (words.fill("duplicate-count", [
                    ("count", queue.waiting.unsigned_abs().into()),
                    ("number", words.number(queue.waiting.unsigned_abs()).into()),
                ])) }
            }
            div.actions {
                (button_form("/duplicates/search", token, &[], &words.say("duplicate-search"), "quiet"))
                @if queue.is_later { a.button.quiet href="/duplicates" { (words.say("duplicate-show-waiting")) } }
                @else { a.button.quiet href="/duplicates?later=1" { (words.say("duplicate-show-later")) } }
            }
        }
        (searched(words, queue))
        @if let Some(pair) = queue.pairs.get(queue.chosen) {
            div.duplicates {
                (one(words, queue, pair, token))
                (list(words, queue))
            }
        } @else {
            @let title = if queue.is_later { "duplicate-none-later" } else { "duplicate-none" };
            (empty(&words.say(title), &html! { p { (words.say("duplicate-none-hint")) } }))
        }
    }
}

/// How the last search went, if there is something to say.
fn searched(words: Words, queue: &Queue) -> Markup {
    let report = &queue.report;
    let count = |key: &'static str, many: u64| (key, words.number(many).into());
    html! {
        @match report.state {
            SearchState::Running => p.notice role="status" { (words.say("duplicate-running")) },
            SearchState::Failed => p.notice.notice-bad role="alert" { (words.say("duplicate-failed")) },
            SearchState::Done => p.soft {
                (words.fill("duplicate-searched", [
                    count("people", report.people),
                    count("proposed", report.proposed),
                    count("joined", report.joined),
                ]))
            },
            SearchState::Never => {}
        }
        @if report.is_due { p.notice { (words.say("duplicate-due")) } }
    }
}

/// The pair that is looked at.
fn one(words: Words, queue: &Queue, pair: &DuplicateView, token: &str) -> Markup {
    let place = queue.chosen;
    let neighbour = |at: Option<usize>| at.and_then(|at| queue.pairs.get(at)).map(address);
    html! {
        section.card.duplicate aria-labelledby="duplicate-pair" {
            h2 #duplicate-pair { (words.fill("duplicate-chance", [("percent", percent(pair.row.chance).into())])) }
            div.scroll { (table(words, pair)) }
            (answers(words, pair, token))
            p.soft.keys { (words.say("duplicate-keys")) }
            div.before-after {
                div.group {
                    h3 { (words.say("duplicate-why")) }
                    (reasons(words, &pair.parts))
                }
                div.group {
                    h3 { (words.say("duplicate-moves")) }
                    (moves(words, pair))
                }
            }
            div.actions {
                @if let Some(before) = neighbour(place.checked_sub(1)) {
                    a.button.quiet.small href=(before) data-press="k" { (words.say("duplicate-previous")) }
                }
                @if let Some(next) = neighbour(place.checked_add(1)) {
                    a.button.quiet.small href=(next) data-press="j" { (words.say("duplicate-next")) }
                }
            }
        }
    }
}

fn address(pair: &DuplicateView) -> String {
    let later = match pair.row.status {
        filo_app::DuplicateStatus::Later => "later=1&",
        filo_app::DuplicateStatus::Waiting => "",
    };
    format!("/duplicates?{later}a={}&b={}", pair.row.a, pair.row.b)
}

/// Whole hundredths, rounded down: nothing is certain.
fn percent(chance: i64) -> String {
    (chance / 100).clamp(0, 99).to_string()
}

/// The three answers; keys press the same buttons.
fn answers(words: Words, pair: &DuplicateView, token: &str) -> Markup {
    let (a, b) = (pair.row.a.to_string(), pair.row.b.to_string());
    html! {
        div.answers {
            @for (answer, key, class) in [("same", "u", ""), ("different", "n", "quiet"), ("later", "s", "plain")] {
                form.inline method="post" action="/duplicates/answers" {
                    input type="hidden" name="token" value=(token);
                    input type="hidden" name="a" value=(a);
                    input type="hidden" name="b" value=(b);
                    input type="hidden" name="answer" value=(answer);
                    button.(class) type="submit" data-press=(key) {
                        (words.say(&format!("duplicate-{answer}"))) " " kbd aria-hidden="true" { (key) }
                    }
                }
            }
        }
    }
}

/// What is known of both, line by line.
fn table(words: Words, pair: &DuplicateView) -> Markup {
    let (stays, goes) = (&pair.stays, &pair.goes);
    let (one, other) = (summary(&stays.profile), summary(&goes.profile));
    let address = |it: &ProfileSummary| {
        let known = it.address.clone().unwrap_or_default();
        let parts = [known.street, known.postal_code, known.city];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    let date = |it: &ProfileSummary| it.birthday.map(|day| words.civil_date(day));
    let rows = [
        (
            "email",
            values(stays, &one, Kind::Email),
            values(goes, &other, Kind::Email),
        ),
        (
            "phone",
            values(stays, &one, Kind::Phone),
            values(goes, &other, Kind::Phone),
        ),
        (
            "birthday",
            date(&one).unwrap_or_default(),
            date(&other).unwrap_or_default(),
        ),
        ("home", address(&one), address(&other)),
        (
            "tax-code",
            values(stays, &one, Kind::TaxCode),
            values(goes, &other, Kind::TaxCode),
        ),
        (
            "card",
            values(stays, &one, Kind::Card),
            values(goes, &other, Kind::Card),
        ),
        (
            "user-id",
            values(stays, &one, Kind::UserId),
            values(goes, &other, Kind::UserId),
        ),
        ("seen", seen(words, &one), seen(words, &other)),
    ];
    html! {
        table.pair-table {
            thead { tr {
                th scope="col" { span.aloud { (words.say("duplicate-field")) } }
                (who(words, stays, &one, "duplicate-stays"))
                (who(words, goes, &other, "duplicate-goes"))
            } }
            tbody {
                @for (key, ours, theirs) in rows {
                    @if !ours.is_empty() || !theirs.is_empty() {
                        tr.agrees[ours == theirs] {
                            th scope="row" { (words.say(&format!("duplicate-field-{key}"))) }
                            td { bdi { (line(&ours)) } }
                            td { bdi { (line(&theirs)) } }
                        }
                    }
                }
            }
        }
    }
}

fn who(words: Words, customer: &CustomerView, known: &ProfileSummary, key: &str) -> Markup {
    let name = known
        .display_name
        .as_deref()
        .map_or_else(|| words.say("person-unknown").into_owned(), line);
    html! {
        th scope="col" {
            div.person-cell {
                (monogram(&name, ""))
                div {
                    a href={ "/people/" (customer.id) } { bdi { (name) } }
                    p.about { (words.say(key)) }
                }
            }
        }
    }
}

/// The identifiers of a kind; for addresses and numbers, what was only said too.
fn values(customer: &CustomerView, known: &ProfileSummary, kind: Kind) -> String {
    let said = match kind {
        Kind::Email => known.email.as_deref(),
        Kind::Phone => known.phone.as_deref(),
        _ => None,
    };
    let is_phone = kind == Kind::Phone;
    let of_kind = |it: Kind| it == kind || is_phone && it == Kind::Landline;
    let identifiers = customer.identifiers.iter().filter(|it| of_kind(it.kind));
    let mut all: Vec<&str> = identifiers.map(|it| it.value.as_str()).collect();
    // A number that was said in groups is the same number.
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let is_new = |said: &&str| {
        !is_phone
            || all
                .iter()
                .all(|known| !digits(known).ends_with(&digits(said)))
    };
    let said = said.filter(is_new);
    all.extend(said);
    all.sort_unstable();
    all.dedup();
    all.join(", ")
}

fn seen(words: Words, known: &ProfileSummary) -> String {
    let dates = known.first_seen.zip(known.last_seen);
    dates.map_or_else(String::new, |(first, last)| {
        format!("{} – {}", words.date(first), words.date(last))
    })
}

/// What each field says, the loudest first.
fn reasons(words: Words, parts: &[Part]) -> Markup {
    let mut parts: Vec<&Part> = parts.iter().filter(|part| part.field != "prior").collect();
    parts.sort_by(|one, other| other.bits.abs().total_cmp(&one.bits.abs()));
    html! {
        ul.list.reasons {
            @for part in &parts {
                @let key = match (part.bits > 0.0, part.bits.abs() >= MUCH_BITS) {
                    (true, true) => "much-for",
                    (true, false) => "little-for",
                    (false, false) => "little-against",
                    (false, true) => "much-against",
                };
                li class={ "reason " (key) } {
                    span { (words.say(&format!("duplicate-field-{}", part.field.replace('_', "-")))) }
                    span.soft { (words.say(&format!("duplicate-{key}"))) }
                }
            }
        }
        details {
            summary { (words.say("duplicate-figures")) }
            p.soft { (words.say("duplicate-figures-hint")) }
            ul.list { @for part in parts_in_order(words, &parts) { li { (part) } } }
        }
    }
}

fn parts_in_order(words: Words, parts: &[&Part]) -> Vec<String> {
    let told = |part: &&Part| {
        let field = words.say(&format!("duplicate-field-{}", part.field.replace('_', "-")));
        format!("{field}: {:+.1} bit", part.bits)
    };
    parts.iter().map(told).collect()
}

/// What would come to the one who stays.
fn moves(words: Words, pair: &DuplicateView) -> Markup {
    let known = summary(&pair.goes.profile);
    let orders: u64 = known.orders.iter().map(|it| u64::from(it.count)).sum();
    let rows = [
        ("identifiers", pair.goes.identifiers.len() as u64),
        ("events", known.event_count),
        ("orders", orders),
        ("notes", known.notes.len() as u64),
        ("consents", known.consents.len() as u64),
    ];
    html! {
        ul.list {
            @for (key, count) in rows {
                @if count > 0 {
                    li { (words.fill(&format!("duplicate-moves-{key}"), [
                        ("count", count.into()), ("number", words.number(count).into()),
                    ])) }
                }
            }
        }
        p.soft { (words.say("duplicate-moves-hint")) }
    }
}

/// The other pairs of the page, and the way to accept many.
fn list(words: Words, queue: &Queue) -> Markup {
    html! {
        section.card aria-labelledby="duplicate-list" {
            h2 #duplicate-list { (words.say("duplicate-list")) }
            ul.list.waiting-pairs {
                @for (place, pair) in queue.pairs.iter().enumerate() {
                    li data-row {
                        a href=(address(pair)) aria-current=[(place == queue.chosen).then_some("true")] {
                            bdi { (pair_name(words, pair)) }
                        }
                        span.badge { (percent(pair.row.chance)) " %" }
                    }
                }
            }
            @if !queue.is_later {
                h3 { (words.say("duplicate-bulk")) }
                p.soft { (words.say("duplicate-bulk-hint")) }
                div.actions {
                    @for chance in BULK {
                        a.button.quiet.small href={ "/duplicates/acceptance?percent=" (chance) } {
                            (Icon::Join.draw())
                            (words.fill("duplicate-bulk-from", [("percent", chance.into())]))
                        }
                    }
                }
            }
        }
    }
}

/// Both names, or one where they are alike.
pub(super) fn pair_name(words: Words, pair: &DuplicateView) -> String {
    let name = |customer: &CustomerView| {
        let known = summary(&customer.profile).display_name;
        known.map_or_else(
            || words.say("person-unknown").into_owned(),
            |name| line(&name),
        )
    };
    let (one, other) = (name(&pair.stays), name(&pair.goes));
    if one == other {
        one
    } else {
        format!("{one} · {other}")
    }
}
