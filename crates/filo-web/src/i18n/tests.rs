//! The catalogues against each other and against the code.

use std::collections::BTreeMap;
use std::path::Path;

use super::*;

/// Keys with the variables of their texts.
fn entries(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut entries: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, _)) = line.split_once(" = ").filter(|_| !line.starts_with(' ')) {
            key = name.to_owned();
            assert!(
                entries.insert(key.clone(), Vec::new()).is_none(),
                "{key} stands twice"
            );
        }
        for variable in line.split('$').skip(1) {
            let name: String = variable
                .chars()
                .take_while(|letter| letter.is_alphanumeric())
                .collect();
            entries.get_mut(&key).unwrap().push(name);
        }
    }
    for variables in entries.values_mut() {
        variables.sort();
        variables.dedup();
    }
    entries
}

#[test]
fn both_catalogues_have_the_same_keys_and_variables() {
    let (italian, english) = (entries(ITALIAN), entries(ENGLISH));
    assert_eq!(italian, english);
    assert!(italian.len() > 150);
}

#[test]
fn the_catalogues_are_read_without_fault() {
    for text in [ITALIAN, ENGLISH] {
        let resource = FluentResource::try_new(text.to_owned());
        assert!(
            resource.is_ok(),
            "{:?}",
            resource.err().map(|(_, faults)| faults)
        );
    }
    for language in Language::ALL {
        for key in entries(ITALIAN).keys() {
            assert!(Words::of(language).look_up(key).is_some(), "{key}");
        }
    }
}

#[test]
fn no_file_of_words_is_left_out() {
    for language in Language::ALL {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src/i18n")
            .join(language.tag());
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        let listed: Vec<String> = NOUNS.iter().map(|noun| format!("{noun}.ftl")).collect();
        assert_eq!(files, listed, "{}", language.tag());
    }
}

/// Every text in quotes after `say(` or `fill(` in the sources of this crate.
fn asked_keys(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            asked_keys(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            for call in [".say(\"", ".fill(\"", ".fill(\n            \""] {
                let after = text.split(call).skip(1);
                found.extend(after.filter_map(|rest| rest.split('"').next().map(str::to_owned)));
            }
        }
    }
}

#[test]
fn every_key_that_the_code_asks_for_is_there() {
    let mut asked = Vec::new();
    asked_keys(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut asked,
    );
    let known = entries(ITALIAN);
    assert!(
        asked.len() > 80,
        "only {} keys were found in the code",
        asked.len()
    );
    for key in asked {
        assert!(known.contains_key(&key), "{key} is in no catalogue");
    }
}

#[test]
fn counts_take_their_form() {
    let it = Words::of(Language::Italian);
    let items = |count: u64| it.fill("order-items", [("count", count.into())]);
    assert_eq!(
        (items(1).as_str(), items(3).as_str()),
        ("un pezzo", "3 pezzi")
    );
    let en = Words::of(Language::English);
    assert_eq!(en.fill("order-items", [("count", 1.into())]), "one piece");
}

#[test]
fn every_word_of_the_domain_has_words() {
    use filo_core::buyer::Lacking;
    use filo_core::consent::Basis;
    use filo_core::event::Channel;
    use filo_core::identity::Kind;
    let kinds = Kind::ALL.map(|kind| format!("kind-{}", kind.word()));
    let channels = Channel::ALL.map(|channel| format!("channel-{}", channel.word()));
    let bases = Basis::ALL.map(|basis| format!("basis-{}", basis.word()));
    let groups = filo_core::analysis::worth::By::ALL.map(|by| format!("worth-by-{}", by.word()));
    let periods = filo_core::analysis::worth::PERIODS_DAYS.map(|it| format!("worth-period-{it}"));
    let lacks = [Lacking::Buyers, Lacking::Repeating, Lacking::Days];
    let lacks = lacks.map(|it| format!("worth-lack-{}", it.word()));
    let paid = filo_core::cost::Item::ALL.map(|item| format!("cost-item-{}", item.word()));
    let known = entries(ITALIAN);
    let boards = groups.iter().chain(&periods).chain(&lacks).chain(&paid);
    for key in kinds.iter().chain(&channels).chain(&bases).chain(boards) {
        assert!(known.contains_key(&key.replace('_', "-")), "{key}");
    }
}
