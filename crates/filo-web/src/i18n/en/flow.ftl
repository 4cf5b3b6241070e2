## Paths: what follows on what

flow-title = Steps
flow-lead = Where one begins, what comes next, where one is lost, and which touchpoints go with an order: across all channels.
flow-least = Rare steps
flow-least-none = Show all
flow-least-percent = Leave out below { $least } %
flow-place-start = Start
flow-place-order = Order
flow-place-open = No order so far
flow-graph = What follows on what
flow-graph-hint = Read from the top: on the right one goes on, on the left one goes back. The wider the arc, the more often it was gone; dashes lead to “no order so far”. Below the number: half took at most that long.
flow-drawing = Graph of the steps between touchpoints
flow-drawing-description = The most frequent steps: { $steps }. All stand in the table below.
flow-people = People and visitors:
flow-summary = Ways: { $ways }, of which { $orders } ended with an order and { $open } without one so far.
flow-rare = { $count ->
    [0] No step is missing.
   *[other] Steps rarer than { $least } in 100 ways are left out: { $count }.
  }
flow-steps = The steps
flow-steps-hint = The same as the drawing. The share is of ways: one that comes back twice goes the same step twice.
flow-head-from = From
flow-head-to = To
flow-head-times = Times
flow-head-share = Per 100 ways
flow-head-people = People
flow-head-days = Median time
flow-sheet-days = Median time in days
flow-minutes = { $time } min
flow-hours = { $time } h
flow-days = { $time } d
flow-touchpoints = Moments of truth
flow-touchpoints-hint = First the touchpoints with which orders change most. These are associations, not causes: whoever touches more has also come longer. Each number leads to who is behind it.
flow-head-touched = Touch it
flow-head-ordered = With an order
flow-head-lost = Stop there
flow-head-pace = Time to the order
flow-head-finding = What can be said
flow-drop-off = ({ $share }, between { $low } and { $high })
flow-pace-between = (with { $with }, without { $without }; between { $low } and { $high })
flow-finding-none = nothing for sure
flow-finding-more-orders = more orders
flow-finding-fewer-orders = fewer orders
flow-finding-slower = later orders
flow-finding-faster = sooner orders
flow-finding-redundant = looks redundant
flow-behind-any = All ways
flow-behind-touch = Ways that touch: { $channel }
flow-behind-order = Ways that touch { $channel } and end with an order
flow-behind-open = Ways that touch { $channel }, without an order so far
flow-behind-lost = Ways without an order that stopped at: { $channel }
flow-how-step = A step goes from a touchpoint to the next one of the same way; the same channel several times in a row counts once, and time goes from the beginning of the last of those visits to that of the next, or to the order. “People” counts everyone once.
flow-how-touchpoint = “Stop there” are the people whose ways have their last touchpoint on that channel and no order so far; the share is of the ways that touch it. Days go from the first touchpoint to the order: the median with the channel less that without. “Looks redundant” means that the share of orders surely changes by less than 5 points, also among ways that touch as much else, and that the order comes no sooner. Below 30 orders, with or without, nothing is said.
flow-how-source = Graph: van der Aalst (2019). Stop there: Wilson’s interval of 95 %. Orders: Newcombe’s of 95 %, and among ways that touch as much else Mantel and Haenszel. Days: 1,000 resamples (Efron 1979), always the same ones. Source: all events, at the moment you look.
