//! The second factor: six digits from a telephone (RFC 6238), and recovery codes on paper.
//!
//! **Invariant:** each code works once; the seed is in the vault, so that a backup that carries the
//! vault's key carries the second factors too.

use anyhow::Context as _;
use filo_core::access::{Rank, Right};
use filo_core::audit::{Act, Token};
use filo_store::user::{self, UserRow};
use filo_store::{Tx, setting};
use totp_rs::{Builder, Secret, Totp};

use super::{OpenedSession, role_of};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};
use crate::vault::Place;

/// What RFC 4226 recommends.
const SEED_BYTES: usize = 20;
const STEP_SECONDS: i64 = 30;
/// Enough for years of lost telephones.
const RECOVERY_CODES: usize = 10;
/// The setting under which the rule stands.
const REQUIRED: &str = "second_factor_required";
/// No i, l, o, u: the codes are copied from paper.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 80 bits.
const CODE_LETTERS: usize = 16;

pub(super) const SEED: Place = Place {
    table: "app_user",
    column: "factor_seed",
};

/// A second factor that waits for its first code.
#[derive(Debug, Clone)]
pub struct FactorOffer {
    /// The seed in the letters that applications take.
    pub seed: String,
    /// The account it is for.
    pub email: String,
}

/// A second factor that has just been set up.
#[derive(Debug, Clone)]
pub struct Enrolled {
    /// The recovery codes: the only moment they are known.
    pub codes: Vec<String>,
    /// The session that goes on; all others have ended.
    pub session: OpenedSession,
}

impl App {
    /// Makes a seed to be confirmed with a code.
    ///
    /// # Errors
    /// If a second factor is in force already, or the password was not entered a moment ago.
    pub async fn offer_second_factor(&self, actor: &Actor) -> Result<()> {
        actor.must_be_fresh(self.now())?;
        let row = self.own_row(actor).await?;
        let seed = self.chance().secret();
        let mut tx = self.shared().db.begin().await?;
        if !user::offer_factor(&mut tx, row.id).await? {
            return Err(Error::Conflict(
                "a second factor is set up already".to_owned(),
            ));
        }
        let drawn = (self.chance().secret(), self.now());
        let at = (SEED, row.id.to_bytes());
        self.vault()
            .keep(&mut tx, at, &seed[..SEED_BYTES], drawn)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The seed that waits to be confirmed, if one does.
    ///
    /// # Errors
    /// If the key file does not open it.
    pub async fn offered_second_factor(&self, actor: &Actor) -> Result<Option<FactorOffer>> {
        let row = self.own_row(actor).await?;
        if row.factor_since.is_some() {
            return Ok(None);
        }
        let Some(seed) = self.seed_of(&row).await? else {
            return Ok(None);
        };
        Ok(Some(FactorOffer {
            seed: Secret::new(seed.into()).to_base32(),
            email: row.email,
        }))
    }

    /// Sets the second factor up with its first code; none if the code is not right.
    ///
    /// # Errors
    /// If nothing waits to be confirmed, or it was tried too often.
    pub async fn confirm_second_factor(
        &self,
        actor: &Actor,
        code: &str,
    ) -> Result<Option<Enrolled>> {
        let row = self.own_row(actor).await?;
        self.admit_code(row.id)?;
        if row.factor_since.is_some() || row.factor_seed.is_none() {
            return Err(Error::Conflict(
                "no second factor waits to be confirmed".to_owned(),
            ));
        }
        let Some(step) = self.step_of(&row, code).await? else {
            return Ok(None);
        };
        let mut tx = self.shared().db.begin().await?;
        if !user::confirm_factor(&mut tx, row.id, self.now(), step).await? {
            return Err(Error::Conflict(
                "a second factor is set up already".to_owned(),
            ));
        }
        let codes = self.fresh_codes(&mut tx, &row).await?;
        let session = self.go_on(&mut tx, actor, row.id).await?;
        let entry = actor.did(Act::FactorSet, self.now()).about(row.id);
        record(&mut tx, &entry).await?;
        tx.commit().await?;
        Ok(Some(Enrolled { codes, session }))
    }

    /// Turns one's second factor off; every other session ends.
    ///
    /// # Errors
    /// If the company requires it, or the password was not entered a moment ago.
    pub async fn drop_second_factor(&self, actor: &Actor) -> Result<OpenedSession> {
        actor.must_be_fresh(self.now())?;
        let row = self.own_row(actor).await?;
        if row.factor_since.is_none() {
            return Err(Error::Conflict("there is no second factor".to_owned()));
        }
        let is_high = role_of(&row)?.rank() > Rank::Member;
        if is_high && self.second_factor_required().await? {
            return Err(Error::Conflict(
                "the company asks owners and admins for a second factor".to_owned(),
            ));
        }
        let mut tx = self.shared().db.begin().await?;
        user::drop_factor(&mut tx, row.id).await?;
        self.vault()
            .forget(&mut tx, SEED, row.id.to_bytes())
            .await?;
        let session = self.go_on(&mut tx, actor, row.id).await?;
        let entry = actor.did(Act::FactorRemoved, self.now()).about(row.id);
        record(&mut tx, &entry).await?;
        tx.commit().await?;
        Ok(session)
    }

    /// Fresh recovery codes in place of the old ones.
    ///
    /// # Errors
    /// If there is no second factor, or the password was not entered a moment ago.
    pub async fn fresh_recovery_codes(&self, actor: &Actor) -> Result<Vec<String>> {
        actor.must_be_fresh(self.now())?;
        let row = self.own_row(actor).await?;
        if row.factor_since.is_none() {
            return Err(Error::Conflict("there is no second factor".to_owned()));
        }
        let mut tx = self.shared().db.begin().await?;
        let codes = self.fresh_codes(&mut tx, &row).await?;
        tx.commit().await?;
        Ok(codes)
    }

    /// How many of one's recovery codes are unused.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn recovery_codes_left(&self, actor: &Actor) -> Result<i64> {
        let row = self.own_row(actor).await?;
        let mut tx = self.shared().db.read().await?;
        Ok(user::codes_left(&mut tx, row.id).await?)
    }

