//! The mailbox to which mail comes back: where it is, and what becomes of what was taken.
//!
//! **Invariant:** settings that [`ReturnBox::defects`] finds nothing wrong with can be logged in
//! with, and no password crosses a network in clear.

use serde::{Deserialize, Serialize};

use super::settings::server_defects;
use super::{MailDefect, Security, Server};

/// The form of the document.
pub const RETURN_BOX_VERSION: u32 = 1;
const FOLDER_LETTERS_MOST: usize = 200;

/// What becomes of a message that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "folder", rename_all = "snake_case")]
pub enum Afterwards {
    /// It is marked as read.
    Seen,
    /// It is moved to this folder.
    Move(String),
    /// It is deleted.
    Delete,
}

impl Afterwards {
    /// The words of all of them.
    pub const WORDS: [&'static str; 3] = ["seen", "move", "delete"];

    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Move(_) => "move",
            Self::Delete => "delete",
        }
    }

    /// Where it is moved to; empty if it is not moved.
    #[must_use]
    pub const fn folder(&self) -> &str {
        match self {
            Self::Move(folder) => folder.as_str(),
            Self::Seen | Self::Delete => "",
        }
    }

    /// What a word says, with a folder.
    #[must_use]
    pub fn from_word(word: &str, folder: &str) -> Option<Self> {
        match word {
            "seen" => Some(Self::Seen),
            "move" => Some(Self::Move(folder.to_owned())),
            "delete" => Some(Self::Delete),
            _ => None,
        }
    }
}

/// The mailbox. Its password is kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnBox {
    /// [`RETURN_BOX_VERSION`].
    pub version: u32,
    /// Whether it is looked into by itself.
    pub is_on: bool,
    /// Where it is, and who logs in.
    pub server: Server,
    /// Which folder.
    pub folder: String,
    /// What becomes of what was taken.
    pub afterwards: Afterwards,
}

impl Default for ReturnBox {
    fn default() -> Self {
        Self {
            version: RETURN_BOX_VERSION,
            is_on: false,
            server: Server {
                host: String::new(),
                port: 993,
                security: Security::Tls,
                user: String::new(),
                own_relay: false,
            },
            folder: "INBOX".to_owned(),
            afterwards: Afterwards::Seen,
        }
    }
}

impl ReturnBox {
    /// What is wrong; nothing if it can be logged in with.
    #[must_use]
    pub fn defects(&self) -> Vec<MailDefect> {
        let mut found = Vec::new();
        let mut wrong = |field, reason| found.push(MailDefect { field, reason });
        server_defects(&self.server, &mut wrong);
        if self.server.user.is_empty() {
            wrong("user", "missing");
        }
        if !is_folder(&self.folder) {
            wrong("folder", "no_folder");
        }
        if let Afterwards::Move(folder) = &self.afterwards
            && (!is_folder(folder) || *folder == self.folder)
        {
            wrong("move_to", "no_folder");
        }
        found
    }

    /// The same in one form.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        let host = self.server.host.trim().trim_end_matches('.');
        self.server.host = host.to_ascii_lowercase();
        self.server.user = self.server.user.trim().to_owned();
        self.folder = match self.folder.trim() {
            "" => "INBOX".to_owned(),
            folder => folder.to_owned(),
        };
        if let Afterwards::Move(folder) = &mut self.afterwards {
            *folder = folder.trim().to_owned();
        }
        self.version = RETURN_BOX_VERSION;
        self
    }

    /// Which mailbox it is: what was looked at in one is not known of another.
    #[must_use]
    pub fn name(&self) -> String {
        let Server {
            host, port, user, ..
        } = &self.server;
        format!("{user} {host}:{port} {}", self.folder)
    }
}

fn is_folder(text: &str) -> bool {
    let letters = text.chars().count();
    (1..=FOLDER_LETTERS_MOST).contains(&letters) && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> ReturnBox {
        let mut it = ReturnBox::default();
        it.server.host = "imaps.aruba.it".to_owned();
        it.server.user = "resi@bottega.it".to_owned();
        it
    }

    #[test]
    fn every_defect_names_its_field() {
        assert_eq!(good().defects(), []);
        type Change = (&'static str, fn(&mut ReturnBox));
        let changes: [Change; 6] = [
            ("host", |it| it.server.host = "a b".to_owned()),
            ("port", |it| it.server.port = 0),
            ("security", |it| it.server.security = Security::None),
            ("user", |it| it.server.user.clear()),
            ("folder", |it| it.folder = "a\nb".to_owned()),
            ("move_to", |it| {
                it.afterwards = Afterwards::Move("INBOX".to_owned());
            }),
        ];
        for (field, change) in changes {
            let mut it = good();
            change(&mut it);
            let found = it.defects();
            assert!(found.iter().any(|defect| defect.field == field), "{field}");
        }
    }

    #[test]
    fn words_are_read_back_and_the_document_too() {
        for word in Afterwards::WORDS {
            let it = Afterwards::from_word(word, "Resi").unwrap();
            assert_eq!(it.word(), word);
            let text = serde_json::to_string(&it).unwrap();
            assert_eq!(serde_json::from_str::<Afterwards>(&text).unwrap(), it);
        }
        assert_eq!(Afterwards::from_word("burn", ""), None);
    }
}
