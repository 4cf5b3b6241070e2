## Logging in

login-title = Log in to Filo
login-email = E-mail
login-password = Password
login-do = Log in
login-wrong = The e-mail or the password is not right. Check and try again.
login-help = Forgotten the password? Ask whoever looks after Filo for a link; whoever has the machine uses “filo login”.
login-link-title = Log in as the operator
login-link-lead = This link lets in once, with every right and without an account.
login-code-title = One more step
login-code = Code
login-code-hint = The six digits of the app on your telephone, or one of the recovery codes.
login-code-wrong = The code is not right, or was used already. Wait for the next one and try again.
welcome-title = Welcome to Filo
welcome-lead = Make the first account: it will be the owner’s, with every right.
invited-title = You are invited
invited-lead = Choose a name and a password: the account is ready at once.
reset-title = A new password
reset-do = Save the password
password-new = New password
password-hint = At least 12 characters: three or four random words do very well.
password-short = It is short: at least 12 characters are needed.
password-long = It is too long: at most 128 characters.
password-common = It is among the first that are tried. Choose another.
password-personal = It is too close to your name or the company’s. Choose another.
done-password-set = Password saved: log in with it now.
