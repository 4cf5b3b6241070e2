//! Italian addresses: postal code, town and province must be of one another.
//!
//! A proposal is made where two of the three agree against the third, or the code alone is in one
//! province only. Addresses of other countries are not looked at.

use super::finding::{Field, Finding, Reason};
use super::name::folded;
use super::postal::{is_generic, province, province_of_town, provinces};
use crate::profile::view::Address;

const CODE_LENGTH: usize = 5;

/// What was found, and how many of the checks of one part against another could be made.
#[derive(Debug, Default)]
pub(super) struct Checked {
    pub(super) findings: Vec<Finding>,
    pub(super) checks: u8,
}

/// Checks an address; without a country it is of the company's.
pub(super) fn check(address: &Address, home: &str) -> Checked {
    let mut checked = Checked::default();
    let country = address.country.as_deref().unwrap_or(home);
    let is_italian = ["it", "ita", "italia", "italy", "italien"];
    if !is_italian.contains(&folded(country).as_str()) {
        return checked;
    }
    let state = address
        .state
        .as_deref()
        .map(str::trim)
        .filter(|state| !state.is_empty());
    let stated = state.and_then(|state| province(&folded(state)));
    let of_town = address
        .city
        .as_deref()
        .and_then(|city| province_of_town(&folded(city)));
    let mut find = |field, reason, raw: &str, proposal: Option<&str>| {
        let proposal = proposal.map(str::to_owned);
        checked
            .findings
            .push(Finding::new(field, reason, raw, proposal));
    };
    if let Some(state) = state {
        if stated.is_none_or(|code| code != state)
            && stated.is_none_or(|code| !state.eq_ignore_ascii_case(code))
        {
            find(Field::State, Reason::ProvinceUnknown, state, stated);
        }
    }
    let code = address
        .postal_code
        .as_deref()
        .map(str::trim)
        .filter(|code| !code.is_empty());
    let places = match code {
        Some(code) => match check_code(code, stated.or(of_town)) {
            Ok(places) => places,
            Err(finding) => {
                checked.findings.push(finding);
                return checked;
            }
        },
        None => &[],
    };
    let mut checks = 0;
    if let (Some(code), false) = (code, places.is_empty()) {
        if is_generic(code) {
            find(Field::PostalCode, Reason::PostalGeneric, code, None);
        }
        if let Some(stated) = stated {
            checks += 1;
            if !places.contains(&stated) {
                // The town decides between the two.
                match of_town {
                    Some(town) if places.contains(&town) => {
                        find(
                            Field::State,
                            Reason::PostalProvince,
                            state.unwrap_or_default(),
                            Some(town),
                        );
                    }
                    _ => find(Field::PostalCode, Reason::PostalProvince, code, None),
                }
            }
        } else if state.is_none()
            && let [only] = places
        {
            find(Field::State, Reason::ProvinceMissing, "", Some(only));
        }
        if let Some(town) = of_town {
            checks += 1;
            if !places.contains(&town)
                && stated.is_none_or(|stated| stated == town || places.contains(&stated))
            {
                find(Field::PostalCode, Reason::PostalCity, code, None);
            }
        }
    }
    if let (Some(town), Some(stated), true) = (of_town, stated, places.is_empty()) {
        checks += 1;
        if town != stated {
            find(
                Field::State,
                Reason::CityProvince,
                state.unwrap_or_default(),
                Some(town),
            );
        }
    }
    checked.checks = checks;
    checked
}

/// The provinces of a code; a finding if it is none.
fn check_code(code: &str, hint: Option<&str>) -> Result<&'static [&'static str], Finding> {
    let finding = |reason, proposal| Finding::new(Field::PostalCode, reason, code, proposal);
    let digits = code.bytes().all(|byte| byte.is_ascii_digit());
    if digits && code.len() == CODE_LENGTH && !provinces(code).is_empty() {
        return Ok(provinces(code));
    }
    // Spreadsheets drop the zeros at the beginning.
    let padded = format!("{code:0>CODE_LENGTH$}");
    if digits && (3..CODE_LENGTH).contains(&code.len()) && !provinces(&padded).is_empty() {
        let agrees = hint.is_none_or(|hint| provinces(&padded).contains(&hint));
        return Err(finding(Reason::PostalShort, agrees.then_some(padded)));
    }
    let within: String = code.chars().filter(char::is_ascii_digit).collect();
    let agrees = |found: &String| {
        let places = provinces(found);
        found.len() == CODE_LENGTH
            && !places.is_empty()
            && hint.is_none_or(|hint| places.contains(&hint))
    };
    Err(finding(
        Reason::PostalMalformed,
        Some(within).filter(agrees),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(code: &str, city: &str, state: &str) -> Vec<(Field, Reason, Option<String>)> {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let address = Address {
            street: None,
            city: some(city),
            postal_code: some(code),
            state: some(state),
            country: None,
        };
        let findings = check(&address, "IT").findings;
        findings
            .into_iter()
            .map(|it| (it.field, it.reason, it.proposal))
            .collect()
    }

    #[test]
    fn the_three_parts_must_be_of_one_another() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(found("20121", "Milano", "MI"), []);
        assert_eq!(found("40121", "Bologna", "bo"), []);
        assert_eq!(found("50063", "Figline", "FI"), []);
        let state = |reason, text: &str| vec![(Field::State, reason, some(text))];
        assert_eq!(
            found("20121", "Milano", "TO"),
            state(Reason::PostalProvince, "MI")
        );
        assert_eq!(found("", "Torino", "MI"), state(Reason::CityProvince, "TO"));
        assert_eq!(
            found("10121", "Torino", ""),
            state(Reason::ProvinceMissing, "TO")
        );
        assert_eq!(
            found("20121", "Milano", "Milano"),
            state(Reason::ProvinceUnknown, "MI")
        );
        let code =
            |reason, text: Option<&str>| vec![(Field::PostalCode, reason, text.map(str::to_owned))];
        assert_eq!(
            found("10121", "Milano", "MI"),
            [
                (Field::PostalCode, Reason::PostalProvince, None),
                (Field::PostalCode, Reason::PostalCity, None),
            ]
        );
        assert_eq!(
            found("185", "Roma", "RM"),
            code(Reason::PostalShort, Some("00185"))
        );
        assert_eq!(
            found("185", "Torino", "TO"),
            code(Reason::PostalShort, None)
        );
        assert_eq!(
            found("I-20121", "Milano", "MI"),
            code(Reason::PostalMalformed, Some("20121"))
        );
        assert_eq!(
            found("00000", "Roma", "RM"),
            code(Reason::PostalMalformed, None)
        );
        assert_eq!(
            found("20100", "Milano", "MI"),
            code(Reason::PostalGeneric, None)
        );
    }

    #[test]
    fn other_countries_are_not_looked_at() {
        let address = Address {
            postal_code: Some("SW1A 1AA".to_owned()),
            country: Some("GB".to_owned()),
            ..Address::default()
        };
        assert!(check(&address, "IT").findings.is_empty());
    }
}
