//! Questions about one trait.

use super::build::{fold, identify};
use crate::profile::{TraitTest, Wanted};

#[test]
fn each_question_is_answered() {
    let profile = fold(&[identify(
        1,
        r#"{"favouriteShop":"Roma Centro","points":120,"vip":true,"sizes":["M","L"],"note":""}"#,
    )]);
    let traits = profile.traits;
    for (key, wanted, value, expected) in [
        ("favouriteShop", Wanted::Equals, "roma centro", true),
        ("favourite_shop", Wanted::Equals, "Roma", false),
        ("Favourite Shop", Wanted::Contains, "CENTRO", true),
        ("points", Wanted::Equals, "120", true),
        ("points", Wanted::Equals, "12", false),
        ("vip", Wanted::Equals, "true", true),
        ("sizes", Wanted::Contains, "m", true),
        ("sizes", Wanted::Present, "", true),
        ("note", Wanted::Present, "", false),
        ("note", Wanted::Absent, "", true),
        ("nothing", Wanted::Absent, "", true),
        ("nothing", Wanted::Present, "", false),
        ("nothing", Wanted::Contains, "x", false),
    ] {
        let test = TraitTest::new(key, wanted, value).unwrap();
        assert_eq!(test.holds(&traits), expected, "{key} {wanted:?} {value}");
    }
}

#[test]
fn what_asks_nothing_is_no_question() {
    assert!(TraitTest::new("", Wanted::Present, "").is_none());
    assert!(TraitTest::new("shop", Wanted::Equals, " ").is_none());
    assert!(TraitTest::new("shop", Wanted::Contains, &"x".repeat(300)).is_none());
    for wanted in Wanted::ALL {
        assert_eq!(Wanted::from_word(wanted.word()), Some(wanted));
    }
}
