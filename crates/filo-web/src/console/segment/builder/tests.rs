//! The form against conditions: what survives it, and that every word it says is in the catalogues.

use std::collections::BTreeMap;

use filo_app::segment::{Hints, SegmentNames};
use filo_core::consent::purpose::Purposes;
use filo_core::money::Currency;
use filo_core::segment::text::parse;
use filo_core::segment::{Cause, Condition, Definition};

use super::counting::Counted;
use super::draft::Draft;
use super::form::{Shown, form};
use super::writing::write;
use super::{Given, fault, leaf, reading};
use crate::i18n::{Language, Words};

/// Every kind of condition in every shape that the form has fields for.
const PLAIN: &[&str] = &[
    r#"{"all":[]}"#,
    r#"{"any":[{"known":"card"},{"not":{"known":"email"}}]}"#,
    r#"{"not":{"all":[{"known":"card"},{"any":[]}]}}"#,
    r#"{"not":{"any":[{"known":"card"}]}}"#,
    r#"{"all":[{"known":"card"}]}"#,
    r#"{"trait":{"key":"city","test":{"value":{"is":["Milano","Monza, la nuova"]}}}}"#,
    r#"{"not":{"trait":{"key":"city","test":{"value":{"is_not":["Roma"]}}}}}"#,
    r#"{"trait":{"key":"city","test":{"value":{"contains":"mi"}}}}"#,
    r#"{"trait":{"key":"city","test":{"value":"set"}}}"#,
    r#"{"trait":{"key":"city","test":{"value":"empty"}}}"#,
    r#"{"trait":{"key":"age","test":{"value":{"number":{"between":[18.5,1234.25]}}}}}"#,
    r#"{"trait":{"key":"since","test":{"date":{"calendar":"last_week"}}}}"#,
    r#"{"trait":{"key":"since","test":{"date":{"days":["2026-01-01","2026-01-31"]}}}}"#,
    r#"{"trait":{"key":"birthday","test":{"anniversary":{"before":7,"after":2}}}}"#,
    r#"{"trait":{"key":"end","test":{"within":"30 days"}}}"#,
    r#"{"consent":{"purpose":"marketing","channel":"email","answer":"yes"}}"#,
    r#"{"consent":{"purpose":"marketing","answer":"unasked"}}"#,
    r#"{"happened":{"signal":{"name":"Order Completed","where":[
        {"field":"products.*.category","test":{"is":["coffee"]}},
        {"field":"channel","test":{"is_not":["shop"]}}]},
        "hours":{"days":96,"from":1080,"to":1440},
        "test":{"figure":{"figure":"count","is":{"at_least":2},"during":{"last":"90 days"}}}}}"#,
    r#"{"happened":{"signal":{"kind":"page","name":""},"test":{"first":{"since":"2026-01-01"}}}}"#,
    r#"{"happened":{"signal":{"name":""},"test":{"last":{"before":"2 hours"}}}}"#,
    r#"{"happened":{"signal":{"name":"A","field":"total"},"test":{"figure":{"figure":"sum",
        "is":{"above":99.5},"during":{"ago":["90 days","30 days"]}}}}}"#,
    r#"{"happened":{"signal":{"name":"A","field":"way"},"test":{"last_is":{"is":["card"]}}}}"#,
    r#"{"sequence":{"first":{"name":"A"},"during":{"last":"30 days"},"then":{"name":"B"},
        "within":"7 days","without":{"kind":"screen","name":"C"}}}"#,
    r#"{"sequence":{"first":{"name":"A"},"during":"ever","then":{"name":"B"},"within":"1 minute"}}"#,
    r#"{"orders":{"figure":"revenue","is":{"at_least":200},"during":"ever"}}"#,
    r#"{"met":{"channel":"shop","last":"30 days"}}"#,
    r#"{"met":{"channel":"web"}}"#,
    r#"{"channels":{"is":{"at_least":3}}}"#,
    r#"{"segment":"seg_00000000000000000000000001"}"#,
    r#"{"list":"lst_00000000000000000000000001"}"#,
    r#"{"persona":"prs_00000000000000000000000001"}"#,
    r#"{"share":{"draw":"spring","from":0,"to":1005}}"#,
    r#"{"rfm":{"group":"cannot_lose"}}"#,
    r#"{"rfm":{"recency":{"at_least":4}}}"#,
    r#"{"not":{"rfm":{"frequency":{"between":[2,3]}}}}"#,
    r#"{"rfm":{"monetary":{"equals":5}}}"#,
    r#"{"lifecycle":"at_risk"}"#,
    r#"{"not":{"lifecycle":"never_bought"}}"#,
];
/// What only a text says.
const RAW: &[&str] = &[
    r#"{"not":{"not":{"known":"card"}}}"#,
    r#"{"trait":{"key":"city","test":{"value":{"is":["two\nlines"]}}}}"#,
    r#"{"trait":{"key":"city","test":{"value":{"contains":"a\nb"}}}}"#,
    r#"{"happened":{"signal":{"name":"a\nb"},"test":{"first":"ever"}}}"#,
];

