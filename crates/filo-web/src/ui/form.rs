//! Forms and their fields.
//!
//! **Invariant:** every field has a label and, when wrong, says so beside it and to a screen
//! reader.

use maud::{Markup, html};

use crate::i18n::Words;

/// A form that changes something.
pub(crate) fn form(action: &str, token: &str, content: &Markup) -> Markup {
    html! {
        form.form method="post" action=(action) {
            input type="hidden" name="token" value=(token);
            (content)
        }
    }
}

/// A button that is a whole form: what it sends stands in hidden fields.
pub(crate) fn button_form(
    action: &str,
    token: &str,
    hidden: &[(&str, &str)],
    label: &str,
    class: &str,
) -> Markup {
    html! {
        form.inline method="post" action=(action) {
            input type="hidden" name="token" value=(token);
            @for (name, value) in hidden { input type="hidden" name=(name) value=(value); }
            button.(class) type="submit" { (label) }
        }
    }
}

/// A button behind a second thought, for what cannot be taken back.
pub(crate) fn second_thought(action: &str, token: &str, label: &str, confirm: &str) -> Markup {
    html! {
        details.second-thought {
            summary { (label) }
            (button_form(action, token, &[], confirm, "danger small"))
        }
    }
}

/// One line of text.
#[derive(Debug, Default)]
pub(crate) struct Field<'a> {
    pub(crate) name: &'a str,
    pub(crate) label: &'a str,
    pub(crate) value: &'a str,
    pub(crate) hint: Option<&'a str>,
    pub(crate) wrong: Option<&'a str>,
    pub(crate) required: bool,
    pub(crate) length_most: usize,
}

impl Field<'_> {
    pub(crate) fn input(&self) -> Markup {
        self.around(&html! {
            input #(self.id()) type="text" name=(self.name) value=(self.value)
                required[self.required] maxlength=[self.length()]
                aria-invalid=[self.wrong.map(|_| "true")] aria-describedby=[self.described()];
        })
    }

    /// A line that the browser completes from a list of the page.
    pub(crate) fn suggested(&self, list: &str) -> Markup {
        self.around(&html! {
            input #(self.id()) type="text" name=(self.name) value=(self.value) list=(list)
                autocomplete="off" spellcheck="false"
                required[self.required] maxlength=[self.length()]
                aria-invalid=[self.wrong.map(|_| "true")] aria-describedby=[self.described()];
        })
    }

    /// A day of the calendar, `2026-12-31`.
    pub(crate) fn date(&self) -> Markup {
        self.around(&html! {
            input #(self.id()) type="date" name=(self.name) value=(self.value)
                required[self.required]
                aria-invalid=[self.wrong.map(|_| "true")] aria-describedby=[self.described()];
        })
    }

    /// A password: kept out of sight, and offered to the browser's keeper of passwords.
    pub(crate) fn password(&self, autocomplete: &str) -> Markup {
        self.around(&html! {
            input #(self.id()) type="password" name=(self.name) autocomplete=(autocomplete)
                required[self.required] maxlength=[self.length()]
                aria-invalid=[self.wrong.map(|_| "true")] aria-describedby=[self.described()];
        })
    }

    pub(crate) fn area(&self, rows: u8) -> Markup {
        self.around(&html! {
            textarea #(self.id()) name=(self.name) rows=(rows) spellcheck="true"
                required[self.required] maxlength=[self.length()]
                aria-invalid=[self.wrong.map(|_| "true")] aria-describedby=[self.described()] {
                (self.value)
            }
        })
    }

    /// Several lines of code: no spelling, fixed width.
    pub(crate) fn code(&self, rows: u8) -> Markup {
        self.around(&html! {
            textarea.code #(self.id()) name=(self.name) rows=(rows) spellcheck="false"
                autocapitalize="off" required[self.required]
                aria-invalid=[self.wrong.map(|_| "true")] aria-describedby=[self.described()] {
                (self.value)
            }
        })
    }

    /// A choice of few: pairs of value and label.
    pub(crate) fn select(&self, options: &[(&str, &str)]) -> Markup {
        self.around(&html! {
            select #(self.id()) name=(self.name) aria-describedby=[self.described()] {
                @for (value, label) in options {
                    option value=(value) selected[*value == self.value] { (label) }
                }
            }
        })
    }

    fn around(&self, control: &Markup) -> Markup {
        html! {
            div.field {
                label for=(self.id()) { (self.label) }
                (control)
                @if let Some(hint) = self.hint { p.hint #(self.id() + "-hint") { (hint) } }
                @if let Some(wrong) = self.wrong { p.wrong #(self.id() + "-wrong") { (wrong) } }
            }
        }
    }

    fn id(&self) -> String {
        format!("field-{}", self.name)
    }

    fn length(&self) -> Option<usize> {
        (self.length_most > 0).then_some(self.length_most)
    }

    fn described(&self) -> Option<String> {
        let wrong = self.wrong.map(|_| format!("{}-wrong", self.id()));
        wrong.or_else(|| self.hint.map(|_| format!("{}-hint", self.id())))
    }
}

/// A text to copy, such as a key or a snippet.
pub(crate) fn copyable(words: Words, id: &str, text: &str) -> Markup {
    html! {
        div.copyable {
            pre #(id) tabindex="0" { code { (text) } }
            button.small type="button" data-copy=(id) hidden { (words.say("copy")) }
        }
    }
}
