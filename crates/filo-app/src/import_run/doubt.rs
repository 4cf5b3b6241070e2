//! What somebody should look at before they bring people in: addresses that are probably not what
//! they should be.
//!
//! **Invariant:** a doubt keeps nothing out; a person decides.

use std::collections::HashMap;

use compact_str::CompactString;
use filo_core::identity::{Kind, Rules};
use filo_core::quality::{Reason, check_email};
use smallvec::SmallVec;

use crate::import::Draft;

/// Domains about which is remembered what is to be known: more are looked at each time.
const DOMAINS_MOST: usize = 50_000;

/// What is to be known about addresses at the domains of a file.
#[derive(Debug, Default)]
pub(super) struct Doubts(HashMap<CompactString, Option<&'static str>, ahash::RandomState>);

impl Doubts {
    /// What is doubtful about a row, as words of this program.
    pub(super) fn about(&mut self, draft: &Draft, rules: &Rules) -> SmallVec<[&'static str; 2]> {
        let mut found = SmallVec::new();
        if draft.has_office_address {
            found.push("office_address");
        }
        let addresses = draft.identifiers.iter().filter(|it| it.kind == Kind::Email);
        for address in addresses {
            if let Some((_, domain)) = address.value.rsplit_once('@') {
                found.extend(self.at(domain, &address.value, rules));
            }
        }
        found
    }

    /// What there is to be known depends on the domain alone.
    fn at(&mut self, domain: &str, address: &str, rules: &Rules) -> Option<&'static str> {
        if let Some(known) = self.0.get(domain) {
            return *known;
        }
        let doubt = check_email(address, rules).and_then(|it| match it.reason {
            Reason::EmailDomainTypo | Reason::EmailEndingTypo => Some("mistyped_address"),
            Reason::EmailDisposable => Some("disposable_address"),
            _ => None,
        });
        if self.0.len() < DOMAINS_MOST {
            self.0.insert(domain.into(), doubt);
        }
        doubt
    }
}
