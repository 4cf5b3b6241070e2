//! What an address says about a list of findings: which, where it goes on, and which are picked.
//!
//! **Invariant:** what is none of ours is refused, never taken for everything.

use filo_app::{FindingPlace, FindingView, Picked, WhichFindings};
use filo_core::id::CustomerId;
use filo_core::quality::{Field, Gain, Reason};

/// Findings that can be picked one by one: those of some pages.
pub(crate) const PICKED_MOST: usize = 1_000;

/// The list of a reason, of a gain, or of both; none if a word is unknown.
pub(crate) fn which(reason: &str, gain: &str, proposed: bool) -> Option<WhichFindings> {
    let word = |text: &str, known: bool| match text {
        "" => Some(None),
        text => known.then(|| Some(text.to_owned())),
    };
    Some(WhichFindings {
        reason: word(reason, Reason::from_word(reason).is_some())?,
        gain: word(gain, Gain::from_word(gain).is_some())?,
        proposed,
    })
}

/// Where a list goes on behind a finding.
pub(crate) fn mark(finding: &FindingView) -> String {
    let place = finding.place();
    format!("{}.{}.{}", place.customer, place.reason, place.field)
}

/// The place of a mark.
pub(crate) fn place(mark: &str) -> Option<FindingPlace> {
    let mut parts = mark.split('.');
    let place = FindingPlace {
        customer: parts.next()?.parse().ok()?,
        reason: Reason::from_word(parts.next()?)?.word().to_owned(),
        field: Field::from_word(parts.next()?)?.word().to_owned(),
    };
    parts.next().is_none().then_some(place)
}

/// What picks a finding in a form.
pub(crate) fn pick(finding: &FindingView) -> String {
    format!("{}.{}", finding.customer, finding.reason.word())
}

/// The finding of a pick.
pub(crate) fn picked(text: &str) -> Option<(CustomerId, Reason)> {
    let (customer, reason) = text.split_once('.')?;
    Some((customer.parse().ok()?, Reason::from_word(reason)?))
}

/// All of a list, or these.
pub(crate) fn chosen(which: WhichFindings, these: Vec<(CustomerId, Reason)>) -> Option<Picked> {
    match (these.is_empty(), which == WhichFindings::default()) {
        (false, _) => Some(Picked::These(these)),
        (true, false) => Some(Picked::All(which)),
        // Everything that is wrong anywhere is no list that somebody has looked at.
        (true, true) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_written_and_read_back_and_nothing_else_is() {
        let finding = FindingView {
            customer: CustomerId(7),
            person: None,
            field: Field::Email,
            reason: Reason::EmailDomainTypo,
            raw: String::new(),
            proposal: None,
            gain: None,
        };
        assert_eq!(place(&mark(&finding)), Some(finding.place()));
        assert_eq!(
            picked(&pick(&finding)),
            Some((CustomerId(7), Reason::EmailDomainTypo))
        );
        for wrong in ["", "x.y.z", "cus_1", &format!("{}.x", mark(&finding))] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
        assert!(which("nothing", "", false).is_none());
        assert!(which("", "", false).is_some_and(|all| chosen(all, vec![]).is_none()));
    }
}
