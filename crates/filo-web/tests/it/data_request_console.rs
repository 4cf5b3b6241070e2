//! Requests about data in the console: taking down what came by telephone, and answering it.

use filo_core::access::Role;
use filo_core::identity::Kind;
use filo_testkit::Filo;

use crate::access::{look, post, somebody};
use crate::data_request::ada;

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn the_console_leads_from_a_call_to_an_answer() {
    let filo = Filo::start().await;
    let id = ada(&filo).await;
    let owner = somebody(&filo, "olga", Role::Owner).await.text;
    let page = look(&filo, &format!("/people/{id}/privacy"), &owner)
        .await
        .ok();
    assert!(
        page.text()
            .contains(&format!("/requests/new?customer={id}"))
    );
    let empty = look(&filo, "/requests", &owner).await.ok().text();
    assert!(empty.contains("Nessuno aspetta") && empty.contains("/public/request"));
    let form = look(&filo, &format!("/requests/new?customer={id}"), &owner)
        .await
        .ok();
    assert!(form.text().contains("name=\"customer\""));
    let today = &filo.now().to_string()[..10];

    let wrong = format!("address=zz&wish=access&way=phone&received_on={today}");
    let refused = post(&filo, "/requests", &owner, &wrong)
        .await
        .is(422)
        .text();
    assert!(refused.contains("Non è un indirizzo") && refused.contains("value=\"zz\""));
    let wrong = "address=a%40b.it&wish=access&way=phone&received_on=2999-01-01";
    post(&filo, "/requests", &owner, wrong).await.is(422);

    let right =
        format!("customer={id}&wish=portability&way=phone&received_on={today}&message=subito");
    let made = post(&filo, "/requests", &owner, &right).await.is(303);
    let here = made
        .header("location")
        .unwrap()
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    let page = look(&filo, &here, &owner).await.ok().text();
    assert!(
        page.contains("/public/request/") && page.contains("subito"),
        "{page}"
    );
    post(&filo, &format!("{here}/answer"), &owner, "note=x")
        .await
        .is(409);
    post(&filo, &format!("{here}/check"), &owner, "proof=document")
        .await
        .is(303);
    let page = look(&filo, &here, &owner).await.ok().text();
    assert!(page.contains("value=\"csv\"") && page.contains("Ha mostrato un documento"));
    post(&filo, &format!("{here}/extension"), &owner, "reason=")
        .await
        .is(422);
    post(&filo, &format!("{here}/answer"), &owner, "note=a+mano")
        .await
        .is(303);
    let page = look(&filo, &here, &owner).await.ok().text();
    assert!(page.contains("a mano") && page.contains("/reopening"));
    let closed = look(&filo, "/requests?show=closed", &owner)
        .await
        .ok()
        .text();
    assert!(closed.contains(&here) && closed.contains("fatta"));

    let erase = format!("customer={id}&wish=erasure&way=shop&received_on={today}&proof=known");
    let made = post(&filo, "/requests", &owner, &erase).await.is(303);
    let here = made
        .header("location")
        .unwrap()
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    let unsure = post(&filo, &format!("{here}/answer"), &owner, "note=")
        .await
        .is(422);
    assert!(unsure.text().contains("spunta la casella"));
    assert!(filo.find(Kind::Email, "ada@example.it").await.is_some());
    post(&filo, &format!("{here}/answer"), &owner, "sure=yes")
        .await
        .is(303);
    let page = look(&filo, &here, &owner).await.ok().text();
    assert!(page.contains("/settings/erasures/era_") && !page.contains("ada@example.it"));
    assert!(
        !look(&filo, "/requests?show=closed", &owner)
            .await
            .text()
            .contains("ada@")
    );
    let agent = somebody(&filo, "gino", Role::Agent).await.text;
    look(&filo, "/requests", &agent).await.is(403);
}
