//! The columns that an order line can have, and the names that shops give them.
//!
//! **Invariant:** a header is recognised for at most one column, and each column in at most one
//! header.

use filo_core::identity::Kind;

/// What a column of the file means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(usize)]
pub enum Column {
    /// The order's or invoice's number: lines with the same one are one order.
    Order,
    /// When it was bought.
    At,
    /// The company's own id of the customer.
    Customer,
    /// E-mail address.
    Email,
    /// Telephone.
    Phone,
    /// Code of the product.
    Sku,
    /// Name of the product.
    Product,
    /// How many.
    Quantity,
    /// Price of one.
    Price,
    /// Amount of the whole line.
    LineTotal,
    /// Currency, three letters.
    Currency,
    /// Total of the order.
    Total,
    /// Total of the order before shipping and tax.
    Subtotal,
    /// Shipping of the order.
    Shipping,
    /// Tax of the order.
    Tax,
    /// Discount of the order.
    Discount,
    /// Coupon used.
    Coupon,
    /// State of the order, in the shop's words.
    Status,
    /// When it was cancelled.
    CancelledAt,
    /// What was given back.
    Refunded,
    /// Country of the customer.
    Country,
}

/// Every column, its word in `--map`, and headers as reduced by [`reduced`],
/// the likelier first.
const NAMES: &[(Column, &str, &str)] = &[
    (
        Column::Order,
        "order_id",
        "invoiceno invoice invoicenumber orderid orderno ordernumber order numeroordine \
         idordine ordine nordine fattura numerofattura numerodocumento scontrino \
         receiptnumber \
         idorder ordernumberformatted numordine",
    ),
    (
        Column::At,
        "at",
        "invoicedate orderdate createdat date datetime timestamp at purchasedat dataordine \
         datafattura data dataora datadocumento paidat \
         orderedat dateadd ordercreatedat dataacquisto dataemissione",
    ),
    (
        Column::Customer,
        "customer_id",
        "customerid customer customerno customernumber userid clientid idcliente \
         codicecliente cliente numerocliente codcliente \
         idcustomer",
    ),
    (
        Column::Email,
        "email",
        "email emailaddress mail customeremail billingemail indirizzoemail posta emailcliente \
         emailbilling emailfatturazione",
    ),
    (
        Column::Phone,
        "phone",
        "phone billingphone mobile telefono cellulare tel shippingphone \
         phonebilling phonemobile telefonofatturazione",
    ),
    (
        Column::Sku,
        "sku",
        "stockcode sku lineitemsku productid productcode itemid itemcode codice \
         codicearticolo codiceprodotto codarticolo idprodotto \
         productreference productsku itemsku riferimentoprodotto",
    ),
    (
        Column::Product,
        "product",
        "description lineitemname product productname item itemname article descrizione \
         prodotto nomeprodotto articolo \
         lineitem titolo",
    ),
    (
        Column::Quantity,
        "quantity",
        "quantity lineitemquantity qty quantita qta pezzi \
         productquantity quantityrefund itemquantity",
    ),
    (
        Column::Price,
        "price",
        "unitprice lineitemprice price itemprice prezzo prezzounitario \
         itemcost unitpricetaxincl unitcost prezzounita prezzounitarioivainclusa productprice",
    ),
    (
        Column::LineTotal,
        "line_total",
        "linetotal lineamount lineitemtotal totaleriga importoriga importo \
         orderlinetotal totalpricetaxincl itemtotal orderlinesubtotal totaleprodotto",
    ),
    (
        Column::Currency,
        "currency",
        "currency currencycode valuta divisa \
         ordercurrency isocurrency",
    ),
    (
        Column::Total,
        "total",
        "total ordertotal grandtotal totale totaleordine importototale \
         ordertotalamount totalpaid totalpaidtaxincl totalepagato totaledocumento",
    ),
    (
        Column::Subtotal,
        "subtotal",
        "subtotal subtotale imponibile totaleprodotti \
         ordersubtotal ordersubtotalamount totalproducts",
    ),
    (
        Column::Shipping,
        "shipping",
        "shipping shippingcost spedizione spesespedizione \
         shippingtotal ordershippingamount totalshipping costospedizione",
    ),
    (
        Column::Tax,
        "tax",
        "taxes tax vat iva imposte \
         taxtotal ordertotaltaxamount totaltax",
    ),
    (
        Column::Discount,
        "discount",
        "discountamount discount sconto \
         discounttotal cartdiscountamount totaldiscounts totalesconti",
    ),
    (
        Column::Coupon,
        "coupon",
        "discountcode coupon couponcode buono codicesconto \
         couponitems coupons",
    ),
    (
        Column::Status,
        "status",
        "financialstatus status orderstatus stato statoordine \
         state currentstate orderstate",
    ),
    (
        Column::CancelledAt,
        "cancelled_at",
        "cancelledat canceledat dataannullamento",
    ),
    (
        Column::Refunded,
        "refunded",
        "refundedamount refunded rimborsato rimborso \
         orderrefundamount refundtotal totalerimborsato",
    ),
    (
        Column::Country,
        "country",
        "country billingcountry paese nazione \
         countrycodebilling countrynamebilling shippingcountry",
    ),
];

