//! How an address is shown to whoever holds a link.

use super::masked;

#[test]
fn little_is_left_of_an_address() {
    assert_eq!(masked("anna@example.it"), "a•••@e•••.it");
    assert_eq!(masked("+393331234567"), "•••67");
    assert_eq!(masked(""), "•••");
}
