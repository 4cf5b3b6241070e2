//! What is known of a person: the cards beside the thread.

use filo_app::CustomerView;
use filo_core::consent::Status;
use filo_core::event::{Channel, Trust};
use filo_core::id::{CustomerId, SourceId};
use filo_core::profile::view::{Address, ConsentLine, ProfileSummary};
use filo_core::profile::{Order, Profile};
use filo_core::time::Timestamp;
use maud::{Markup, html};

use super::head::share;
use super::reason::kind_word;
use super::told::{bead, channel_word, purpose_word};
use super::{ConsentForm, Person};
use crate::i18n::Words;
use crate::ui::form::{Field, button_form, form};
use crate::ui::shown;

/// Orders in the card; the thread has them all.
const ORDERS_SHOWN: usize = 10;
/// Identifiers before the rest is folded.
const IDENTIFIERS_SHOWN: usize = 12;
const NOTE_LETTERS_MOST: usize = 4_000;

/// Identifiers with where they come from.
pub(super) fn identifiers(words: Words, customer: &CustomerView) -> Markup {
    let (first, rest) = customer
        .identifiers
        .split_at(customer.identifiers.len().min(IDENTIFIERS_SHOWN));
    html! {
        details.card.section open data-fold {
            summary { h2 { (words.say("identifiers-title")) } }
            ul.list { @for identifier in first { (identifier_line(words, identifier)) } }
            @if !rest.is_empty() {
                details {
                    summary { (words.fill("identifiers-more", [("count", rest.len().into())])) }
                    ul.list { @for identifier in rest { (identifier_line(words, identifier)) } }
                }
            }
            p.small { a href="#why" { (words.say("identifiers-why")) } }
        }
    }
}

fn identifier_line(words: Words, identifier: &filo_app::IdentifierView) -> Markup {
    let (trust, class) = match identifier.facts.trust {
        Trust::Claimed => ("trust-claimed", "badge badge-warn"),
        Trust::Verified => ("trust-verified", "badge badge-good"),
        Trust::Staff => ("trust-staff", "badge badge-good"),
    };
    let seen = [
        ("first", words.date(identifier.facts.first_seen).into()),
        ("last", words.date(identifier.facts.last_seen).into()),
    ];
    html! {
        li {
            div.line {
                span.soft.small { (kind_word(words, identifier.kind)) }
                span.(class) title=(words.say(&format!("{trust}-hint"))) { (words.say(trust)) }
            }
            bdi.value { (shown::line(&identifier.value)) }
            p.about { (words.fill("identifier-seen", seen)) }
        }
    }
}

