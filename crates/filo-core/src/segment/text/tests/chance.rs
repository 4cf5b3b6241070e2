//! What was printed is read back, and no text is too much for the reader.

use compact_str::CompactString;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::event::{Channel, EventKind};
use crate::segment::text::{parse, print};
use crate::segment::{
    Answer, Comparison, Condition, ConsentCondition, Figure, Filter, Happened, HappenedTest, Hours,
    Number, Pattern, SHARES, Sequence, Share, Signal, Span, TraitCondition, TraitTest, Unit,
    ValueTest, Window, check,
};

/// Names that are words of the language, and names of any characters.
fn name() -> impl Strategy<Value = CompactString> {
    let words = [
        "is",
        "contains",
        "and",
        "or",
        "not",
        "in",
        "last",
        "where",
        "with",
        "then",
        "trait",
        "event",
        "any",
        "all",
        "on",
        "monday",
        "segment",
        "(",
        "a\"b\\c",
        "due\nrighe",
        "caffè",
        "90",
        "“x”",
    ];
    prop_oneof![
        2 => select(words.to_vec()).prop_map(CompactString::from),
        1 => any::<String>().prop_map(|text| CompactString::from(text.trim())),
    ]
}

fn filled() -> impl Strategy<Value = CompactString> {
    name().prop_filter("something is in it", |name| !name.is_empty())
}

fn number() -> impl Strategy<Value = Number> {
    let near = (-1_000_000_000i64..1_000_000_000, 0u32..7);
    near.prop_map(|(count, digits)| Number::minor(count, digits))
}

fn value_test() -> impl Strategy<Value = ValueTest> {
    prop_oneof![
        vec(filled(), 1..4).prop_map(ValueTest::Is),
        vec(filled(), 1..4).prop_map(ValueTest::IsNot),
        filled().prop_map(ValueTest::Contains),
        Just(ValueTest::Set),
        Just(ValueTest::Empty),
        number().prop_map(|it| ValueTest::Number(Comparison::Equals(it))),
        number().prop_map(|it| ValueTest::Number(Comparison::Differs(it))),
        (number(), number()).prop_map(|(one, other)| {
            ValueTest::Number(Comparison::Between(one.min(other), one.max(other)))
        }),
    ]
}

fn signal() -> impl Strategy<Value = Signal> {
    let field = || {
        let path = prop_oneof![
            filled(),
            select(["channel", "context.a.*", "a.*.b"].to_vec()).prop_map(CompactString::from)
        ];
        path.prop_filter_map("a path", |path| path.parse().ok())
    };
    let filter = (field(), value_test()).prop_map(|(field, test)| Filter { field, test });
    let kind = select(EventKind::ALL.to_vec());
    (kind, name(), vec(filter, 0..4), option::of(field())).prop_map(
        |(kind, name, filters, field)| {
            Signal::new(
                Pattern {
                    kind,
                    name,
                    filters,
                },
                field,
            )
        },
    )
}

fn span() -> impl Strategy<Value = Span> {
    (1u32..1000, select(Unit::ALL.to_vec()))
        .prop_filter_map("not too long", |(amount, unit)| Span::new(amount, unit))
}

/// The signal, with a value where the test looks at one.
fn with_field(signal: &Signal, test: &HappenedTest) -> Signal {
    let needs_one = match test {
        HappenedTest::Figure { figure, .. } => *figure != Figure::Count,
        HappenedTest::LastIs(_) => true,
        HappenedTest::First(_) | HappenedTest::Last(_) => false,
    };
    let field = signal.field().cloned();
    let field = field.or_else(|| needs_one.then(|| "revenue".parse().unwrap()));
    Signal::new(signal.pattern().clone(), field)
}

