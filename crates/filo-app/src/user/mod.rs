//! The people of the company: their accounts, how they prove who they are, and their sessions.
//!
//! **Invariant:** whoever may not be told whether an account exists gets the same answer, after
//! the same work, either way.

mod account;
mod invite;
mod login;
mod password;
mod reset;
mod seal;
mod second_factor;
mod session;
mod sign_on;
mod throttle;

use anyhow::Context as _;
use filo_core::access::{PasswordDefect, Role, judge, login_address};
use filo_core::company::Language;
use filo_core::id::UserId;
use filo_core::time::Timestamp;
use filo_store::user::UserRow;

use crate::app::App;
use crate::error::{Error, Result};

pub use invite::{CreatedInvite, InviteState, InviteView};
pub use login::{Newcomer, Visit};
pub use reset::PasswordLink;
pub use second_factor::{Enrolled, FactorOffer};
pub use session::{OpenedSession, SESSION_SECONDS, SessionView, Stage, Visitor};
pub use sign_on::{
    LABEL_CHARS_MOST, SignOnChange, SignOnOutcome, SignOnPurpose, SignOnRefusal, SignOnReturn,
    SignOnStart, SignOnView,
};

use password::Hasher;
use sign_on::KnownDirectory;
use throttle::Throttle;

pub(crate) use seal::move_into_vault;

/// Names of people are short.
pub const NAME_CHARS_MOST: usize = 60;

/// Who stands at the door: hashes passwords and counts tries.
#[derive(Debug, Default)]
pub(crate) struct Door {
    hasher: Hasher,
    throttle: Throttle,
    directory: KnownDirectory,
}

/// A person of the company, as they are shown.
#[derive(Debug, Clone)]
pub struct UserView {
    /// Their id.
    pub id: UserId,
    /// What people call them.
    pub name: String,
    /// Where they log in with.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// In which language they read.
    pub language: Language,
    /// Whether they can come in with a password; who came by the directory may have none.
    pub has_password: bool,
    /// Whether a second factor is asked for.
    pub has_second_factor: bool,
    /// When the account was made.
    pub created_at: Timestamp,
    /// Since when they are not let in.
    pub disabled_at: Option<Timestamp>,
}

impl UserView {
    fn of(row: UserRow) -> Result<Self> {
        Ok(Self {
            role: role_of(&row)?,
            id: row.id,
            name: row.name,
            email: row.email,
            language: Language::from_tag(&row.language).unwrap_or_default(),
            has_password: !row.password.is_empty(),
            has_second_factor: row.factor_since.is_some(),
            created_at: row.created_at,
            disabled_at: row.disabled_at,
        })
    }
}

fn role_of(row: &UserRow) -> Result<Role> {
    let role = Role::from_word(&row.role);
    Ok(role.with_context(|| format!("{} has the unknown role {}", row.id, row.role))?)
}

fn address(raw: &str) -> Result<String> {
    login_address(raw).ok_or_else(|| Error::invalid("email", "write a whole e-mail address"))
}

fn person_name(raw: &str) -> Result<&str> {
    let name = raw.trim();
    let fits = !name.is_empty() && name.chars().count() <= NAME_CHARS_MOST;
    fits.then_some(name)
        .ok_or_else(|| Error::invalid("person", "between 1 and 60 characters"))
}

/// A link or a cookie: 256 bits of chance behind a prefix that secret scanners know.
fn hash_of(text: &str) -> [u8; 32] {
    *blake3::hash(text.trim().as_bytes()).as_bytes()
}

impl App {
    fn secret_text(&self, prefix: &str) -> String {
        let secret = blake3::Hash::from_bytes(self.chance().secret());
        format!("{prefix}{}", secret.to_hex())
    }

    /// A password as it is kept, if it is one to be taken.
    async fn taken_password(&self, password: &str, name: &str, email: &str) -> Result<String> {
        let company = self.company().company.name.to_string();
        let context = [&*company, "filo", name, email];
        judge(password, &context).map_err(|defect| {
            let reason = match defect {
                PasswordDefect::Short => "short",
                PasswordDefect::Long => "long",
                PasswordDefect::Common => "common",
                PasswordDefect::Personal => "personal",
            };
            Error::invalid("password", reason)
        })?;
        let salt = self.spare_id().to_be_bytes();
        self.door().hasher.hash(password, salt).await
    }

    /// How many passwords have been hashed: what a test compares in place of time.
    #[doc(hidden)]
    #[must_use]
    pub fn hashings(&self) -> u64 {
        self.door().hasher.count()
    }
}
