## Consensi

consents-title = Consensi
consents-none = Nessun consenso registrato: senza, niente marketing.
consent-title = Registra un consenso
consent-purpose = Per che cosa
consent-channel = Su quale canale
consent-decision = Risposta
consent-granted = sì
consent-denied = no
consent-pending = in attesa di prova
consent-wording = Testo o versione accettata
consent-proof = Prova
consent-proof-hint = Dove si trova: modulo firmato, registrazione, testimone.
consent-do = Registra
purpose-every = tutto
purpose-marketing = marketing
purpose-analytics = statistiche
purpose-profiling = profilazione
purpose-advertising = pubblicità
purpose-functional = funzionali
basis-unstated = base non indicata
basis-consent = consenso
basis-soft-spam = prodotti simili (soft spam)
basis-contract = contratto
basis-legitimate-interest = legittimo interesse
basis-legal-obligation = obbligo di legge
