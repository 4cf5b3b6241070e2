## La pagina di una persona

person-unknown = Senza nome
person-sentence-none = Di questa persona non si sa ancora niente.
person-sentence-contact = In contatto da { $since }. Nessun ordine finora.
person-sentence-customer = Cliente da { $since }: { $orders ->
    [one] un ordine
   *[other] { $orders } ordini
  } per { $amount }{ $rhythm }; l’ultimo il { $last }.
rhythm-weekly = quasi uno a settimana
rhythm-fortnightly = due o tre al mese
rhythm-monthly = circa uno al mese
rhythm-seldom = qualcuno all’anno
place-met-web = Si fa vedere soprattutto sul sito.
place-met-app = Si fa vedere soprattutto nell’app.
place-met-email = Si fa sentire soprattutto per e-mail.
place-met-sms = Si fa sentire soprattutto per SMS.
place-met-chat = Si fa sentire soprattutto in chat.
place-met-social = Si fa vedere soprattutto sui social.
place-met-phone = Si fa sentire soprattutto al telefono.
place-met-shop = Si fa vedere soprattutto in negozio.
place-met-server = Se ne sa soprattutto dai nostri sistemi.
reach-email = E-mail
reach-phone = Telefono
reach-no-email = senza e-mail
reach-no-phone = senza telefono
reach-marketing-yes = Marketing: sì
reach-marketing-no = Marketing: no
reach-marketing-pending = Marketing: in attesa
reach-marketing-unknown = Marketing: mai chiesto
ways-title = Che cosa si può fare
ways-note = Nota
ways-call = Chiama
ways-write = Scrivi
figure-events = segni sul filo
figure-orders = ordini
figure-spent = speso
figure-average = per ordine
figure-last-seen = ultimo segno
facts-title = In breve
fact-birthday = Compleanno
fact-address = Indirizzo
fact-language = Lingua
fact-groups = Azienda
fact-first-touch = Arrivato da
fact-whence = da dove viene
fact-said-by = Detto da { $source } il { $date }.
language-it = italiano
language-en = inglese
language-de = tedesco
language-fr = francese
language-es = spagnolo
