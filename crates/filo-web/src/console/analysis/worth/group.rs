//! What is expected of groups: by where, or when, people bought for the first time.

use filo_core::analysis::worth::Group;
use maud::{Markup, html};

use super::Drawing;
use super::told::{amounted, counted};
use crate::console::person::channel_word;
use crate::i18n::Words;

pub(super) fn table(it: Drawing<'_>) -> Markup {
    let words = it.words;
    let labels = [
        "worth-head-people",
        "worth-head-purchases",
        "worth-head-worth",
        "worth-head-each",
    ];
    let labels = labels.map(|key| words.say(key));
    html! {
        @if !it.worth.groups.is_empty() {
            section aria-labelledby="worth-groups" {
                h2 #worth-groups { (words.say("worth-groups")) }
                p.about { (words.say("worth-groups-hint")) }
                table.table {
                    thead {
                        tr {
                            th scope="col" { (words.say("worth-head-group")) }
                            @for label in &labels { th.number scope="col" { (label) } }
                        }
                    }
                    tbody {
                        @for (group, total) in &it.worth.groups {
                            @let who = format!("who=group&group={}", group.word());
                            @let [.., year] = &total.purchases;
                            tr {
                                td { strong { (name(words, *group)) } }
                                td.number data-label=(labels[0]) { (it.door(&who, total.people)) }
                                td.number data-label=(labels[1]) { (counted(it, year)) }
                                td.number data-label=(labels[2]) {
                                    @if let Some(worth) = &total.worth { (amounted(it, worth)) } @else { "–" }
                                }
                                td.number data-label=(labels[3]) {
                                    @if let Some(each) = total.worth_each() { (it.amount(each.value)) } @else { "–" }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A group in words.
pub(super) fn name(words: Words, group: Group) -> String {
    match group {
        Group::Channel(Some(channel)) => channel_word(words, channel),
        Group::Channel(None) => words.say("worth-group-unknown").into_owned(),
        Group::Quarter(year, quarter) => words.fill(
            "worth-group-quarter",
            [
                ("quarter", quarter.to_string().into()),
                ("year", year.to_string().into()),
            ],
        ),
        Group::Month(year, month) => format!("{} {year}", words.month_name(month)),
    }
}
