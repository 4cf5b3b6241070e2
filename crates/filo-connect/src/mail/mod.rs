//! Mail: from a letter to a message on the wire, signed, and handed to a server or a folder; and
//! reading the mailbox to which mail comes back.
//!
//! **Invariant:** nothing in a letter can add a header or end a line: what is written into heads
//! is made one line and encoded, and addresses are of a type that cannot hold more.
//! **Invariant:** [`Handed::Unknown`] is said exactly when the end of the message was sent and no
//! answer came: only then may it have been taken without our knowing.
//! **Invariant:** every message for advertising can be ended with one click, and the signature
//! covers the headers that say how (RFC 8058).

mod compose;
mod conversation;
mod dkim;
mod folder;
mod handed;
mod header;
mod letter;
mod line;
mod mailbox;
mod mailbox_talk;
mod name_server;
mod post;
mod quoted;
mod talk;

pub use compose::Composed;
pub use dkim::{DkimKey, KeyFault};
pub use folder::{Folder, KEPT_MOST, Kept};
pub use handed::{Handed, RefusedWhy};
pub use letter::{LETTER_BYTES_MOST, Letter, LetterFault, Unsubscribe};
pub use line::{Account, Relay};
pub use mailbox::{Mailbox, MailboxFault, Opened};
pub use name_server::{DnsFault, NameServer};
pub use post::{Envelope, Post};
