## La pagina del lunedì

monday-title = La pagina del lunedì
monday-business = Come va
monday-experience = Come si trovano i clienti
monday-journeys = Che cosa hanno cambiato i percorsi
monday-journeys-none = Nessun percorso in corso.
monday-waiting = Chi aspetta
monday-waiting-answers = { $count ->
    [one] Una persona aspetta una risposta, dal { $when }
   *[other] { $number } persone aspettano una risposta, la prima dal { $when }
  }
monday-waiting-nobody = Nessuno aspetta una risposta, negli ultimi { $days } giorni
monday-waiting-tasks = { $count ->
    [one] Una cosa da fare per un cliente, in ritardo: { $late }
   *[other] { $number } cose da fare per i clienti, in ritardo: { $late }
  }
monday-waiting-approvals = { $count ->
    [one] Un messaggio aspetta un sì
   *[other] { $number } messaggi aspettano un sì
  }
monday-answers = { $count ->
    [one] A una domanda si è risposto in { $hours } ore.
   *[other] A { $number } domande si è risposto, a metà entro { $hours } ore.
  }
monday-answers-before = La settimana prima: { $hours } ore.
monday-answers-none = Nessuna domanda ha avuto risposta in questa settimana.
monday-head-week = Settimana
monday-head-before = Prima
monday-print = Si stampa su un foglio, anche in bianco e nero.
monday-by-mail = Ricevila per posta
monday-card = La settimana finita in poche cifre, nella tua casella il giorno e all’ora che vuoi, sull’orologio dell’azienda. Nessun nome di cliente.
monday-open = Guardala adesso
monday-way = Per posta
monday-way-yes = Mandamela ogni settimana
monday-way-no = Non mandarmela
monday-weekday = Giorno
monday-hour = Ora
monday-day-1 = Lunedì
monday-day-2 = Martedì
monday-day-3 = Mercoledì
monday-day-4 = Giovedì
monday-day-5 = Venerdì
monday-day-6 = Sabato
monday-day-7 = Domenica
monday-next = La prossima parte { $when }.
monday-last-sent = L’ultima è partita { $when }.
monday-last-kept = L’ultima è nella cartella di prova, { $when }: nessun server di posta è collegato.
monday-last-failed = L’ultima non è partita, { $when }: guardate le impostazioni della posta.
monday-test = Mandamela adesso per prova
monday-subject = { $name }: la settimana fino al { $when }
monday-row = { $name }: { $now } (prima { $before }), { $difference }. { $chance }.
monday-read = Apri la pagina in Filo
monday-end = Non mandarmela più
monday-why = La ricevi perché l’hai chiesto nelle tue impostazioni.
done-monday-on = Fatto: la riceverai ogni settimana.
done-monday-off = Fatto: non la riceverai più.
done-monday-test-sent = Prova mandata alla tua casella.
done-monday-test-kept = La prova è nella cartella della posta: nessun server è collegato.
done-monday-test-failed = La prova non è partita: guardate le impostazioni della posta.
public-monday = Non mandarti più la pagina del lunedì?
public-monday-hint = Premi il pulsante e non arriverà più. Potrai riprenderla nelle impostazioni del tuo account.
public-monday-do = Non mandarmela più
public-monday-ended = La pagina del lunedì non arriverà più.
