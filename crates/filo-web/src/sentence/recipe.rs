//! How a computed trait is made, as people say it: “Quante volte ha fatto un ordine negli ultimi
//! 90 giorni.”

use filo_app::segment::SegmentNames;
use filo_core::segment::computed::{EventRecipe, Formula, OrderRecipe, Recipe, Take};

use super::{Teller, capital, in_a_row};
use crate::i18n::Words;
use crate::ui::shown;

/// A recipe as a sentence, with a capital and a full stop.
pub(crate) fn recipe_sentence(words: Words, recipe: &Recipe, names: &SegmentNames) -> String {
    let teller = Teller { words, names };
    let phrase = match recipe {
        Recipe::Events(events) => teller.of_events(events),
        Recipe::Orders(orders) => teller.of_orders(*orders),
        Recipe::Formula(formula) => teller.of_formula(formula),
    };
    capital(&phrase)
}

impl Teller<'_> {
    fn of_events(self, recipe: &EventRecipe) -> String {
        let hours = recipe.hours.map(|hours| self.hours(hours));
        let what = in_a_row([
            self.meant(recipe.signal.pattern()),
            hours.unwrap_or_default(),
            self.during(recipe.during),
        ]);
        let key = format!("recipe-{}", recipe.take.word().replace('_', "-"));
        let what = ("what", what.into());
        match recipe.take {
            Take::Count | Take::DaysSinceFirst | Take::DaysSinceLast => {
                self.words.fill(&key, [what])
            }
            Take::Sum
            | Take::Average
            | Take::Smallest
            | Take::Greatest
            | Take::Distinct
            | Take::First
            | Take::Last
            | Take::MostFrequent
            | Take::List => {
                let field = self.field(recipe.signal.field());
                self.words.fill(&key, [what, ("field", field.into())])
            }
        }
    }

    fn of_orders(self, recipe: OrderRecipe) -> String {
        let key = format!("recipe-orders-{}", recipe.take.word().replace('_', "-"));
        let what = self.words.say(&key).into_owned();
        in_a_row([what, self.during(recipe.during)])
    }

    fn of_formula(self, formula: &Formula) -> String {
        let text = shown::line(&formula.to_string());
        let named = formula.names();
        let named = named.into_iter().filter_map(|key| {
            let label = self.names.computed.get(key.as_str())?;
            let fill = [
                ("key", key.to_string().into()),
                ("label", shown::line(label).into()),
            ];
            Some(self.words.fill("recipe-named", fill))
        });
        let named: Vec<String> = named.collect();
        let fill = [("formula", text.into())];
        match named.is_empty() {
            true => self.words.fill("recipe-formula", fill),
            false => {
                let [formula] = fill;
                let fill = [formula, ("named", named.join(", ").into())];
                self.words.fill("recipe-formula-named", fill)
            }
        }
    }
}
