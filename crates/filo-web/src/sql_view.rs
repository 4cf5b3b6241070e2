//! What the views that are asked in SQL, and their columns, are called in the catalogues of words.

use filo_app::sql::View;

/// What a view is.
pub(crate) fn view_key(view: &View) -> String {
    format!("sql-view-{}", view.name)
}

/// What a column of it means.
pub(crate) fn column_key(view: &View, column: &str) -> String {
    format!("sql-{}-{}", view.name, column.replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use filo_app::sql::{EXAMPLES, Kind, VIEWS};

    use super::*;
    use crate::i18n::{Language, Words};

    #[test]
    fn every_view_column_kind_and_example_has_its_words() {
        let columns = VIEWS.iter().flat_map(|view| {
            let keys = view.columns.iter().map(|it| column_key(view, it.name));
            keys.chain([view_key(view)])
        });
        let examples = EXAMPLES.iter().map(|it| format!("sql-example-{}", it.name));
        let kinds = [
            Kind::Whole,
            Kind::Fraction,
            Kind::Decimal,
            Kind::Boolean,
            Kind::Time,
            Kind::Text,
        ];
        let kinds = kinds.iter().map(|it| format!("sql-kind-{}", it.word()));
        let keys: Vec<String> = columns.chain(examples).chain(kinds).collect();
        assert!(keys.len() > 40, "{keys:?}");
        for language in Language::ALL {
            for key in &keys {
                assert!(Words::of(language).look_up(key).is_some(), "{key}");
            }
        }
    }
}
