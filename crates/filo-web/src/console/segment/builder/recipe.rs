//! The fields of a computed trait's recipe, both ways: the parts about events and windows are
//! those of conditions.
//!
//! **Invariant:** a recipe that was written into fields is read back as it was, or is kept as a
//! text.

use filo_app::segment::{Hints, SegmentNames};
use filo_core::segment::computed::{
    EventRecipe, FormulaCause, FormulaFault, OrderRecipe, OrderTake, Recipe, RecipeFault,
    TEXT_BYTES_MOST, Take,
};
use maud::{Markup, html};

use super::counting::Counted;
use super::draft::{Draft, name};
use super::field::Part;
use super::form::{Shown, suggestions};
use super::phrase::{from_word, write_window};
use super::reading::Reading;
use super::{Given, Pairs, Wrong, leaf, writing};
use crate::i18n::Words;
use crate::ui::form::Field;

/// Where the recipe stands among the fields of the form.
const PATH: &str = "c.0";
const PLACE: [usize; 1] = [0];

/// A recipe while it is put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::console) struct RecipeDraft(Draft);

/// What is drawn around it.
pub(in crate::console) struct Around<'a> {
    pub(in crate::console) words: Words,
    pub(in crate::console) wrong: &'a Wrong,
    /// Where the form is sent.
    pub(in crate::console) action: &'a str,
    pub(in crate::console) names: &'a SegmentNames,
    pub(in crate::console) hints: &'a Hints,
}

impl RecipeDraft {
    /// What is meant most: how often in ninety days.
    pub(in crate::console) fn begun() -> Self {
        let fields = [
            ("made", "events"),
            ("take", "count"),
            ("win", "last"),
            ("amount", "90"),
        ];
        let begun = fields.into_iter();
        Self(begun.fold(Draft::default(), |draft, (name, value)| {
            draft.with(name, value)
        }))
    }

    /// The fields of a form that was sent.
    pub(in crate::console) fn sent(pairs: &Pairs) -> Self {
        let mut whole = Draft::read(pairs);
        Self(whole.at(&PLACE).cloned().unwrap_or_default())
    }

    /// The fields of a recipe; what they cannot say is kept as a text.
    pub(in crate::console) fn write(words: Words, recipe: &Recipe) -> Self {
        let mut draft = Draft::default();
        match recipe {
            Recipe::Events(events) => {
                draft.set("made", "events");
                draft.set("take", events.take.word());
                writing::signal(words, &mut draft, "", &events.signal);
                if let Some(hours) = events.hours {
                    writing::write_hours(&mut draft, hours);
                }
                write_window(&mut draft, "", events.during);
            }
            Recipe::Orders(orders) => {
                draft.set("made", "orders");
                draft.set("order_take", orders.take.word());
                write_window(&mut draft, "", orders.during);
            }
            Recipe::Formula(formula) => {
                draft.set("made", "formula");
                draft.set("formula", formula.to_string());
            }
        }
        let written = Self(draft);
        match written.recipe(words).as_ref() == Ok(recipe) {
            true => written,
            false => {
                let raw = Draft::default().with("made", "raw");
                Self(raw.with("raw", recipe.to_json()))
            }
        }
    }

    /// Does what a button of the fields says; what makes no sense changes nothing.
    pub(in crate::console) fn act(&mut self, act: &str) {
        let mut whole = Draft::group("all", vec![self.0.clone()]);
        whole.act(act);
        if let Some(draft) = whole.at(&PLACE) {
            self.0 = draft.clone();
        }
    }

    /// The recipe, or what is wrong with it, at its field.
    pub(in crate::console) fn recipe(&self, words: Words) -> Result<Recipe, Wrong> {
        let mut reading = Reading::new(words);
        let recipe = self.read(&mut reading);
        match recipe {
            Some(recipe) if reading.wrong.is_empty() => Ok(recipe),
            _ => Err(reading.wrong),
        }
    }

