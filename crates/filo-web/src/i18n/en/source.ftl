## Sources and keys

sources-lead = Where events come from, and the lines to paste.
source-no-key = It has no key: it cannot send.
source-snippet = Lines to paste
snippet-site = Paste before </head> on every page. This key is public: it can only send.
key-revoke = Revoke
key-revoke-confirm = Revoke for good
key-made = Key “{ $name }” made
key-made-hint = Copy it now: if it is secret you will not see it again.
key-made-on = made: { $date }
key-ends = ends: { $date }
api-keys-title = Keys of the API
api-keys-lead = For programs that read or decide. The description:
api-keys-none = No key of the API.
power-read = reads
power-write = reads and writes
power-admin = administers
new-name = Name
new-name-hint = For example: Site, Till, ERP.
new-power = Permissions
new-do = Make
source-new = New source
source-new-lead = Choose where the events come from: then you get the key and the lines to paste.
source-what = What is it?
source-create = Make it and show the key
source-kind-web = Site
source-kind-web-hint = Pages, cart, orders: paste two lines into the site.
source-kind-app = App
source-kind-app-hint = The app on your customers’ phones.
source-kind-server = Till or back office
source-kind-server-hint = A system of yours: web shop, till, accounts. What it sends counts as proven.
source-kind-ga4 = Google Analytics 4
source-kind-ga4-hint = Who sends by the Measurement Protocol already changes only the address.
source-kind-cloudevents = CloudEvents
source-kind-cloudevents-hint = For systems that speak this standard already.
source-kind-other = Import
source-disabled = disabled
source-disabled-since = Disabled since { $date }: who sends with its keys is clearly refused, and nothing is taken in.
source-enable = Enable again
source-disable = Disable the source
source-disable-confirm = Yes, take nothing in any more
source-disable-hint = The keys stay, but from now on nothing is taken in. You can enable it whenever you like.
source-last = Last event: { $when }
source-never = Never an event: paste the lines that you find inside
source-without-key = Comes with imports: it needs no key.
source-recent = Latest events
source-recent-none = Events that came a moment ago show up here. Older ones are on each person’s thread.
source-live = Watch live
source-faults = To repair
source-faults-none = Nothing: what arrived was understood.
source-keys = Keys
source-key-new = Add a key
source-keys-hint = To change keys without a gap: add one, put it into the system, then revoke the old one.
source-key-made = Here is the key
source-settings = Name and state
source-rename = Save the name
sources-none = No source yet
sources-none-hint = Connect the site, the till or the app: it takes a few minutes.
volume-day = in 24 hours
volume-day-hint = This hour and the 23 before it
volume-month = in 30 days
volume-title = Events a day
volume-head-day = Day
volume-head-events = Events
volume-sum = { $day } in the last 24 hours · { $month } in 30 days
volume-hint = Counted one by one as they arrive; an event sent twice counts once.
ago-now = just now
ago-minutes = { $count ->
    [one] a minute ago
   *[other] { $count } minutes ago
  }
ago-hours = { $count ->
    [one] an hour ago
   *[other] { $count } hours ago
  }
keys-more = { $count ->
    [one] and one more key
   *[other] and { $count } more keys
  }
key-used = used: { $when }
key-unused = never used
key-made-public-hint = It is public: it can only send events, and it is in the lines below already.
your-key = YOUR_KEY
your-key-hint = In place of YOUR_KEY put the key that was shown when it was made. Lost it? Add a new one above.
snippet-segment = For who uses analytics.js already: the same loader, with Filo’s address.
snippet-curl = Paste into a terminal to send an event as a trial.
snippet-app = Segment’s library for apps, with Filo’s address.
snippet-node = npm install @segment/analytics-node
snippet-python = pip install segment-analytics-python
snippet-ga4 = Google Analytics 4’s Measurement Protocol, with Filo’s address and the key in place of api_secret.
snippet-cloudevents = The whole event in the body of the request.
snippet-cloudevents-http = The data in the body, the rest in the headers.
waiting-title = We are waiting for the first event.
waiting-hint = You see it here as soon as it arrives.
waiting-reload = Look now
waiting-arrived = The first event has arrived: { $event }
api-key-new = New key of the API
api-key-name-hint = For example: Accounts, Spreadsheet.
wrong-kind = Choose what it is.
key-sites = Sites
key-sites-count = { $count ->
    [0] Works from any site
    [one] Works from one site only
   *[other] Works from { $count } sites only
}
key-sites-hint = One a line, as https://shop.example. Empty: from any site. Apps and servers do not say where they write from: leave it empty for them.
key-sites-wrong = Write each site whole, as https://shop.example, with nothing behind it; at most { $most }.
