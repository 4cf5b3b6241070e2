## The shell: navigation and words of every page

skip-to-content = Skip to the content
top-bar = Search and account
navigation = Sections
place-people = People
place-sources = Sources
place-quarantine = Quarantine
place-live = Live
place-incidents = To look at
find = Search
find-hint = Search people or places
find-move = choose
find-open = open
find-close = close
choose-language = Language
choose-theme = Appearance
theme-system = System
theme-light = Light
theme-dark = Dark
place-today = Today
place-settings = Settings
shortcuts-title = Keyboard shortcuts
shortcuts-close = Close
shortcut-find = Search everywhere
shortcut-search = Go to the search of the page
shortcut-move = Next row, previous row
shortcut-note = Write a note
log-out = Log out
copy = Copy
cancel = Cancel
undo = Undo
older = Older
newest = Back to the newest

## What was just done

done-logged-out = You are logged out.
done-note-added = Note saved.
done-note-removed = Note removed.
done-consent-recorded = Consent recorded.
done-ruling-apart = Done: they are different people now.
done-ruling-together = Done: they are one person now.
done-ruling-withdrawn = Decision taken back: the evidence counts again.
done-key-revoked = Key revoked: it no longer works.
done-repaired = Repaired and taken in: it is on the person’s thread now.
done-discarded = Discarded.
done-resolved = Marked as seen.
done-reopened = Opened again.
done-restored = Back in quarantine.
done-repaired-all = Repaired and taken in: now they are on people’s threads.
done-renamed = Name saved.
done-origins-saved = Sites of the key saved.
done-source-disabled = Source disabled: nothing is taken in from now on.
done-source-enabled = Source enabled again.

## When something goes wrong

failure-missing = There is nothing here
failure-missing-hint = The address leads to no page, or what it showed is gone.
failure-powerless = You may not do this
failure-powerless-hint = This needs the right to { $right }. Ask whoever looks after Filo.
failure-elsewhere = Form not recognised
failure-elsewhere-hint = The form does not come from this session. Go back, reload the page and try again: nothing was changed.
failure-unreadable = The form cannot be read
failure-unreadable-hint = A field is missing or the text is too long. Go back and check: nothing was changed.
failure-refused = That cannot be done
failure-busy = One moment
failure-busy-hint = Filo cannot take in more right now. Try again in { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
  }: nothing was changed.
failure-internal = A fault of Filo
failure-internal-hint = It is not your doing. The fault is in the log; try again soon.
failure-back = Back to the start

## Days

day-today = Today
day-yesterday = Yesterday
day-monday = Monday
day-tuesday = Tuesday
day-wednesday = Wednesday
day-thursday = Thursday
day-friday = Friday
day-saturday = Saturday
day-sunday = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
