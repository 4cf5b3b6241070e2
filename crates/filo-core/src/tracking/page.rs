//! The links of a mail's page: found, and led over other addresses.
//!
//! **Invariant:** only what stands in `href` of an `a` is touched, and of that only what leads to
//! the web; everything else of the page stays to the letter.

/// Bytes of an address that is led over another one; longer ones stay as they are.
const URL_BYTES_MOST: usize = 2_000;

/// Whether an address leads to the web.
#[must_use]
pub fn can_be_followed(url: &str) -> bool {
    let is_web = ["https://", "http://"].iter().any(|scheme| {
        let head = url.get(..scheme.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(scheme)) && url.len() > scheme.len()
    });
    is_web
        && url.len() <= URL_BYTES_MOST
        && !url.chars().any(|it| it.is_control() || it.is_whitespace())
}

/// Where the links of a page lead, each once, in order; only those that lead to the web.
#[must_use]
pub fn links_of(html: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    with_links(html, |url| {
        if can_be_followed(url) && !found.iter().any(|known| known == url) {
            found.push(url.to_owned());
        }
        None
    });
    found
}

/// The page with other addresses where there is one.
pub fn with_links(html: &str, mut to: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(at) = rest.find("<a") {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let is_link = tag[2..].starts_with(|it: char| it.is_ascii_whitespace());
        let end = if is_link { end_of(tag) } else { None };
        let Some(end) = end else {
            out.push_str("<a");
            rest = &tag[2..];
            continue;
        };
        let (tag, behind) = tag.split_at(end);
        match href_of(tag) {
            Some((from, until)) => match to(&unescaped(&tag[from..until])) {
                Some(url) => {
                    out.push_str(&tag[..from]);
                    out.push_str(&escaped(&url));
                    out.push_str(&tag[until..]);
                }
                None => out.push_str(tag),
            },
            None => out.push_str(tag),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// The page with a picture at its end that nobody sees.
#[must_use]
pub fn with_pixel(html: &str, at: &str) -> String {
    let picture = format!(
        "<img src=\"{}\" alt=\"\" width=\"1\" height=\"1\" style=\"border:0;width:1px;height:1px\" />",
        escaped(at)
    );
    match html.rfind("</body>") {
        Some(end) => format!("{}{picture}{}", &html[..end], &html[end..]),
        None => format!("{html}{picture}"),
    }
}

/// Where a tag ends: behind its `>`, not one that stands in a value.
fn end_of(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, letter) in tag.char_indices() {
        match (quote, letter) {
            (Some(open), letter) if letter == open => quote = None,
            (None, '"' | '\'') => quote = Some(letter),
            (None, '>') => return Some(at + 1),
            (Some(_) | None, _) => {}
        }
    }
    None
}

/// Where the value of `href` stands in a tag.
fn href_of(tag: &str) -> Option<(usize, usize)> {
    for (at, _) in tag.match_indices("href=") {
        let is_own = tag[..at].ends_with(|it: char| it.is_ascii_whitespace());
        let from = at + "href=".len();
        let open = tag[from..].chars().next()?;
        if is_own && matches!(open, '"' | '\'') {
            let length = tag[from + 1..].find(open)?;
            return Some((from + 1, from + 1 + length));
        }
    }
    None
}

fn unescaped(text: &str) -> String {
    let quotes = text.replace("&quot;", "\"").replace("&#39;", "'");
    let angles = quotes.replace("&lt;", "<").replace("&gt;", ">");
    angles.replace("&amp;", "&")
}

fn escaped(text: &str) -> String {
    let angles = text.replace('&', "&amp;").replace('<', "&lt;");
    angles.replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html><body><abbr title=\"x\">A</abbr>\n\
        <a style=\"color:red\" href=\"https://bar.it/?a=1&amp;b=2\">uno</a>\
        <a href='http://bar.it/due' title='>'>due</a><a name=\"tre\">tre</a>\
        <a href=\"mailto:ciao@bar.it\">posta</a><a href=\"tel:+39\">tel</a>\
        <a data-href=\"https://no.it/\" href=\"javascript:alert(1)\">x</a>\
        <a href=\"https://bar.it/?a=1&amp;b=2\">ancora</a></body></html>";

    #[test]
    fn only_what_leads_to_the_web_is_found_and_led() {
        assert_eq!(
            links_of(PAGE),
            ["https://bar.it/?a=1&b=2", "http://bar.it/due"]
        );
        let led = with_links(PAGE, |url| {
            can_be_followed(url).then(|| format!("https://f.it/c/{}&", url.len()))
        });
        assert_eq!(led.matches("https://f.it/c/23&amp;").count(), 2);
        assert!(led.contains("href='https://f.it/c/17&amp;' title='>'"));
        for kept in [
            "mailto:ciao@bar.it",
            "tel:+39",
            "javascript:alert(1)",
            "<abbr",
        ] {
            assert!(led.contains(kept), "{kept}");
        }
        assert_eq!(with_links(PAGE, |_| None), PAGE);
        for broken in ["<a href=\"https://a.it/", "<a ", "<a", "<a href=>", ""] {
            assert_eq!(with_links(broken, |_| Some(String::new())), broken);
        }
    }

    #[test]
    fn what_is_not_the_web_is_not_followed() {
        for good in ["https://a.it", "HTTP://a.it/x?y#z", "https://caffè.it/è"] {
            assert!(can_be_followed(good), "{good}");
        }
        for bad in [
            "",
            "https://",
            "javascript:alert(1)",
            "data:text/html,x",
            "//a.it",
            "/public/unsubscribe/x",
            "ftp://a.it",
            "https://a.it/\r\nSet-Cookie: x",
            " https://a.it",
            "mailto:a@b.it",
        ] {
            assert!(!can_be_followed(bad), "{bad}");
        }
        assert!(!can_be_followed(&format!(
            "https://a.it/{}",
            "x".repeat(2_000)
        )));
    }

    #[test]
    fn the_picture_stands_at_the_end() {
        let page = with_pixel(PAGE, "https://f.it/o/x.gif");
        assert!(page.contains("src=\"https://f.it/o/x.gif\" alt=\"\""));
        assert!(page.ends_with("/></body></html>"));
    }
}
