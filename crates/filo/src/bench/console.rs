//! `filo bench console`: every screen of the console over a full store, searching as one types,
//! and what a browser has to load.
//!
//! **Invariant:** `page_p95_ms` is the slowest screen's, so that no average hides one.

use std::time::{Duration, Instant};

use anyhow::Context;

use super::Plan;
use super::client::{Connection, get};
use super::draw::Draw;
use super::figure::{Sheet, p95_ms, real};
use super::lookup;
use super::page::{id_in, log_in};
use super::server::{Place, Server};
use super::template::name_of;

/// Times each screen is asked for; the first one, which fills caches, counts too.
const LOOKS: usize = 40;
/// Names that are typed, letter by letter.
const TYPED: usize = 60;

/// Name of the figure, address. Lists are asked for in every order and with filters that many,
/// few and none of the people pass, because those cost differently.
const SCREENS: [(&str, &str); 40] = [
    ("today", "/"),
    ("people", "/people"),
    ("people_by_name", "/people?sort=name"),
    ("people_newest", "/people?sort=first_seen"),
    ("people_by_spending", "/people?sort=spent"),
    ("people_common_filter", "/people?reach=email"),
    ("people_rare_filter", "/people?birthday=today"),
    ("people_empty_filter", "/people?channel=phone&orders=999"),
    ("people_empty_by_name", "/people?orders=999&sort=name"),
    ("people_found", "/people?search=Rossi"),
    ("people_not_found", "/people?search=zzzzzzz"),
    ("people_bulk", "/people/bulk?reach=email"),
    ("duplicates", "/duplicates"),
    ("duplicates_bulk", "/duplicates/acceptance?percent=95"),
    ("quality", "/quality"),
    ("quality_list", "/quality/findings?reason=name_case"),
    ("suppressions", "/suppressions"),
    ("imports", "/imports"),
    ("sources", "/sources"),
    ("source", "/sources/1"),
    ("source_new", "/sources/new"),
    ("live", "/live"),
    ("quarantine", "/quarantine"),
    ("incidents", "/incidents"),
    ("users", "/users"),
    ("account", "/account"),
    ("second_factor", "/account/second-factor"),
    ("settings", "/settings"),
    ("company", "/settings/company"),
    ("identity", "/settings/identity"),
    ("consent", "/settings/consent"),
    ("duplicate_settings", "/settings/duplicates"),
    ("erasures", "/settings/erasures"),
    ("keys", "/settings/keys"),
    ("backups", "/settings/backups"),
    ("audit", "/settings/audit"),
    ("webhooks", "/settings/webhooks"),
    ("components", "/components"),
    ("login", "/login"),
    ("problem", "/problems/missing_event"),
];

/// Measures.
///
/// # Errors
/// If the server fails or a screen is not shown.
pub(super) async fn measure(plan: &Plan, sheet: &mut Sheet) -> anyhow::Result<()> {
    let place = Place::new(plan)?;
    let server = Server::start(&place).await?;
    lookup::fill_up(plan, &server).await?;
    server.flush().await?;
    let mut connection = Connection::open(server.address).await?;
    let cookie = log_in(&mut connection, &server).await?;
    let mut visit = Visit {
        connection,
        cookie,
        slowest_ms: 0.0,
    };
    weight(sheet, &mut visit).await?;
    for (name, address) in SCREENS {
        let times = visit.times(|_| address.to_owned()).await?;
        visit.write(sheet, name, &times)?;
    }
    people_one_by_one(plan, sheet, &server, &mut visit).await?;
    sheet.figure("page_p95_ms", visit.slowest_ms, "ms");
    typing(plan, sheet, &mut visit).await
}

/// A browser that is logged in.
struct Visit {
    connection: Connection,
    cookie: String,
    slowest_ms: f64,
}

impl Visit {
    async fn times(&mut self, address: impl Fn(usize) -> String) -> anyhow::Result<Vec<Duration>> {
        let mut times = Vec::with_capacity(LOOKS);
        for number in 0..LOOKS {
            let address = address(number);
            times.push(self.look(&address).await?);
        }
        Ok(times)
    }

