//! The pages of webhooks.

use filo_app::{DESCRIPTION_LETTERS_MOST, DeliveryRow, DeliveryStatus, Topic, WebhookRow};
use maud::{Markup, html};

use super::{Form, List, One, Refused};
use crate::i18n::Words;
use crate::ui::form::{Field, button_form, copyable, form, second_thought};
use crate::ui::icon::Icon;
use crate::ui::page::empty;
use crate::ui::shown as display;

/// Letters of a message or answer that are shown.
const TEXT_LETTERS_MOST: usize = 2_000;

pub(super) fn list(words: Words, list: &List, token: &str) -> Markup {
    let refused = list.refused.as_ref();
    html! {
        h1 { (words.say("settings-webhooks")) }
        p.lead { (words.say("settings-webhooks-lead")) }
        @if list.rows.is_empty() {
            (empty(&words.say("webhooks-none"), &html! { p { (words.say("webhooks-none-hint")) } }))
        } @else {
            section.card { ul.list { @for row in &list.rows { (line(words, row)) } } }
        }
        details.card open[refused.is_some()] {
            summary { (words.say("webhook-new")) }
            (form("/settings/webhooks", token, &html! {
                (fields(words, &list.form, refused))
                button type="submit" { (words.say("webhook-make")) }
            }))
        }
    }
}

fn line(words: Words, row: &WebhookRow) -> Markup {
    html! {
        li {
            div.line {
                a href={ "/settings/webhooks/" (row.id) } { bdi { (name(row)) } }
                span.badge { (words.say(state(row))) }
            }
            p.about { code { (display::line(&row.url)) } }
        }
    }
}

/// What people call it; without a description its address.
fn name(row: &WebhookRow) -> String {
    let name = if row.description.is_empty() {
        &row.url
    } else {
        &row.description
    };
    display::line(name)
}

/// The key of how it is doing.
fn state(row: &WebhookRow) -> &'static str {
    if !row.enabled {
        return "webhook-state-disabled";
    }
    if row.failing_since.is_some() {
        return "webhook-state-failing";
    }
    match row.last_success_at {
        Some(_) => "webhook-state-well",
        None => "webhook-state-new",
    }
}

fn fields(words: Words, given: &Form, refused: Option<&Refused>) -> Markup {
    let wrong = |field: &str| {
        let refused = refused.filter(|(wrong, _)| *wrong == field);
        refused.map(|(_, reason)| reason.as_str())
    };
    // What the network says is English; what to do about it is not.
    let unusable =
        wrong("url").map(|reason| words.fill("webhook-url-wrong", [("reason", reason.into())]));
    let url = Field {
        name: "url",
        label: &words.say("webhook-url"),
        value: &given.url,
        hint: Some(&words.say("webhook-url-hint")),
        wrong: unusable.as_deref(),
        required: true,
        ..Field::default()
    };
    let description = Field {
        name: "description",
        label: &words.say("webhook-description"),
        value: &given.description,
        wrong: wrong("description"),
        length_most: DESCRIPTION_LETTERS_MOST,
        ..Field::default()
    };
    html! {
        (url.input())
        (description.input())
        fieldset {
            legend { (words.say("webhook-topics")) }
            @if wrong("topics").is_some() { p.wrong { (words.say("webhook-topics-wrong")) } }
            @for topic in Topic::ALL {
                @let word = topic.word();
                label.check {
                    input type="checkbox" name=(word) value="on" checked[given.boxes.contains_key(word)];
                    span { (words.say(&topic_key(word))) " " code.soft { (word) } }
                }
            }
        }
    }
}

fn topic_key(word: &str) -> String {
    format!("webhook-topic-{}", word.replace(['.', '_'], "-"))
}

pub(super) fn one(words: Words, one: &One, token: &str) -> Markup {
    let row = &one.row;
    let address = format!("/settings/webhooks/{}", row.id);
    let at = |what: &str| format!("{address}/{what}");
    html! {
        a.back href="/settings/webhooks" { (Icon::Back.draw()) (words.say("webhooks-back")) }
        div.head {
            h1 { bdi { (name(row)) } }
            span.badge { (words.say(state(row))) }
        }
        @if let Some(secret) = &one.secret {
            section.notice.notice-good role="status" {
                h2 { (words.say("webhook-secret")) }
                p { (words.say("webhook-secret-hint")) }
                (copyable(words, "webhook-secret-text", secret))
            }
        }
        (health(words, one))
        section.card {
            div.actions {
                (button_form(&at("test"), token, &[], &words.say("webhook-test"), "quiet small"))
                (button_form(&at("replay"), token, &[], &words.say("webhook-replay-failed"), "quiet small"))
                (second_thought(&at("rotation"), token, &words.say("webhook-rotate"), &words.say("webhook-rotate-confirm")))
                (second_thought(&at("removal"), token, &words.say("webhook-remove"), &words.say("webhook-remove-confirm")))
            }
        }
        section.card {
            h2 { (words.say("webhook-deliveries")) }
            @if one.deliveries.is_empty() { p.soft { (words.say("webhook-deliveries-none")) } }
            ul.list { @for delivery in &one.deliveries { (delivery_line(words, one, delivery, token)) } }
        }
        details.card open[one.refused.is_some()] {
            summary { (words.say("webhook-change")) }
            (form(&address, token, &html! {
                (fields(words, &one.form, one.refused.as_ref()))
                (enabled(words, &one.form))
                button type="submit" { (words.say("webhook-save")) }
            }))
        }
    }
}

