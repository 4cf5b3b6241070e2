//! Columns of few words, by their codes or spelled out.

use arrow::array::{Array as _, ArrayRef, AsArray as _, Int32Array, StringArray};
use arrow::datatypes::Int32Type;

/// The code of no word at all.
const NONE: i32 = -1;

/// A column of few words: each row has the code of one.
#[derive(Debug, Clone)]
pub(crate) struct Coded {
    codes: Int32Array,
    words: StringArray,
}

impl Coded {
    /// `None` for a column that was not read by codes.
    pub(crate) fn of(array: &ArrayRef) -> Option<Self> {
        let array = array.as_dictionary_opt::<Int32Type>()?;
        Some(Self {
            codes: array.keys().clone(),
            words: array.values().as_string_opt::<i32>()?.clone(),
        })
    }

    /// In one batch equal codes are equal words.
    pub(crate) fn code(&self, row: usize) -> i32 {
        match self.codes.is_valid(row) {
            true => self.codes.value(row),
            false => NONE,
        }
    }

    /// Empty where there is none.
    pub(crate) fn value(&self, row: usize) -> &str {
        let place = usize::try_from(self.code(row)).ok();
        let place = place.filter(|place| *place < self.words.len());
        place.map_or("", |place| self.words.value(place))
    }
}

/// A column of words, however it was read.
#[derive(Debug, Clone)]
pub(crate) enum Words {
    Coded(Coded),
    Spelled(StringArray),
}

impl Words {
    /// `None` for a column of something else.
    pub(crate) fn of(array: &ArrayRef) -> Option<Self> {
        let spelled = || Some(Self::Spelled(array.as_string_opt::<i32>()?.clone()));
        Coded::of(array).map(Self::Coded).or_else(spelled)
    }

    /// Empty where there is none.
    pub(crate) fn value(&self, row: usize) -> &str {
        match self {
            Self::Coded(words) => words.value(row),
            Self::Spelled(words) if words.is_valid(row) => words.value(row),
            Self::Spelled(_) => "",
        }
    }
}
