//! What a file is about, and what its columns are in a file about that.
//!
//! **Invariant:** what is taken for what depends on headers and values alone; a person may say
//! otherwise.

use filo_core::identity::Kind;

use super::column::{COLUMN_COUNT, Column, reduced};
use super::decimal::{Decimal, DecimalMark};
use super::dictionary::{COMPANIES, CONSENTS, EVENTS};
use super::guess::{self, Guess};
use super::order_shape::Preset;
use super::plan::{Subject, Transform};
use super::raw_text::decimal_mark;
use super::target::Target;
use super::when::{DateOrder, date_order};

/// The beginning of a file.
pub(super) struct Beginning<'a> {
    pub(super) headers: &'a [String],
    pub(super) rows: &'a [Vec<String>],
    pub(super) delimiter: u8,
}

impl<'a> Beginning<'a> {
    pub(super) fn values(&self, place: usize) -> Vec<&'a str> {
        let cells = self.rows.iter().filter_map(|row| row.get(place));
        cells
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect()
    }

    /// What the file is about.
    pub(super) fn subject(&self, name: &str) -> Subject {
        let name = name.to_lowercase();
        let is_named = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
        let leaves = |header: &String| matches!(header.as_str(), "UNSUB_TIME" | "CLEAN_TIME");
        // A list of people who left is not a list of customers, whatever columns it has beside.
        if is_named(&["unsubscribed", "cleaned", "disiscritti", "blacklist"])
            || self.headers.iter().any(leaves)
        {
            return Subject::Suppressions;
        }
        if guess::preset(self.headers) == Some("hubspot_companies") {
            return Subject::Companies;
        }
        let found = self.order_columns();
        let has = |column: Column| found[column as usize].is_some();
        let costs = [Column::Price, Column::LineTotal, Column::Total];
        if has(Column::Order) && has(Column::At) && costs.into_iter().any(has) {
            return Subject::Orders;
        }
        let named = |list: &[(&str, &str)], target: &str| {
            let names = list.iter().filter(|(it, _)| *it == target);
            let mut names = names.flat_map(|(_, names)| names.split(' '));
            names.any(|name| self.headers.iter().any(|header| reduced(header) == name))
        };
        if named(CONSENTS, "statement:purpose") && named(CONSENTS, "statement:status") {
            return Subject::Consents;
        }
        let is_event = |header: &String| {
            matches!(
                reduced(header).as_str(),
                "event" | "evento" | "eventname" | "nomeevento"
            )
        };
        if self.headers.iter().any(is_event) && named(EVENTS, "event_time") {
            return Subject::Events;
        }
        Subject::People
    }

    /// A guess for each column.
    pub(super) fn guesses(&self, subject: Subject) -> Vec<Guess> {
        let orders = self.order_columns();
        let mark = match subject {
            Subject::Orders => self.mark_of_orders(&orders),
            _ => DecimalMark::Point,
        };
        let places = 0..self.headers.len();
        let mut guesses: Vec<Guess> = places
            .map(|place| match subject {
                Subject::People | Subject::Suppressions => {
                    guess::column(&self.headers[place], &self.values(place))
                }
                Subject::Orders => self.of_order(place, &orders, mark),
                Subject::Events => self.of_event(place),
                Subject::Consents => self.of_consent(place),
                Subject::Companies => self.of_company(place),
            })
            .collect();
        if subject == Subject::Companies {
            self.name_companies(&mut guesses);
        }
        guesses
    }

    fn order_columns(&self) -> [Option<usize>; COLUMN_COUNT] {
        let mut found = Column::recognise(self.headers);
        let headers = self.headers.iter().map(String::as_str);
        if Preset::of(headers) == Preset::ShopifyOrders {
            let name = self.headers.iter().position(|header| header == "Name");
            found[Column::Order as usize] = name;
        }
        found
    }

    /// All amounts of a file are written alike.
    fn mark_of_orders(&self, orders: &[Option<usize>; COLUMN_COUNT]) -> DecimalMark {
        let numbers = Column::all().filter(|column| column.is_number());
        let places = numbers.filter_map(|column| orders[column as usize]);
        let values = places.flat_map(|place| self.values(place));
        decimal_mark(values, self.delimiter)
    }

    fn of_order(
        &self,
        place: usize,
        orders: &[Option<usize>; COLUMN_COUNT],
        mark: DecimalMark,
    ) -> Guess {
        let found = Column::all().find(|column| orders[*column as usize] == Some(place));
        let Some(column) = found else {
            return self.who(place, &self.headers[place]);
        };
        let values = self.values(place);
        if column == Column::Customer && most(&values, is_name) {
            // Two people of one name are not one person.
            return Guess::none(vec!["name_not_id"]);
        }
        let target = match column.kind() {
            Some(kind) => Target::Identifier(kind),
            None => Target::Order(column),
        };
        if column.is_moment() {
            return Guess::moment(target, &values);
        }
        let transform = match (column.is_number(), mark) {
            (true, DecimalMark::Comma) => Transform::DecimalComma,
            (true, DecimalMark::Point) => Transform::DecimalPoint,
            (false, _) => Transform::AsIs,
        };
        Guess::sure(target, transform)
    }

    /// A column whose name says who it is about, or none. Its values do not: an article's number
    /// looks like a telephone's, and `id` is the row's own.
    fn who(&self, place: usize, header: &str) -> Guess {
        let guess = guess::column(header, &self.values(place));
        let is_own = ["id", "recordid", "uid"].contains(&reduced(header).as_str());
        match guess.target {
            Target::Identifier(_) if guess.certainty == "sure" && !is_own => guess,
            _ => Guess::none(guess.remarks),
        }
    }

    fn of_event(&self, place: usize) -> Guess {
        let header = self.headers[place].trim();
        let values = self.values(place);
        match dictionary(EVENTS, header) {
            Some(Target::EventTime) => return Guess::moment(Target::EventTime, &values),
            Some(target) => return Guess::sure(target, Transform::AsIs),
            None => {}
        }
        let own = header.strip_prefix("traits.").unwrap_or(header);
        let who = self.who(place, own);
        if matches!(who.target, Target::Identifier(_)) {
            return who;
        }
        if who.remarks.contains(&"special_category") || header.starts_with("context.") {
            return Guess::none(who.remarks);
        }
        let key = header.strip_prefix("properties.").unwrap_or(header);
        match format!("property:{key}").parse() {
            Ok(target) if !values.is_empty() => {
                Guess::sure(target, number_transform(&values, self.delimiter))
            }
            _ => Guess::none(vec!["empty"]),
        }
    }

    fn of_consent(&self, place: usize) -> Guess {
        let values = self.values(place);
        match dictionary(CONSENTS, &self.headers[place]) {
            Some(target) if target.is_moment() => Guess::moment(target, &values),
            Some(target) => Guess::sure(target, Transform::AsIs),
            None => self.who(place, &self.headers[place]),
        }
    }

    fn of_company(&self, place: usize) -> Guess {
        let header = &self.headers[place];
        if let Some(target) = dictionary(COMPANIES, header) {
            return Guess::sure(target, Transform::AsIs);
        }
        let guess = guess::column(header, &self.values(place));
        match &guess.target {
            Target::Trait(_) => guess,
            // The address of a company is no person's.
            Target::Identifier(kind @ (Kind::Email | Kind::Phone)) => {
                let target = Target::Trait(kind.word().to_owned());
                Guess { target, ..guess }
            }
            Target::ChangedAt => Guess::moment(Target::ChangedAt, &self.values(place)),
            _ => Guess::none(guess.remarks),
        }
    }

    /// A file without numbers of companies knows them by their VAT number, or by their name.
    fn name_companies(&self, guesses: &mut [Guess]) {
        let group = Target::Identifier(Kind::GroupId);
        if guesses.iter().any(|it| it.target == group) {
            return;
        }
        for key in ["vat_number", "name"] {
            let wanted = Target::Trait(key.to_owned());
            if let Some(found) = guesses.iter_mut().find(|it| it.target == wanted) {
                found.target = group;
                found.certainty = "likely";
                return;
            }
        }
    }
}

