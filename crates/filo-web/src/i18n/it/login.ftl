## Entrare

login-title = Entra in Filo
login-key = Chiave
login-key-hint = Quella del collegamento stampato da Filo, o una chiave dell’API. Un collegamento nuovo si ha con il comando «filo login».
login-name = Il tuo nome
login-name-hint = Sta accanto alle note e alle decisioni che prendi.
login-do = Entra
login-wrong = La chiave non vale: è sbagliata, scaduta o già usata. Con «filo login» se ne ha un’altra.
