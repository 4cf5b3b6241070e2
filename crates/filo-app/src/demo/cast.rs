//! The people of the demo whose page is worth reading, by the name under which they are found.
//!
//! **Invariant:** each of them is described in `docs/book/en/demo.md`, and a test finds each.

use super::names::plain;
use super::person::{card, phone};

/// Numbers of told people begin here, far from those that are drawn.
const FIRST_NUMBER: u32 = 900_000;

/// Somebody whose story is told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    place: u32,
    pub(super) first: &'static str,
    pub(super) last: &'static str,
}

const fn told(place: u32, first: &'static str, last: &'static str) -> Told {
    Told { place, first, last }
}

pub(super) const GIULIA: Told = told(1, "Giulia", "Ferrarini");
pub(super) const MARIO_FATHER: Told = told(2, "Mario", "Espositi");
pub(super) const MARIO_SON: Told = told(3, "Mario", "Espositi");
pub(super) const ANNA_OF_MILAN: Told = told(4, "Anna", "Russolini");
pub(super) const ANNA_OF_NAPLES: Told = told(5, "Anna", "Russolini");
pub(super) const PAOLA: Told = told(6, "Paola", "Galletti");
pub(super) const STEFANO: Told = told(7, "Stefano", "Galletti");
pub(super) const IRENE: Told = told(8, "Irene", "Galletti");
pub(super) const MARTA: Told = told(9, "Marta", "Coppolani");
pub(super) const LUCA: Told = told(10, "Luca", "Marinelli");
pub(super) const SARA: Told = told(11, "Sara", "Marinelli");
pub(super) const CHIARA: Told = told(12, "Chiara", "Lombardini");
pub(super) const ELENA: Told = told(13, "Elena", "Lombardini");
pub(super) const FRANCESCO: Told = told(14, "Francesco", "Grecchi");
pub(super) const TERESA: Told = told(15, "Teresa", "Barberis");
pub(super) const DAVIDE: Told = told(16, "Davide", "Fontanini");
pub(super) const NINO: Told = told(17, "Nino", "Carusetti");
pub(super) const BEATRICE: Told = told(18, "Beatrice", "Delucchi");
pub(super) const ROSA: Told = told(19, "Rosa", "Villani");
/// The reception whose telephone was written down for everybody; its colleagues follow it.
pub(super) const RECEPTION: Told = told(100, "Reception", "Navigli");

/// The names under which the stories are found, as the pages about the demo list them.
pub const NAMED: [&str; 15] = [
    "Giulia Ferrarini",
    "Mario Espositi",
    "Anna Russolini",
    "Paola Galletti",
    "Marta Coppolani",
    "Luca Marinelli",
    "Chiara Lombardini",
    "Elena Lombardini",
    "Francesco Grecchi",
    "Teresa Barberis",
    "Davide Fontanini",
    "Nino Carusetti",
    "Beatrice Delucchi",
    "Rosa Villani",
    "Stefano Galletti",
];

impl Told {
    pub(super) const fn number(self) -> u32 {
        FIRST_NUMBER + self.place
    }

    pub(super) fn email(self) -> String {
        let (first, last) = (plain(self.first), plain(self.last));
        // Of two with one name the second found the address taken.
        let again = match self.place {
            3 | 5 => "2",
            _ => "",
        };
        format!("{first}.{last}{again}@posta.example")
    }

    pub(super) fn phone(self) -> String {
        phone(self.number())
    }

    pub(super) fn card(self) -> String {
        card(self.number())
    }

    pub(super) fn user_id(self) -> String {
        format!("cl-{}", self.number())
    }

    pub(super) fn device(self) -> String {
        format!("dispositivo-{}", self.number())
    }
}
