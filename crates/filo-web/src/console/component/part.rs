//! What one presses, fills in, reads; in every state.

use filo_core::time::Timestamp;
use maud::{Markup, html};

use super::Section;
use crate::i18n::Words;
use crate::ui::chart::{Chart, Part, Point, bars, line, share, spark};
use crate::ui::form::{Field, copyable, second_thought};
use crate::ui::icon::Icon;
use crate::ui::monogram::monogram;
use crate::ui::page::empty;
use crate::ui::tab::{Tab, tabs};

/// A name as long as real ones get.
const LONG_NAME: &str = "Maria Antonietta Della Valle-Sanseverino di Castelguglielmo";
const VALUES: [u64; 12] = [3, 8, 5, 0, 12, 1_240, 900, 300, 45, 60, 700, 1_100];

pub(super) fn sections(words: Words, token: &str, now: Timestamp) -> Vec<Section> {
    vec![
        ("buttons", buttons(words, token)),
        ("fields", fields(words)),
        ("tabs", tab_row(words)),
        ("badges", badges(words)),
        ("table", table(words)),
        ("notices", notices(words)),
        ("empty", nothing(words)),
        ("loading", loading(words)),
        ("error", error(words)),
        ("toast", toast(words)),
        ("menu", menu(words)),
        ("dialog", dialog(words)),
        ("timeline", timeline(words, now)),
        ("charts", charts(words)),
    ]
}

fn buttons(words: Words, token: &str) -> Markup {
    let say = |key: &str| words.say(&format!("sample-{key}"));
    html! {
        div.actions {
            button type="button" { (say("do")) }
            button type="button" { (Icon::Plus.draw()) (say("new")) }
            button.quiet type="button" { (say("quiet")) }
            button.plain type="button" { (say("plain")) }
            button.danger type="button" { (say("danger")) }
            button type="button" disabled { (say("disabled")) }
            button.small type="button" { (say("small")) }
            button.link type="button" { (say("link")) }
        }
        (second_thought("/components", token, &say("second"), &say("second-yes")))
        (copyable(words, "sample-copy", "filo_pub_…"))
    }
}

