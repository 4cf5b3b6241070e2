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

/// The parts of an address, each with the provinces it tells.
struct Parts<'a> {
    code: &'a str,
    /// Where the postal code is.
    places: &'static [&'static str],
    state: &'a str,
    /// The province that was stated.
    stated: Option<&'static str>,
    /// The province of the town, if it is a chief town.
    of_town: Option<&'static str>,
}

/// Checks an address; without a country it is of the company's.
pub(super) fn check(address: &Address, home: &str) -> Checked {
    let mut checked = Checked::default();
    let country = address.country.as_deref().unwrap_or(home);
    let italian = ["it", "ita", "italia", "italy", "italien"];
    if !italian.contains(&folded(country).as_str()) {
        return checked;
    }
    let part = |part: &Option<String>| part.as_deref().map_or("", str::trim).to_owned();
    let (state, code) = (part(&address.state), part(&address.postal_code));
    let stated = province(&folded(&state));
    let city = address.city.as_deref();
    let of_town = city.and_then(|city| province_of_town(&folded(city)));
    if !state.is_empty() && stated.is_none_or(|code| !state.eq_ignore_ascii_case(code)) {
        checked.find(Field::State, Reason::ProvinceUnknown, &state, stated);
    }
    let mut parts = Parts {
        code: &code,
        places: &[],
        state: &state,
        stated,
        of_town,
    };
    if !code.is_empty() {
        match check_code(&code, stated.or(of_town)) {
            Ok(places) => parts.places = places,
            Err(finding) => {
                checked.findings.push(finding);
                return checked;
            }
        }
    }
    if parts.places.is_empty() {
        checked.compare_town(&parts);
    } else {
        checked.compare_code(&parts);
    }
    checked
}

impl Checked {
    fn find(&mut self, field: Field, reason: Reason, raw: &str, proposal: Option<&str>) {
        let proposal = proposal.map(str::to_owned);
        self.findings
            .push(Finding::new(field, reason, raw, proposal));
    }

    /// The postal code against province and town.
    fn compare_code(&mut self, parts: &Parts<'_>) {
        let is_there = |province: &str| parts.places.contains(&province);
        if is_generic(parts.code) {
            self.find(Field::PostalCode, Reason::PostalGeneric, parts.code, None);
        }
        match (parts.stated, parts.places) {
            (Some(stated), _) => {
                self.checks += 1;
                let town = parts.of_town.filter(|town| is_there(town));
                if !is_there(stated) && town.is_some() {
                    // The town decides between the two.
                    self.find(Field::State, Reason::PostalProvince, parts.state, town);
                } else if !is_there(stated) {
                    self.find(Field::PostalCode, Reason::PostalProvince, parts.code, None);
                }
            }
            (None, [only]) if parts.state.is_empty() => {
                self.find(Field::State, Reason::ProvinceMissing, "", Some(only));
            }
            (None, _) => {}
        }
        if let Some(town) = parts.of_town {
            self.checks += 1;
            let agrees = |stated: &str| stated == town || is_there(stated);
            if !is_there(town) && parts.stated.is_none_or(agrees) {
                self.find(Field::PostalCode, Reason::PostalCity, parts.code, None);
            }
        }
    }

    /// The town against the province, where no code tells more.
    fn compare_town(&mut self, parts: &Parts<'_>) {
        if let (Some(town), Some(stated)) = (parts.of_town, parts.stated) {
            self.checks += 1;
            if town != stated {
                self.find(Field::State, Reason::CityProvince, parts.state, Some(town));
            }
        }
    }
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
