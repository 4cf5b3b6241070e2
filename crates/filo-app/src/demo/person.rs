//! An invented person: who they are, and on which channels they meet the company.
//!
//! **Invariant:** addresses are of domains kept free for examples, telephone numbers begin with
//! 399 0 (Italy keeps none for fiction: they are invented, and Filo sends nothing to them), and
//! both belong to one person only, so who is who is known.

use std::fmt::Write as _;

use super::body::Body;
use super::calendar::LAST_DAY;
use super::draw::Draw;
use super::names::{CITIES, City, MEN, STREETS, SURNAMES, WOMEN, plain};

/// Nobody has a mailbox there.
const DOMAINS: [&str; 4] = [
    "posta.example",
    "example.it",
    "lettera.example",
    "mail.example",
];
/// A step that has no divisor in common with a million, so that no number comes twice.
const PHONE_STEP: u64 = 7_919;

/// Somebody who buys online.
#[derive(Debug, Clone)]
pub(super) struct Online {
    pub(super) visits_per_year: u32,
    /// The shop's own number of them; none for who never registers.
    pub(super) user_id: Option<String>,
    pub(super) gives_phone: bool,
    pub(super) device: String,
    /// Never says who they are.
    pub(super) is_stranger: bool,
}

/// Somebody with the bars' card.
#[derive(Debug, Clone)]
pub(super) struct Regular {
    pub(super) card: String,
    pub(super) bar: usize,
    /// Visits in a hundred days.
    pub(super) visits_per_100_days: u32,
    pub(super) minute: u32,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
}

/// Somebody with the newsletter.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    pub(super) since: u16,
    pub(super) email: String,
    pub(super) clicks_per_mille: u32,
}

/// One person, or who stands for a business.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) number: u32,
    pub(super) first: &'static str,
    pub(super) last: &'static str,
    pub(super) birthday: String,
    pub(super) city: &'static City,
    pub(super) street: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) arrives: u16,
    pub(super) leaves: u16,
    pub(super) online: Option<Online>,
    pub(super) regular: Option<Regular>,
    pub(super) reader: Option<Reader>,
    /// The device with the app.
    pub(super) app: Option<String>,
    /// How much a business buys; none for people who buy for themselves.
    pub(super) business: Option<u32>,
    pub(super) calls: bool,
    pub(super) writes: bool,
    pub(super) was_at_the_fair: bool,
}

/// A telephone number that the plan could have and no operator gives.
pub(super) fn phone(number: u32) -> String {
    let digits = (u64::from(number) + 17) * PHONE_STEP % 1_000_000;
    format!("+39 399 0{:03} {:03}", digits / 1000, digits % 1000)
}

/// The number of a card.
pub(super) fn card(number: u32) -> String {
    format!("AUR{:07}", 1_000_000 + number)
}

/// The id that a browser or telephone keeps.
pub(super) fn device(draw: &mut Draw) -> String {
    let mut id = String::with_capacity(36);
    for (place, letters) in [8, 4, 4, 4, 12].into_iter().enumerate() {
        if place > 0 {
            id.push('-');
        }
        for _ in 0..letters {
            // Writing to a string cannot fail.
            let _ = write!(id, "{:x}", draw.below(16));
        }
    }
    id
}

impl Person {
    /// The person of a number: always the same for one seed.
    pub(super) fn draw(seed: u64, number: u32) -> Self {
        let mut draw = Draw::of(seed, "person", number, 0);
        let names = if draw.happens(540) { &WOMEN } else { &MEN };
        let first = *draw.pick_early(names);
        let last = *draw.pick_early(&SURNAMES);
        let domain = draw.pick(&DOMAINS);
        let email = format!("{}.{}{number}@{domain}", plain(first), plain(last));
        let (arrives, leaves) = stay(&mut draw);
        let birthday = format!(
            "{}-{:02}-{:02}",
            draw.between(1948, 2006),
            draw.between(1, 12),
            draw.between(1, 28)
        );
        let mut person = Self {
            number,
            first,
            last,
            birthday,
            city: draw.pick_early(&CITIES),
            street: format!("{} {}", draw.pick(&STREETS), draw.between(1, 90)),
            email,
            phone: phone(number),
            arrives,
            leaves,
            online: None,
            regular: None,
            reader: None,
            app: None,
            business: None,
            calls: false,
            writes: false,
            was_at_the_fair: false,
        };
        person.take_habits(seed);
        person
    }

    fn take_habits(&mut self, seed: u64) {
        let mut draw = Draw::of(seed, "habits", self.number, 0);
        if draw.happens(25) {
            self.business = Some(draw.between(0, 8));
            self.calls = draw.happens(300);
            return;
        }
        let online = draw.happens(620).then(|| self.shop_online(seed));
        let is_stranger = online.as_ref().is_some_and(|online| online.is_stranger);
        self.online = online;
        if is_stranger {
            return;
        }
        if self.online.is_none() || draw.happens(120) {
            self.regular = (draw.happens(640)).then(|| self.go_to_the_bar(seed));
        }
        let nowhere = self.online.is_none() && self.regular.is_none();
        if nowhere || draw.happens(420) {
            self.reader = Some(self.read_letters(&mut draw));
        }
        let may_have_app = self.online.is_some() || self.regular.is_some();
        self.app = (may_have_app && draw.happens(140)).then(|| device(&mut draw));
        self.calls = draw.happens(60);
        self.writes = draw.happens(50);
        self.was_at_the_fair = draw.happens(40);
    }

