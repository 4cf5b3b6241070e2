## Approvazione: che cosa aspetta il sì di una persona

place-approvals = Da approvare
approvals-lead = Quello che non parte finché una persona non l’ha visto. Lo decidi percorso per percorso.
approvals-none = Non c’è niente da approvare
approvals-none-hint = Quando un percorso chiede il tuo sì, i suoi messaggi aspettano qui. Lo imposti nel percorso, alla voce «Chi dà il via libera».
approvals-waiting = Aspettano
approvals-decided = Che cosa si è deciso
approval-title = Da approvare
approval-journey = Apri il percorso
approval-messages = { $count ->
    [one] un messaggio
   *[other] { $number } messaggi
}
approval-since = dal { $date }
approval-until = ha senso fino al { $date }
approval-half = { $count ->
    [one] uno ha già un sì e ne aspetta un altro
   *[other] { $number } hanno già un sì e ne aspettano un altro
}
approval-wait = in attesa del tuo sì
approval-nobody-waits = Qui non aspetta più nessuno.
approval-note = Perché
approval-note-hint = Facoltativo: lo vede chi guarda le decisioni. Non scriverci nulla sulle persone.
approval-note-wrong = Al massimo 200 lettere.
approval-standing = Vale anche per quelli che verranno, finché il contenuto e il percorso restano così
approval-second-hint = Oltre { $number } persone, o se vale anche per il futuro, serve il sì di una seconda persona.
approval-second-needed = Una persona ha detto sì: ora tocca a un’altra.
approval-second-waits = aspetta una seconda persona
approval-second-do = Dico sì anch’io
approval-yes = Possono partire
approval-no = Non partono
approval-withdraw = Ritira
approval-reopen = Rimetti in attesa
approval-samples = Che cosa leggerebbero
approval-samples-lead = Le persone più diverse fra loro, con il testo com’è adesso per ciascuna.
approval-somebody = Qualcuno
approval-open-one = Apri, cambia o decidi solo questo
approval-unsayable = Non si può dire:
approval-also = Anche con il tuo sì:
approval-excluded = Chi resta fuori, e perché
approval-excluded-lead = Negli ultimi trenta giorni il controllo li ha fermati prima che tu dovessi guardare.
approval-decisions = Decisioni su questo passo
approval-said-yes = { $who } ha detto sì a { $messages }
approval-said-no = { $who } ha detto no a { $messages }
approval-said-always = { $who } ha detto sì a { $messages } e a quelli che verranno
approval-seconded = confermato da { $who } il { $date }
approval-withdrawn = ritirato da { $who } il { $date }
approval-news = Che cosa è cambiato dall’ultimo sì
approval-news-lead = Era la versione { $before }, adesso è la { $now }.
approval-news-around = I testi sono gli stessi: è cambiato ciò che sta intorno, come l’offerta o la riga del perché.
approval-was = Prima
approval-was-nothing = Non c’era.
approval-is-now = Adesso
approval-one = Aspetta il tuo sì
approval-one-yes = Può partire
approval-one-no = Non parte
approval-all-of-step = Guarda tutti quelli che aspettano con lui
approval-rule = Chi dà il via libera
approval-rule-hint = Prima che un messaggio parta, una persona può volerlo vedere.
approval-rule-as-journey = Come dice il percorso
approval-rule-automatic = Nessuno: parte da sé
approval-rule-sample = Una persona, su un campione
approval-rule-every = Una persona, ogni volta
approval-rule-above = Una persona, quando sono in tanti
approval-number = Quanti
approval-number-hint = Per un campione, quanti su cento (da 1 a 99). Quando sono in tanti, oltre quante persone in un giorno.
approval-wrong-number = Per un campione scrivi un numero da 1 a { $percent }; quando sono in tanti, da 1 a { $people }.
approval-is-automatic = Parte da sé, senza che nessuno guardi.
approval-is-sample = Una persona guarda { $count ->
    [one] un messaggio
   *[other] { $number } messaggi
} su cento; gli altri partono da sé.
approval-is-every = Una persona guarda ogni messaggio.
approval-is-above = Una persona guarda quando sono più di { $count ->
    [one] una persona
   *[other] { $number } persone
} in un giorno.
message-state-unapproved = da approvare
message-rewrite = Cambia il testo
message-rewrite-lead = Cambia solo per questa persona. Sotto, Filo aggiunge perché lo riceve e come non riceverne più.
message-back = Torna al messaggio
finding-unapproved = Una persona deve vederlo prima che parta.
excluded-cap = Ha già ricevuto quanto basta con questo mezzo.
excluded-budget = Troppo disturbo in poco tempo.
excluded-outranked = È passato prima un messaggio che valeva di più.
excluded-absent = Non sono ancora tornati sul sito.
excluded-warm-up = L’indirizzo del mittente era in riscaldamento, e non c’è stato posto in tempo.
excluded-warm-up-order = L’indirizzo del mittente era in riscaldamento, e sono passati prima altri.
policy-approving = Il via libera
policy-approving-lead = Quando una persona approva, per molti conviene che siano in due.
policy-second = Serve una seconda persona oltre
policy-second-hint = Quante persone possono ricevere qualcosa con il sì di una sola. Vuoto: una basta sempre.
done-approval-yes = Via libera: partono appena passano il controllo
done-approval-half = Detto: ora serve il sì di un’altra persona
done-approval-no = Non partono
done-approval-gone = Nel frattempo qualcosa è cambiato: guarda di nuovo
done-approval-withdrawn = Ritirato: ciò che non è partito aspetta di nuovo
done-message-rewritten = Testo cambiato
today-approvals = Messaggi da approvare
audit-act-messages-approved = Ha dato il via libera a dei messaggi
audit-act-messages-refused = Ha fermato dei messaggi
audit-act-approval-seconded = Ha dato il via libera come seconda persona
audit-act-approval-withdrawn = Ha ritirato una decisione sui messaggi
audit-act-message-rewritten = Ha cambiato il testo di un messaggio
approval-nowhere = non c’è un recapito a cui mandarlo.
message-decision = Via libera
message-decision-yes = { $who } ha detto sì il { $date }
message-decision-no = { $who } ha detto no il { $date }
