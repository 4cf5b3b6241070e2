## Entrare

login-title = Entra in Filo
login-email = E-mail
login-password = Password
login-do = Entra
login-wrong = E-mail o password non vanno bene. Controlla e riprova.
login-help = Password dimenticata? Chiedi un collegamento a chi amministra Filo; chi ha accesso alla macchina usa «filo login».
login-link-title = Entra come gestore
login-link-lead = Questo collegamento fa entrare una volta sola, con tutti i permessi e senza un account.
login-code-title = Ancora un passo
login-code = Codice
login-code-hint = Le sei cifre dell’app sul telefono, oppure uno dei codici di riserva.
login-code-wrong = Il codice non va bene, o è già stato usato. Aspetta il prossimo e riprova.
welcome-title = Benvenuto in Filo
welcome-lead = Crea il primo account: sarà quello del titolare, con tutti i permessi.
invited-title = Sei stato invitato
invited-lead = Scegli nome e password: l’account è pronto subito.
reset-title = Una password nuova
reset-do = Salva la password
password-new = Password nuova
password-hint = Almeno 12 caratteri: tre o quattro parole a caso vanno benissimo.
password-short = È corta: servono almeno 12 caratteri.
password-long = È troppo lunga: al massimo 128 caratteri.
password-common = È tra le prime che si provano. Scegline un’altra.
password-personal = Somiglia troppo al tuo nome o a quello dell’azienda. Scegline un’altra.
done-password-set = Password salvata: ora entra con quella.
