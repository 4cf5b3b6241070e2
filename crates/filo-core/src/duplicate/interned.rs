//! Each text once, under a number.
//!
//! **Invariant:** two texts have the same number exactly when they are equal; 0 is the empty one.

use hashbrown::HashTable;

/// Fixed, so that the same input gives the same output on every machine.
const SEEDS: (u64, u64, u64, u64) = (0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344);

/// Texts by number.
#[derive(Debug, Clone)]
pub(super) struct Texts {
    letters: String,
    /// Where each text ends; it begins where the one before ends.
    ends: Vec<u32>,
    places: HashTable<u32>,
    hasher: ahash::RandomState,
}

impl Default for Texts {
    fn default() -> Self {
        let (a, b, c, d) = SEEDS;
        Self {
            letters: String::new(),
            ends: vec![0],
            places: HashTable::new(),
            hasher: ahash::RandomState::with_seeds(a, b, c, d),
        }
    }
}

impl Texts {
    /// The number of a text, which is new if need be.
    pub(super) fn intern(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let hash = self.hasher.hash_one(text);
        if let Some(id) = self.places.find(hash, |id| self.get(*id) == text) {
            return *id;
        }
        let (Ok(id), Ok(end)) = (
            u32::try_from(self.ends.len()),
            u32::try_from(self.letters.len() + text.len()),
        ) else {
            // Four thousand megabytes of names: the rest is taken as unknown.
            return 0;
        };
        self.letters.push_str(text);
        self.ends.push(end);
        let (letters, ends, hasher) = (&self.letters, &self.ends, &self.hasher);
        let rehash = |id: &u32| hasher.hash_one(text_of(letters, ends, *id));
        self.places.insert_unique(hash, id, rehash);
        id
    }

    /// The number of a text, if it has one.
    pub(super) fn find(&self, text: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(text);
        self.places.find(hash, |id| self.get(*id) == text).copied()
    }

    /// The text of a number.
    pub(super) fn get(&self, id: u32) -> &str {
        text_of(&self.letters, &self.ends, id)
    }

    /// How many there are, with the empty one.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }
}

fn text_of<'a>(letters: &'a str, ends: &[u32], id: u32) -> &'a str {
    let at = id as usize;
    let end = ends.get(at).map_or(0, |end| *end as usize);
    let begin = at.checked_sub(1).and_then(|before| ends.get(before));
    letters
        .get(begin.map_or(0, |begin| *begin as usize)..end)
        .unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_one_number() {
        let mut texts = Texts::default();
        let mario = texts.intern("mario");
        assert_eq!((texts.intern(""), texts.intern("mario")), (0, mario));
        let many: Vec<u32> = (0..5000)
            .map(|at| texts.intern(&format!("n{at}")))
            .collect();
        assert_eq!(texts.get(many[4321]), "n4321");
        assert_eq!(texts.find("n17"), Some(many[17]));
        assert_eq!(
            (texts.find("x"), texts.get(mario), texts.get(0)),
            (None, "mario", "")
        );
        assert_eq!(texts.len(), 5002);
    }
}
