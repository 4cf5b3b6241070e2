//! Which ways a figure of the paths counts, as addresses of the console and of the API say it.

use filo_app::analysis::{End, Passing};
use filo_core::analysis::Place;
use filo_core::event::Channel;

/// The parts of an address; what is empty is not said.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Said<'a> {
    /// Two places with a dot between them.
    pub(crate) step: &'a str,
    /// A channel that is touched.
    pub(crate) touch: &'a str,
    /// A channel that was the last touch of a way without an order.
    pub(crate) lost: &'a str,
    /// How the ways end that touch a channel.
    pub(crate) end: &'a str,
}

/// What they say; nothing if they say nothing, or too much.
pub(crate) fn passing(said: Said<'_>) -> Option<Passing> {
    match (said.step, said.touch, said.lost, said.end) {
        ("", "", "", "") => Some(Passing::Any),
        (step, "", "", "") => {
            let (from, to) = step.split_once('.')?;
            Some(Passing::Step(
                Place::from_word(from)?,
                Place::from_word(to)?,
            ))
        }
        ("", touch, "", end) => {
            let end = match end {
                "" => None,
                "order" => Some(End::Order),
                "open" => Some(End::Open),
                _ => return None,
            };
            Some(Passing::Touch(channel(touch)?, end))
        }
        ("", "", lost, "") => Some(Passing::Lost(channel(lost)?)),
        _ => None,
    }
}

/// The channel of a word.
pub(crate) fn channel(word: &str) -> Option<Channel> {
    Channel::ALL.into_iter().find(|it| it.word() == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_said_at_a_time() {
        let said = |step, touch, lost, end| {
            passing(Said {
                step,
                touch,
                lost,
                end,
            })
        };
        assert_eq!(said("", "", "", ""), Some(Passing::Any));
        let step = Passing::Step(Place::Start, Place::On(Channel::Web));
        assert_eq!(said("start.web", "", "", ""), Some(step));
        let touch = Passing::Touch(Channel::Web, Some(End::Open));
        assert_eq!(said("", "web", "", "open"), Some(touch));
        assert_eq!(
            said("", "web", "", ""),
            Some(Passing::Touch(Channel::Web, None))
        );
        assert_eq!(said("", "", "shop", ""), Some(Passing::Lost(Channel::Shop)));
        for wrong in [
            ("start", "", "", ""),
            ("start.moon", "", "", ""),
            ("start.web", "web", "", ""),
            ("start.web", "", "", "open"),
            ("", "", "web", "open"),
            ("", "moon", "", ""),
            ("", "web", "", "never"),
            ("", "", "", "order"),
        ] {
            assert_eq!(said(wrong.0, wrong.1, wrong.2, wrong.3), None, "{wrong:?}");
        }
    }
}
