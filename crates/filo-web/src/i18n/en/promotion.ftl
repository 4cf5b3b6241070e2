## Promotions

promotion-title = Promotions
promotion-lead = An offer is written once. Every piece takes it from here, so it is the same everywhere.
promotion-new = New promotion
promotion-none = No promotion yet
promotion-none-hint = Write here what you offer, with terms, code and dates. Then a piece chooses it.
promotion-name = Name
promotion-name-hint = Customers read it too.
promotion-terms-it = Terms in Italian
promotion-terms-it-hint = Everything there is to know, in a sentence or two: it has to fit an SMS.
promotion-terms-en = Terms in English
promotion-terms-en-hint = Without them, who reads English finds the Italian ones.
promotion-code = Code
promotion-code-hint = Optional: what is said at the till or typed on the site.
promotion-starts-on = From
promotion-ends-on = Until
promotion-ends-on-hint = After that day no message tells it any more.
promotion-media = Where it may be told
promotion-media-hint = Everywhere, if you choose none.
promotion-shops = Shops in which it holds
promotion-shops-hint = One a line. All of them, if there is none.
promotion-window = When
promotion-used = Where it is used
promotion-unused = In no piece.
promotion-used-hint = As long as a piece uses it, it cannot be put away.
promotion-over = over
promotion-always = always
promotion-from = from { $first }
promotion-until = until { $last }
promotion-from-until = { $first } to { $last }
promotion-pieces = { $count ->
    [0] –
    [one] one piece
   *[other] { $count } pieces
  }
promotion-changed-meanwhile = Somebody else changed this promotion meanwhile. What you wrote is still here: if you save again, yours holds.
promotion-is-used = It cannot be put away: the pieces beside tell it. Change those first.
done-promotion-made = The promotion was made.
done-promotion-changed = The promotion was changed: every piece tells it so from now on.
done-promotion-back = Brought back.
wrong-promotion-name = Give it a name: at most 80 characters, on one line.
wrong-promotion-terms-it = Write the terms in one language at least: at most 300 characters.
wrong-promotion-code = Letters, digits, - and _ only: one must be able to say it aloud.
wrong-promotion-starts-on = Choose a day.
wrong-promotion-ends-on = The last day cannot come before the first.
wrong-promotion-shops = At most a hundred names of 80 characters.
