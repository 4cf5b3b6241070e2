## Da guardare

incidents-lead = Dove Filo si è fermato per prudenza e una persona dovrebbe guardare.
incidents-none = Niente da guardare
incidents-none-hint = Filo non si è dovuto fermare.
incident-resolve = Visto
incident-detail = Dettagli
incident-identity-suspended = Un identificativo è legato a troppe persone
incident-identity-customer-full = Una persona ha troppi identificativi
incident-identity-too-many-merges = Una persona nascerebbe da troppe unioni
incident-identity-component-too-large = Un gruppo di identificativi è troppo grande
incidents-open = Da guardare
incidents-all = Tutti
incident-do = Che cosa fare:
incident-reopen = Riapri
incident-open-person = Apri la persona
incident-other-why = Filo si è fermato per prudenza.
incident-other-do = Leggi i dettagli; se non dicono niente, segnala a chi cura Filo.
incident-identity-suspended-why = Lo stesso indirizzo o numero è arrivato con molte persone diverse: forse è quello dell’ufficio, o uno di prova. Filo non lo usa più per unire nessuno.
incident-identity-suspended-do = Apri la pagina e guarda di chi è. Se è davvero di una persona sola, uniscila a mano.
incident-identity-customer-full-why = Un cliente vero non ha tanti recapiti: forse un sistema invia lo stesso codice per clienti diversi.
incident-identity-customer-full-do = Apri la persona, guarda da quale sorgente arrivano e correggi chi invia.
incident-identity-too-many-merges-why = Unire così tante persone in una volta sarebbe quasi certamente un errore, perciò Filo non l’ha fatto.
incident-identity-too-many-merges-do = Apri la persona: se sono davvero la stessa, uniscile a mano.
incident-identity-component-too-large-why = Troppi identificativi sono legati tra loro: succede quando un sistema mette un valore fisso al posto del cliente.
incident-identity-component-too-large-do = Cerca il valore che si ripete e correggi il sistema che lo invia.
incident-channel-refused = Chi porta i messaggi non prende i nostri
incident-channel-refused-why = L’account, le chiavi o il mittente non vanno bene, o manca credito. I messaggi aspettano e riprovano.
incident-channel-refused-do = Apri Impostazioni, Canali: correggi l’account e manda una prova.
incident-seen = { $count ->
    [one] Una volta: { $last }
   *[other] { $count } volte, dal { $first }; l’ultima: { $last }
  }