    /// From the question to the last byte of the answer.
    async fn look(&mut self, address: &str) -> anyhow::Result<Duration> {
        let question = get(address, &[("Cookie", &self.cookie)]);
        let begun = Instant::now();
        let answer = self.connection.exchange(&question).await?;
        let took = begun.elapsed();
        anyhow::ensure!(answer.status == 200, "{address} got {}", answer.status);
        Ok(took)
    }

    fn write(&mut self, sheet: &Sheet, name: &str, times: &[Duration]) -> anyhow::Result<()> {
        let p95 = p95_ms(times)?;
        self.slowest_ms = self.slowest_ms.max(p95);
        sheet.figure(&format!("{name}_page_p95_ms"), p95, "ms");
        Ok(())
    }
}

/// Pages of different customers, as somebody at a counter opens them.
async fn people_one_by_one(
    plan: &Plan,
    sheet: &Sheet,
    server: &Server,
    visit: &mut Visit,
) -> anyhow::Result<()> {
    let bearer = format!("Bearer {}", server.api_key().await?);
    let mut draw = Draw::new(0xc05);
    let mut ids = Vec::with_capacity(LOOKS);
    for _ in 0..LOOKS {
        let customer = draw.below(plan.customers.max(1));
        let question = format!("/api/v1/customers/lookup?user_id=u-{customer:08}");
        let question = get(&question, &[("Authorization", &bearer)]);
        let answer = visit.connection.exchange(&question).await?;
        ids.push(id_in(answer.body).with_context(|| format!("no customer u-{customer:08}"))?);
    }
    let times = visit
        .times(|number| format!("/people/{}", ids[number]))
        .await?;
    visit.write(sheet, "person", &times)
}

/// What each letter of a name costs, from the second on: the palette asks for no less.
async fn typing(plan: &Plan, sheet: &Sheet, visit: &mut Visit) -> anyhow::Result<()> {
    let mut draw = Draw::new(0x7199);
    let mut times = Vec::with_capacity(TYPED * 8);
    for _ in 0..TYPED {
        let (first, last) = name_of(draw.below(plan.customers.max(1)));
        let whole: Vec<char> = format!("{first} {last}").chars().collect();
        for length in 2..=whole.len() {
            let typed: String = whole[..length].iter().collect();
            let address = format!("/people/suggestions?search={}", typed.replace(' ', "%20"));
            times.push(visit.look(&address).await?);
        }
    }
    sheet.times(&times, [("typing_p50_ms", 0.5), ("typing_p95_ms", 0.95)])
}

/// Bytes as they travel: style and script packed by Filo, the first page as it leaves.
async fn weight(sheet: &Sheet, visit: &mut Visit) -> anyhow::Result<()> {
    let mut packed = 0.0;
    for (metric, address) in [
        ("css_kb", "/assets/console.css"),
        ("js_kb", "/assets/console.js"),
    ] {
        let question = get(address, &[("Accept-Encoding", "gzip")]);
        let answer = visit.connection.exchange(&question).await?;
        let is_packed = answer.header("content-encoding") == Some("gzip");
        anyhow::ensure!(is_packed, "{address} is not compressed");
        let kb = real(answer.body.len() as u64) / 1000.0;
        sheet.figure(metric, kb, "kB");
        packed += kb;
    }
    sheet.figure("assets_kb", packed, "kB");
    let headers = [
        ("Cookie", visit.cookie.as_str()),
        ("Accept-Encoding", "gzip"),
    ];
    let answer = visit.connection.exchange(&get("/", &headers)).await?;
    let is_packed = answer.header("content-encoding") == Some("gzip");
    sheet.figure(
        "first_page_kb",
        real(answer.body.len() as u64) / 1000.0,
        "kB",
    );
    if !is_packed {
        sheet.remark("pages leave uncompressed");
    }
    Ok(())
}
