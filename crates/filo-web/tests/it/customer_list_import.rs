//! A file of people whom it puts on a list; taken out again, it never did.

use filo_testkit::Filo;
use http::Method;
use serde_json::{Value, json};

use crate::customer_list::{list, some_people, who};
use crate::import_run::{done, get, upload};

const FILE: &str = "\
Nome;Cognome;E-mail
Anna;Ferrarini;anna@example.it
Dario;Neri;dario@example.it
";

async fn plan(filo: &Filo, import: &str, list: &str) -> (u16, Value) {
    let mut plan = get(filo, import).await["plan"].clone();
    plan["list"] = list.into();
    let path = format!("/api/v1/imports/{import}/plan");
    let request = filo.request(Method::PUT, &path).bearer(&filo.api_key);
    let answer = request.json(&plan).send().await;
    let status = answer.status.as_u16();
    (status, answer.json())
}

#[tokio::test]
async fn everybody_of_a_file_is_put_on_a_list_and_taken_off_with_it() {
    let filo = Filo::start().await;
    let [anna, bruno, _] = some_people(&filo).await;
    let guests = list(&filo, "Degustazione").await;
    let path = format!("/api/v1/lists/{guests}/members/{bruno}");
    let put = filo.request(Method::PUT, &path).bearer(&filo.api_key);
    put.json(&json!({})).send().await.is(204);
    let import = upload(&filo, "ospiti.csv", FILE).await;
    for wrong in ["x", "lst_00000000000000000000000009"] {
        let (status, problem) = plan(&filo, &import, wrong).await;
        assert_eq!((status, &problem["field"]), (422, &json!("list")));
    }
    assert_eq!(plan(&filo, &import, &guests).await.0, 200);
    let tried = done(&filo, &import, "trial").await;
    assert_eq!(tried["trial"]["people"], 2, "{tried}");
    assert_eq!(
        who(&filo, &guests).await,
        std::slice::from_ref(&bruno),
        "only tried"
    );
    done(&filo, &import, "start").await;
    let on = who(&filo, &guests).await;
    assert_eq!(on.len(), 3);
    assert!(on.contains(&anna));
    let members = filo
        .api_get(&format!("/api/v1/lists/{guests}/members"))
        .await;
    let of = |it: &&Value| it["customer"] == json!(anna);
    let anna = members["data"].as_array().unwrap().iter().find(of).unwrap();
    assert_eq!(anna["joined_by"], import);
    done(&filo, &import, "undo").await;
    assert_eq!(who(&filo, &guests).await, [bruno]);
}
