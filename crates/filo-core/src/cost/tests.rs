//! What messages cost.

use proptest::prelude::*;

use super::*;
use crate::content::Category;
use crate::impact::Between;
use crate::journey::AskKind;
use crate::message::{Class, Medium};
use crate::money::{Cents, Currency};

fn list(prices: &[(Item, &str)]) -> PriceList {
    let prices = prices.iter();
    PriceList {
        currency: Currency::EUR,
        prices: prices
            .map(|(item, price)| (*item, Micros::parse(price).unwrap()))
            .collect(),
    }
}

#[test]
fn prices_are_read_as_carriers_write_them_and_never_rounded() {
    for (text, micros) in [
        ("0.0385", Some(38_500)),
        ("0,0385", Some(38_500)),
        (" 12 ", Some(12_000_000)),
        ("0", Some(0)),
        ("1.", Some(1_000_000)),
        ("0.000001", Some(1)),
        ("0.0000001", None),
        (".5", None),
        ("-1", None),
        ("1.000,50", None),
        ("", None),
        ("€ 1", None),
        ("1234567890", None),
    ] {
        assert_eq!(Micros::parse(text).map(|it| it.0), micros, "{text}");
    }
    assert_eq!(Micros(38_500).to_string(), "0.0385");
    assert_eq!(Micros(12_000_000).to_string(), "12");
}

#[test]
fn a_price_beyond_reason_is_refused_and_says_which() {
    let most = list(&[(Item::Card, "1000")]);
    assert!(most.checked().is_ok());
    let fault = list(&[(Item::Email, "1"), (Item::Card, "1000.01")]).checked();
    assert_eq!(fault.unwrap_err().to_string(), "card: from 0 to 1000");
}

#[test]
fn what_has_no_price_is_counted_apart_and_never_as_nothing() {
    let prices = list(&[(Item::SmsPart, "0.0385"), (Item::Push, "0")]);
    let mut usage = Usage::of(Item::SmsPart, 1_000);
    usage.note(Item::Push, 7);
    assert!(!prices.cost(&usage).is_partial());
    usage.note(Item::Card, 3);
    let cost = prices.cost(&usage);
    assert!(cost.is_partial());
    assert_eq!(cost.lines[&Item::Card].unpriced, 3);
    assert_eq!(cost.lines[&Item::Card].amounts.len(), 0);
    // 1,000 × 0.0385 € are 38.50 €.
    assert_eq!(
        cost.total()[&Currency::EUR].to_cents(Currency::EUR),
        Cents(3_850)
    );
    assert_eq!(PriceList::default().cost(&usage).total().len(), 0);
}

#[test]
fn what_was_paid_at_two_prices_keeps_both() {
    let mut cost = Cost::default();
    let dollar = Currency::parse("USD").unwrap();
    cost.note(Item::Email, 10, Some((Currency::EUR, Micros(1_000))));
    cost.note(Item::Email, 10, Some((Currency::EUR, Micros(2_000))));
    cost.note(Item::Email, 1, Some((dollar, Micros(5_000))));
    let line = &cost.lines[&Item::Email];
    assert_eq!(line.units, 21);
    assert_eq!(line.amounts[&Currency::EUR], Micros(30_000));
    assert_eq!(line.amounts[&dollar], Micros(5_000));
}

#[test]
fn what_is_paid_follows_channel_text_and_category() {
    let of =
        |medium, text: &str, template| Item::of_message((medium, Class::Marketing), text, template);
    assert_eq!(of(Medium::Sms, "Ciao", None), Some((Item::SmsPart, 1)));
    // 3GPP TS 23.038: beyond 160 letters parts have 153; one that is foreign to the alphabet of
    // seven bits makes them 67.
    let long = "a".repeat(161);
    assert_eq!(of(Medium::Sms, &long, None), Some((Item::SmsPart, 2)));
    let foreign = format!("{}ş", "a".repeat(160));
    assert_eq!(of(Medium::Sms, &foreign, None), Some((Item::SmsPart, 3)));
    assert_eq!(of(Medium::Email, &long, None), Some((Item::Email, 1)));
    assert_eq!(
        of(Medium::Whatsapp, "", Some(Some(Category::Utility))),
        Some((Item::WhatsappUtility, 1))
    );
    assert_eq!(
        of(Medium::Whatsapp, "", Some(None)),
        Some((Item::WhatsappMarketing, 1))
    );
    assert_eq!(
        of(Medium::Whatsapp, "", None),
        Some((Item::WhatsappWords, 1))
    );
    assert_eq!(of(Medium::Counter, "", None), None);
    assert_eq!(Item::of_task(AskKind::Card), Item::Card);
    for item in Item::ALL {
        assert_eq!(Item::from_word(item.word()), Some(item));
        let document = serde_json::to_string(&item).unwrap();
        assert_eq!(document, format!("\"{}\"", item.word()));
    }
}

#[test]
fn a_goal_more_has_a_cost_only_where_the_effect_is_sure() {
    let spent = Micros(100_000_000);
    let people = |value, low, high| Between { value, low, high };
    assert_eq!(PerGoal::of(spent, 0), None);
    let few = PerGoal::of(spent, 8).unwrap();
    assert_eq!((few.each, few.is_few()), (Micros(12_500_000), true));
    assert!(!PerGoal::of(spent, 10).unwrap().is_few());
    let sure = PerMore::of(spent, people(20.0, 10.0, 40.0));
    assert_eq!(
        sure,
        PerMore::Between {
            each: Micros(5_000_000),
            least: Micros(2_500_000),
            most: Micros(10_000_000),
        }
    );
    let unsure = PerMore::of(spent, people(20.0, -5.0, 40.0));
    assert_eq!(unsure, PerMore::AtLeast(Micros(2_500_000)));
    let worse = PerMore::of(spent, people(-9.0, -20.0, -1.0));
    assert_eq!(worse, PerMore::NoneMore);
}

proptest! {
    #[test]
    fn a_price_that_is_written_is_read_back(micros in 0i64..=PRICE_MOST.0) {
        let price = Micros(micros);
        prop_assert_eq!(Micros::parse(&price.to_string()), Some(price));
    }

    #[test]
    fn the_cost_of_parts_is_a_part_of_the_cost(
        counts in prop::collection::vec((0usize..Item::ALL.len(), 0u64..1_000_000), 0..12),
        price in 0i64..1_000_000,
    ) {
        let prices = PriceList {
            currency: Currency::EUR,
            prices: [(Item::Email, Micros(price)), (Item::SmsPart, Micros(38_500))].into(),
        };
        let (mut usage, mut sum) = (Usage::default(), Micros::ZERO);
        for (place, units) in counts {
            let one = Usage::of(Item::ALL[place], units);
            sum = sum.plus(prices.cost(&one).total().into_values().sum());
            usage.add(&one);
        }
        let total: Micros = prices.cost(&usage).total().into_values().sum();
        prop_assert_eq!(total, sum);
    }
}
