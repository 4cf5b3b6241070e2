//! One message by itself: read, rewritten, decided, and too late.

use super::*;

#[tokio::test]
async fn one_message_is_changed_and_decided_alone_and_what_is_too_late_ends() {
    let filo = Filo::start().await;
    nobody_held_back(&filo).await;
    let owner = somebody(&filo, "owner", Role::Owner).await.text;
    for name in ["anna", "bruno"] {
        willing(&filo, name).await;
    }
    let piece = piece(&filo, "Ti interessa: {{ event.topic }}.").await;
    asking(&filo, &piece, &json!("every")).await;
    filo.send([lead("anna", 1), lead("bruno", 1)]).await;
    let waiting = messages(&filo).await;
    let [one, other] = [0, 1].map(|at| waiting[at]["id"].as_str().unwrap().to_owned());
    let here = format!("/messages/{one}");
    let page = look(&filo, &here, &owner).await.ok().text();
    assert!(page.contains(&format!("{here}/words")), "{page}");
    assert!(
        page.contains("Ti interessa: ufficio."),
        "as it would leave: {page}"
    );
    let form = look(&filo, &format!("{here}/words"), &owner)
        .await
        .ok()
        .text();
    assert!(form.contains("Ti interessa: ufficio."), "{form}");
    assert!(
        !form.contains("/public/unsubscribe/"),
        "only what can be changed: {form}"
    );
    let words = format!("{here}/words");
    let refused = post(&filo, &words, &owner, "subject=Ciao&text=").await;
    assert!(refused.is(422).text().contains("Scrivi qualcosa"));
    let changed = post(&filo, &words, &owner, "subject=Ciao+Anna&text=Solo+per+te.").await;
    assert!(there(&changed).ends_with("done=message-rewritten"));
    let approval = format!("{here}/approval");
    // Who answers had the old words before them, or none at all.
    for form in [
        format!("seen={}&answer=yes", seen(&page)),
        "answer=yes".to_owned(),
    ] {
        let unread = there(&post(&filo, &approval, &owner, &form).await);
        assert!(unread.ends_with("done=approval-gone"), "{unread}");
    }
    let page = look(&filo, &here, &owner).await.ok().text();
    assert!(page.contains("Solo per te."), "{page}");
    let form = format!("seen={}&answer=yes", seen(&page));
    let said = there(&post(&filo, &approval, &owner, &form).await);
    assert!(said.ends_with("done=approval-yes"), "{said}");
    assert_eq!(standing(&filo, "sent").await, 1);
    let sent = filo.api_get(&format!("/api/v1/messages/{one}")).await;
    let text = sent["sent"]["text"].as_str().unwrap();
    assert!(
        text.contains("Solo per te.") && text.contains("/public/unsubscribe/"),
        "{text}"
    );
    assert_eq!(sent["sent"]["subject"], "Ciao Anna");
    assert_eq!(sent["approval"], decision(&filo).await["id"]);
    let page = look(&filo, &here, &owner).await.ok().text();
    assert!(page.contains("owner ha detto sì"), "{page}");
    let gone = post(&filo, &words, &owner, "subject=Ciao&text=Ancora").await;
    assert!(there(&gone).ends_with("done=approval-gone"));

    // Nobody looked at the other one while it made sense.
    filo.advance(DAY * 3);
    assert_eq!(standing(&filo, "stopped").await, 1);
    let stopped = filo.api_get(&format!("/api/v1/messages/{other}")).await;
    let verdicts = stopped["verdicts"].as_array().unwrap();
    assert!(
        verdicts.last().unwrap().to_string().contains("too_late"),
        "{verdicts:?}"
    );
}
