//! How messages on the site look, before there is one: a sample, and a test on a page.

use filo_core::access::Right;
use filo_core::channel::{Layout, Look};
use filo_core::company::Language;
use filo_core::message::Medium;
use serde_json::Value;

use super::sample;
use crate::actor::Actor;
use crate::app::App;
use crate::consent::Link;
use crate::error::{Error, Result};

/// A test is looked at at once.
const TEST_S: i64 = 900;
/// Behind the sign in the address of a page that shows a test.
const TEST: &str = "filo-test";

impl App {
    /// How messages on the site look where their piece says nothing else.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn site_look(&self) -> Result<Look> {
        let account = self.channel_account(Medium::InApp).await?;
        Ok(account.and_then(|account| account.look).unwrap_or_default())
    }

    /// What a message of this layout would look like.
    #[must_use]
    pub fn site_sample(&self, language: Language, layout: Layout, look: &Look) -> Value {
        sample(language, Some(layout), look)
    }

    /// The address of a page of the site that shows a test to whoever opens it, for a quarter of
    /// an hour.
    ///
    /// # Errors
    /// If the actor may not, the channel is off, or the address is no page.
    pub async fn site_test(&self, actor: &Actor, page: &str) -> Result<String> {
        actor.must(Right::ManageSettings)?;
        if self.channel_account(Medium::InApp).await?.is_none() {
            return Err(Error::invalid("to", "not_connected"));
        }
        let page = page.trim();
        let rest = page
            .strip_prefix("https://")
            .or_else(|| page.strip_prefix("http://"));
        let is_page = rest.is_some_and(|rest| {
            !rest.is_empty()
                && rest
                    .bytes()
                    .all(|byte| byte.is_ascii_graphic() && byte != b'"')
        });
        if !is_page {
            return Err(Error::invalid("to", "no_page"));
        }
        let until = self.now().plus_seconds(TEST_S);
        let link = self.public_link(&Link::SiteTest { until }).await?;
        let token = link.rsplit('/').next().unwrap_or_default();
        let page = page.split('#').next().unwrap_or(page);
        Ok(format!("{page}#{TEST}={token}"))
    }
}
