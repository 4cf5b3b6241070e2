//! When the same product is bought again, and who is due.
//!
//! **Invariant:** who has not come back counts for as long as they have been watched; a person is
//! due for a product from the median of its intervals on and before their third quartile.

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;
use filo_stats::proportion::Z_95;
use filo_stats::survival::{Watched, kaplan_meier};

use super::report::Quartiles;
use super::trails::Trails;
use crate::buyer::DAY_MICROS;
use crate::id::CustomerId;
use crate::profile::Order;
use crate::time::Timestamp;

/// With fewer repeats no interval is said.
pub const REPEATS_LEAST: u64 = 20;
/// Products that are told at once.
pub const PRODUCTS_MOST: usize = 100;
/// Products that are named beside a person.
const NAMED_MOST: usize = 3;

/// Repeat purchases, product by product.
#[derive(Debug, Clone, PartialEq)]
pub struct Reorder {
    /// Products that were ever bought.
    pub products: u64,
    /// Of these, those that are searched for.
    pub found: u64,
    /// People who are due for any product.
    pub due: u64,
    /// Those that are searched for, the one that is bought again most often first, the first
    /// [`PRODUCTS_MOST`].
    pub lines: Vec<ReorderLine>,
}

/// A product, and how it is bought again.
#[derive(Debug, Clone, PartialEq)]
pub struct ReorderLine {
    /// What it is known by.
    pub key: CompactString,
    /// Its latest name.
    pub name: CompactString,
    /// People who bought it.
    pub buyers: u64,
    /// Of these, those who bought it again.
    pub returned: u64,
    /// How often it was bought again.
    pub repeats: u64,
    /// When; nothing with fewer than [`REPEATS_LEAST`] repeats.
    pub rhythm: Option<Rhythm>,
    /// People who are due for it.
    pub due: u64,
}

/// When a product is bought again, by Kaplan and Meier.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rhythm {
    /// The share of purchases after which it is bought again, as far as can be seen, with its
    /// interval of 95 %.
    pub share: [f64; 3],
    /// Days until then, of those after which it is.
    pub days: Quartiles,
}

impl Rhythm {
    fn is_due(&self, open_days: f64) -> bool {
        let [_, median, upper] = self.days;
        open_days >= median && open_days < upper
    }
}

/// Whose a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Who bought it.
    Buyers,
    /// Who bought it again.
    Returned,
    /// Who is due.
    Due,
}

impl Who {
    /// That of a word in an address.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "buyers" => Some(Self::Buyers),
            "returned" => Some(Self::Returned),
            "due" => Some(Self::Due),
            _ => None,
        }
    }

    /// The word in addresses and catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Buyers => "buyers",
            Self::Returned => "returned",
            Self::Due => "due",
        }
    }
}

/// Somebody behind a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShelfPerson {
    /// Who.
    pub customer: CustomerId,
    /// When they last bought what it is about.
    pub last_at: Timestamp,
    /// What that is, by name; the first few.
    pub products: Vec<CompactString>,
}

/// Everything that was bought until an instant, by product.
#[derive(Debug)]
pub struct Shelf {
    now: Timestamp,
    lines: BTreeMap<CompactString, Line>,
}

#[derive(Debug, Default)]
struct Line {
    name: CompactString,
    named_at: Option<Timestamp>,
    /// Each interval, and of each buyer the one that is open.
    watched: Vec<Watched>,
    buyers: Vec<Buyer>,
}

#[derive(Debug, Clone, Copy)]
struct Buyer {
    customer: CustomerId,
    last_at: Timestamp,
    has_returned: bool,
}

impl Shelf {
    /// What these customers bought until an instant. What comes within 24 hours of a purchase
    /// belongs to it.
    #[must_use]
    pub fn of(trails: &Trails, now: Timestamp) -> Self {
        let mut lines: BTreeMap<CompactString, Line> = BTreeMap::new();
        for (customer, trail) in trails.iter() {
            let mut bought: BTreeMap<&CompactString, Vec<Timestamp>> = BTreeMap::new();
            let standing = trail.orders().iter().filter(|order| !order.is_cancelled());
            let placed = |order: &Order| order.placed_at().filter(|at| *at <= now);
            for (order, at) in standing.filter_map(|it| Some((it, placed(it)?))) {
                for product in trail.baskets().of(order) {
                    if !lines.contains_key(&product.key) {
                        lines.insert(product.key.clone(), Line::default());
                    }
                    if let Some(line) = lines.get_mut(&product.key)
                        && (line.named_at, &line.name) < (Some(at), &product.name)
                    {
                        line.named_at = Some(at);
                        line.name.clone_from(&product.name);
                    }
                    bought.entry(&product.key).or_default().push(at);
                }
            }
            for (key, mut times) in bought {
                times.sort_unstable();
                if let Some(line) = lines.get_mut(key) {
                    line.add(customer, &times, now);
                }
            }
        }
        Self { now, lines }
    }

