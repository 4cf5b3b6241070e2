//! What a journey changed, on its page: the sentence, the intervals, the figures and the people
//! behind them; and keeping a way of an experiment, without a script.

use filo_core::access::Role;
use filo_testkit::Filo;
use serde_json::json;

use crate::access::{cookie, somebody, token};
use crate::journey::{DAY, lead, settled, start};

const PEOPLE: u32 = 60;

async fn page(filo: &Filo, session: &str, path: &str, language: &str) -> String {
    let request = filo.get(path).header("cookie", &cookie(session));
    let request = request.header("accept-language", language);
    request.send().await.ok().text()
}

/// The first number in a link to the people behind a figure.
fn figure(page: &str, group: usize, figure: &str) -> usize {
    let link = format!("?group={group}&amp;figure={figure}\">");
    let (_, rest) = page.split_once(&link).unwrap();
    rest.split('<').next().unwrap().parse().unwrap()
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn the_page_opens_with_what_it_changed_and_each_figure_leads_to_its_people() {
    let filo = Filo::start().await;
    let session = somebody(&filo, "m", Role::Marketer).await.text;
    let journey = start(
        &filo,
        json!({"trigger": {"event": {"name": "Lead Submitted"}}, "holdout_percent": 50,
            "goal": {"name": "Ordine", "event": {"name": "Order Completed"}, "within": "10 days"},
            "steps": [{"id": "test", "do": {"split": {"experiment": "path", "arms": [
                {"name": "Breve", "share": 50}, {"name": "Lunga", "share": 50}]}}}]}),
    )
    .await;
    let at = format!("/journeys/{journey}");
    let empty = page(&filo, &session, &at, "it").await;
    assert!(empty.contains("Non è ancora entrato nessuno"), "{empty}");
    filo.send((0..PEOPLE).map(|number| lead(&format!("u{number}"), 1)))
        .await;
    settled(&filo).await;
    let waiting = page(&filo, &session, &at, "en").await;
    assert!(waiting.contains("Nothing can be said before"), "{waiting}");
    filo.advance(DAY);
    filo.send((0..PEOPLE).step_by(3).map(|number| {
        json!({"type": "track", "userId": format!("u{number}"), "event": "Order Completed",
               "messageId": format!("o{number}"),
               "properties": {"order_id": format!("o{number}"), "total": 12, "currency": "EUR"}})
    }))
    .await;
    filo.advance(DAY * 10);
    settled(&filo).await;

    // A session does not last so long.
    let session = somebody(&filo, "n", Role::Marketer).await.text;
    let english = page(&filo, &session, &at, "en").await;
    assert!(
        english.contains("With 60 people nothing below +"),
        "{english}"
    );
    let italian = page(&filo, &session, &at, "it").await;
    assert!(italian.contains("Con 60 persone"), "{italian}");
    assert!(italian.contains("class=\"chart interval\""), "{italian}");
    assert!(
        italian.contains("role=\"img\" aria-label=\"Per «Ordine»"),
        "{italian}"
    );
    for (group, name) in [
        (0, "counted"),
        (0, "bought"),
        (1, "reached"),
        (1, "entered"),
    ] {
        let count = figure(&italian, group, name);
        let people = format!("{at}/impact?group={group}&figure={name}");
        let people = page(&filo, &session, &people, "it").await;
        assert!(people.contains(&format!("{count} persone")), "{people}");
        assert_eq!(people.matches("<a href=\"/runs/").count(), count);
    }
    for wrong in [
        "group=5&figure=entered",
        "group=0&figure=all",
        "group=x&figure=open",
    ] {
        let request = filo.get(&format!("{at}/impact?{wrong}"));
        let request = request.header("cookie", &cookie(&session));
        request.send().await.is(404);
    }

    // A person keeps a way: the draft changes, and nothing else.
    let version = filo.api_get(&format!("/api/v1/journeys/{journey}")).await["version"].to_string();
    let keep = |version: &str| {
        let form = [
            ("token", token(&session)),
            ("step", "test".to_owned()),
            ("way", "0".to_owned()),
            ("version", version.to_owned()),
        ];
        let request = filo.post(&format!("{at}/keeping"));
        let request = request.header("cookie", &cookie(&session));
        request.form(&serde_urlencoded::to_string(form).unwrap())
    };
    let kept = keep(&version).send().await.is(303);
    let edit = kept.header("location").unwrap().to_owned();
    assert!(edit.contains("/edit?done=journey-kept"), "{edit}");
    // Pressed twice, the second is told that the draft has changed.
    keep(&version).send().await.is(409);
    let edit = page(&filo, &session, &format!("{at}/edit"), "it").await;
    assert!(edit.contains("name=\"holdout\" value=\"50\""), "{edit}");
}

#[tokio::test]
async fn the_share_is_changed_in_the_form_and_a_wrong_one_is_said() {
    let filo = Filo::start().await;
    let session = somebody(&filo, "m", Role::Marketer).await.text;
    let journey = start(
        &filo,
        json!({"trigger": {"hand": {}}, "steps": [{"id": "w", "do": {"wait": {"for": "1 day"}}}]}),
    )
    .await;
    let at = format!("/journeys/{journey}");
    let send = |share: &str, version: String| {
        let form = [
            ("token", token(&session)),
            ("version", version),
            ("name", "Prova".to_owned()),
            ("trigger", "hand".to_owned()),
            ("holdout", share.to_owned()),
        ];
        let request = filo.post(&format!("{at}/trigger"));
        let request = request.header("cookie", &cookie(&session));
        request.form(&serde_urlencoded::to_string(form).unwrap())
    };
    let api = format!("/api/v1/journeys/{journey}");
    let version = filo.api_get(&api).await["version"].to_string();
    let wrong = send("70", version.clone()).send().await.is(422);
    assert!(wrong.text().contains("0 to 50") || wrong.text().contains("0 a 50"));
    send("25", version).send().await.is(303);
    let changed = filo.api_get(&api).await;
    assert_eq!(changed["journey"]["holdout_percent"], 25);
    let nobody = page(&filo, &session, &at, "en").await;
    assert!(
        nobody.contains("Nobody is held back of this journey"),
        "{nobody}"
    );
}
