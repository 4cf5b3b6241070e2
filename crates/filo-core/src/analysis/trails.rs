//! The trails of many.

use std::sync::Arc;

use super::Trail;
use crate::id::CustomerId;

/// The trails of customers, by id. Cloning shares them.
#[derive(Debug, Clone, Default)]
pub struct Trails {
    all: Arc<Vec<(CustomerId, Trail)>>,
    /// Of all, only those of these customers, by id.
    among: Option<Arc<Vec<CustomerId>>>,
}

impl Trails {
    /// Those of some customers alone, who are named by id.
    #[must_use]
    pub fn among(self, customers: Vec<CustomerId>) -> Self {
        Self {
            among: Some(Arc::new(customers)),
            ..self
        }
    }

    /// How many there are, of whoever they are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Each with whose it is.
    pub fn iter(&self) -> impl Iterator<Item = (CustomerId, &Trail)> {
        let among = self.among.as_deref();
        let is_among = move |customer: CustomerId| {
            among.is_none_or(|among| among.binary_search(&customer).is_ok())
        };
        let each = self.all.iter().map(|(customer, trail)| (*customer, trail));
        each.filter(move |(customer, _)| is_among(*customer))
    }
}

/// Of a customer who comes several times the trails are one.
impl FromIterator<(CustomerId, Trail)> for Trails {
    fn from_iter<T: IntoIterator<Item = (CustomerId, Trail)>>(each: T) -> Self {
        Self {
            all: Arc::new(by_customer(each.into_iter().collect(), Trail::merge)),
            among: None,
        }
    }
}

/// What is known of customers, by id: of one who stands there several times it is made one.
#[must_use]
pub fn by_customer<T>(
    mut each: Vec<(CustomerId, T)>,
    merge: impl Fn(&mut T, T),
) -> Vec<(CustomerId, T)> {
    each.sort_by_key(|(customer, _)| *customer);
    let mut all: Vec<(CustomerId, T)> = Vec::with_capacity(each.len());
    for (customer, known) in each {
        match all.last_mut() {
            Some((last, before)) if *last == customer => merge(before, known),
            _ => all.push((customer, known)),
        }
    }
    all
}
