//! E-mail as such: addresses, the settings of an account, what the DNS must say, who
//! keeps a mailbox, how a new address is warmed up, and what mail that comes back means.
//!
//! **Invariant:** everything here is a function of its input; nothing is sent or looked up.

mod address;
mod display_name;
mod provider;
mod records;
mod return_box;
pub mod returned;
mod settings;
mod token;
mod warm_up;

pub use address::{AddressDefect, MailAddress, Mailbox, mail_domain};
pub use display_name::{NAME_LETTERS_MOST, NameFault, name_faults};
pub use provider::{Provider, default_pace};
pub use records::{Record, RecordKind, Standing, dkim_text, judge_record, wanted_records};
pub use return_box::{Afterwards, RETURN_BOX_VERSION, ReturnBox};
pub use settings::{
    Dkim, MailDefect, MailSettings, Security, Server, VERSION as SETTINGS_VERSION, Way,
};
pub use token::{SendToken, TokenKey};
pub use warm_up::{
    Hold, WARM_UP_VERSION, WarmUp, WarmUpDay, next_warm_up_day, warm_up_date, warm_up_rank_s,
    warm_up_wait,
};
