//! Channels: the account over which messages of each medium leave, how fast, how far they came,
//! and what people answer.
//!
//! **Invariant:** the secrets of an account are read where a message is handed over and where what
//! comes back is proved, and nowhere else.
//! **Invariant:** what comes back changes nothing before its signature was checked, and nothing
//! more when it comes again.

mod account;
mod answering;
mod asking;
mod binding;
mod hearing;
mod notice;
mod sending;
mod site;
mod telling;
mod web_push;

pub use account::{ChannelChange, ChannelView};
pub use filo_connect::channel::whatsapp::Template;
pub use filo_connect::channel::{Handed, Hosts, Why};
pub use hearing::{Heard, Hook};
pub(crate) use notice::Notice;
pub use sending::ChannelTested;
pub(crate) use sending::Text;
pub(crate) use site::Visits;
pub use site::{SiteMessage, Visit};
pub(crate) use web_push::devices;
pub use web_push::{BrowserAsked, Browsers, Report};
