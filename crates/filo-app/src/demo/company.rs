//! The invented company: a coffee roaster with a web shop, an app, three bars and customers who
//! buy for their own bars.
//!
//! **Invariant:** prices are whole cents; the order of the sources never changes, because their
//! numbers stand in events.

use super::body::Body;
use super::draw::Draw;
use crate::key::KeyKind;

/// What the company calls itself.
pub(super) const COMPANY: &str = "Torrefazione Aurora (dati inventati)";

/// Where the demo's events come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Web,
    App,
    Orders,
    BarDuomo,
    BarNavigli,
    BarStazione,
    Letters,
    Calls,
    Agents,
    Social,
    Fair,
    NewSystem,
    OldSystem,
}

impl Source {
    pub(super) const ALL: [Self; 13] = [
        Self::Web,
        Self::App,
        Self::Orders,
        Self::BarDuomo,
        Self::BarNavigli,
        Self::BarStazione,
        Self::Letters,
        Self::Calls,
        Self::Agents,
        Self::Social,
        Self::Fair,
        Self::NewSystem,
        Self::OldSystem,
    ];

    /// The name in the console.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Web => "Negozio online",
            Self::App => "App Aurora",
            Self::Orders => "Ordini del negozio online",
            Self::BarDuomo => "Cassa Bar Duomo",
            Self::BarNavigli => "Cassa Bar Navigli",
            Self::BarStazione => "Cassa Bar Stazione",
            Self::Letters => "Newsletter",
            Self::Calls => "Centralino",
            Self::Agents => "Agenti",
            Self::Social => "Messaggi social",
            Self::Fair => "Stand in fiera",
            Self::NewSystem => "Nuovo gestionale (in prova)",
            Self::OldSystem => "Archivio del vecchio gestionale",
        }
    }

    /// What its key proves: site and app are in everybody's hands, the rest is the company's.
    pub(super) const fn key_kind(self) -> KeyKind {
        match self {
            Self::Web | Self::App => KeyKind::Public,
            Self::Orders
            | Self::BarDuomo
            | Self::BarNavigli
            | Self::BarStazione
            | Self::Letters
            | Self::Calls
            | Self::Agents
            | Self::Social
            | Self::Fair
            | Self::NewSystem
            | Self::OldSystem => KeyKind::Secret,
        }
    }
}

/// The three tills.
pub(super) const BARS: [Source; 3] = [Source::BarDuomo, Source::BarNavigli, Source::BarStazione];

/// Something that is sold.
pub(super) struct Product {
    pub(super) sku: &'static str,
    pub(super) name: &'static str,
    pub(super) category: &'static str,
    pub(super) cents: u32,
}

const fn product(
    sku: &'static str,
    name: &'static str,
    category: &'static str,
    cents: u32,
) -> Product {
    Product {
        sku,
        name,
        category,
        cents,
    }
}

/// What the web shop sells, what sells best first.
pub(super) const CATALOGUE: [Product; 18] = [
    product("CAF-AURORA-250", "Miscela Aurora, 250 g", "Caffè", 890),
    product("CAP-AURORA-50", "Capsule Aurora, 50 pezzi", "Capsule", 1690),
    product("CAF-AURORA-1000", "Miscela Aurora, 1 kg", "Caffè", 2950),
    product("CAF-NOTTE-250", "Miscela Notte, 250 g", "Caffè", 950),
    product(
        "CAP-DECA-50",
        "Capsule Decaffeinato, 50 pezzi",
        "Capsule",
        1790,
    ),
    product(
        "CAF-DECA-250",
        "Decaffeinato ad acqua, 250 g",
        "Caffè",
        1050,
    ),
    product("CAF-ETIOPIA-250", "Etiopia Sidamo, 250 g", "Caffè", 1290),
    product("CAF-BRASILE-250", "Brasile Santos, 250 g", "Caffè", 1090),
    product("CIA-ORZO-100", "Orzo in cialde, 100 pezzi", "Cialde", 1990),
    product("TAZ-AURORA-2", "Due tazzine Aurora", "Accessori", 1800),
    product("MOKA-3", "Moka da tre", "Accessori", 2900),
    product("DOLCI-BACI", "Baci di dama, 200 g", "Dolci", 850),
    product("DOLCI-CIOCC", "Cioccolatini al caffè", "Dolci", 990),
    product(
        "ABB-MESE",
        "Abbonamento: due miscele al mese",
        "Abbonamenti",
        1900,
    ),
    product(
        "CORSO-BARISTA",
        "Corso di caffetteria, mezza giornata",
        "Corsi",
        7900,
    ),
    product("CORSO-LATTE", "Corso di latte art", "Corsi", 6500),
    product("MAC-ALBA", "Macchina Alba, a capsule", "Macchine", 9900),
    product("MAC-BRINA", "Macchina Brina, espresso", "Macchine", 34900),
];

