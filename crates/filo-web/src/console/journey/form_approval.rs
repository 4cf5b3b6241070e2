//! When a person is asked before something leaves: the fields of a journey and of a step.

use filo_core::message::approval::{ABOVE_MOST, Rule, SAMPLE_PERCENT_MOST};
use maud::{Markup, html};

use super::form::Drawing;
use super::form_read::Reading;

/// The words of the rules, in the order in which they are offered.
const RULES: [&str; 4] = ["automatic", "sample", "every", "above"];
/// What a step says that goes by its journey.
const AS_JOURNEY: &str = "";

/// Writes a rule as the form has it; nothing is that of the journey.
pub(super) fn put_approval(put: &mut impl FnMut(&str, String), rule: Option<Rule>) {
    put("approval", rule.map_or(AS_JOURNEY, Rule::word).to_owned());
    if let Some(number) = rule.and_then(Rule::number) {
        put("approval_number", number.to_string());
    }
}

impl Drawing<'_> {
    /// The fields; of a step, the journey's rule can be left to hold.
    pub(super) fn approval(&self, is_of_step: bool) -> Markup {
        let words = self.words;
        let own = is_of_step.then(|| {
            let label = words.say("approval-rule-as-journey").into_owned();
            (AS_JOURNEY.to_owned(), label)
        });
        let rules = RULES.map(|word| {
            let label = words.say(&format!("approval-rule-{word}"));
            (word.to_owned(), label.into_owned())
        });
        let options: Vec<(String, String)> = own.into_iter().chain(rules).collect();
        html! {
            (self.select("approval", "approval-rule", &options))
            (self.line("approval_number", "approval-number", 7))
        }
    }
}

impl Reading<'_> {
    /// The rule; nothing where that of the journey holds.
    pub(super) fn approval(&mut self) -> Option<Rule> {
        let word = self.text("approval");
        if word == AS_JOURNEY {
            return None;
        }
        let rule = Rule::of(word, self.text("approval_number").parse().ok());
        if rule.is_none() {
            let most = [
                ("percent", u64::from(SAMPLE_PERCENT_MOST).into()),
                ("people", self.words.number(u64::from(ABOVE_MOST)).into()),
            ];
            let why = self.words.fill("approval-wrong-number", most);
            self.wrong.insert("approval_number".to_owned(), why);
        }
        rule
    }
}
