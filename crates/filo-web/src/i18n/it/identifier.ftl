## Identificativi

identifiers-title = Identificativi
identifiers-more = { $count ->
    [one] Un altro
   *[other] Altri { $count }
  }
identifiers-why = Perché sono la stessa persona
identifier-seen = dal { $first } al { $last }
kind-user-id = ID utente
kind-tax-code = Codice fiscale
kind-card = Tessera
kind-email = E-mail
kind-phone = Cellulare
kind-external-id = ID esterno
kind-push-token = Notifiche
kind-device-id = Dispositivo
kind-advertising-id = ID pubblicitario
kind-ga-client-id = Google Analytics
kind-anonymous-id = Visitatore
kind-landline = Telefono fisso
kind-group-id = Azienda
kind-telegram = Telegram
kind-web-push = Browser con notifiche
trust-claimed = dichiarato
trust-claimed-hint = Lo dice solo il browser: chiunque legga la pagina potrebbe averlo inviato.
trust-verified = verificato
trust-verified-hint = Lo dice un sistema dell’azienda.
trust-staff = dal personale
trust-staff-hint = Lo dice una persona dell’azienda.
