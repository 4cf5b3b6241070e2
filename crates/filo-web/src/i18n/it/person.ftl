## La pagina di una persona

person-unknown = Senza nome
person-sentence-none = Di questa persona non si sa ancora niente.
person-sentence-contact = In contatto dal { $first }; ultimo segno di vita il { $last }. Nessun ordine finora.
person-sentence-customer = In contatto dal { $first }, ultimo segno di vita il { $last }. { $orders ->
    [one] Ha fatto un ordine
   *[other] Ha fatto { $orders } ordini
  } per { $amount }.
figure-events = eventi
figure-orders = ordini
figure-spent = speso
figure-average = per ordine
thread-title = Il filo
thread-empty = Sul filo non c’è ancora niente.
clock-suspect = orologio di chi invia sbagliato
facts-title = In breve
fact-birthday = Compleanno
fact-address = Indirizzo
fact-language = Lingua
fact-groups = Azienda
fact-first-touch = Arrivato da
language-it = italiano
language-en = inglese
language-de = tedesco
language-fr = francese
language-es = spagnolo
