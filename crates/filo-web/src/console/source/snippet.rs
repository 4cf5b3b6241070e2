//! Lines to paste, with the address and the key filled in.

use filo_app::SourceKind;
use maud::{Markup, html};

use crate::i18n::Words;
use crate::ui::form::copyable;

/// One way to send: the name of its tab, where the text goes, the text.
pub(super) struct Snippet {
    name: &'static str,
    hint: &'static str,
    pub(super) text: String,
}

/// What a person can paste for a source of this kind; the easiest first.
pub(super) fn of(kind: SourceKind, url: &str, key: &str) -> Vec<Snippet> {
    match kind {
        SourceKind::Web => vec![
            filo_js(url, key),
            segment_js(url, key),
            curl_public(url, key),
        ],
        SourceKind::App => vec![curl_public(url, key), segment_app(url, key)],
        SourceKind::Server => vec![curl(url, key), node(url, key), python(url, key)],
        SourceKind::Ga4 => vec![ga4(url, key)],
        SourceKind::CloudEvents => vec![cloud_event(url, key), cloud_event_headers(url, key)],
    }
}

fn snippet(name: &'static str, hint: &'static str, text: String) -> Snippet {
    Snippet { name, hint, text }
}

fn filo_js(url: &str, key: &str) -> Snippet {
    let text = format!(
        "<script src=\"{url}/analytics.js/v1/{key}/analytics.min.js\"></script>\n\
         <script>\n  analytics.page();\n</script>"
    );
    snippet("filo.js", "snippet-site", text)
}

/// The loader that sites with analytics.js have: it keeps calls until the script is there.
fn segment_js(url: &str, key: &str) -> Snippet {
    let text = format!(
        "<script>\n\
         !function(){{var a=window.analytics=window.analytics||[];if(a.initialize||a.invoked)return;a.invoked=!0;\n\
         a.methods=[\"track\",\"page\",\"identify\",\"group\",\"alias\",\"ready\",\"reset\"];\n\
         a.factory=function(m){{return function(){{var c=[].slice.call(arguments);c.unshift(m);a.push(c);return a}}}};\n\
         a.methods.forEach(function(m){{a[m]=a.factory(m)}});\n\
         a.load=function(k){{var s=document.createElement(\"script\");s.async=!0;\n\
         s.src=\"{url}/analytics.js/v1/\"+k+\"/analytics.min.js\";document.head.appendChild(s)}};\n\
         a.load(\"{key}\");a.page()}}();\n</script>"
    );
    snippet("analytics.js", "snippet-segment", text)
}

fn curl_public(url: &str, key: &str) -> Snippet {
    let text = format!(
        "curl {url}/v1/track -H 'Content-Type: application/json' -d '{{\n  \
         \"writeKey\": \"{key}\",\n  \"anonymousId\": \"prova-1\",\n  \
         \"event\": \"Product Viewed\",\n  \"properties\": {{ \"sku\": \"A1\", \"price\": 10.50, \"currency\": \"EUR\" }}\n}}'"
    );
    snippet("curl", "snippet-curl", text)
}

fn segment_app(url: &str, key: &str) -> Snippet {
    let text = format!(
        "import {{ createClient }} from '@segment/analytics-react-native'\n\
         const analytics = createClient({{ writeKey: '{key}', proxy: '{url}/v1', trackAppLifecycleEvents: true }})\n\
         analytics.screen('Home')"
    );
    snippet("React Native", "snippet-app", text)
}

const ORDER: &str = "{ order_id: 'A-1', total: 42.5, currency: 'EUR' }";

fn curl(url: &str, key: &str) -> Snippet {
    let text = format!(
        "curl -u {key}: {url}/v1/track -H 'Content-Type: application/json' -d '{{\n  \
         \"userId\": \"cliente-42\",\n  \"event\": \"Order Completed\",\n  \
         \"properties\": {{ \"order_id\": \"A-1\", \"total\": 42.50, \"currency\": \"EUR\" }}\n}}'"
    );
    snippet("curl", "snippet-curl", text)
}

fn node(url: &str, key: &str) -> Snippet {
    let text = format!(
        "import {{ Analytics }} from '@segment/analytics-node'\n\
         const analytics = new Analytics({{ writeKey: '{key}', host: '{url}' }})\n\
         analytics.track({{ userId: 'cliente-42', event: 'Order Completed', properties: {ORDER} }})\n\
         await analytics.closeAndFlush()"
    );
    snippet("Node.js", "snippet-node", text)
}

fn python(url: &str, key: &str) -> Snippet {
    let text = format!(
        "import segment.analytics as analytics\n\
         analytics.write_key = '{key}'\nanalytics.host = '{url}'\n\
         analytics.track('cliente-42', 'Order Completed',\n                \
         {{'order_id': 'A-1', 'total': 42.5, 'currency': 'EUR'}})\n\
         analytics.flush()"
    );
    snippet("Python", "snippet-python", text)
}

fn ga4(url: &str, key: &str) -> Snippet {
    let text = format!(
        "curl '{url}/mp/collect?measurement_id=G-1&api_secret={key}' -d '{{\n  \
         \"client_id\": \"1.2\", \"user_id\": \"cliente-42\",\n  \"events\": [{{ \"name\": \"purchase\",\n    \
         \"params\": {{ \"transaction_id\": \"A-1\", \"value\": 42.5, \"currency\": \"EUR\" }} }}]\n}}'"
    );
    snippet("Measurement Protocol", "snippet-ga4", text)
}

fn cloud_event(url: &str, key: &str) -> Snippet {
    let text = format!(
        "curl {url}/v1/events -H 'Authorization: Bearer {key}' \\\n  \
         -H 'Content-Type: application/cloudevents+json' -d '{{\n  \
         \"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/cassa/3\",\n  \
         \"type\": \"Store Visit Recorded\", \"subject\": \"cliente-42\"\n}}'"
    );
    snippet("JSON", "snippet-cloudevents", text)
}

fn cloud_event_headers(url: &str, key: &str) -> Snippet {
    let text = format!(
        "curl {url}/v1/events -H 'Authorization: Bearer {key}' \\\n  \
         -H 'ce-specversion: 1.0' -H 'ce-id: 2' -H 'ce-source: /cassa/3' \\\n  \
         -H 'ce-type: Order Completed' -H 'ce-subject: cliente-42' \\\n  \
         -H 'Content-Type: application/json' -d '{{ \"order_id\": \"A-1\", \"total\": 42.5, \"currency\": \"EUR\" }}'"
    );
    snippet("HTTP", "snippet-cloudevents-http", text)
}

/// The snippets one below the other, of which one is open: no script is needed.
pub(super) fn panel(words: Words, snippets: &[Snippet]) -> Markup {
    html! {
        div.snippets {
            @for (index, snippet) in snippets.iter().enumerate() {
                details.snippet name="snippets" open[index == 0] {
                    summary { (snippet.name) }
                    p.hint { (words.say(snippet.hint)) }
                    (copyable(words, &format!("snippet-{index}"), &snippet.text))
                }
            }
        }
    }
}