fn condition(json: &str) -> Condition {
    let document = format!(r#"{{"version":1,"condition":{json}}}"#);
    Definition::from_json(&document)
        .expect(json)
        .into_condition()
}

fn has_raw(draft: &Draft) -> bool {
    draft.kind() == "raw" || draft.children.iter().any(has_raw)
}

#[test]
fn whatever_a_condition_says_survives_the_form() {
    for language in Language::ALL {
        let words = Words::of(language);
        for (json, is_raw) in PLAIN
            .iter()
            .map(|it| (it, false))
            .chain(RAW.iter().map(|it| (it, true)))
        {
            let condition = condition(json);
            let draft = write(words, &condition);
            let (read, reading) = reading::read(words, &draft);
            assert_eq!(
                read.as_ref(),
                Some(&condition),
                "{json} {:?}",
                reading.wrong
            );
            assert_eq!(has_raw(&draft), is_raw, "{json}");
        }
    }
}

/// The page of a draft.
fn drawn(words: Words, draft: Draft) -> String {
    let given = Given::new("x".to_owned(), draft);
    let names = SegmentNames {
        segments: BTreeMap::new(),
        lists: BTreeMap::new(),
        computed: BTreeMap::from([("coffees".to_owned(), "Caffè bevuti".to_owned())]),
        personas: BTreeMap::new(),
        purposes: Purposes::default(),
        currency: Currency::EUR,
    };
    let shown = Shown {
        words,
        given: &given,
        wrong: &BTreeMap::new(),
        action: "/segments".to_owned(),
        back: "/segments".to_owned(),
        names: &names,
        others: &[],
        hints: &Hints::default(),
        counted: &Counted::Unasked,
    };
    form(&shown, "t").into_string()
}

#[test]
fn every_part_of_the_form_has_its_words() {
    for language in Language::ALL {
        let words = Words::of(language);
        let mut drafts: Vec<Draft> = PLAIN
            .iter()
            .chain(RAW)
            .map(|json| write(words, &condition(json)))
            .collect();
        for kind in leaf::KINDS {
            let mut draft = Draft::group("all", Vec::new());
            draft.act(&format!("add:c:{kind}")).unwrap();
            drafts.push(draft);
        }
        for draft in drafts {
            let page = drawn(words, draft);
            for key in [
                ">segment-",
                ">persona-",
                ">customer-list-",
                ">buyer-",
                "\"segment-up",
                "label=\"segment-add",
            ] {
                assert!(!page.contains(key), "{language:?} {key}: {page}");
            }
        }
    }
}

#[test]
fn no_id_stands_twice_in_the_form() {
    let words = Words::of(Language::Italian);
    for json in PLAIN {
        let page = drawn(words, write(words, &condition(json)));
        let mut ids: Vec<&str> = page
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{json}");
    }
}

#[test]
fn every_fault_has_words_in_both_languages() {
    let texts = [
        "",
        "known",
        "known by",
        "trait",
        "trait city",
        "trait city is",
        "trait city is \"a",
        "\"A\" at",
        "\"A\" at least",
        "\"A\" at least 2 times in",
        "\"A\" at least 2 times in last",
        "share",
        "order",
        "met on",
        "consent",
        "in segment",
        "(known by card",
        "known by card known by card",
        "§",
        "first",
        "\"A\" where",
        "\"a\\q\"",
        "trait city since",
        "order count is",
        "rfm",
        "rfm group",
        "lifecycle",
    ];
    for language in Language::ALL {
        let words = Words::of(language);
        for text in texts {
            let said = fault::text_words(words, &parse(text).expect_err(text));
            assert!(!said.contains("segment-"), "{text}: {said}");
            if language == Language::Italian {
                assert!(!said.contains("here goes"), "{text}: {said}");
            }
        }
        for cause in [
            Cause::TooManyConditions,
            Cause::Value,
            Cause::Circle,
            Cause::ComputedTrait,
            Cause::Hours,
            Cause::Score,
        ] {
            assert!(!fault::cause_words(words, cause).contains("segment-"));
        }
    }
}
