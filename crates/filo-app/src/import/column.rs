//! The columns that an order line can have, and the names that shops give them.
//!
//! **Invariant:** a header is recognised for at most one column, and what the caller mapped by
//! hand always wins over what was recognised.

use std::str::FromStr;

/// What a column of the file means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
         receiptnumber",
    ),
    (
        Column::At,
        "at",
        "invoicedate orderdate createdat date datetime timestamp at purchasedat dataordine \
         datafattura data dataora datadocumento paidat",
    ),
    (
        Column::Customer,
        "customer_id",
        "customerid customer customerno customernumber userid clientid idcliente \
         codicecliente cliente numerocliente codcliente",
    ),
    (
        Column::Email,
        "email",
        "email emailaddress mail customeremail billingemail indirizzoemail posta emailcliente",
    ),
    (
        Column::Phone,
        "phone",
        "phone billingphone mobile telefono cellulare tel shippingphone",
    ),
    (
        Column::Sku,
        "sku",
        "stockcode sku lineitemsku productid productcode itemid itemcode codice \
         codicearticolo codiceprodotto codarticolo idprodotto",
    ),
    (
        Column::Product,
        "product",
        "description lineitemname product productname item itemname article descrizione \
         prodotto nomeprodotto articolo",
    ),
    (
        Column::Quantity,
        "quantity",
        "quantity lineitemquantity qty quantita qta pezzi",
    ),
    (
        Column::Price,
        "price",
        "unitprice lineitemprice price itemprice prezzo prezzounitario",
    ),
    (
        Column::LineTotal,
        "line_total",
        "linetotal lineamount lineitemtotal totaleriga importoriga importo",
    ),
    (
        Column::Currency,
        "currency",
        "currency currencycode valuta divisa",
    ),
    (
        Column::Total,
        "total",
        "total ordertotal grandtotal totale totaleordine importototale",
    ),
    (
        Column::Subtotal,
        "subtotal",
        "subtotal subtotale imponibile totaleprodotti",
    ),
    (
        Column::Shipping,
        "shipping",
        "shipping shippingcost spedizione spesespedizione",
    ),
    (Column::Tax, "tax", "taxes tax vat iva imposte"),
    (
        Column::Discount,
        "discount",
        "discountamount discount sconto",
    ),
    (
        Column::Coupon,
        "coupon",
        "discountcode coupon couponcode buono codicesconto",
    ),
    (
        Column::Status,
        "status",
        "financialstatus status orderstatus stato statoordine",
    ),
    (
        Column::CancelledAt,
        "cancelled_at",
        "cancelledat canceledat dataannullamento",
    ),
    (
        Column::Refunded,
        "refunded",
        "refundedamount refunded rimborsato rimborso",
    ),
    (
        Column::Country,
        "country",
        "country billingcountry paese nazione",
    ),
];

/// How many columns there are.
pub(super) const COLUMN_COUNT: usize = NAMES.len();

impl Column {
    /// The word in `--map` and in the report.
    #[must_use]
    pub fn word(self) -> &'static str {
        NAMES[self as usize].1
    }

    /// The column at a position of the table.
    pub(super) fn at_position(position: usize) -> Option<Self> {
        NAMES.get(position).map(|(column, _, _)| *column)
    }

    /// Every word, for a message.
    pub(super) fn words() -> String {
        NAMES
            .iter()
            .map(|(_, word, _)| *word)
            .collect::<Vec<_>>()
            .join(", ")
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

/// Which header is which column, given by hand: `order_id=InvoiceNo,price=UnitPrice`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrderMapping(pub Vec<(Column, String)>);

impl FromStr for OrderMapping {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut pairs = Vec::new();
        for pair in text.split(',').filter(|pair| !pair.trim().is_empty()) {
            let (word, header) = pair.split_once('=').ok_or_else(|| {
                format!("`{pair}`: write column=Header, as in order_id=InvoiceNo")
            })?;
            let column = NAMES
                .iter()
                .find(|(_, name, _)| *name == word.trim())
                .map(|(column, _, _)| *column)
                .ok_or_else(|| {
                    format!(
                        "`{}` is not a column; there are {}",
                        word.trim(),
                        Column::words()
                    )
                })?;
            pairs.push((column, header.trim().to_owned()));
        }
        Ok(Self(pairs))
    }
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

    #[test]
    fn a_mapping_by_hand_is_read_or_says_what_is_wrong() {
        let mapping: OrderMapping = "order_id=Doc, price=P.U.".parse().expect("a mapping");
        assert_eq!(
            mapping.0,
            vec![
                (Column::Order, "Doc".to_owned()),
                (Column::Price, "P.U.".to_owned())
            ]
        );
        assert!(
            "order=Doc"
                .parse::<OrderMapping>()
                .expect_err("no such")
                .contains("order_id")
        );
        assert!("Doc".parse::<OrderMapping>().is_err());
    }
}