    fn read(&self, reading: &mut Reading) -> Option<Recipe> {
        let draft = &self.0;
        match draft.get("made") {
            "orders" => Some(Recipe::Orders(OrderRecipe {
                take: from_word(draft.get("order_take")).unwrap_or(OrderTake::Count),
                during: reading.window(draft, PATH, "")?,
            })),
            "formula" => match draft.get("formula").parse() {
                Ok(formula) => Some(Recipe::Formula(formula)),
                Err(fault) => {
                    let why = formula_words(reading.words, fault);
                    reading.wrong.insert(name(PATH, "formula"), why);
                    None
                }
            },
            "raw" => {
                let recipe = Recipe::from_json(draft.get("raw")).ok();
                reading.or_wrong(recipe, PATH, "raw", "computed-wrong-raw")
            }
            _ => {
                let signal = reading.signal(draft, PATH, "");
                let hours = match draft.has("hours") {
                    true => reading.hours(draft, PATH).map(Some),
                    false => Some(None),
                };
                let during = reading.window(draft, PATH, "");
                Some(Recipe::Events(EventRecipe {
                    take: from_word(draft.get("take")).unwrap_or(Take::Count),
                    signal: signal?,
                    hours: hours?,
                    during: during?,
                }))
            }
        }
    }

    /// What the core finds wrong with a recipe, at its field.
    pub(in crate::console) fn blame(words: Words, found: &RecipeFault) -> Wrong {
        let at = |field: &str, why: String| Wrong::from([(name(PATH, field), why)]);
        match found {
            RecipeFault::Part(part) => {
                let mut reading = Reading::new(words);
                for place in ["/events", "/orders"] {
                    reading.places.push((place.to_owned(), PATH.to_owned()));
                }
                reading.note(part);
                reading.wrong
            }
            RecipeFault::Circle(key) => {
                let fill = [("key", key.to_string().into())];
                at("formula", words.fill("computed-wrong-circle", fill))
            }
            RecipeFault::TooManySteps => {
                at("formula", words.say("computed-wrong-steps").into_owned())
            }
            RecipeFault::List(key) => {
                let fill = [("key", key.to_string().into())];
                at("made", words.fill("computed-wrong-list", fill))
            }
        }
    }

    /// The fields.
    pub(in crate::console) fn draw(&self, around: &Around<'_>) -> Markup {
        let given = Given::new(String::new(), Draft::default());
        let shown = Shown {
            words: around.words,
            given: &given,
            wrong: around.wrong,
            action: around.action.to_owned(),
            back: String::new(),
            names: around.names,
            others: &[],
            hints: around.hints,
            counted: &Counted::Unasked,
        };
        let part = Part {
            form: &shown,
            draft: &self.0,
            path: PATH,
        };
        html! {
            div.condition id=(PATH) { (fields(part)) }
            (suggestions(&shown))
        }
    }
}

fn fields(part: Part<'_>) -> Markup {
    let words = part.form.words;
    let text = |field: &str, rows: u8| {
        let value = part.draft.get(field);
        Field {
            name: &part.name(field),
            label: &words.say(&format!("computed-{field}")),
            value,
            hint: Some(&words.say(&format!("computed-{field}-hint"))),
            wrong: part.wrong(field),
            length_most: TEXT_BYTES_MOST,
            ..Field::default()
        }
        .code(rows)
    };
    if part.draft.get("made") == "raw" {
        return html! {
            input type="hidden" name=(part.name("made")) value="raw";
            (text("raw", 10))
        };
    }
    let takes = part.choices("computed-take", &Take::ALL.map(Take::word));
    let order_takes = part.choices("computed-order", &OrderTake::ALL.map(OrderTake::word));
    let made = part.choices("computed-made", &["events", "orders", "formula"]);
    html! {
        div.switch.ticked {
            (part.select("made", "computed-made", &made))
            div data-for="events" {
                (leaf::signal(part, "", "segment-event"))
                div.switch {
                    (part.select("take", "computed-what", &takes))
                    div data-for="sum average smallest greatest distinct first last most_frequent list" {
                        (part.with_hint("field", "segment-field", Some("segment-field-hint")))
                    }
                }
                (leaf::hours(part))
            }
            div data-for="orders" { (part.select("order_take", "computed-what", &order_takes)) }
            div data-for="events orders" { (part.window("")) }
            div data-for="formula" { (text("formula", 4)) }
        }
    }
}