    fn shop_online(&self, seed: u64) -> Online {
        let mut draw = Draw::of(seed, "online", self.number, 0);
        let is_stranger = draw.happens(180);
        let is_registered = draw.happens(800);
        Online {
            visits_per_year: if is_stranger {
                draw.between(1, 4)
            } else {
                draw.between(2, 9) + if draw.happens(150) { 16 } else { 0 }
            },
            user_id: is_registered.then(|| format!("cl-{:05}", self.number)),
            gives_phone: draw.happens(800),
            device: device(&mut draw),
            is_stranger,
        }
    }

    fn go_to_the_bar(&self, seed: u64) -> Regular {
        let mut draw = Draw::of(seed, "regular", self.number, 0);
        let often = [20, 36, 70, 85];
        // Now and then the till types the number of the next in the line.
        let is_slip = draw.happens(4);
        let phone = phone(self.number + u32::from(is_slip));
        Regular {
            card: card(self.number),
            bar: usize::from(draw.day(0, 2)),
            visits_per_100_days: *draw.pick(&often),
            minute: match draw.below(10) {
                0..=5 => draw.between(415, 545),
                6..=7 => draw.between(625, 665),
                _ => draw.between(780, 860),
            },
            email: draw.happens(300).then(|| self.email.clone()),
            phone: draw.happens(720).then_some(phone),
        }
    }

    fn read_letters(&self, draw: &mut Draw) -> Reader {
        let other = format!("{}{}@lettera.example", plain(self.last), self.number);
        Reader {
            since: draw.day(self.arrives, self.leaves.min(LAST_DAY)),
            // Some keep an address of their own for newsletters: nothing joins it to them.
            email: if draw.happens(70) {
                other
            } else {
                self.email.clone()
            },
            clicks_per_mille: *draw.pick(&[0, 20, 60, 60, 120, 300]),
        }
    }

    /// Whether they are a customer on this day.
    pub(super) fn is_here(&self, day: u16) -> bool {
        (self.arrives..=self.leaves).contains(&day)
    }

    /// What they tell of themselves when they fill in a form.
    pub(super) fn traits(&self) -> Body {
        // Some type without looking.
        let last = match self.number % 41 {
            9 => self.last.to_uppercase(),
            _ => self.last.to_owned(),
        };
        Body::new()
            .text("firstName", self.first)
            .text("lastName", &last)
    }

    /// The same with birthday and address.
    pub(super) fn whole_traits(&self) -> Body {
        // As people fill in forms: the province written out or another one, a birthday that the
        // form had filled in, and zeros that a spreadsheet dropped.
        let state = match self.number % 23 {
            3 => self.city.name,
            11 => "TO",
            _ => self.city.province,
        };
        let code = match self.number % 13 {
            5 => self.city.cap.trim_start_matches('0'),
            _ => self.city.cap,
        };
        let birthday = match self.number % 37 {
            8 => "1900-01-01",
            _ => self.birthday.as_str(),
        };
        let address = Body::new()
            .text("street", &self.street)
            .text("city", self.city.name)
            .text("postalCode", code)
            .text("state", state)
            .text("country", "IT");
        self.traits()
            .text("birthday", birthday)
            .text("city", self.city.name)
            .object("address", address)
    }
}

/// From when to when somebody is a customer: half were there before, a fifth have gone.
fn stay(draw: &mut Draw) -> (u16, u16) {
    let arrives = if draw.happens(500) {
        0
    } else {
        draw.day(1, LAST_DAY - 2)
    };
    let leaves = if draw.happens(220) {
        draw.day(arrives, LAST_DAY)
    } else {
        LAST_DAY
    };
    (arrives, leaves)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use filo_core::identity::{Identifier, Kind, Rules};

    use super::*;

    #[test]
    fn every_address_and_number_is_a_persons_and_nobody_elses() {
        let rules = Rules::default();
        let mut seen = BTreeSet::new();
        for number in 0..5_000 {
            let person = Person::draw(1, number);
            let email = Identifier::new(Kind::Email, &person.email, &rules).unwrap();
            let phone = Identifier::new(Kind::Phone, &person.phone, &rules).unwrap();
            assert_eq!(phone.kind, Kind::Phone, "{}", person.phone);
            assert!(phone.value.starts_with("+393990"));
            assert!(seen.insert(email.value) && seen.insert(phone.value));
            let is_reserved =
                person.email.ends_with(".example") || person.email.ends_with("@example.it");
            assert!(is_reserved, "{}", person.email);
        }
    }
}