/// Birthday, address, language, companies.
pub(super) fn facts(words: Words, person: &Person, summary: &ProfileSummary) -> Markup {
    let birthday = summary.birthday.map(|date| words.civil_date(date));
    let language = summary.language.as_deref().map(|tag| {
        let known = words.look_up(&format!("language-{tag}"));
        known.map_or_else(|| tag.to_owned(), std::borrow::Cow::into_owned)
    });
    let groups: Vec<&str> = summary
        .groups
        .iter()
        .map(compact_str::CompactString::as_str)
        .collect();
    let groups = (!groups.is_empty()).then(|| groups.join(", "));
    let touch = summary.first_touch.as_ref().map(|touch| {
        let campaign = touch.campaign.as_deref();
        let name = campaign.map(|it| format!("{} {}", it.source, it.name).trim().to_owned());
        let from = name.filter(|name| !name.is_empty());
        let from =
            from.or_else(|| Some(touch.referrer.to_string()).filter(|host| !host.is_empty()));
        let channel = channel_word(words, touch.channel);
        from.map_or_else(|| channel.clone(), |from| format!("{channel}, {from}"))
    });
    let said = |keys: &[&str]| keys.iter().find_map(|key| told_by(words, person, key));
    let touch_from = summary
        .first_touch
        .as_ref()
        .map(|touch| whence(words, person, touch.source, touch.at));
    let rows = [
        ("fact-birthday", birthday, said(&["birthday"])),
        (
            "fact-address",
            summary.address.as_ref().map(address),
            said(&["address", "street", "city", "postal_code"]),
        ),
        ("fact-language", language, said(&["language"])),
        ("fact-groups", groups, None),
        ("fact-first-touch", touch, touch_from),
    ];
    if rows.iter().all(|(_, value, _)| value.is_none()) {
        return html! {};
    }
    html! {
        details.card.section open data-fold {
            summary { h2 { (words.say("facts-title")) } }
            dl.facts {
                @for (key, value, from) in &rows {
                    @if let Some(value) = value {
                        dt { (words.say(key)) }
                        dd {
                            bdi { (shown::line(value)) }
                            @if let Some(from) = from {
                                details.proof { summary { (words.say("fact-whence")) } p.about { (from) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// "Said by the till on 3/4/2026", of the statement that counts.
fn told_by(words: Words, person: &Person, key: &str) -> Option<String> {
    let (_, provenance) = person.customer.profile.traits.get(key)?.value()?;
    Some(whence(words, person, provenance.source, provenance.at))
}

fn whence(words: Words, person: &Person, source: SourceId, at: Timestamp) -> String {
    let name = match person.sources.get(&source) {
        Some(name) => shown::line(name),
        None => words.say("trust-staff").into_owned(),
    };
    let variables = [("source", name.into()), ("date", words.date(at).into())];
    words.fill("fact-said-by", variables)
}

fn address(address: &Address) -> String {
    let Address {
        street,
        city,
        postal_code,
        state,
        country,
    } = address;
    let town: Vec<&str> = [postal_code, city]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let town = Some(town.join(" ")).filter(|town| !town.is_empty());
    let state = state.as_ref().map(|state| format!("({state})"));
    let parts = [street, &town, &state, country];
    parts
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}

/// What they told us.
pub(super) fn notes(
    words: Words,
    customer: CustomerId,
    summary: &ProfileSummary,
    token: &str,
) -> Markup {
    if summary.notes.is_empty() {
        return html! {};
    }
    html! {
        details.card.section open data-fold {
            summary { h2 { (words.say("notes-title")) } }
            ul.list {
                @for note in &summary.notes {
                    @let action = format!("/people/{customer}/notes/{}/removal", note.provenance.event);
                    li {
                        div.line {
                            span.badge.badge-warn { (words.say(&format!("about-{}", note.about.word()))) }
                            (button_form(&action, token, &[], &words.say("note-remove"), "link small"))
                        }
                        p.said { (shown::lines(&note.text, NOTE_LETTERS_MOST)) }
                        p.about {
                            (words.date(note.provenance.at))
                            @if !note.actor.is_empty() { " · " bdi { (shown::line(&note.actor)) } }
                        }
                    }
                }
            }
        }
    }
}

/// What they bought, newest first.
pub(super) fn orders(words: Words, profile: &Profile) -> Markup {
    let mut orders: Vec<&Order> = profile
        .orders
        .iter()
        .filter(|order| order.content().is_some())
        .collect();
    orders.sort_by_key(|order| std::cmp::Reverse((order.placed_at(), order.id())));
    let count = orders.len();
    if count == 0 {
        return html! {};
    }
    html! {
        details.card.section open data-fold {
            summary { h2 { (words.say("orders-title")) } }
            ul.list { @for order in orders.iter().take(ORDERS_SHOWN) { (order_line(words, order)) } }
            @if count > ORDERS_SHOWN {
                p.about { (words.fill("orders-more", [("count", (count - ORDERS_SHOWN).into())])) }
            }
        }
    }
}

fn order_line(words: Words, order: &Order) -> Markup {
    let refunded = order.refunded();
    html! {
        @if let Some(content) = order.content() {
            li {
                div.line {
                    span { "#" bdi { (shown::line(order.id())) } }
                    strong { (words.amount(content.total.0, content.currency)) }
                }
                p.about {
                    @if let Some(at) = order.placed_at() { (words.date(at)) }
                    @if content.item_count > 0 {
                        " · " (words.fill("order-items", [("count", content.item_count.into())]))
                    }
                    @if order.is_cancelled() { " " span.badge.badge-bad { (words.say("order-cancelled")) } }
                    @else if refunded.0 > 0 {
                        " " span.badge.badge-warn {
                            (words.fill("order-refunded", [("amount", words.amount(refunded.0, content.currency).into())]))
                        }
                    }
                }
            }
        }
    }
}

/// Where they were met, as shares of all meetings.
pub(super) fn channels(words: Words, summary: &ProfileSummary) -> Markup {
    let total: u64 = summary.channels.iter().map(|used| used.count).sum();
    if total == 0 {
        return html! {};
    }
    html! {
        details.card.section open data-fold {
            summary { h2 { (words.say("channels-title")) } }
            (share(words, summary))
            ul.list {
                @for used in &summary.channels {
                    li.line {
                        span.with-dot { span class={ "dot " (bead(used.channel)) } {} (channel_word(words, used.channel)) }
                        span.soft.small { (words.number(used.count)) " · " (words.date(used.last_at)) }
                    }
                }
            }
        }
    }
}

/// What they allow, and the form to take a statement down.
pub(super) fn consents(
    words: Words,
    customer: CustomerId,
    summary: &ProfileSummary,
    token: &str,
    refused: Option<&(&ConsentForm, String)>,
) -> Markup {
    html! {
        details.card.section #consents open data-fold {
            summary { h2 { (words.say("consents-title")) } }
            @if summary.consents.is_empty() {
                p.soft { (words.say("consents-none")) }
            } @else {
                ul.list { @for line in &summary.consents { (consent_line(words, line)) } }
            }
            details open[refused.is_some()] {
                summary { (words.say("consent-title")) }
                (consent_form(words, customer, token, refused))
            }
        }
    }
}

fn consent_line(words: Words, line: &ConsentLine) -> Markup {
    let (status, class) = match line.status {
        Status::Granted => ("consent-granted", "badge badge-good"),
        Status::Pending => ("consent-pending", "badge badge-warn"),
        Status::Denied => ("consent-denied", "badge badge-bad"),
    };
    let purpose = purpose_word(words, &line.purpose);
    let channel = line.channel.map_or_else(
        || words.say("channel-every").into_owned(),
        |channel| channel_word(words, channel),
    );
    html! {
        li {
            div.line {
                span { strong { bdi { (purpose) } } " · " (channel) }
                span.(class) { (words.say(status)) }
            }
            @if let Some(provenance) = &line.provenance {
                p.about {
                    (words.date_time(provenance.at)) " · "
                    (words.say(&format!("basis-{}", line.basis.word().replace('_', "-"))))
                    @if !line.wording.is_empty() { " · " bdi { (shown::line(&line.wording)) } }
                }
            }
        }
    }
}

fn consent_form(
    words: Words,
    customer: CustomerId,
    token: &str,
    refused: Option<&(&ConsentForm, String)>,
) -> Markup {
    let empty = ConsentForm {
        purpose: "marketing".to_owned(),
        ..ConsentForm::default()
    };
    let (given, problem) = match refused {
        Some((given, problem)) => (*given, Some(problem.as_str())),
        None => (&empty, None),
    };
    let labels = Channel::ALL.map(|channel| channel_word(words, channel));
    let every = words.say("channel-every");
    let mut channels = vec![("any", &*every)];
    channels.extend(
        Channel::ALL
            .iter()
            .zip(&labels)
            .map(|(channel, label)| (channel.word(), label.as_str())),
    );
    let (granted, denied) = (words.say("consent-granted"), words.say("consent-denied"));
    let decisions = [("granted", &*granted), ("denied", &*denied)];
    let keys = [
        "purpose",
        "channel",
        "decision",
        "wording",
        "proof",
        "proof-hint",
    ];
    let labels = keys.map(|key| words.say(&format!("consent-{key}")));
    let [purpose, channel, decision, wording, proof, proof_hint] = &labels;
    let field = |name, label, value| Field {
        name,
        label,
        value,
        length_most: 500,
        ..Field::default()
    };
    let purpose = Field {
        required: true,
        length_most: 100,
        ..field("purpose", purpose, given.purpose.as_str())
    };
    let proof = Field {
        wrong: problem,
        hint: Some(proof_hint),
        ..field("proof", proof, &given.proof)
    };
    let fields = html! {
        (purpose.input())
        (field("channel", channel, &given.channel).select(&channels))
        (field("decision", decision, &given.decision).select(&decisions))
        (field("wording", wording, &given.wording).input())
        (proof.input())
        button type="submit" { (words.say("consent-do")) }
    };
    form(&format!("/people/{customer}/consents"), token, &fields)
}
