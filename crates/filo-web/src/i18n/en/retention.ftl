## How long data is kept

settings-retention = How long data is kept
settings-retention-lead = After how many months what is not needed any more goes by itself.
retention-lead = The law asks you not to keep data longer than you need it. Say after how many months each thing goes by itself; what you leave empty stays.
retention-off = Now nothing goes by itself.
retention-on = The next time is { $date }.
retention-visitors = Visitors without a name
retention-visitors-hint = Months since their last visit. Nothing is known of them but a browser or a telephone.
retention-people = People
retention-people-hint = Months since anything happened last: a purchase, a visit, a note. Everything of theirs goes, orders too. Invoices stay in your bookkeeping.
retention-quarantine = Events in quarantine that were seen to
retention-quarantine-hint = Months since they came. Those still to be looked at stay.
retention-incidents = Things to look at that were seen to
retention-incidents-hint = Months since you marked them as seen.
retention-requests = Who asked what about their data
retention-requests-hint = Months since the answer. When you answered stays, and not whom.
retention-wrong = A number of months from 1 to { $most }, or nothing.
retention-preview = See what would go
retention-preview-title = What would go
retention-preview-lead = By these rules, if it began now:
retention-all-off = You left everything empty: nothing goes by itself.
retention-after = { $months ->
    [one] after a month
   *[other] after { $months } months
}
retention-would-go = { $count ->
    [0] now nobody
    [one] now 1
   *[other] now { $count }
}
retention-partial = There are too many to count them all: at least these would go.
retention-stays = Stays until you erase it:
retention-for-good = It cannot be undone: who was erased does not come back, not even from a backup. It happens every day at four, with 5,000 people at most. Whoever waits for an answer about their data is left alone.
retention-unsure = Tick the box if you are sure.
retention-do = Erase like this from today
retention-second = Somebody else changed these rules meanwhile. Nothing was saved: look again and try once more.
retention-fixed = This goes by itself already
retention-fixed-deliveries = What was told to other programs: after 30 days.
retention-fixed-imports = Files that were imported, with the lines that were not taken: after 30 days.
retention-fixed-answers = Answers kept for those who repeat a request to the API: after a day.
retention-fixed-jobs = The list of long work: after 90 days.
retention-never = The log of who did what stays for good, and holds no name or address of customers. Backups grow old as their page says.
retention-history = What has gone
retention-history-none = Nothing yet.
retention-nothing = There was nothing.
retention-failed = to be ended
retention-failed-hint = It did not come to its end: the next time goes on from there.
retention-under-way = under way
done-retention-saved = Saved.
