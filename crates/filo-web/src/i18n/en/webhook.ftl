## Webhooks

settings-webhooks = Webhooks
settings-webhooks-lead = Filo can tell another program of yours (the ERP, the shop, a shared sheet) as soon as something happens.
webhooks-none = No webhook
webhooks-none-hint = Ask whoever looks after the other program for the address to send to.
webhooks-back = All webhooks
webhook-new = New webhook
webhook-make = Make
webhook-url = Address
webhook-url-hint = Whole, with https:// in front. Filo follows no redirects and enters no private network.
webhook-url-wrong = Filo cannot use this address: check that it is written right and can be reached from the internet ({ $reason }).
webhook-description = What it is for
webhook-topics = When to tell
webhook-topics-wrong = Choose at least one.
webhook-topic-customer-created = There is a new customer
webhook-topic-customer-joined = Two customers became one
webhook-topic-customer-separated = One customer became two
webhook-topic-customer-updated = A customer changed
webhook-topic-customer-erased = A customer’s data were erased
webhook-topic-order-completed = An order was completed
webhook-topic-consent-changed = A consent changed
webhook-topic-consent-confirmation-requested = A customer said yes and has to confirm it
webhook-topic-segment-entered = A customer came into a segment
webhook-topic-segment-left = A customer left a segment
webhook-topic-event-quarantined = An event went into quarantine
webhook-topic-incident-opened = There is something to look at
webhook-topic-webhook-test = Test
webhook-state-disabled = off
webhook-state-failing = not arriving
webhook-state-well = working
webhook-state-new = never used
webhook-reason-gone = The other program answered that it wants no more messages (410), and Filo stopped sending.
webhook-reason-failing = For five days nothing arrived, and Filo stopped sending. When the other program is well again, switch the webhook on.
webhook-secret = The secret by which messages are recognised
webhook-secret-hint = Copy it now and give it to the other program: you will not see it again.
webhook-test = Send a test
webhook-replay-failed = Send again what did not arrive (7 days)
webhook-rotate = Change the secret
webhook-rotate-confirm = Change: the one before stays valid for a day
webhook-remove = Remove
webhook-remove-confirm = Remove the webhook and what waits for it
webhook-change = Change
webhook-save = Save
webhook-enabled = State
webhook-enabled-yes = On
webhook-enabled-no = Off
webhook-last-success = last arrived: { $date }
webhook-last-failure = last not arrived: { $date }
webhook-failures = { $count ->
    [one] one failed try in a row
   *[other] { $count } failed tries in a row
  }
webhook-dropped = { $count ->
    [one] one message dropped because too many waited
   *[other] { $count } messages dropped because too many waited
  }
webhook-both-secrets = Until { $date } messages carry the signature of the secret before as well.
webhook-deliveries = Messages
webhook-deliveries-none = None yet. Send a test to see whether it arrives.
webhook-delivery-waiting = waiting
webhook-delivery-delivered = arrived
webhook-delivery-failed = not arrived
webhook-delivery-dropped = dropped
webhook-delivery-detail = Message and answer
webhook-answer = Answer:
webhook-replay = Send again
webhook-tries = { $count ->
    [0] never tried
    [one] one try
   *[other] { $count } tries
  }
webhook-next = again on { $date }
incident-webhook-disabled = A webhook was switched off because nothing arrives
incident-webhook-queue-full = Too many messages wait for a webhook: the oldest are lost
done-webhook-changed = Webhook saved.
done-webhook-tested = Test sent: reload the page to see how it went.
done-webhook-replayed = Sent again: reload the page to see how it went.
done-webhook-removed = Webhook removed.
webhook-topic-journey-step = A journey tells other systems
