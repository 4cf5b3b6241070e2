//! The one list of variables that texts may use.

/// A variable of texts.
#[derive(Debug, Clone, Copy)]
pub struct Variable {
    /// How it is written; with `…` for a key of one's own.
    pub path: &'static str,
    /// Whether there are people without it.
    pub may_miss: bool,
    /// What it says, for example.
    pub sample: [&'static str; 2],
}

const fn variable(path: &'static str, may_miss: bool, sample: [&'static str; 2]) -> Variable {
    Variable {
        path,
        may_miss,
        sample,
    }
}

/// All of them, in the order in which they are shown; what each is, is in the catalogues.
pub const VARIABLES: &[Variable] = &[
    variable("first_name", true, ["Giulia", "Giulia"]),
    variable("last_name", true, ["Rossi", "Rossi"]),
    variable("name", true, ["Giulia Rossi", "Giulia Rossi"]),
    variable(
        "company",
        false,
        ["Torrefazione Adria", "Torrefazione Adria"],
    ),
    variable("today", false, ["3 ottobre 2026", "3 October 2026"]),
    variable("orders.count", false, ["7", "7"]),
    variable("orders.spent", false, ["184,50 €", "€184.50"]),
    variable("orders.average", false, ["26,36 €", "€26.36"]),
    variable("orders.first_day", true, ["12 marzo 2026", "12 March 2026"]),
    variable(
        "orders.last_day",
        true,
        ["20 settembre 2026", "20 September 2026"],
    ),
    variable("traits.…", true, ["Trieste", "Trieste"]),
    variable("computed.…", true, ["4", "4"]),
    variable("event.…", true, ["caffè d’Etiopia", "Ethiopian coffee"]),
    variable(
        "promotion.name",
        false,
        ["Festa dei dieci anni", "Ten years"],
    ),
    variable(
        "promotion.terms",
        false,
        ["due caffè al prezzo di uno", "two coffees for one"],
    ),
    variable("promotion.code", true, ["DIECI", "TEN"]),
    variable(
        "promotion.until",
        true,
        ["31 ottobre 2026", "31 October 2026"],
    ),
    variable(
        "promotion.shops",
        true,
        ["via Roma, Porta Nuova", "Via Roma, Porta Nuova"],
    ),
    variable("links.…", true, ["https://…", "https://…"]),
    variable("variations.…", false, ["Ciao", "Hello"]),
];

/// The variables that only the line why has.
const OF_REASON: [&str; 3] = ["reason.day", "reason.what", "reason.who"];
/// Groups of which the keys are the company's own.
const OPEN: [&str; 4] = ["traits", "computed", "event", "links"];

/// Whether a text may name this variable.
pub(super) fn is_known(path: &str, of_why: bool) -> bool {
    let head = path.split('.').next().unwrap_or_default();
    if OPEN.contains(&head) || head == "variations" || head == "loop" {
        return true;
    }
    let listed = VARIABLES.iter().any(|it| it.path == path);
    listed || matches!(path, "orders" | "promotion") || (of_why && is_of_reason(path))
}

fn is_of_reason(path: &str) -> bool {
    path == "reason" || OF_REASON.contains(&path)
}

/// Whether there are people without it.
pub(super) fn may_miss(path: &str) -> bool {
    let head = path.split('.').next().unwrap_or_default();
    OPEN.contains(&head) || VARIABLES.iter().any(|it| it.path == path && it.may_miss)
}

/// The variable that was probably meant.
pub(super) fn nearest(path: &str) -> Option<String> {
    let head = path.split('.').next().unwrap_or_default();
    let paths = VARIABLES.iter().map(|it| it.path.trim_end_matches(".…"));
    let near = paths
        .map(|known| {
            (
                strsim::damerau_levenshtein(path, known)
                    .min(strsim::damerau_levenshtein(head, known)),
                known,
            )
        })
        .min()?;
    // Half of it mistyped is another word.
    (near.0 <= 1 + path.len() / 4).then(|| near.1.to_owned())
}