    /// What it comes to, of the products whose name or key holds a text.
    #[must_use]
    pub fn report(&self, search: &str) -> Reorder {
        let search = search.trim().to_lowercase();
        let holds = |text: &str| text.to_lowercase().contains(&search);
        let (mut due, mut lines, mut found) = (BTreeSet::new(), Vec::new(), 0);
        for (key, line) in &self.lines {
            let rhythm = line.rhythm();
            let before = line.due(self.now, rhythm).map(|it| it.customer);
            let those: Vec<CustomerId> = before.collect();
            due.extend(those.iter().copied());
            if holds(key) || holds(&line.name) {
                found += 1;
                lines.push(ReorderLine {
                    key: key.clone(),
                    name: line.name.clone(),
                    buyers: line.buyers.len() as u64,
                    returned: line.buyers.iter().filter(|it| it.has_returned).count() as u64,
                    repeats: line.repeats(),
                    rhythm,
                    due: those.len() as u64,
                });
            }
        }
        // They stand in the order of their keys, and a stable sort leaves them so.
        lines.sort_by_key(|it| std::cmp::Reverse((it.repeats, it.buyers)));
        lines.truncate(PRODUCTS_MOST);
        Reorder {
            products: self.lines.len() as u64,
            found,
            due: due.len() as u64,
            lines,
        }
    }

    /// Whose a number is, of one product or of all; nothing of one that nobody bought.
    #[must_use]
    pub fn people(&self, product: Option<&str>, who: Who) -> Option<Vec<ShelfPerson>> {
        let lines: Vec<&Line> = match product {
            Some(key) => vec![self.lines.get(key)?],
            None => self.lines.values().collect(),
        };
        let mut found: BTreeMap<CustomerId, ShelfPerson> = BTreeMap::new();
        for line in lines {
            let those: Vec<Buyer> = match who {
                Who::Buyers => line.buyers.clone(),
                Who::Returned => {
                    let back = line.buyers.iter().filter(|it| it.has_returned);
                    back.copied().collect()
                }
                Who::Due => line.due(self.now, line.rhythm()).collect(),
            };
            for buyer in those {
                let person = found.entry(buyer.customer).or_insert(ShelfPerson {
                    customer: buyer.customer,
                    last_at: buyer.last_at,
                    products: Vec::new(),
                });
                person.last_at = person.last_at.max(buyer.last_at);
                if person.products.len() < NAMED_MOST {
                    person.products.push(line.name.clone());
                }
            }
        }
        Some(found.into_values().collect())
    }

    /// The latest name of a product.
    #[must_use]
    pub fn name(&self, key: &str) -> Option<&CompactString> {
        self.lines.get(key).map(|line| &line.name)
    }
}

impl Line {
    /// Purchases of one customer, the earliest first.
    fn add(&mut self, customer: CustomerId, times: &[Timestamp], now: Timestamp) {
        let Some((first, later)) = times.split_first() else {
            return;
        };
        let (mut last_at, mut has_returned) = (*first, false);
        for at in later {
            if at.micros_since(last_at) < DAY_MICROS {
                continue;
            }
            self.watched.push(Watched {
                time: days(last_at, *at),
                happened: true,
            });
            (last_at, has_returned) = (*at, true);
        }
        self.watched.push(Watched {
            time: days(last_at, now),
            happened: false,
        });
        self.buyers.push(Buyer {
            customer,
            last_at,
            has_returned,
        });
    }

    /// Each buyer has one interval that is open.
    const fn repeats(&self) -> u64 {
        (self.watched.len() - self.buyers.len()) as u64
    }

    fn rhythm(&self) -> Option<Rhythm> {
        if self.repeats() < REPEATS_LEAST {
            return None;
        }
        let curve = kaplan_meier(&self.watched, Z_95)?;
        let last = curve.steps().last()?.surviving;
        let quartile = |p| curve.quantile_of_those(p);
        Some(Rhythm {
            share: [1.0 - last.share, 1.0 - last.high, 1.0 - last.low],
            days: [quartile(0.25)?, quartile(0.5)?, quartile(0.75)?],
        })
    }

    fn due(&self, now: Timestamp, rhythm: Option<Rhythm>) -> impl Iterator<Item = Buyer> {
        let all = self.buyers.iter().copied();
        all.filter(move |buyer| rhythm.is_some_and(|it| it.is_due(days(buyer.last_at, now))))
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "microseconds of centuries are exact to a tenth of a second"
)]
pub(super) fn days(from: Timestamp, until: Timestamp) -> f64 {
    until.micros_since(from).max(0) as f64 / DAY_MICROS as f64
}
