## Scopi e testi dei consensi

settings-consent = Consensi
settings-consent-lead = Per che cosa contatti i clienti, su quali canali, con quali parole lo chiedi e quanto dura un sì.
terms-new = Nuovo scopo
terms-change = Modifica
terms-word = Parola
terms-word-hint = Quella che usano i tuoi programmi: lettere minuscole, cifre e _. Poi non si cambia più.
terms-name-it = Come lo leggono i clienti, in italiano
terms-name-en = Come lo leggono i clienti, in inglese
terms-ground = Su che cosa si basa
ground-statement = Su ciò che dice il cliente
ground-duty = Su un contratto o sulla legge: non si chiede
terms-channels = Canali
terms-by-channel = Il cliente risponde per ogni canale, non una volta sola
terms-bases = Quando un sì vale
terms-bases-hint = I prodotti simili (soft spam) valgono solo per e-mail, qualunque cosa tu scelga qui: lo dice la legge.
terms-expires = Un sì scade dopo (mesi)
terms-expires-hint = 0: non scade mai.
terms-ask-again = Dopo un no, non chiedere per (mesi)
terms-is-duty = non si chiede
terms-never-ends = un sì non scade
terms-ends = { $months ->
    [one] un sì vale un mese
   *[other] un sì vale { $months } mesi
  }
terms-remove = Togli
terms-remove-confirm = Togli questo scopo: ciò che i clienti hanno detto resta
terms-wrong = C’è qualcosa che non va: servono una parola nuova, un nome in ciascuna lingua, al massimo 120 mesi, e almeno un canale con un modo in cui un sì vale.
terms-conflict = Qualcun altro li ha cambiati intanto. Guarda ciò che c’è adesso e salva di nuovo.
wording-none = Manca il testo da leggere prima di dire sì.
wording-new = Scrivi il testo nuovo
wording-hint = Il testo di prima resta, con la sua impronta: chi ha detto sì ha detto sì a quello.
wording-it = In italiano
wording-en = In inglese
wording-do = Usa questo da adesso
wording-wrong = Scrivi il testo in tutte e due le lingue, al massimo 2000 lettere.
done-purposes-saved = Salvato
done-purpose-removed = Tolto
done-wording-added = Il testo nuovo vale da adesso
