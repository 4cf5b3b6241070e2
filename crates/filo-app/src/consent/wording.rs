//! The texts that customers agree to: written once, never changed, named by statements.

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::time::Timestamp;
use filo_store::wording::{self, WordingRow};
use sha2::{Digest, Sha256};

use super::terms;
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

/// Letters of a text: a page is read by nobody.
pub const WORDING_CHARS_MOST: usize = 2_000;

/// One version of a text in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The purpose it asks about.
    pub purpose: String,
    /// 1, 2, 3 … for each purpose.
    pub version: i64,
    /// `it` or `en`.
    pub language: String,
    /// What is read.
    pub text: String,
    /// SHA-256 of the text, in hexadecimal digits.
    pub hash: String,
    /// From when it is shown.
    pub valid_from: Timestamp,
    /// Who wrote it.
    pub written_by: String,
}

impl Wording {
    /// How statements name it.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}/{}", self.purpose, self.version)
    }
}

impl From<WordingRow> for Wording {
    fn from(row: WordingRow) -> Self {
        Self {
            purpose: row.purpose,
            version: row.version,
            language: row.language,
            text: row.body,
            hash: hexadecimal(&row.hash),
            valid_from: row.valid_from,
            written_by: row.written_by,
        }
    }
}

impl App {
    /// Every version of every text.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn wordings(&self) -> Result<Vec<Wording>> {
        let mut tx = self.shared().db.read().await?;
        let rows = wording::list(&mut tx).await?;
        Ok(rows.into_iter().map(Wording::from).collect())
    }

    /// Writes the next version of a purpose's text, in Italian and English; it is shown from now
    /// on. Says its number.
    ///
    /// # Errors
    /// If the actor may not administer, there is no such purpose, or a text is empty or too long.
    pub async fn add_wording(
        &self,
        actor: &Actor,
        purpose: &str,
        (italian, english): (&str, &str),
    ) -> Result<i64> {
        actor.must(Right::ManageSettings)?;
        let texts = [
            ("it", "text_it", italian.trim()),
            ("en", "text_en", english.trim()),
        ];
        for (_, field, text) in texts {
            if text.is_empty() {
                return Err(Error::invalid(field, "write what customers read"));
            }
            if text.chars().count() > WORDING_CHARS_MOST {
                let reason = format!("at most {WORDING_CHARS_MOST} characters");
                return Err(Error::invalid(field, reason));
            }
        }
        let now = self.now();
        let mut tx = self.shared().db.begin().await?;
        if terms::stored(&mut tx)
            .await?
            .purposes
            .get(purpose)
            .is_none()
        {
            return Err(Error::Missing("purpose"));
        }
        let known = wording::list(&mut tx).await?;
        let of_purpose = known.iter().filter(|row| row.purpose == purpose);
        let version = of_purpose.map(|row| row.version).max().unwrap_or(0) + 1;
        for (language, _, text) in texts {
            let row = WordingRow {
                purpose: purpose.to_owned(),
                version,
                language: language.to_owned(),
                body: text.to_owned(),
                hash: Sha256::digest(text.as_bytes()).into(),
                valid_from: now,
                written_by: actor.name.clone(),
            };
            match wording::insert(&mut tx, &row).await {
                Err(filo_store::Error::Conflict(why)) => return Err(Error::Conflict(why)),
                inserted => inserted?,
            }
        }
        let number = Token::number(version.unsigned_abs());
        let entry = actor.did(Act::WordingAdded, now).with("version", number);
        record(&mut tx, &entry).await?;
        tx.commit().await?;
        Ok(version)
    }

    /// The text that is shown today for a purpose.
    pub(crate) async fn current_wording(
        &self,
        purpose: &str,
        language: &str,
    ) -> Result<Option<Wording>> {
        let of_purpose = self
            .wordings()
            .await?
            .into_iter()
            .filter(|wording| wording.purpose == purpose && wording.language == language);
        Ok(of_purpose.max_by_key(|wording| wording.version))
    }

    /// The fingerprint of the text that a statement names; empty if it names none of ours.
    pub(crate) async fn hash_of_wording(&self, name: &str) -> Result<String> {
        let Some((purpose, version)) = name.trim().split_once('/') else {
            return Ok(String::new());
        };
        let Ok(version) = version.parse::<i64>() else {
            return Ok(String::new());
        };
        let language = self.company().company.language.tag();
        let found = self.wordings().await?.into_iter().find(|wording| {
            wording.purpose == purpose && wording.version == version && wording.language == language
        });
        Ok(found.map(|wording| wording.hash).unwrap_or_default())
    }
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
