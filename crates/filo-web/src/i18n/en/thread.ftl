## The thread

thread-title = The thread
thread-empty = Nothing is on the thread yet.
thread-none-so = Nothing like that is here.
thread-scanned = Looked through the latest { $count } signs from here: “Older” goes further back.
thread-views = { $count } pages seen
thread-lines = { $count ->
    [one] One article
   *[other] { $count } articles
  }
thread-filter = What to show
thread-all = Everything
thread-about-orders = Orders
thread-about-visits = Visits
thread-about-notes = Notes
thread-about-consents = Consent
thread-about-decisions = Decisions
thread-every-channel = Every channel
thread-search = Search the thread
strand-title = The last twelve months, month by month
strand-since = Drawn from the latest signs, since { $date }.
strand-bead = { $month }, { $channel }: { $count }
clock-suspect = the sender’s clock was wrong
