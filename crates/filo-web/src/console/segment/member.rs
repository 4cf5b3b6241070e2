//! Who is in, and who came and left lately.

use filo_app::CustomerRow;
use filo_core::id::CustomerId;
use maud::{Markup, html};

use super::one::One;
use crate::console::people;
use crate::i18n::Words;
use crate::ui::icon::Icon;
use crate::ui::monogram::monogram;
use crate::ui::shown::line;

/// The members of the page, each with since when and why.
pub(super) fn table(words: Words, one: &One) -> Markup {
    let id = one.view.row.id;
    html! {
        section aria-labelledby="segment-members" {
            div.head {
                h2 #segment-members { (words.say("segment-members")) }
                (acts(words, one))
            }
            @if one.members.is_empty() {
                p.soft { (words.say(if one.view.is_filled() { "segment-members-none" } else { "segment-members-soon" })) }
            } @else {
                table.table.members {
                    thead {
                        tr {
                            th scope="col" { (words.say("people-head-person")) }
                            th.number scope="col" { (words.say("people-head-spent")) }
                            th.when scope="col" { (words.say("people-head-last-seen")) }
                            th.when scope="col" { (words.say("segment-head-since")) }
                            th scope="col" { span.aloud { (words.say("segment-why")) } }
                        }
                    }
                    tbody {
                        @for member in &one.members {
                            @let row = one.people.get(&member.customer);
                            tr data-row {
                                td { (who(words, member.customer, row)) }
                                td.number data-label=(words.say("people-head-spent")) {
                                    @if let Some(spent) = row.and_then(|row| people::spent_words(words, row)) { (spent) }
                                }
                                td.when data-label=(words.say("people-head-last-seen")) {
                                    @if let Some(row) = row { time datetime=(row.last_seen) { (words.recently(row.last_seen, one.now)) } }
                                }
                                td.when data-label=(words.say("segment-head-since")) {
                                    time datetime=(member.entered_at) title=(words.date_time(member.entered_at)) { (words.recently(member.entered_at, one.now)) }
                                }
                                td.why { a href={ "/segments/" (id) "/people/" (member.customer) } { (words.say("segment-why")) } }
                            }
                        }
                    }
                }
                p.pages {
                    @if one.is_later_page { a.button.quiet href={ "/segments/" (id) "#segment-members" } { (words.say("people-first-page")) } }
                    @if let Some(next) = one.next { a.button.quiet href={ "/segments/" (id) "?behind=" (next) "#segment-members" } { (words.say("people-next")) } }
                }
            }
        }
    }
}

/// What can be done with all of them.
fn acts(words: Words, one: &One) -> Markup {
    let id = one.view.row.id;
    html! {
        @if !one.members.is_empty() && (one.exports || one.writes) {
            div.actions {
                @if one.exports {
                    a.button.quiet.small href={ "/people/bulk?act=export&segment=" (id) } { (Icon::Download.draw()) (words.say("bulk-export")) }
                }
                @if one.writes {
                    a.button.quiet.small href={ "/people/bulk?act=note&segment=" (id) } { (Icon::Note.draw()) (words.say("bulk-note-all")) }
                }
            }
        }
    }
}

/// Somebody with the way to their page; who is known no more by the end of their id.
pub(super) fn who(words: Words, id: CustomerId, row: Option<&CustomerRow>) -> Markup {
    let name = row.map_or_else(
        || words.say("person-unknown").into_owned(),
        |row| people::name(words, row),
    );
    let reach = row.and_then(|row| row.email.as_ref().or(row.phone.as_ref()));
    let reach = reach.filter(|reach| **reach != name);
    html! {
        div.person-cell {
            (monogram(&name, ""))
            div.names {
                a href={ "/people/" (id) } { bdi { (name) } }
                @if let Some(reach) = reach { p.about { bdi { (line(reach)) } } }
            }
        }
    }
}

/// Who came and who left, the newest first.
pub(super) fn turns(words: Words, one: &One) -> Markup {
    let id = one.view.row.id;
    html! {
        section.card aria-labelledby="segment-turns" {
            h2 #segment-turns { (words.say("segment-turns")) }
            @if one.turns.is_empty() { p.soft { (words.say("segment-turns-none")) } }
            ul.list.turns {
                @for turn in &one.turns {
                    @let name = one.people.get(&turn.customer).map_or_else(
                        || words.say("person-unknown").into_owned(), |row| people::name(words, row));
                    @let (key, class) = if turn.is_in { ("segment-came", "came") } else { ("segment-went", "went") };
                    li {
                        span.(class) aria-hidden="true" { @if turn.is_in { "+" } @else { "−" } }
                        div {
                            a href={ "/people/" (turn.customer) } { bdi { (name) } }
                            p.about {
                                (words.fill(key, [("when", words.date_time(turn.at).into())]))
                                @if let Some(occasion) = turn.occasion {
                                    ": " (words.say(&format!("segment-occasion-{}", occasion.word())))
                                }
                                " · "
                                a href={ "/segments/" (id) "/people/" (turn.customer) } { (words.say("segment-why")) }
                            }
                        }
                    }
                }
            }
        }
    }
}