    /// Whether owners and admins must have a second factor.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn second_factor_required(&self) -> Result<bool> {
        let mut tx = self.shared().db.read().await?;
        let stored = setting::get(&mut tx, REQUIRED).await?;
        Ok(stored.is_some_and(|stored| stored.value == "true"))
    }

    /// Asks owners and admins for a second factor from their next page on, or no more.
    ///
    /// # Errors
    /// If the actor may not change settings, or did not prove who they are a moment ago.
    pub async fn require_second_factor(&self, actor: &Actor, required: bool) -> Result<()> {
        actor.must(Right::ManageSettings)?;
        actor.must(Right::ManageUsers)?;
        actor.must_be_fresh(self.now())?;
        let mut tx = self.shared().db.begin().await?;
        let version = setting::get(&mut tx, REQUIRED)
            .await?
            .map_or(0, |stored| stored.version);
        let value = required.to_string();
        setting::put(&mut tx, REQUIRED, &value, version, self.now()).await?;
        let entry = actor.did(Act::SettingChanged, self.now());
        record(&mut tx, &entry.with("name", Token::word(REQUIRED))).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Whether a code is right, and uses it up.
    pub(super) async fn is_right_code(&self, row: &UserRow, code: &str) -> Result<bool> {
        self.admit_code(row.id)?;
        let code: String = code
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(CODE_LETTERS + 1)
            .collect();
        let step = self.step_of(row, &code).await?;
        let mut tx = self.shared().db.begin().await?;
        let is_right = match step {
            Some(step) => user::use_step(&mut tx, row.id, step).await?,
            None => {
                let hash = code_hash(&code.to_ascii_lowercase());
                user::use_code(&mut tx, row.id, &hash, self.now()).await?
            }
        };
        tx.commit().await?;
        Ok(is_right)
    }

    /// The step whose code this is, now or one before or after.
    async fn step_of(&self, row: &UserRow, code: &str) -> Result<Option<i64>> {
        let code: String = code.chars().filter(char::is_ascii_digit).collect();
        if code.len() != 6 {
            return Ok(None);
        }
        let Some(seed) = self.seed_of(row).await? else {
            return Ok(None);
        };
        let seconds = u64::try_from(self.now().0 / 1_000_000).unwrap_or_default();
        let step = generator(seed)?.check(&code, seconds);
        Ok(step.and_then(|step| i64::try_from(step).ok()))
    }

    async fn seed_of(&self, row: &UserRow) -> Result<Option<Vec<u8>>> {
        if row.factor_seed.is_none() {
            return Ok(None);
        }
        let mut tx = self.shared().db.read().await?;
        self.vault().reveal(&mut tx, SEED, row.id.to_bytes()).await
    }

    async fn fresh_codes(&self, tx: &mut Tx<'_>, row: &UserRow) -> Result<Vec<String>> {
        let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| self.recovery_code()).collect();
        let hashes: Vec<[u8; 32]> = codes.iter().map(|code| code_hash(code)).collect();
        user::replace_codes(tx, row.id, &hashes).await?;
        let in_fours = |code: &String| {
            let letters: Vec<char> = code.chars().collect();
            let parts = letters
                .chunks(4)
                .map(|part| part.iter().collect::<String>());
            parts.collect::<Vec<_>>().join("-")
        };
        Ok(codes.iter().map(in_fours).collect())
    }

    fn recovery_code(&self) -> String {
        let secret = self.chance().secret();
        let letter = |byte: &u8| char::from(LETTERS[usize::from(byte & 31)]);
        secret[..CODE_LETTERS].iter().map(letter).collect()
    }
}

fn code_hash(code: &str) -> [u8; 32] {
    *blake3::hash(code.as_bytes()).as_bytes()
}

fn generator(seed: Vec<u8>) -> anyhow::Result<Totp> {
    let step = u64::try_from(STEP_SECONDS).unwrap_or_default();
    let builder = Builder::new().with_secret(seed).with_step_duration(step);
    builder.build().context("the seed of a second factor")
}
