//! The messages in the folder: looked at by whoever may, found and taken away for a person.

use filo_connect::mail::{KEPT_MOST, Kept};
use filo_core::access::Right;
use filo_core::time::Timestamp;
use mail_parser::MessageParser;

use crate::actor::Actor;
use crate::app::App;
use crate::erasure::Wanted;
use crate::error::{Error, Result};

/// Headers of a message that are shown.
const HEADERS_MOST: usize = 60;

/// A message in the folder, taken apart.
#[derive(Debug, Clone, Default)]
pub struct KeptMail {
    /// The name under which it lies there.
    pub name: String,
    /// When it was put there.
    pub at: Timestamp,
    /// To whom.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same, drawn.
    pub html: Option<String>,
    /// Its headers as they would leave.
    pub headers: Vec<(String, String)>,
}

impl App {
    /// The newest messages of the folder.
    ///
    /// # Errors
    /// If the actor may not see what is written to people.
    pub async fn kept_mails(&self, actor: &Actor, most: usize) -> Result<Vec<KeptMail>> {
        actor.must(Right::ManageSettings)?;
        actor.must(Right::SeePersonalData)?;
        let mut mails = Vec::new();
        for kept in self.kept(most).await? {
            if let Some(mail) = self.kept_mail_of(kept).await? {
                mails.push(mail);
            }
        }
        Ok(mails)
    }

    /// One of them.
    ///
    /// # Errors
    /// If the actor may not, or there is none of that name.
    pub async fn kept_mail(&self, actor: &Actor, name: &str) -> Result<KeptMail> {
        actor.must(Right::ManageSettings)?;
        actor.must(Right::SeePersonalData)?;
        let at = name.split('-').next().and_then(|at| at.parse().ok());
        let kept = Kept {
            name: name.to_owned(),
            at: Timestamp(at.unwrap_or_default()),
        };
        let found = self.kept_mail_of(kept).await?;
        found.ok_or(Error::Missing("message"))
    }

    async fn kept_mail_of(&self, kept: Kept) -> Result<Option<KeptMail>> {
        let raw = self.mail_folder().read(&kept.name).await;
        let raw = raw.map_err(anyhow::Error::from)?;
        Ok(raw.map(|raw| taken_apart(kept, &raw)))
    }

    async fn kept(&self, most: usize) -> Result<Vec<Kept>> {
        let kept = self.mail_folder().newest(most).await;
        Ok(kept.map_err(anyhow::Error::from)?)
    }

    /// The messages of the folder that name somebody, with their texts.
    pub(crate) async fn mails_about(&self, wanted: &Wanted) -> Result<Vec<(String, String)>> {
        let mut found = Vec::new();
        for kept in self.kept(KEPT_MOST).await? {
            let Some(mail) = self.kept_mail_of(kept).await? else {
                continue;
            };
            let text = format!("{}\n{}\n\n{}", mail.to, mail.subject, mail.text);
            if wanted.is_named_in(&text) {
                found.push((mail.name, text));
            }
        }
        Ok(found)
    }

    /// Takes the messages away that name somebody; says how many.
    pub(crate) async fn forget_in_mails(&self, wanted: &Wanted) -> Result<u64> {
        let found = self.mails_about(wanted).await?;
        for (name, _) in &found {
            let removed = self.mail_folder().remove(name).await;
            removed.map_err(anyhow::Error::from)?;
        }
        Ok(found.len() as u64)
    }
}

fn taken_apart(kept: Kept, raw: &[u8]) -> KeptMail {
    let bare = KeptMail {
        name: kept.name,
        at: kept.at,
        ..KeptMail::default()
    };
    let Some(message) = MessageParser::default().parse(raw) else {
        return bare;
    };
    let to = message.to().and_then(|to| to.first());
    let to = to.map(|to| match (to.name(), to.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (None, Some(address)) => address.to_owned(),
        _ => String::new(),
    });
    let html = message
        .html_bodies()
        .any(mail_parser::MessagePart::is_text_html);
    KeptMail {
        to: to.unwrap_or_default(),
        subject: message.subject().unwrap_or_default().to_owned(),
        text: message.body_text(0).unwrap_or_default().into_owned(),
        html: html.then(|| message.body_html(0).unwrap_or_default().into_owned()),
        headers: headers_of(raw),
        ..bare
    }
}

/// The headers as they stand, unfolded.
fn headers_of(raw: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(raw);
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in text.lines().take_while(|line| !line.is_empty()) {
        if line.starts_with([' ', '\t'])
            && let Some((_, value)) = headers.last_mut()
        {
            value.push(' ');
            value.push_str(line.trim());
        } else if let Some((name, value)) = line.split_once(": ") {
            headers.push((name.to_owned(), value.to_owned()));
        }
    }
    headers.truncate(HEADERS_MOST);
    headers
}
