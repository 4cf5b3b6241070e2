## Settings

settings-company = Company
settings-company-lead = What it is called, which language it speaks, what time it is.
settings-keys = API keys
settings-keys-lead = For programs that read customers or decide for you.
save = Save
key-expiry = Ends on
key-expiry-hint = Empty: it does not end by itself.
keys-people = Who is in
keys-people-lead = People who have come in and not yet left. Whoever loses their key has to come in again.
key-new = New key
key-document = The description of every address
wrong-date = Choose a day from tomorrow on.
settings-users = Team
settings-users-lead = People of the company, roles, invitations.
