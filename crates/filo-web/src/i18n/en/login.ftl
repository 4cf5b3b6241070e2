## Logging in

login-title = Log in to Filo
login-key = Key
login-key-hint = The one of the link that Filo printed, or a key of the API. The command “filo login” gives a new link.
login-name = Your name
login-name-hint = It stands beside the notes and decisions you make.
login-do = Log in
login-wrong = The key does not work: it is wrong, expired or already used. “filo login” gives another.