fn fields(words: Words) -> Markup {
    let say = |key: &str| words.say(&format!("sample-{key}"));
    let (label, hint, wrong) = (say("name"), say("hint"), say("wrong"));
    let field = |name: &'static str| Field {
        name,
        label: &label,
        ..Field::default()
    };
    let filled = Field {
        value: LONG_NAME,
        hint: Some(&hint),
        ..field("sample-filled")
    };
    let broken = Field {
        value: "anna@",
        wrong: Some(&wrong),
        ..field("sample-broken")
    };
    let options = [("a", &*hint), ("b", &*wrong)];
    html! {
        div.columns {
            div.form { (field("sample-empty").input()) (filled.input()) (broken.input()) (field("sample-select").select(&options)) }
            div.form {
                (field("sample-area").area(3))
                (field("sample-secret").password("off"))
                div.field { label for="sample-off" { (say("disabled")) } input #sample-off type="text" disabled value=(LONG_NAME); }
                div.field { label for="sample-date" { (say("date")) } input #sample-date type="date" value="2026-12-31"; }
                label.check { input type="checkbox" checked; span { (say("check")) } }
                label.check { input type="radio" name="sample-radio" checked; span { (say("check")) } }
            }
        }
    }
}

fn tab_row(words: Words) -> Markup {
    let (one, two) = (words.say("place-sources"), words.say("place-quarantine"));
    let tab = |label, count, here| Tab {
        address: "/components",
        label,
        count,
        here,
    };
    tabs(
        &words.say("component-tabs"),
        &[tab(&one, 0, true), tab(&two, 12, false)],
    )
}

fn badges(words: Words) -> Markup {
    let say = |key: &str| words.say(&format!("sample-{key}"));
    html! {
        div.actions {
            span.badge { (say("plain")) }
            span.badge.badge-good { (say("good")) }
            span.badge.badge-warn { (say("warn")) }
            span.badge.badge-bad { (say("bad")) }
            span.badge.badge-accent { (say("accent")) }
            span.count { "128" }
            (monogram(LONG_NAME, ""))
            (monogram("Anna Rossi", "large"))
            kbd { "Ctrl" } kbd { "K" }
        }
    }
}

fn table(words: Words) -> Markup {
    let (name, seen) = (words.say("sample-name"), words.say("sample-orders"));
    html! {
        table.table {
            thead { tr { th scope="col" { (name) } th.number scope="col" { (seen) } } }
            tbody {
                @for (person, orders) in [("Anna Rossi", 12), (LONG_NAME, 1_240), ("anna@example.it", 0)] {
                    tr {
                        td { span.person-cell { (monogram(person, "")) a href="#table" { (person) } } }
                        td.number data-label=(seen) { (words.number(orders)) }
                    }
                }
            }
        }
    }
}

fn notices(words: Words) -> Markup {
    let say = |key: &str| words.say(&format!("sample-{key}"));
    html! {
        p.notice { (say("notice")) }
        p.notice.notice-good { (say("good")) }
        p.notice.notice-warn { (say("warn")) }
        p.notice.notice-bad { (say("bad")) }
    }
}

fn nothing(words: Words) -> Markup {
    empty(
        &words.say("sample-empty"),
        &html! { p { (words.say("sample-hint")) } button type="button" { (words.say("sample-new")) } },
    )
}

fn loading(words: Words) -> Markup {
    html! {
        p.aloud role="status" { (words.say("sample-loading")) }
        div.skeletons aria-hidden="true" { span.skeleton {} span.skeleton {} span.skeleton {} }
    }
}

fn error(words: Words) -> Markup {
    html! {
        div.notice.notice-bad {
            p { strong { (words.say("failure-internal")) } }
            p { (words.say("failure-internal-hint")) }
            a.button.quiet.small href="#error" { (words.say("failure-back")) }
        }
    }
}

/// Shown in its place here: alive it floats above the page.
fn toast(words: Words) -> Markup {
    html! {
        div.toast.standing {
            (Icon::Check.draw()) span { (words.say("done-note-added")) }
            button.link type="button" { (words.say("undo")) }
        }
    }
}

fn menu(words: Words) -> Markup {
    html! {
        details.filter data-menu {
            summary { (Icon::More.draw()) (words.say("sample-menu")) }
            div.menu {
                a href="#menu" { (Icon::Note.draw()) (words.say("sample-do")) }
                a href="#menu" { (Icon::Undo.draw()) (words.say("undo")) }
            }
        }
    }
}

/// A dialog opens by its own button where the browser knows `command`; it is shown whole here.
fn dialog(words: Words) -> Markup {
    html! {
        dialog.standing open aria-label=(words.say("component-dialog")) {
            div.dialog-body {
                h3 { (words.say("sample-second")) }
                p { (words.say("sample-notice")) }
                div.actions {
                    button.danger type="button" { (words.say("sample-second-yes")) }
                    button.plain type="button" { (words.say("cancel")) }
                }
            }
        }
    }
}

fn timeline(words: Words, now: Timestamp) -> Markup {
    let time = words.time(now);
    html! {
        div.thread {
            h3.thread-day { (words.say("day-today")) }
            ol {
                li.is-order.on-shop { div.what { time { (time) } strong { (words.say("event-order-completed")) } span.about { "€ 1.234,50 · #A-17" } } p.about { (words.say("channel-shop")) } }
                li.is-view.on-web { div.what { time { (time) } strong { (words.say("event-page")) } span.about { "Catalogo" } } }
                li.is-staff { div.what { time { (time) } strong { (words.say("event-note-added")) } } p.said { (words.say("sample-notice")) } }
                li.is-decision { div.what { time { (time) } strong { (words.say("event-customers-joined")) } } }
            }
        }
    }
}

fn charts(words: Words) -> Markup {
    let point = |(month, value): (usize, &u64)| Point {
        label: format!("{:02}/2026", month + 1),
        short: (month + 1).to_string(),
        value: *value,
    };
    let points: Vec<Point> = VALUES.iter().enumerate().map(point).collect();
    let (title, month, events) = (
        words.say("volume-title"),
        words.say("sample-month"),
        words.say("volume-head-events"),
    );
    let chart = |id| Chart {
        words,
        id,
        title: &title,
        heads: (&month, &events),
        points: &points,
        notes: &[],
    };
    let part = |(key, value): (&str, u64)| Part {
        label: words.say(key).into_owned(),
        value,
    };
    let parts = [
        ("channel-web", 1_200),
        ("channel-shop", 300),
        ("channel-email", 80),
    ]
    .map(part);
    html! {
        div.columns { (bars(&chart("sample-bars"))) (line(&chart("sample-line"))) }
        (share(words, &title, &parts))
        p { (spark(&VALUES)) }
    }
}
