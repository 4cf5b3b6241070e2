## Che cosa vuol dire un problema

problem-invalid = Un valore si legge ma non può andare. «field» dice quale, «detail» che cosa andrebbe bene.
problem-malformed = La richiesta non si legge: per esempio un JSON rotto. Correggila prima di ripeterla.
problem-missing = Ciò che chiedi non c’è, o la tua chiave non può saperlo.
problem-no-route = A questo indirizzo non c’è niente. L’elenco è in /api/openapi.json.
problem-method-not-allowed = L’indirizzo esiste, ma non con questo metodo.
problem-unauthenticated = Serve una chiave valida: «Authorization: Bearer filo_api_…».
problem-forbidden = La chiave è valida ma non ha il permesso per questo.
problem-too-large = La richiesta è più grande del permesso. Dividila.
problem-too-slow = Il corpo della richiesta non è arrivato in tempo. Ripetila.
problem-too-fast = Arriva più di quanto si riesca ad accogliere. Riprova dopo i secondi di «Retry-After».
problem-conflict = Contraddice lo stato presente: rileggi e decidi di nuovo.
problem-busy = Adesso non si può accogliere altro, e nulla è stato accolto. Riprova dopo i secondi di «Retry-After».
problem-internal = Un guasto di Filo, scritto nel registro. Ripetere può servire.
problem-not-json = Il corpo va inviato come JSON, con «Content-Type: application/json».
problem-not-built = Questa copia di Filo è stata costruita senza una parte che qui serve: lo script per i siti, o SQL. «detail» dice come averla.
problem-sql-refused = Una domanda in SQL può solo leggere: SELECT, WITH o EXPLAIN, una alla volta. Questa farebbe altro.
problem-sql-limit = Una domanda in SQL ha raggiunto un limite: righe, dimensione, secondi o memoria. «field» dice quale, «detail» come andare avanti.
problem-unknown-key = La chiave di scrittura non esiste o è stata revocata.
problem-unknown-encoding = Si accetta solo gzip, o nessuna compressione.
problem-broken-gzip = Il corpo compresso è rotto, o si gonfia troppo.
problem-idempotency-key-reused = La stessa «Idempotency-Key» è arrivata con una richiesta diversa: usane una nuova.
problem-idempotency-running = La prima richiesta con questa chiave è ancora in corso: riprova tra poco.
problem-key-already-shown = La chiave era già stata creata e mostrata. Se il testo è andato perso, revocala e creane un’altra.
problem-origin-not-allowed = La chiave è pubblica e vale solo per alcuni siti: la richiesta arriva da un altro. Chi amministra Filo può aggiungere il sito in Sorgenti, o togliere il limite.
problem-source-disabled = La chiave è giusta, ma la sua sorgente è disattivata: chi amministra Filo può riattivarla in Sorgenti.
problem-defect = Un evento non è stato accolto e aspetta in quarantena. { $defect }.
