//! Who keeps the mailboxes of a domain, looked up once a day.

use std::collections::HashMap;

use filo_core::mail::{MailAddress, Provider};
use filo_core::time::Timestamp;
use parking_lot::Mutex;

use crate::app::App;

/// Domains that are remembered, and for how long.
const DOMAINS_MOST: usize = 10_000;
const REMEMBERED_S: i64 = 24 * 3_600;
/// A name server that does not answer is not asked about the same domain before that.
const UNANSWERED_S: i64 = 60;

/// Whose machines receive for which domain, as far as that was looked up, and until when that
/// counts.
#[derive(Debug, Default)]
pub(super) struct Providers(Mutex<HashMap<String, (Provider, Timestamp)>>);

impl App {
    /// Who keeps the mailbox of an address: looked up once a day for each domain.
    pub async fn mail_provider(&self, address: &MailAddress) -> Provider {
        let domain = address.domain();
        if let Some(known) = Provider::of_domain(domain) {
            return known;
        }
        let now = self.now();
        let domains = &self.mailing().providers.0;
        let remembered = domains.lock().get(domain).copied();
        if let Some((provider, until)) = remembered
            && now < until
        {
            return provider;
        }
        let number = self.question_number();
        let machines = self.name_server().machines(domain, number).await;
        // Whoever cannot be looked up just now is among the others, and is asked for again.
        let (provider, known_s) = match machines {
            Ok(machines) => {
                let names = machines.iter().filter_map(|text| text.split(' ').nth(1));
                (Provider::of_machines(names), REMEMBERED_S)
            }
            Err(_unanswered) => (Provider::Other, UNANSWERED_S),
        };
        let mut known = domains.lock();
        if known.len() >= DOMAINS_MOST {
            known.clear();
        }
        let until = now.plus_seconds(known_s);
        known.insert(domain.to_owned(), (provider, until));
        provider
    }
}
