//! Data quality in the console: the whole job of a person of the company, and what an analyst
//! sees.

use filo_core::access::Role;
use filo_testkit::{Answer, Filo, Request};

use crate::access::{cookie, somebody, token};
use crate::quality::{a_few, email_of, looked};

fn console(cookie: &str, request: Request) -> Request {
    request
        .header("cookie", cookie)
        .header("accept-language", "it")
}

async fn post(filo: &Filo, path: &str, form: &str) -> Answer {
    let cookie = crate::hostile::log_in(filo).await;
    let page = console(&cookie, filo.get("/quality")).send().await.text();
    let token = page.split("name=\"token\" value=\"").nth(1).unwrap();
    let token = token.split('"').next().unwrap();
    let form = format!("token={token}&{form}");
    console(&cookie, filo.post(path)).form(&form).send().await
}

async fn page(filo: &Filo, path: &str) -> Answer {
    let cookie = crate::hostile::log_in(filo).await;
    console(&cookie, filo.get(path)).send().await
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn a_person_of_the_company_does_the_whole_job_without_a_script() {
    let filo = Filo::start().await;
    let empty = page(&filo, "/quality").await.ok().text();
    assert!(empty.contains("class=\"empty\""), "{empty}");
    a_few(&filo).await;
    let whole = page(&filo, "/quality").await.ok().text();
    assert!(
        whole.contains("2 persone diventano raggiungibili per e-mail"),
        "{whole}"
    );
    assert!(
        whole.contains("Dominio dell’e-mail scritto male"),
        "{whole}"
    );
    let list = page(&filo, "/quality/findings?gain=email")
        .await
        .ok()
        .text();
    assert_eq!(
        list.matches("name=\"pick\" value=\"cus_").count(),
        2 * 3,
        "a box and two buttons each"
    );
    assert!(
        list.contains("anna@gmial.com") && list.contains("anna@gmail.com"),
        "{list}"
    );

    let preview = page(&filo, "/quality/mending?all=1&reason=email_domain_typo")
        .await
        .ok()
        .text();
    assert!(
        preview.contains("Correggere i dati di 3 persone?"),
        "{preview}"
    );
    let nothing = post(&filo, "/quality/mending", "reason=email_domain_typo&gain=").await;
    assert_eq!(nothing.status, 422);
    let mended = post(
        &filo,
        "/quality/mending",
        "all=1&reason=email_domain_typo&gain=",
    )
    .await;
    assert_eq!(mended.status, 303);
    let back = mended.header("location").unwrap().to_owned();
    let told = page(&filo, &back).await.ok().text();
    assert!(told.contains("Corretti i dati di 3 persone."), "{told}");
    let undo = told.split("action=\"/quality/acts/").nth(1).unwrap();
    let act = undo.split('/').next().unwrap();
    filo.advance(std::time::Duration::from_secs(60));
    let undone = post(&filo, &format!("/quality/acts/{act}/undo"), "reason=&gain=").await;
    assert_eq!(
        undone.header("location"),
        Some("/quality?done=quality-undone")
    );
    assert_eq!(
        email_of(&filo, "u-1").await.as_deref(),
        Some("anna@gmial.com")
    );

    let anna = filo.user("u-1").await.id;
    let person = page(&filo, &format!("/people/{anna}")).await.ok().text();
    assert!(person.contains("Una cosa da sistemare"), "{person}");
    let form = format!("pick={anna}.email_domain_typo&person={anna}");
    looked(&filo).await;
    let left = post(&filo, "/quality/leaving", &form).await;
    let back = left.header("location").unwrap().to_owned();
    assert!(
        back.starts_with(&format!("/people/{anna}?done-left=")),
        "{back}"
    );
    let person = page(&filo, &back).await.ok().text();
    assert!(person.contains("Un valore resta com’è."), "{person}");
    assert!(!person.contains("Una cosa da sistemare"), "{person}");
    for missing in [
        "/quality/findings",
        "/quality/findings?reason=x",
        "/quality/findings?gain=email&behind=x",
    ] {
        assert_eq!(page(&filo, missing).await.status, 404, "{missing}");
    }
}

#[tokio::test]
async fn an_analyst_sees_how_many_and_nobodys_values() {
    let filo = Filo::start().await;
    a_few(&filo).await;
    let analyst = somebody(&filo, "numeri", Role::Analyst).await;
    let look = async |path: &str| {
        let request = filo.get(path).header("cookie", &cookie(&analyst.text));
        request.send().await.ok().text()
    };
    let list = look("/quality/findings?reason=email_domain_typo").await;
    assert!(
        list.contains("•••") && !list.contains("gmial") && !list.contains("Anna"),
        "{list}"
    );
    assert!(
        !list.contains("/quality/mending"),
        "no button that would be refused"
    );
    let anna = filo.user("u-1").await.id;
    let person = look(&format!("/people/{anna}")).await;
    assert!(
        !person.contains("gmial") && !person.contains("anna@gmail.com"),
        "{person}"
    );
    let form = format!(
        "token={}&pick={anna}.email_domain_typo",
        token(&analyst.text)
    );
    let refused = filo
        .post("/quality/mending")
        .header("cookie", &cookie(&analyst.text));
    assert_eq!(refused.form(&form).send().await.status, 403);
}
