//! Segments to begin with: what most companies ask first.

use filo_core::event::EventKind;
use filo_core::segment::{
    Comparison, Condition, Figure, Happened, HappenedTest, Number, OrderCondition, OrderFigure,
    Pattern, Signal, Span, TraitCondition, TraitTest, Window,
};
use maud::{Markup, html};

use crate::i18n::Words;
use crate::ui::icon::Icon;

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Example {
    /// Bought twice within ninety days.
    Regulars,
    /// Have bought, but not for half a year.
    Sleeping,
    /// Have their birthday within a week.
    Birthday,
    /// Put something into the cart and left it there.
    Cart,
}

impl Example {
    pub(super) const ALL: [Self; 4] = [Self::Regulars, Self::Sleeping, Self::Birthday, Self::Cart];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Regulars => "regulars",
            Self::Sleeping => "sleeping",
            Self::Birthday => "birthday",
            Self::Cart => "cart",
        }
    }

    pub(super) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|example| example.word() == word)
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Regulars => Icon::People,
            Self::Sleeping => Icon::Moon,
            Self::Birthday => Icon::Cake,
            Self::Cart => Icon::Cart,
        }
    }

    /// What must be true.
    pub(super) fn condition(self) -> Condition {
        let orders = |is: Comparison, during: Window| {
            Condition::Orders(OrderCondition {
                figure: OrderFigure::Count,
                is,
                during,
            })
        };
        let last = |days: u16| Window::Last(Span::days(days));
        match self {
            Self::Regulars => orders(Comparison::AtLeast(Number::whole(2)), last(90)),
            Self::Sleeping => Condition::All(vec![
                orders(Comparison::AtLeast(Number::whole(1)), Window::Ever),
                Condition::Not(Box::new(orders(
                    Comparison::AtLeast(Number::whole(1)),
                    last(180),
                ))),
            ]),
            Self::Birthday => Condition::Trait(TraitCondition {
                key: "birthday".into(),
                test: TraitTest::Anniversary {
                    before: 7,
                    after: 0,
                },
            }),
            Self::Cart => Condition::All(vec![
                happened("Product Added", last(3)),
                Condition::Not(Box::new(happened("Order Completed", last(3)))),
            ]),
        }
    }
}

/// At least once.
fn happened(name: &str, during: Window) -> Condition {
    let pattern = Pattern {
        kind: EventKind::Track,
        name: name.into(),
        filters: Vec::new(),
    };
    Condition::Happened(Happened {
        signal: Signal::new(pattern, None),
        hours: None,
        test: HappenedTest::Figure {
            figure: Figure::Count,
            is: Comparison::AtLeast(Number::whole(1)),
            during,
        },
    })
}

/// The examples as doors into the form that makes a segment.
pub(super) fn doors(words: Words) -> Markup {
    html! {
        ul.examples {
            @for example in Example::ALL {
                li {
                    a href={ "/segments/new?example=" (example.word()) } {
                        span.sign { (example.icon().draw()) }
                        span {
                            strong { (words.say(&format!("segment-example-{}", example.word()))) }
                            span.about { (words.say(&format!("segment-example-{}-hint", example.word()))) }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn every_example_is_in_order_and_has_its_words() {
        for example in Example::ALL {
            filo_core::segment::check(&example.condition()).unwrap();
            assert_eq!(Example::from_word(example.word()), Some(example));
            for language in Language::ALL {
                for key in ["", "-hint"] {
                    let key = format!("segment-example-{}{key}", example.word());
                    assert!(Words::of(language).look_up(&key).is_some(), "{key}");
                }
            }
        }
    }
}
