## Importazioni

imports-title = Importazioni
imports-lead = Porta dentro i clienti che hai già in un file. Prima vedi che cosa succederebbe, poi decidi; e puoi sempre tornare indietro.
imports-none = Ancora nessun file
imports-none-hint = Di solito si comincia dall’esportazione del vecchio programma, o da un foglio di calcolo.
imports-list = I file portati
imports-older = Più vecchi
import-drop-title = Un nuovo file
import-file = File
import-file-hint = CSV o Excel (con i nomi delle colonne nella prima riga), vCard o JSON; al massimo 200 MB.
import-file-kept = Il file resta qui { $days } giorni dopo l’ultimo passo, poi si cancella da solo.
import-drop = Guarda il file
wrong-import-file = Questo file non si può usare.
import-rows = { $count ->
    [one] { $count } riga
   *[other] { $count } righe
}
import-state-draft = da preparare
import-state-trying = in prova
import-state-tried = provato
import-state-running = in corso
import-state-done = importato
import-state-cancelled = fermato
import-state-failed = non riuscito
import-state-undoing = si annulla
import-state-undone = annullato
import-before = Questo stesso file è già stato importato il { $date }: portarlo dentro di nuovo non cambia niente.
import-failed = Non è andato fino in fondo
import-unseen = Il contenuto del file non si può mostrare.
import-recognised = Che file è
import-written-by = Viene da
import-preset-unknown = programma non riconosciuto
import-preset-shopify-customers = Shopify, clienti
import-preset-mailchimp = Mailchimp
import-preset-hubspot-contacts = HubSpot, contatti
import-preset-woocommerce-customers = WooCommerce, clienti
import-preset-shopify-orders = Shopify, ordini
import-preset-hubspot-companies = HubSpot, aziende
import-preset-prestashop-customers = PrestaShop, clienti
import-preset-klaviyo = Klaviyo
import-preset-brevo = Brevo
import-preset-google-contacts = Contatti di Google
import-preset-outlook-contacts = Contatti di Outlook
import-preset-stripe-customers = Stripe, clienti
import-size = Quanto è lungo
import-about-rows = { $count ->
    [one] circa una riga
   *[other] circa { $number } righe
}
import-form = Formato
import-warning-duplicate-headers = Due colonne hanno lo stesso nome: guarda bene gli esempi di ognuna.
import-warning-ambiguous-dates = Le date si possono leggere in due modi (giorno o mese per primo): scegli sotto «Di più» quello giusto.
import-warning-other-sheets = Si legge il primo foglio che contiene qualcosa; per gli altri carica un file alla volta.
import-mapping = Che cosa sono le colonne
import-subject = Che cosa contiene il file
import-subject-people = Clienti, uno per riga
import-subject-suppressions = Persone a cui non scrivere
import-columns = Colonne
import-columns-hint = Per ogni colonna scegli che cos’è. Almeno una deve dire di chi è la riga: e-mail, telefono, tessera o codice cliente.
wrong-import-columns = Serve una colonna che dica di chi è la riga, e ogni cosa può stare in una colonna sola.
import-guess-likely = indovinato
import-column-empty = Colonna vuota
import-remark-special-category = Sembra un dato che la legge protegge di più (salute, religione…): resta fuori, se non lo scegli tu.
import-remark-taken = Un’altra colonna è già questo.
import-remark-ambiguous-dates = Giorno e mese si possono scambiare: controlla.
import-remark-says-consent = Parla di consensi: resta fuori, se non scegli tu che cosa prova.
import-target = Che cos’è
import-column-more = Di più
import-transform = Come si legge
import-transform-as-is = così com’è
import-transform-title-case = Maiuscole solo all’inizio
import-transform-lower-case = tutto minuscolo
import-transform-day-first = data, prima il giorno
import-transform-month-first = data, prima il mese
import-transform-decimal-comma = numero con la virgola
import-transform-decimal-point = numero con il punto
import-transform-list = più valori divisi da virgole
import-transform-surname-first = prima il cognome
import-collision = Se lo sapevamo già
import-collision-overwrite = vale il file
import-collision-fill-if-blank = resta quello che c’è, il file riempie i vuoti
import-collision-never = solo per chi è nuovo
import-collision-append = si aggiunge alla lista
import-collision-newest-wins = vale il più recente
import-target-ignore = niente, resta fuori
import-target-user-id = Codice cliente
import-target-card = Tessera
import-target-email = E-mail
import-target-phone = Telefono
import-target-tax-code = Codice fiscale
import-target-external-id = Codice di un altro programma
import-target-full-name = Nome e cognome insieme
import-target-suppression = Non scrivergli (motivo, o sì/no)
import-target-changed-at = Quando la riga è cambiata
import-target-consent-email = Consenso e-mail (sì/no)
import-target-consent-sms = Consenso SMS (sì/no)
import-target-consent-phone = Consenso telefonate (sì/no)
import-target-consent-web = Consenso sul sito (sì/no)
import-target-consent-app = Consenso nell’app (sì/no)
import-target-consent-chat = Consenso chat (sì/no)
import-target-consent-social = Consenso sui social (sì/no)
import-target-consent-shop = Consenso in negozio (sì/no)
import-target-consent-server = Consenso ovunque (sì/no)
import-target-new = Nuovo campo «{ $name }»
import-trait-first-name = Nome
import-trait-last-name = Cognome
import-trait-company = Azienda
import-trait-vat-number = Partita IVA
import-trait-street = Indirizzo
import-trait-city = Città
import-trait-postal-code = CAP
import-trait-province = Provincia
import-trait-country = Paese
import-trait-birthday = Data di nascita
import-trait-gender = Genere
import-trait-language = Lingua
import-trait-tags = Etichette
import-trait-notes = Note
import-consent = Consenso che il file prova
import-consent-hint = Se non scegli niente, le persone entrano ma non si può scrivere loro per pubblicità. Scegli un canale solo se tutti quelli del file hanno detto sì e puoi dimostrarlo.
import-consent-text = A che cosa hanno detto sì, e dove si trova la prova
import-consent-text-hint = Per esempio: modulo della tessera 2024, armadio dell’ufficio.
import-consent-day = Quando l’hanno detto
wrong-import-consent-text = Scrivi a che cosa hanno detto sì e dove sta la prova.
wrong-import-consent-day = Scegli il giorno.
import-save = Salva e basta
import-try = Prova senza scrivere niente
done-import-saved = Salvato.
done-import-stopping = Si ferma appena può.
done-import-discarded = File buttato via.
import-discard = Butta via il file
import-discard-confirm = Sì, buttalo
import-busy-trying = Prova in corso: non si scrive niente
import-busy-running = Importazione in corso
import-busy-undoing = Si sta annullando
import-busy-hint = Puoi chiudere la pagina: il lavoro va avanti. Si aggiorna da sola.
import-progress = { $done } di { $total } righe
import-stop = Ferma
import-stopped = Fermata a metà: quello che è entrato prima c’è. Puoi annullarlo, o riportare lo stesso file per finire.
import-would = Che cosa succederebbe
import-did = Com’è andata
import-count-rows = Righe nel file
import-count-created = Persone nuove
import-count-updated = Persone che c’erano, con novità
import-count-unchanged = Senza novità
import-count-suppressed = Da non contattare
import-count-duplicate = Ripetute nel file
import-count-rejected = Scartate
import-outcome-created = nuova
import-outcome-updated = aggiornata
import-outcome-unchanged = senza novità
import-outcome-suppressed = da non contattare
import-outcome-duplicate = ripetuta
import-outcome-rejected = scartata
import-nothing-new = In questo file non c’è niente di nuovo: importarlo non cambierebbe nulla.
import-nothing-new-done = Non c’era niente di nuovo: nulla è cambiato.
import-start-lead = Finora non è stato scritto niente.
import-start = Importa
import-change = Cambia le colonne
import-rejected = { $count ->
    [one] Una riga non entra
   *[other] { $count } righe non entrano
}
import-rejected-first = Le prime
import-rejected-file = Scarica le righe scartate
import-rejected-hint = Con le colonne del tuo file, il numero di riga e il motivo: correggile e riportale.
import-line = riga { $line }
import-reason-wrong-column-count = la riga ha più o meno celle delle colonne
import-reason-nobody = non dice di chi è
import-reason-bad-email = l’e-mail non è valida
import-reason-bad-phone = il telefono non è valido
import-reason-bad-tax-code = il codice fiscale non è valido
import-reason-bad-card = la tessera non è valida
import-reason-bad-identifier = il codice non si può usare
import-reason-bad-yes-or-no = non si capisce se è sì o no
import-reason-bad-date = la data non si legge
import-reason-bad-number = il numero non si legge
import-reason-unclosed-quote = le virgolette non si chiudono
import-reason-too-long = la riga è troppo lunga
import-reason-bad-bytes = contiene caratteri che non sono testo
import-reason-no-object = non è un oggetto JSON
import-reason-broken-card = il contatto comincia o finisce a metà
import-examples = Alcuni esempi
import-change-consent = Consenso: { $channel }
import-consent-granted = sì
import-consent-denied = no
import-consent-claimed-yes = sì, senza prova
import-see-people = { $count ->
    [one] La persona toccata
   *[other] Le { $count } persone toccate
}
import-people-title = Le persone toccate
import-people-lead = Com’è oggi chi questo file ha portato o cambiato.
import-people-none = Nessuno.
import-people-more = Altri
import-goes-at = File, esempi ed elenco delle persone si cancellano il { $date }; i numeri restano.
import-file-gone = Il file e gli esempi sono stati cancellati; restano i numeri.
import-undo = Annulla l’importazione
import-undo-title = Annullare questa importazione?
import-undo-lead = Tutto torna come se il file non fosse mai arrivato. Quello che è successo dopo resta.
import-undo-events = { $count ->
    [one] Si toglie un’informazione
   *[other] Si tolgono { $number } informazioni
}
import-undo-new = { $count ->
    [one] Una persona era nuova: se non ha fatto altro, sparisce
   *[other] { $number } persone erano nuove: chi non ha fatto altro sparisce
}
import-undo-going = { $count ->
    [one] Una persona sparisce: era arrivata solo con il file
   *[other] { $number } persone spariscono: erano arrivate solo con il file
}
import-undo-staying = { $count ->
    [one] Una persona nuova resta, perché poi ha fatto altro
   *[other] { $number } persone nuove restano, perché poi hanno fatto altro
}
import-undo-changed = { $count ->
    [one] Una persona torna com’era
   *[other] { $number } persone tornano com’erano
}
import-undo-do = Annulla l’importazione
import-undo-keep = No, lascia tutto com’è
import-undone-by = Annullata il { $date } da { $name }: è come se il file non fosse mai arrivato.
import-same-again = Un altro file con le stesse impostazioni
import-same-again-hint = Le colonne con lo stesso nome si leggono come in questo file.
