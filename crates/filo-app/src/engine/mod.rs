//! The engine: the one writer of a workspace's state. It reads the log in order, folds each
//! event into memory, and checkpoints what changed together with how far it has come.
//!
//! **Invariants:** rows of the log are applied in order of their number and each event once;
//! nothing that has not been checkpointed has had an effect outside, so a crash only replays.

mod agenda;
mod alarm;
mod apply;
mod calling;
mod checkpoint;
mod command;
mod evict;
mod filling;
mod flush;
mod going;
mod hold;
mod input;
mod listing;
mod live;
mod load;
mod looking;
mod noting;
mod pacing;
mod packing;
mod recover;
mod removal;
mod replay;
mod reshape;
mod row;
mod run;
mod segments;
mod standing;
mod start;
mod stir;
mod supersede;
mod tail;
mod volume;
mod way;

pub(crate) use apply::Arrival;
pub(crate) use calling::Calls;
pub(crate) use checkpoint::names_somebody;
pub(crate) use command::{Alteration, Answered, Command, Done, Entering};
pub(crate) use filling::{NewBook, Unfilled};
pub(crate) use hold::Hold;
pub(crate) use input::Input;
pub(crate) use live::{Live, Node};
pub(crate) use load::components;
pub(crate) use reshape::Followed;
pub(crate) use row::{link_of_row, node_of_row};
pub(crate) use standing::{Progress, Shared, of_store};
pub(crate) use start::start;
pub(crate) use tail::Place;
pub(crate) use volume::{add as add_volume, hour_of};
