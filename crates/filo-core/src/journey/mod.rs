//! Journeys: what happens, one step after the other, with whoever comes in at a trigger.
//!
//! A journey is a document with a tree of steps ([`Journey`]); published, it is a version that
//! never changes ([`Plan`]). One customer's way through it is a [`Run`], which [`advance`] moves
//! on as far as it can go now and which says when to look again.
//!
//! **Invariant:** [`advance`] and [`enter`] are functions of their arguments: no clock, no
//! chance; whoever asks again at [`Run::wakes_at`] is never early and never late.
//! **Invariant:** a run visits steps of its own version only, each at most once.

mod adaptive;
mod advance;
mod audience_step;
mod beginning;
mod book;
mod check;
mod civil;
mod document;
mod enter;
mod experiment;
mod fact;
mod happening;
mod holdout;
mod list_step;
mod moment;
mod moving;
mod plan;
mod reading;
pub mod rehearsal;
mod run;
mod schedule;
mod send_step;
mod split;
mod steering;
mod step;
#[cfg(test)]
mod tests;
mod ways;
mod withholding;

pub use adaptive::{
    Adaptive, Allocations, Belief, FLOOR_USUAL_PERCENT, Learnt, Seen, WARM_UP_LEAST, WARM_UP_MOST,
    WARM_UP_USUAL, WHOLE, beliefs, chances, equal_shares,
};
pub use advance::{Advance, Facts, advance};
pub use audience_step::AudienceStep;
pub use book::{Book, Heard, Live, Slot, Status};
pub use check::{
    ARMS_MOST, Around, DEPTH_MOST, EXITS_MOST, Fault, NAME_CHARS_MOST, STEPS_MOST, WAYS_MOST, check,
};
pub use civil::{Clock, Weekdays};
pub use document::{
    DateTrigger, Entry, FRESH_DEFAULT, Goal, Journey, JourneyFault, Trigger, date_condition,
};
pub use enter::{Candidate, Earlier, MOST_A_DAY, Refused, admits, enter};
pub use experiment::About;
pub use fact::{FactsShown, OrderFact, SaidFact, facts_of};
pub use happening::{Effect, EffectKind, GOAL_REACHED, Line, What};
pub use holdout::{HOLDOUT_MOST_PERCENT, HOLDOUT_USUAL_PERCENT, is_held_back};
pub use list_step::ListStep;
pub use moment::{Late, LateThen, Missing, Moment, due_after, due_on_date};
pub use moving::{Move, MoveRule, Target};
pub use plan::{Parent, Placed, Plan};
pub use run::{Ending, Run, Stand};
pub use schedule::{
    Due, End, Frequency, Occurred, OnDay, RULE_BYTES_MOST, Recurrence, Schedule, ScheduleFault,
    Timetable, Until, due, is_fresh,
};
pub use send_step::{FALLBACKS_MOST, Send, usual_days, usual_medium, usual_value};
pub use split::way_of;
pub use steering::{ShareReason, Steering};
pub use step::{
    Action, Arm, Ask, AskKind, Branch, DateWait, EventWait, Fact, Outcome, Record, SetTrait, Split,
    Start, Step, StepId, UntilWait, Wait, Way,
};
