//! What programs call themselves that fetch without anybody looking.

/// Parts of the names of such programs, in small letters.
const PARTS: [&str; 28] = [
    "barracuda",
    "bingpreview",
    "bot",
    "cloudmark",
    "crawler",
    "curl",
    "facebookexternalhit",
    "fortimail",
    "go-http-client",
    "headless",
    "ironport",
    "java/",
    "libwww",
    "linkcheck",
    "mimecast",
    "monitor",
    "okhttp",
    "preview",
    "proofpoint",
    "python",
    "safelinks",
    "scanner",
    "skypeuripreview",
    "sophos",
    "spider",
    "symantec",
    "trendmicro",
    "wget",
];
/// Mail of Apple fetches every picture beforehand, and gives no more than this name.
const FETCHER: &str = "Mozilla/5.0";

/// Whether a program names itself as none that somebody reads with.
#[must_use]
pub fn is_machine(user_agent: &str) -> bool {
    let name = user_agent.trim();
    if name.is_empty() || name == FETCHER {
        return true;
    }
    // A make of telephones, not a robot.
    let name = name.to_ascii_lowercase().replace("cubot", "");
    PARTS.iter().any(|part| name.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_and_machines_are_told_apart() {
        for machine in [
            "",
            "Mozilla/5.0",
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "curl/8.5.0",
            "python-requests/2.31",
            "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0",
            "Barracuda Sentinel (EE)",
        ] {
            assert!(is_machine(machine), "{machine}");
        }
        for reader in [
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15",
            "Mozilla/5.0 (Linux; Android 10; CUBOT X20 PRO) AppleWebKit/537.36",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0",
            "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
        ] {
            assert!(!is_machine(reader), "{reader}");
        }
    }
}
