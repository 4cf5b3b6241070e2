//! The way to the mailbox of returned mail: encryption, certificates, passwords, addresses.

use filo_testkit::{Filo, ImapSecurity, ImapServer};
use serde_json::{Value, json};

use super::return_box::{company, company_over, dead, fetch, put, settings};

#[tokio::test]
async fn the_way_there_is_encrypted_and_certificates_count() {
    for security in [ImapSecurity::Tls, ImapSecurity::Starttls] {
        let (filo, server) = company_over(security).await;
        server.put(dead(&filo, 1).await);
        assert_eq!(fetch(&filo).await["taken"], 1, "{security:?}");
    }
    // A server that offers no encryption is not told the password.
    let server = ImapServer::start(ImapSecurity::Clear).await;
    let filo = Filo::start().await;
    let mut settings = settings(&server, 0);
    settings["server"]["security"] = "starttls".into();
    put(&filo, &settings).await.ok();
    let fault = fetch(&filo).await["fault"].clone();
    assert!(fault.as_str().unwrap().contains("STARTTLS"), "{fault}");
    assert!(!server.commands().iter().any(|it| it.starts_with("LOGIN")));
    // Nobody vouches for this certificate.
    let server = ImapServer::start(ImapSecurity::Tls).await;
    let filo = Filo::start().await;
    let mut settings = self::settings(&server, 0);
    settings["server"]["security"] = "tls".into();
    put(&filo, &settings).await.ok();
    let fault = fetch(&filo).await["fault"].clone();
    assert!(
        fault.as_str().unwrap().contains("no secure connection"),
        "{fault}"
    );
    assert_eq!(server.commands(), [""; 0]);
}

#[tokio::test]
async fn passwords_that_are_no_plain_letters_are_said_another_way() {
    let (filo, server) = company().await;
    for (version, password) in [(1, "pèrché"), (2, "a\"b\\c d")] {
        server.set_password(password);
        let mut settings = settings(&server, version);
        settings["password"] = password.into();
        put(&filo, &settings).await.ok();
        assert_eq!(fetch(&filo).await["fault"], Value::Null, "{password}");
    }
}

#[tokio::test]
async fn private_addresses_and_other_ports_need_the_owners_word() {
    let filo = Filo::start().await;
    let server = ImapServer::start(ImapSecurity::Tls).await;
    for (host, port, said) in [
        ("127.0.0.1", 993, "not a public address"),
        ("169.254.169.254", 993, "not a public address"),
        ("localhost", server.address.port(), "neither 993 nor 143"),
    ] {
        let version = filo.api_get("/api/v1/mail/return-box").await["version"].clone();
        let settings = json!({"is_on": false, "password": "x", "afterwards": "seen",
                              "server": {"host": host, "port": port, "security": "tls",
                                         "user": "resi"}, "version": version});
        put(&filo, &settings).await.ok();
        let tried = filo
            .api_post("/api/v1/mail/return-box/test", &json!({}))
            .await;
        assert_eq!(tried["is_well"], false);
        assert!(tried["fault"].as_str().unwrap().contains(said), "{tried}");
    }
    assert_eq!(server.commands(), [""; 0]);
}
