//! Cells as people write them.

use super::*;

#[test]
fn names_and_answers_are_read_as_people_write_them() {
    let names = |cell, transform| split_name(cell, transform);
    assert_eq!(
        names("Maria Rossi", Transform::AsIs),
        ("Maria".into(), "Rossi".into())
    );
    assert_eq!(
        names("ROSSI MARIA PIA", Transform::SurnameFirst),
        ("MARIA PIA".into(), "ROSSI".into())
    );
    assert_eq!(title_case("D'ANGELO MARIA"), "D'Angelo Maria");
    assert_eq!(title_case("McDonald"), "McDonald");
    assert_eq!(yes_or_no("Sì"), Some(true));
    assert_eq!(yes_or_no("no"), Some(false));
    assert_eq!(yes_or_no("forse"), None);
    assert_eq!(plain(" '+39 333 "), "+39 333");
}
