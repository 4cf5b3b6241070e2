//! Languages: two letters of ISO 639-1, with or without a country.

use super::finding::{Field, Finding, Reason};

/// Every code of ISO 639-1.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr \
    cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi \
    ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv \
    kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv \
    ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss \
    st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za \
    zh zu";

/// How people and other systems write them.
#[rustfmt::skip]
const WRITTEN: &[(&str, &str)] = &[
    ("italiano", "it"), ("italian", "it"), ("ita", "it"), ("italienisch", "it"), ("inglese", "en"),
    ("english", "en"), ("eng", "en"), ("francese", "fr"), ("french", "fr"), ("fra", "fr"),
    ("fre", "fr"), ("français", "fr"), ("tedesco", "de"), ("german", "de"), ("deutsch", "de"),
    ("deu", "de"), ("ger", "de"), ("spagnolo", "es"), ("spanish", "es"), ("spa", "es"),
    ("español", "es"), ("portoghese", "pt"), ("portuguese", "pt"), ("por", "pt"), ("romeno", "ro"),
    ("rumeno", "ro"), ("cinese", "zh"), ("chinese", "zh"), ("russo", "ru"), ("arabo", "ar"),
    ("uk_ua", "uk"),
];

/// What is wrong with a language.
pub(super) fn check(raw: &str) -> Option<Finding> {
    let lower = raw.trim().to_lowercase();
    let code = lower.split(['-', '_']).next().unwrap_or_default();
    if code.len() == 2 && CODES.split(' ').any(|known| known == code) {
        return None;
    }
    let meant = WRITTEN.iter().find(|(written, _)| *written == lower);
    let proposal = meant.map(|(_, code)| (*code).to_owned());
    Some(Finding::new(
        Field::Language,
        Reason::LanguageUnknown,
        raw,
        proposal,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_known_and_words_are_turned_into_codes() {
        let found = |raw: &str| check(raw).map(|finding| finding.proposal);
        for sound in ["it", "IT", "en-GB", "de_AT", "zh-Hant"] {
            assert_eq!(found(sound), None, "{sound}");
        }
        assert_eq!(found("Italiano"), Some(Some("it".to_owned())));
        assert_eq!(found("xx"), Some(None));
        assert_eq!(found("klingon"), Some(None));
        assert!(WRITTEN.iter().all(|(_, code)| check(code).is_none()));
    }
}
