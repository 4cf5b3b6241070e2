## Oggi

today-morning = Buongiorno
today-afternoon = Buon pomeriggio
today-evening = Buonasera
today-beginning = Per cominciare
today-steps-done = Già fatto
today-beginning-count = { $done } di { $all }
today-step-source = Una sorgente che può inviare
today-step-event = Il primo evento è arrivato
today-step-company = L’azienda ha il suo nome
today-step-do = Fallo adesso
today-todo = Aspettano te
today-calm = Tutto a posto
today-calm-hint = Filo non si è dovuto fermare su niente, e tutto ciò che è arrivato è stato capito.
today-latest = Passati da poco
see-all = Vedi tutti
today-birthdays = Compiono gli anni oggi
today-step-account = Il tuo account ha nome, e-mail e password
today-step-backup = Le copie di sicurezza si fanno da sole
today-requests-overdue = Richieste sui dati a cui dovevi già aver risposto
today-requests-due = Richieste sui dati da chiudere entro una settimana
today-tasks-late = Cose da fare per i clienti, in ritardo
today-tasks = Cose da fare per i clienti
