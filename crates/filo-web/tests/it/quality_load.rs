//! How long it takes to look at many people.

use std::time::Instant;

use filo_testkit::Filo;
use serde_json::json;

use crate::quality::{count_of, identify};

/// Of how many people, unless `FILO_QUALITY_PEOPLE` says otherwise.
const PEOPLE: usize = 2_000;

#[expect(
    clippy::disallowed_methods,
    reason = "the variable chooses the size of a measure"
)]
fn people() -> usize {
    let wished = std::env::var("FILO_QUALITY_PEOPLE").ok();
    wished.and_then(|text| text.parse().ok()).unwrap_or(PEOPLE)
}

/// Says how long looking at people takes; what it proves is that all of them are looked at.
#[tokio::test(flavor = "multi_thread")]
async fn looking_at_everybody_is_a_matter_of_moments() {
    let people = people();
    let filo = Filo::start().await;
    for part in 0..people / 500 {
        let calls = (0..500).map(|number| {
            let number = part * 500 + number;
            identify(
                number,
                &json!({
                    "name": format!("Anna Rossi {}", ["Bianchi", "Neri", "Verdi"][number % 3]),
                    "email": format!("anna{number}@{}", ["gmial.com", "libero.it"][number % 2]),
                    "phone": format!("+39333{number:07}"), "birthday": "1980-05-17",
                    "address": {"city": "Milano", "postalCode": "20121", "state": "MI"},
                }),
            )
        });
        filo.send(calls).await;
    }
    filo.settle().await;
    let begun = Instant::now();
    filo.app.refresh_quality().await.unwrap();
    let first = begun.elapsed();
    let begun = Instant::now();
    filo.app.refresh_quality().await.unwrap();
    println!(
        "{people} people: looked at in {first:?}, figures alone in {:?}",
        begun.elapsed()
    );
    let quality = filo.api_get("/api/v1/quality").await;
    assert_eq!(quality["customers"].as_u64().unwrap(), people as u64);
    assert_eq!(count_of(&quality, "email_domain_typo"), people as u64 / 2);
}