/// What is wrong with a formula, and where.
fn formula_words(words: Words, fault: FormulaFault) -> String {
    let key = match fault.cause {
        FormulaCause::Value => "value",
        FormulaCause::End => "end",
        FormulaCause::Close => "close",
        FormulaCause::Comma => "comma",
        FormulaCause::Function => "function",
        FormulaCause::Key => "key",
        FormulaCause::Number => "number",
        FormulaCause::Decimals => "decimals",
        FormulaCause::Sign(_) => "sign",
        FormulaCause::OpenQuote => "open-quote",
        FormulaCause::TooLong => "too-long",
        FormulaCause::TooManyParts => "too-many-parts",
        FormulaCause::TooDeep => "too-deep",
    };
    let sign = match fault.cause {
        FormulaCause::Sign(sign) => sign.to_string(),
        _ => String::new(),
    };
    let what = words.fill(&format!("formula-{key}"), [("sign", sign.into())]);
    let fill = [
        ("line", fault.line.into()),
        ("column", fault.column.into()),
        ("what", what.into()),
    ];
    words.fill("segment-text-fault", fill)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    fn recipe(json: &str) -> Recipe {
        Recipe::from_json(&format!(r#"{{"version":1,"recipe":{json}}}"#)).unwrap()
    }

    #[test]
    fn a_recipe_survives_the_form_in_both_languages() {
        for json in [
            r#"{"events":{"take":"count","signal":{"name":"Order Completed"},"during":{"last":"90 days"}}}"#,
            r#"{"events":{"take":"most_frequent","signal":{"name":"Order Completed","field":"shop",
                "where":[{"field":"total","test":{"number":{"at_least":9.5}}}]},
                "hours":{"days":31,"from":540,"to":720},"during":{"calendar":"this_year"}}}"#,
            r#"{"events":{"take":"list","signal":{"kind":"page","field":"context.page.path"},"during":"ever"}}"#,
            r#"{"orders":{"take":"days_since_last","during":{"since":"2026-01-01"}}}"#,
            r#"{"formula":"round(spend / if_missing(orders, 1), 2)"}"#,
        ] {
            let recipe = recipe(json);
            for words in Language::ALL.map(Words::of) {
                let draft = RecipeDraft::write(words, &recipe);
                assert_ne!(draft.0.get("made"), "raw", "{json}");
                let pairs: Pairs = draft
                    .0
                    .fields()
                    .map(|(field, value)| (name(PATH, field), value.to_owned()))
                    .collect();
                assert_eq!(RecipeDraft::sent(&pairs).recipe(words), Ok(recipe.clone()));
            }
        }
    }

    #[test]
    fn what_the_fields_cannot_say_is_kept_as_a_text() {
        let odd = recipe(
            r#"{"events":{"take":"count","signal":{"name":"A","where":[
                {"field":"x","test":{"is":["a\nb"]}}]},"during":"ever"}}"#,
        );
        let words = Words::of(Language::Italian);
        let draft = RecipeDraft::write(words, &odd);
        assert_eq!(draft.0.get("made"), "raw");
        assert_eq!(draft.recipe(words), Ok(odd));
    }

    #[test]
    fn what_is_wrong_stands_at_its_field() {
        let words = Words::of(Language::English);
        let wrong = |fields: &[(&str, &str)]| {
            let pairs = fields
                .iter()
                .map(|(field, value)| (name(PATH, field), (*value).to_owned()));
            let found = RecipeDraft::sent(&pairs.collect())
                .recipe(words)
                .unwrap_err();
            found.into_keys().collect::<Vec<_>>()
        };
        assert_eq!(
            wrong(&[("made", "formula"), ("formula", "a +")]),
            ["c.0.formula"]
        );
        assert_eq!(wrong(&[("made", "events")]), ["c.0.name"]);
        let window = [("made", "orders"), ("win", "last"), ("amount", "")];
        assert_eq!(wrong(&window), ["c.0.amount"]);
        let mut draft = RecipeDraft::begun();
        draft.act("filter:c.0:");
        assert_eq!(draft.0.filters(""), 1);
    }
}