/// The columns that say who bought.
const WHO: [(Column, Kind); 3] = [
    (Column::Customer, Kind::UserId),
    (Column::Email, Kind::Email),
    (Column::Phone, Kind::Phone),
];

/// The columns that hold numbers with decimals.
const NUMBERS: [Column; 9] = [
    Column::Quantity,
    Column::Price,
    Column::LineTotal,
    Column::Total,
    Column::Subtotal,
    Column::Shipping,
    Column::Tax,
    Column::Discount,
    Column::Refunded,
];

/// How many columns there are.
pub(super) const COLUMN_COUNT: usize = NAMES.len();

impl Column {
    /// All of them, in their order.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(column, _, _)| *column)
    }

    /// The word in plans and in the report.
    #[must_use]
    pub fn word(self) -> &'static str {
        NAMES[self as usize].1
    }

    /// What a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::all().find(|column| column.word() == word)
    }

    /// The kind of identifier, for the columns that say who bought.
    #[must_use]
    pub fn kind(self) -> Option<Kind> {
        let found = WHO.iter().find(|(column, _)| *column == self);
        found.map(|(_, kind)| *kind)
    }

    /// Whether it is a number with decimals.
    pub(super) fn is_number(self) -> bool {
        NUMBERS.contains(&self)
    }

    /// Whether it is a moment.
    pub(super) fn is_moment(self) -> bool {
        matches!(self, Self::At | Self::CancelledAt)
    }

    /// Which headers stand for which column: the first header of each column, in the order of
    /// its names, so that `Created at` wins over `Paid at`.
    pub(super) fn recognise(headers: &[String]) -> [Option<usize>; COLUMN_COUNT] {
        let headers: Vec<String> = headers.iter().map(|header| reduced(header)).collect();
        let mut found = [None; COLUMN_COUNT];
        for (column, _, names) in NAMES {
            found[*column as usize] = names
                .split(' ')
                .find_map(|name| headers.iter().position(|header| header == name));
        }
        found
    }
}

/// Letters and digits only, lower case, accents of Italian folded.
pub(super) fn reduced(header: &str) -> String {
    header
        .chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'à' | 'á' => 'a',
            'è' | 'é' => 'e',
            'ì' | 'í' => 'i',
            'ò' | 'ó' => 'o',
            'ù' | 'ú' => 'u',
            other => other,
        })
        .filter(char::is_ascii_alphanumeric)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_columns() {
        for (position, (column, _, names)) in NAMES.iter().enumerate() {
            assert_eq!(*column as usize, position);
            for name in names.split(' ') {
                assert_eq!(
                    reduced(name),
                    *name,
                    "names are written as they are compared"
                );
            }
        }
    }

    #[test]
    fn no_name_stands_for_two_columns() {
        let mut names: Vec<_> = NAMES
            .iter()
            .flat_map(|(_, _, names)| names.split(' '))
            .collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn headers_of_shops_are_recognised() {
        let headers = [
            "Numero ordine",
            "Data",
            "E-mail",
            "Quantità",
            "Prezzo unitario",
        ];
        let headers: Vec<String> = headers.map(str::to_owned).into();
        let found = Column::recognise(&headers);
        assert_eq!(found[Column::Order as usize], Some(0));
        assert_eq!(found[Column::At as usize], Some(1));
        assert_eq!(found[Column::Email as usize], Some(2));
        assert_eq!(found[Column::Quantity as usize], Some(3));
        assert_eq!(found[Column::Price as usize], Some(4));
        assert_eq!(found[Column::Sku as usize], None);
    }
}
