//! What a browser is called by people: its name and where it runs, out of the line it sends.
//!
//! **Invariant:** a line that is not understood is shown as it came, tamed.

use super::shown::line;

/// Sign in the line, and the name. Who imitates another comes before whom it imitates.
const BROWSERS: [(&str, &str); 8] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// "Chrome, Windows".
pub(crate) fn name(agent: &str) -> String {
    let find = |all: &[(&str, &'static str)]| {
        let found = all.iter().find(|(sign, _)| agent.contains(sign));
        found.map(|(_, name)| *name)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        _ => line(agent),
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn browsers_are_told_apart_and_the_unknown_is_kept() {
        const KIT: &str = "AppleWebKit/537.36 (KHTML, like Gecko)";
        for (agent, expected) in [
            (format!("Mozilla/5.0 (X11; Linux x86_64) {KIT} Chrome/140.0.0.0 Safari/537.36"), "Chrome, Linux"),
            (format!("Mozilla/5.0 (Windows NT 10.0) {KIT} Chrome/140.0.0.0 Safari/537.36 Edg/140.0"), "Edge, Windows"),
            (format!("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) {KIT} Version/18.5 Mobile/15E148 Safari/604.1"), "Safari, iPhone"),
            (format!("Mozilla/5.0 (Linux; Android 15) {KIT} SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36"), "Samsung Internet, Android"),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0".to_owned(), "Firefox, Mac"),
            ("curl/8.5.0".to_owned(), "curl/8.5.0"),
            (String::new(), ""),
        ] {
            assert_eq!(name(&agent), expected, "{agent}");
        }
        assert!(name(&"x".repeat(1000)).chars().count() < 200);
    }
}
