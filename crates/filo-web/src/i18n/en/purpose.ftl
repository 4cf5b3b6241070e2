## Purposes and texts of consents

settings-consent = Consents
settings-consent-lead = What you contact customers for, on which channels, in which words you ask, and how long a yes holds.
terms-new = New purpose
terms-change = Change
terms-word = Word
terms-word-hint = The one your programs use: small letters, digits and _. It cannot be changed later.
terms-name-it = What customers read, in Italian
terms-name-en = What customers read, in English
terms-ground = What it rests on
ground-statement = On what the customer says
ground-duty = On a contract or the law: nobody is asked
terms-channels = Channels
terms-by-channel = Customers answer for each channel, not once
terms-bases = When a yes counts
terms-bases-hint = Similar products (soft spam) count by e-mail only, whatever you choose here: the law says so.
terms-expires = A yes ends after (months)
terms-expires-hint = 0: it never ends.
terms-ask-again = After a no, ask nothing for (months)
terms-is-duty = nobody is asked
terms-never-ends = a yes never ends
terms-ends = { $months ->
    [one] a yes holds one month
   *[other] a yes holds { $months } months
  }
terms-remove = Remove
terms-remove-confirm = Remove this purpose: what customers said stays
terms-wrong = Something is not right: it takes a new word, a name in each language, at most 120 months, and at least one channel with a way in which a yes counts.
terms-conflict = Somebody else changed them meanwhile. Look at what is there now and save again.
wording-none = The text to be read before saying yes is missing.
wording-new = Write the new text
wording-hint = The text before stays, with its fingerprint: who said yes said yes to that one.
wording-it = In Italian
wording-en = In English
wording-do = Use this from now on
wording-wrong = Write the text in both languages, at most 2,000 letters.
done-purposes-saved = Saved
done-purpose-removed = Removed
done-wording-added = The new text counts from now on
