## Live

live-lead = Events as they arrive: what, who, from where.
live-source = Source
live-all-sources = Every source
live-text = Search by event or person
live-filter = Filter
live-on = Listening
live-off = Connection lost, trying again…
live-paused = Paused: events are waiting
live-still = The latest events.
live-reload = Reload
live-sample = 1 in {"{"}n{"}"} shown
live-pause = Pause
live-go = Go on
live-none = Since Filo was started nothing that matches has arrived.
live-elsewhere = Another computer of Filo works on the events: watch them live there.