/// What a header stands for in a list of names.
fn dictionary(list: &[(&str, &str)], header: &str) -> Option<Target> {
    let name = reduced(header);
    let found = list
        .iter()
        .find(|(_, names)| names.split(' ').any(|it| it == name));
    found.and_then(|(target, _)| target.parse().ok())
}

/// How the values of a column are read, where it needs to be said and nobody does.
pub(super) fn reading_of(target: &Target, values: &[&str], delimiter: u8) -> Transform {
    if target.is_moment() {
        return Guess::moment(target.clone(), values).transform;
    }
    match target {
        Target::Order(column) if column.is_number() => {
            match decimal_mark(values.iter().copied(), delimiter) {
                DecimalMark::Comma => Transform::DecimalComma,
                DecimalMark::Point => Transform::DecimalPoint,
            }
        }
        _ => Transform::AsIs,
    }
}

/// How numbers of a column are read, if it holds nothing else. `00123` is a code, no number.
fn number_transform(values: &[&str], delimiter: u8) -> Transform {
    let is_code =
        |value: &&str| value.len() > 1 && value.starts_with('0') && !value.contains(['.', ',']);
    let mark = decimal_mark(values.iter().copied(), delimiter);
    let is_number = |value: &&str| Decimal::parse(value, mark).is_some();
    if values.iter().any(is_code) || !values.iter().all(is_number) {
        return Transform::AsIs;
    }
    match mark {
        DecimalMark::Comma => Transform::DecimalComma,
        DecimalMark::Point => Transform::DecimalPoint,
    }
}

fn most(values: &[&str], is: fn(&str) -> bool) -> bool {
    let count = values.iter().filter(|value| is(value)).count();
    !values.is_empty() && count * 10 >= values.len() * 7
}

/// Words with a space between and no digit: how a shop writes who bought, not their number.
fn is_name(value: &str) -> bool {
    value.trim().contains(' ')
        && value.chars().any(char::is_alphabetic)
        && !value.chars().any(|letter| letter.is_ascii_digit())
}

impl Guess {
    pub(super) fn sure(target: Target, transform: Transform) -> Self {
        Self {
            target,
            transform,
            certainty: "sure",
            remarks: Vec::new(),
        }
    }

    pub(super) fn none(remarks: Vec<&'static str>) -> Self {
        Self {
            target: Target::Ignore,
            transform: Transform::AsIs,
            certainty: "none",
            remarks,
        }
    }

    /// A column of moments, read in the order that its values show.
    pub(super) fn moment(target: Target, values: &[&str]) -> Self {
        let (order, is_doubtful) = date_order(values.iter().copied());
        let transform = match order {
            DateOrder::DayFirst => Transform::DayFirst,
            DateOrder::MonthFirst => Transform::MonthFirst,
        };
        let mut guess = Self::sure(target, transform);
        if is_doubtful {
            guess.remarks.push("ambiguous_dates");
        }
        guess
    }
}

#[cfg(test)]
#[path = "recognition_tests.rs"]
mod tests;
