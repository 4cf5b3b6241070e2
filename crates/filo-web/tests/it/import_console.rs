//! The whole way of a file through the console, by forms alone.

use filo_core::access::Role;
use filo_core::identity::Kind;
use filo_testkit::{Answer, Filo};

use crate::access::{cookie, look, post, somebody, token};

const FILE: &str = "\
Nome,Mail,Note salute
Maria,maria@example.it,x
Luca,luca@example,x
";

async fn drop_file(filo: &Filo, session: &str, token: &str, file: &str) -> Answer {
    let mark = "limite";
    let body = format!(
        "--{mark}\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n\
         --{mark}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"clienti.csv\"\r\n\
         Content-Type: text/csv\r\n\r\n{file}\r\n--{mark}--\r\n"
    );
    let kind = format!("multipart/form-data; boundary={mark}");
    filo.post("/imports")
        .header("cookie", &cookie(session))
        .header("content-type", &kind)
        .body(body)
        .send()
        .await
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn a_shopkeeper_brings_a_file_in_and_takes_it_back() {
    let filo = Filo::start().await;
    let session = somebody(&filo, "marta", Role::Marketer).await.text;
    let empty = look(&filo, "/imports?lang=it", &session).await.ok().text();
    assert!(empty.contains("Ancora nessun file"), "{empty}");

    let foreign = drop_file(&filo, &session, "wrong", FILE).await;
    assert_eq!(foreign.status, 403);
    let wrong = drop_file(&filo, &session, &token(&session), "").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("field-file-wrong"));

    let dropped = drop_file(&filo, &session, &token(&session), FILE).await;
    assert_eq!(dropped.status, 303, "{}", dropped.text());
    let page = dropped.header("location").unwrap().to_owned();
    let shown = look(&filo, &format!("{page}?lang=it"), &session)
        .await
        .ok()
        .text();
    assert!(shown.contains("Che cosa sono le colonne"), "{shown}");
    assert!(shown.contains("dato che la legge protegge"), "{shown}");
    assert!(!shown.contains(">import-"), "a key instead of words");

    let form = "subject=people&target-0=trait:first_name&target-1=ignore&target-2=ignore";
    let refused = post(&filo, &format!("{page}/plan"), &session, form).await;
    assert_eq!(refused.status, 422);
    let form = "act=try&subject=people&target-0=trait:first_name&target-1=email&target-2=ignore\
        &consent-email=on&consent_text=";
    let refused = post(&filo, &format!("{page}/plan"), &session, form).await;
    assert_eq!(refused.status, 422, "a consent without proof");
    assert!(refused.text().contains("field-consent_text-wrong"));
    let form = "act=try&subject=people&target-0=trait:first_name&target-1=email&target-2=ignore";
    let tried = post(&filo, &format!("{page}/plan"), &session, form).await;
    assert_eq!(tried.status, 303);
    filo.app.jobs_idle().await.unwrap();
    let shown = look(&filo, &page, &session).await.ok();
    assert!(shown.header("refresh").is_none());
    assert!(
        shown.text().contains("Che cosa succederebbe"),
        "{}",
        shown.text()
    );
    assert!(shown.text().contains("maria@example.it"));

    let started = post(&filo, &format!("{page}/start"), &session, "").await;
    assert_eq!(started.status, 303);
    filo.app.jobs_idle().await.unwrap();
    let shown = look(&filo, &page, &session).await.ok().text();
    assert!(shown.contains("Com’è andata") && shown.contains("Scarica le righe scartate"));
    let file = look(&filo, &format!("{page}/rejected"), &session)
        .await
        .ok();
    let expected = "luca@example,x,3,Mail,\"l’e-mail non è valida\"";
    assert!(file.text().contains(expected), "{}", file.text());
    let people = look(&filo, &format!("{page}/people"), &session)
        .await
        .ok()
        .text();
    assert!(people.contains("maria@example.it"), "{people}");

    let preview = look(&filo, &format!("{page}/undo"), &session)
        .await
        .ok()
        .text();
    assert!(preview.contains("Una persona sparisce"), "{preview}");
    let undone = post(&filo, &format!("{page}/undo"), &session, "").await;
    assert_eq!(undone.status, 303);
    filo.app.jobs_idle().await.unwrap();
    let shown = look(&filo, &page, &session).await.ok().text();
    assert!(
        shown.contains("come se il file non fosse mai arrivato"),
        "{shown}"
    );
    assert!(filo.find(Kind::Email, "maria@example.it").await.is_none());

    let analyst = somebody(&filo, "ada", Role::Analyst).await.text;
    assert_eq!(look(&filo, &page, &analyst).await.status, 403);
    let sources = look(&filo, "/sources", &analyst).await.ok().text();
    assert!(!sources.contains("/imports"), "no door without a key");
}
