//! The conditions that are measured: such as a shop makes, each a little different.

use serde_json::{Value, json};

/// What the day's events are called.
pub(super) const HAPPENING: [&str; 4] = [
    "Product Viewed",
    "Product Added",
    "Order Completed",
    "Email Opened",
];
/// Kinds of events that segments ask about; the others do not happen while it is measured.
pub(super) const NAMES: u64 = 40;
/// The event whose way into a segment is timed.
pub(super) const TIMED: &str = "Bench Noticed";
/// Of ten segments so many have a window.
const WINDOWED: u64 = 6;
const CITIES: [&str; 5] = ["Bologna", "Bari", "Lecce", "Torino", "Forlì"];

/// What segment so and so asks about.
fn name(number: u64) -> String {
    let kind = number / 10 % NAMES;
    let happening = usize::try_from(kind).ok();
    match happening.and_then(|place| HAPPENING.get(place)) {
        Some(name) => (*name).to_owned(),
        None => format!("Step {kind} Taken"),
    }
}

fn counted(name: &str, least: u64, during: &Value) -> Value {
    json!({"happened": {
        "signal": {"name": name},
        "test": {"figure": {"figure": "count", "is": {"at_least": least}, "during": during}},
    }})
}

fn last(days: u64) -> Value {
    json!({"last": format!("{days} days")})
}

/// Segment so and so: six of ten with a window.
pub(super) fn numbered(number: u64) -> Value {
    let name = name(number);
    // Different for each, so that no two segments are the same one.
    let (days, least) = (2 + number % 364, 1 + number / 10 % 7);
    let ever = json!("ever");
    if number % 10 >= WINDOWED {
        return match number % 10 {
            6 => counted(&name, least, &ever),
            7 => json!({"all": [
                counted(&name, least, &ever),
                {"trait": {"key": "city", "test": {"value": {"is": [city(number)]}}}},
            ]}),
            8 => json!({"all": [{"known": "email"}, {"not": counted(&name, least, &ever)}]}),
            _ => json!({"any": [
                {"trait": {"key": "city", "test": {"value": {"is": [city(number)]}}}},
                counted(&name, least + 7, &ever),
            ]}),
        };
    }
    match number % 10 {
        0 | 1 => counted(&name, least, &last(days)),
        2 => json!({"all": [
            counted(&name, least, &last(days)),
            {"not": counted(&name, least + 1, &last(days + 30))},
        ]}),
        3 => json!({"happened": {
            "signal": {"name": name, "field": "price"},
            "test": {"figure": {"figure": "sum", "is": {"at_least": least * 50}, "during": last(days)}},
        }}),
        4 => json!({"happened": {
            "signal": {"name": name},
            "test": {"last": {"before": format!("{days} days")}},
        }}),
        _ => json!({"sequence": {
            "first": {"name": name}, "during": last(days),
            "then": {"name": "Order Completed"}, "within": format!("{} days", 1 + least),
        }}),
    }
}

fn city(number: u64) -> &'static str {
    CITIES[usize::try_from(number % 5).unwrap_or(0)]
}

/// Behaviour that no other segment asks about.
pub(super) fn unasked(number: u64) -> Value {
    json!({"happened": {
        "signal": {"name": "Product Viewed", "field": "price", "where": [
            {"field": "category", "test": {"is": ["Scarpe", format!("Scarpe {number}")]}},
        ]},
        "test": {"figure": {"figure": "sum", "is": {"at_least": 300}, "during": last(45)}},
    }})
}

/// Three conditions about what other segments ask about as well.
pub(super) fn three() -> Value {
    json!({"all": [
        counted("Product Viewed", 2, &last(30)),
        counted("Order Completed", 1, &last(365)),
        {"not": counted("Email Opened", 1, &last(60))},
    ]})
}

/// What is previewed, by the name of its figure.
pub(super) fn previewed() -> [(&'static str, Value); 4] {
    let kept = counted("Product Viewed", 2, &last(30));
    let known = json!({"all": [
        {"trait": {"key": "city", "test": {"value": {"is": ["Bologna"]}}}},
        {"not": {"consent": {"purpose": "marketing", "answer": "no"}}},
    ]});
    let both = json!({"all": [kept.clone(), {"not": unasked(2)}]});
    [
        ("preview_kept_ms", kept),
        ("preview_known_ms", known),
        ("preview_fresh_ms", unasked(1)),
        ("preview_both_ms", both),
    ]
}

#[cfg(test)]
mod tests {
    use filo_core::segment::Definition;

    use super::*;

    fn read(condition: &Value) -> Definition {
        let document = json!({"version": 1, "condition": condition});
        Definition::from_json(&document.to_string()).unwrap()
    }

    #[test]
    fn they_can_be_and_are_all_different() {
        let all: Vec<Definition> = (0..1_000).map(|number| read(&numbered(number))).collect();
        let texts: std::collections::BTreeSet<String> =
            all.iter().map(Definition::to_json).collect();
        assert!(texts.len() > 850, "{} different ones", texts.len());
        let windows = all.iter().filter(|it| it.to_json().contains("days"));
        assert_eq!(windows.count(), 600);
        read(&unasked(0));
        read(&three());
        previewed().iter().for_each(|(_, it)| drop(read(it)));
    }
}
