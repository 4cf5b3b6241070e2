//! What a notification, or a message on the site, has beside its text.

use filo_core::channel::Layout;
use filo_core::company::Language;
use filo_core::message::Class;
use filo_core::time::Timestamp;

/// What a notification, or a message on the site, has beside its text.
#[derive(Debug, Clone)]
pub(crate) struct Notice {
    /// Its title.
    pub(crate) title: String,
    /// Where a touch leads; empty: to the site, or nowhere.
    pub(crate) link: String,
    /// What stands on the button that leads there.
    pub(crate) label: String,
    /// A picture beside the text.
    pub(crate) image: String,
    /// Where it stands on the page; as the site has it, where nothing is said.
    pub(crate) layout: Option<Layout>,
    /// Why it came.
    pub(crate) why: String,
    /// Out of what it is for, of what nobody is owed.
    pub(crate) way_out: Option<String>,
    /// In which language it is.
    pub(crate) language: Language,
    /// Of which class.
    pub(crate) class: Class,
    /// After that it makes no sense any more.
    pub(crate) expires_at: Timestamp,
}