fn leaf() -> impl Strategy<Value = Condition> {
    let hours =
        (1u8..128, 0u16..1440, 1u16..=1440).prop_map(|(days, from, to)| Hours { days, from, to });
    let test = prop_oneof![
        (select(Figure::ALL.to_vec()), 0i64..4).prop_map(|(figure, count)| HappenedTest::Figure {
            figure,
            is: Comparison::AtLeast(Number::whole(count)),
            during: Window::Ever,
        }),
        span().prop_map(|it| HappenedTest::Last(Window::Before(it))),
        value_test().prop_map(HappenedTest::LastIs),
    ];
    prop_oneof![
        3 => (signal(), option::of(hours), test).prop_map(|(signal, hours, test)| {
            let signal = with_field(&signal, &test);
            Condition::Happened(Happened { signal, hours, test })
        }),
        1 => (signal(), signal(), span(), option::of(signal())).prop_map(
            |(first, then, within, without)| Condition::Sequence(Sequence {
                first,
                during: Window::Ever,
                then,
                within,
                without,
            }),
        ),
        2 => (filled(), value_test()).prop_map(|(key, test)| {
            Condition::Trait(TraitCondition { key, test: TraitTest::Value(test) })
        }),
        1 => (0u16..3, 0u16..366).prop_map(|(before, after)| Condition::Trait(TraitCondition {
            key: "birthday".into(),
            test: TraitTest::Anniversary { before, after },
        })),
        1 => (filled(), option::of(select(Channel::ALL.to_vec())), select(Answer::ALL.to_vec()))
            .prop_map(|(purpose, channel, answer)| {
                Condition::Consent(ConsentCondition { purpose, channel, answer })
            }),
        1 => (filled(), 0..SHARES, 0..=SHARES).prop_map(|(draw, from, to)| {
            Condition::Share(Share { draw, from, to })
        }),
    ]
}

fn tree() -> impl Strategy<Value = Condition> {
    leaf().prop_recursive(4, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Condition::All),
            vec(inner.clone(), 0..4).prop_map(Condition::Any),
            inner.prop_map(|child| Condition::Not(Box::new(child))),
        ]
    })
}

fn comes_back(condition: &Condition) -> Result<(), TestCaseError> {
    let text = print(condition);
    match parse(&text) {
        Ok(read) => prop_assert_eq!(&read, condition, "{}", text),
        Err(fault) => prop_assert!(false, "{text}\n{fault}"),
    }
    Ok(())
}

/// A text that is nearly one: the words of the language in any order.
fn nearly() -> impl Strategy<Value = String> {
    let words = [
        "\"A\"",
        "and",
        "or",
        "not",
        "(",
        ")",
        ",",
        "all",
        "any",
        "of",
        "event",
        "page",
        "where",
        "is",
        "contains",
        "set",
        "\"x\"",
        "5",
        "-1.5",
        "at",
        "least",
        "times",
        "in",
        "last",
        "next",
        "90",
        "days",
        "from",
        "to",
        "2026-01-31",
        "18:00",
        "on",
        "monday",
        "with",
        "total",
        "for",
        "the",
        "first",
        "time",
        "then",
        "within",
        "without",
        "keeping",
        "trait",
        "city",
        "has",
        "anniversary",
        "consent",
        "marketing",
        "email",
        "yes",
        "order",
        "count",
        "met",
        "channel",
        "segment",
        "seg_00000000000000000000000007",
        "list",
        "lst_00000000000000000000000007",
        "persona",
        "prs_00000000000000000000000007",
        "share",
        "10%",
        "everybody",
        "\"",
        "\\",
        "€",
    ];
    vec(select(words.to_vec()), 0..24).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_was_printed_is_read_back(condition in crate::segment::tests::chance::condition()) {
        comes_back(&condition)?;
    }

    #[test]
    fn so_is_what_holds_any_character(condition in tree()) {
        comes_back(&condition)?;
    }

    #[test]
    fn no_text_is_too_much(text in any::<String>()) {
        if let Err(fault) = parse(&text) {
            prop_assert!(text.is_char_boundary(fault.at));
        }
    }

    #[test]
    fn whatever_is_read_is_printed_and_read_again(text in nearly()) {
        match parse(&text) {
            Ok(condition) => comes_back(&condition)?,
            Err(fault) => {
                prop_assert!(text.is_char_boundary(fault.at));
                let lines = text.lines().count().max(1);
                prop_assert!((1..=lines).contains(&fault.line), "{fault}");
            }
        }
    }
}

/// The bound on nesting is never in the way of what is stored.
#[test]
fn the_deepest_tree_that_is_stored_is_read_back() {
    let leaf = || parse("\"A\" where a is \"b\"").unwrap();
    let other = || parse("\"B\" then \"C\" within 1 day").unwrap();
    for wrap in [Condition::All, Condition::Any] as [fn(Vec<Condition>) -> Condition; 2] {
        let mut tree = leaf();
        for depth in 1..8 {
            tree = match depth % 3 {
                0 => wrap(vec![tree]),
                1 => wrap(vec![leaf(), tree, other()]),
                _ => Condition::Not(Box::new(tree)),
            };
        }
        assert_eq!(check(&tree), Ok(()));
        assert_eq!(parse(&print(&tree)).as_ref(), Ok(&tree), "{}", print(&tree));
    }
}
