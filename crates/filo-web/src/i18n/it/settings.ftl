## Impostazioni

settings-company = Azienda
settings-company-lead = Come si chiama, che lingua parla, che ore sono.
settings-keys = Chiavi dell’API
settings-keys-lead = Per i programmi che leggono i clienti o decidono al posto tuo.
save = Salva
key-expiry = Scade il
key-expiry-hint = Vuoto: non scade da sola.
keys-people = Chi è dentro
keys-people-lead = Le persone che sono entrate e non sono ancora uscite. Chi perde la chiave deve entrare di nuovo.
key-new = Nuova chiave
key-document = La descrizione di tutti gli indirizzi
wrong-date = Scegli un giorno da domani in poi.
settings-users = Chi lavora qui
settings-users-lead = Persone dell’azienda, ruoli, inviti.