/// What is sold for Christmas.
pub(super) const GIFTS: [Product; 3] = [
    product("NAT-PICCOLA", "Cesto di Natale piccolo", "Regali", 2900),
    product("NAT-GRANDE", "Cesto di Natale grande", "Regali", 5900),
    product(
        "NAT-MOKA",
        "Cofanetto con moka e due miscele",
        "Regali",
        4500,
    ),
];

/// What goes over the counter.
pub(super) const COUNTER: [Product; 8] = [
    product("BAR-ESPRESSO", "Espresso", "Bar", 130),
    product("BAR-CAPPUCCINO", "Cappuccino", "Bar", 170),
    product("BAR-CORNETTO", "Cornetto", "Bar", 150),
    product("BAR-MACCHIATO", "Macchiato", "Bar", 140),
    product("BAR-SPREMUTA", "Spremuta", "Bar", 350),
    product("BAR-GINSENG", "Ginseng", "Bar", 160),
    product("BAR-PANINO", "Panino", "Bar", 550),
    product("BAR-TORTA", "Fetta di torta", "Bar", 400),
];

/// What other bars and restaurants buy.
pub(super) const WHOLESALE: [Product; 4] = [
    product(
        "HO-BAR-6",
        "Miscela Bar, cartone da 6 kg",
        "Ingrosso",
        10_800,
    ),
    product(
        "HO-ORO-6",
        "Miscela Oro, cartone da 6 kg",
        "Ingrosso",
        13_200,
    ),
    product("HO-DECA-2", "Decaffeinato, 2 kg", "Ingrosso", 4_400),
    product(
        "HO-ZUCCHERO",
        "Zucchero in bustine, 10 kg",
        "Ingrosso",
        2_900,
    ),
];

/// What is bought together.
pub(super) struct Basket {
    lines: Vec<(&'static Product, u32)>,
}

impl Basket {
    pub(super) const fn of(lines: Vec<(&'static Product, u32)>) -> Self {
        Self { lines }
    }

    /// What somebody takes in the web shop.
    pub(super) fn online(draw: &mut Draw, is_christmas: bool) -> Self {
        let mut lines = vec![(draw.pick_early(&CATALOGUE), draw.between(1, 2))];
        if is_christmas && draw.happens(550) {
            lines.push((draw.pick(&GIFTS), draw.between(1, 3)));
        }
        if draw.happens(350) {
            lines.push((draw.pick_early(&CATALOGUE), 1));
        }
        Self { lines }
    }

    /// What somebody has at the counter.
    pub(super) fn at_the_counter(draw: &mut Draw) -> Self {
        let mut lines = vec![(draw.pick_early(&COUNTER), 1)];
        if draw.happens(400) {
            lines.push((&COUNTER[2], 1));
        }
        Self { lines }
    }

    /// What a bar orders: between 200 and 2,000 euros.
    pub(super) fn wholesale(draw: &mut Draw, size: u32) -> Self {
        let cartons = draw.between(2, 3 + size);
        let mut lines = vec![(&WHOLESALE[0], cartons)];
        if draw.happens(400) {
            lines.push((&WHOLESALE[1], draw.between(1, 3)));
        }
        if draw.happens(500) {
            lines.push((&WHOLESALE[3], draw.between(1, 2)));
        }
        Self { lines }
    }

    /// The first thing in it.
    pub(super) fn first(&self) -> &'static Product {
        self.lines
            .first()
            .map_or(&CATALOGUE[0], |(product, _)| product)
    }

    pub(super) fn cents(&self) -> u32 {
        self.lines
            .iter()
            .map(|(product, quantity)| product.cents * quantity)
            .sum()
    }

    /// Its lines as shops send them.
    pub(super) fn products(&self) -> Vec<Body> {
        self.lines
            .iter()
            .map(|(product, quantity)| {
                Body::new()
                    .text("sku", product.sku)
                    .text("name", product.name)
                    .money("price", product.cents)
                    .number("quantity", *quantity)
            })
            .collect()
    }

    /// The order as shops send it.
    pub(super) fn order(&self, id: &str, shipping_cents: u32) -> Body {
        let revenue = self.cents();
        let mut order = Body::new().text("order_id", id).money("revenue", revenue);
        if shipping_cents > 0 {
            order = order.money("shipping", shipping_cents);
        }
        order
            .money("total", revenue + shipping_cents)
            .text("currency", "EUR")
            .list("products", self.products())
    }
}