fn enabled(words: Words, given: &Form) -> Markup {
    let field = Field {
        name: "enabled",
        label: &words.say("webhook-enabled"),
        value: &given.enabled,
        ..Field::default()
    };
    let (yes, no) = (
        words.say("webhook-enabled-yes"),
        words.say("webhook-enabled-no"),
    );
    field.select(&[("yes", &yes), ("no", &no)])
}

fn health(words: Words, one: &One) -> Markup {
    let row = &one.row;
    let when = |at: Option<filo_core::time::Timestamp>| {
        at.map_or_else(|| "—".to_owned(), |at| words.date_time(at))
    };
    let reason = row.disabled_reason.as_deref();
    let reason = reason.and_then(|word| words.look_up(&format!("webhook-reason-{word}")));
    let failures = u64::try_from(row.failures).unwrap_or(0);
    let dropped = u64::try_from(row.dropped).unwrap_or(0);
    html! {
        section.card {
            @if let Some(reason) = reason.filter(|_| !row.enabled) { p.wrong { (reason) } }
            p { code { (display::line(&row.url)) } }
            p.about {
                (words.fill("webhook-last-success", [("date", when(row.last_success_at).into())])) " · "
                (words.fill("webhook-last-failure", [("date", when(row.last_failure_at).into())]))
                @if failures > 0 { " · " (words.fill("webhook-failures", [("count", failures.into())])) }
                @if dropped > 0 { " · " (words.fill("webhook-dropped", [("count", dropped.into())])) }
            }
            @if let Some(until) = row.previous_until.filter(|until| one.now < *until) {
                p.about { (words.fill("webhook-both-secrets", [("date", words.date_time(until).into())])) }
            }
        }
    }
}

fn delivery_line(words: Words, one: &One, delivery: &DeliveryRow, token: &str) -> Markup {
    let title = words.look_up(&topic_key(&delivery.topic));
    let title = title.map_or_else(
        || display::line(&delivery.topic),
        std::borrow::Cow::into_owned,
    );
    let state = words.say(&format!("webhook-delivery-{}", delivery.status.word()));
    let action = format!(
        "/settings/webhooks/{}/deliveries/{}/replay",
        one.row.id, delivery.id
    );
    let tries = [("count", u64::from(delivery.tries).into())];
    let waits = delivery.status == DeliveryStatus::Waiting;
    html! {
        li {
            div.line {
                span { (title) " · " (words.date_time(delivery.created_at)) }
                span.badge { (state) }
            }
            p.about {
                (words.fill("webhook-tries", tries))
                @if let Some(status) = delivery.answer_status { " · HTTP " (status) }
                @if waits { " · " (words.fill("webhook-next", [("date", words.date_time(delivery.due_at).into())])) }
            }
            details {
                summary { (words.say("webhook-delivery-detail")) }
                p.hint { code { (delivery.id) } }
                pre.box tabindex="0" { code { (display::lines(&delivery.body, TEXT_LETTERS_MOST)) } }
                @if let Some(answer) = delivery.answer.as_deref().filter(|text| !text.is_empty()) {
                    p.hint { (words.say("webhook-answer")) }
                    pre.box tabindex="0" { code { (display::lines(answer, TEXT_LETTERS_MOST)) } }
                }
                (button_form(&action, token, &[], &words.say("webhook-replay"), "quiet small"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use filo_core::id::{DeliveryId, WebhookId};
    use filo_core::time::Timestamp;

    use super::*;
    use crate::i18n::Language;

    fn webhook() -> WebhookRow {
        WebhookRow {
            id: WebhookId(1),
            url: "https://shop.example/<b>".to_owned(),
            description: String::new(),
            topics: "order.completed".to_owned(),
            enabled: false,
            disabled_reason: Some("gone".to_owned()),
            created_at: Timestamp(0),
            previous_until: Some(Timestamp(2)),
            failing_since: None,
            failures: 3,
            last_success_at: None,
            last_failure_at: Some(Timestamp(0)),
            dropped: 7,
        }
    }

    #[test]
    fn every_state_has_words_and_what_came_from_outside_is_tamed() {
        let deliveries = DeliveryStatus::ALL.map(|status| DeliveryRow {
            id: DeliveryId(2),
            webhook: WebhookId(1),
            topic: "order.completed".to_owned(),
            subject: String::new(),
            body: "{}".to_owned(),
            created_at: Timestamp(0),
            status,
            tries: 2,
            due_at: Timestamp(0),
            tried_at: None,
            answer_status: Some(500),
            answer: Some("<script>".to_owned()),
        });
        for language in Language::ALL {
            let shown = One {
                row: webhook(),
                deliveries: deliveries.to_vec(),
                form: Form::of(&webhook()),
                refused: Some(("url", "no".to_owned())),
                secret: None,
                now: Timestamp(1),
            };
            let page = one(Words::of(language), &shown, "t").into_string();
            assert!(
                page.contains("&lt;script&gt;") && !page.contains("<b>"),
                "{page}"
            );
            let parts = page.split(['>', '<', '"']);
            let keys: Vec<&str> = parts.filter(|it| it.starts_with("webhook-")).collect();
            assert!(
                keys.iter().all(|it| *it == "webhook-secret-text"),
                "{keys:?}"
            );
            let empty = list(Words::of(language), &List::default(), "t").into_string();
            for topic in Topic::ALL {
                assert!(empty.contains(topic.word()), "{}", topic.word());
            }
        }
    }
}
