//! Who moved: the groups of some days before against those of now.

use filo_core::buyer::{Group, MOVED_DAYS, Moves};
use maud::{Markup, html};

use super::{Drawing, group};
use crate::ui::tab::{Tab, tabs};

pub(super) fn matrix(it: Drawing<'_>, days: &str) -> Markup {
    let words = it.words;
    let wanted = days.parse().ok().filter(|days| MOVED_DAYS.contains(days));
    let wanted = wanted.unwrap_or(MOVED_DAYS[0]);
    let moves = it.measure.moves.iter().find(|moves| moves.days == wanted);
    html! {
        section.card {
            h2 #buyer-moves { (words.say("buyer-moves")) }
            p.about { (words.say("buyer-moves-hint")) }
            (choices(it, wanted))
            @match moves {
                Some(moves) => (table(it, moves)),
                None => p.soft { (words.say("buyer-moves-none")) },
            }
        }
    }
}

/// With when it is compared.
fn choices(it: Drawing<'_>, wanted: u16) -> Markup {
    let words = it.words;
    let each = MOVED_DAYS.map(|days| {
        let address = format!("/buyers?days={days}#buyer-moves");
        (days, address, words.say(&format!("buyer-moves-{days}")))
    });
    let list = each.each_ref().map(|(days, address, label)| Tab {
        address,
        label,
        count: 0,
        here: *days == wanted,
    });
    tabs(&words.say("buyer-moves-days"), &list)
}

fn table(it: Drawing<'_>, moves: &Moves) -> Markup {
    let words = it.words;
    let rows = std::iter::once(None).chain(Group::ALL.map(Some));
    let count = |from: Option<Group>, to: Group| {
        let found = moves.moved.iter();
        let found = found.filter(|one| (one.from, one.to) == (from, to));
        found.map(|one| one.people).sum::<u64>()
    };
    html! {
        div.scroll tabindex="0" role="region" aria-label=(words.say("buyer-moves")) {
            table.matrix {
                thead {
                    tr {
                        td { (words.say("buyer-moves-corner")) }
                        @for to in Group::ALL { th scope="col" { (group::name(it, to)) } }
                    }
                }
                tbody {
                    @for from in rows {
                        tr {
                            th scope="row" {
                                @match from {
                                    Some(from) => (group::name(it, from)),
                                    None => (words.say("buyer-moves-from-none")),
                                }
                            }
                            @for to in Group::ALL {
                                @let people = count(from, to);
                                td.self[from == Some(to)] {
                                    @if people > 0 { (words.number(people)) } @else { span.soft { "–" } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
