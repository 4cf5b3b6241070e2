## The conditions of segments as sentences

# Joining words and values
said-and = , and { $next }
said-or = , or { $next }
said-both = { $before } and { $next }
said-untrue = is not somebody who { $what }
said-quote = “{ $text }”
said-last-value = { $before } or { $value }
said-more-values = { $count ->
    [one] { $before } or another one
   *[other] { $before } or { $count } others
  }
said-everybody = is any customer at all
said-nobody = can be nobody

# Numbers
said-exactly = exactly { $number }
said-other = not exactly { $number }
said-below = less than { $number }
said-at-most = at most { $number }
said-above = more than { $number }
said-at-least = at least { $number }
said-between = between { $least } and { $most }
said-times = { $count ->
    [one] { $compared } time
   *[other] { $compared } times
  }

# Times
said-span-minutes = { $count ->
    [one] one minute
   *[other] { $number } minutes
  }
said-span-hours = { $count ->
    [one] one hour
   *[other] { $number } hours
  }
said-span-days = { $count ->
    [one] one day
   *[other] { $number } days
  }
said-span-weeks = { $count ->
    [one] one week
   *[other] { $number } weeks
  }
said-last-minutes = { $count ->
    [one] in the last minute
   *[other] in the last { $number } minutes
  }
said-last-hours = { $count ->
    [one] in the last hour
   *[other] in the last { $number } hours
  }
said-last-days = { $count ->
    [one] in the last day
   *[other] in the last { $number } days
  }
said-last-weeks = { $count ->
    [one] in the last week
   *[other] in the last { $number } weeks
  }
said-next-minutes = { $count ->
    [one] in the next minute
   *[other] in the next { $number } minutes
  }
said-next-hours = { $count ->
    [one] in the next hour
   *[other] in the next { $number } hours
  }
said-next-days = { $count ->
    [one] in the next day
   *[other] in the next { $number } days
  }
said-next-weeks = { $count ->
    [one] in the next week
   *[other] in the next { $number } weeks
  }
said-before = at least { $span } ago
said-ago = between { $oldest } and { $newest } ago
said-today = today
said-yesterday = yesterday
said-this-week = this week
said-last-week = last week
said-this-month = this month
said-last-month = last month
said-this-year = this year
said-last-year = last year
said-day = on { $day }
said-days = from { $first } to { $last }
said-since = since { $day }
said-weekday = on { $day }
said-weekdays = from { $first } to { $last }
said-any-day = on any day
said-hours = between { $from } and { $to }
said-around = { $last } or { $next }

# Events
said-did = has { $what }
said-did-not = has not { $what }
said-event = done { $name }
said-any-track = had any event
said-any-page = seen a page
said-any-screen = seen a screen
said-any-identify = been recognised
said-any-group = been put into a company
said-any-alias = had two identifiers joined
said-any-decision = had a decision about who they are
said-page = seen the page { $name }
said-screen = seen the screen { $name }
said-identify = been recognised as { $name }
said-group = been put into the company { $name }
said-alias = had two identifiers joined as { $name }
said-decision = had the decision { $name }
said-with = with { $field } { $values }
said-with-not = with { $field } other than { $values }
said-with-part = with { $field } containing { $values }
said-with-set = with a value in { $field }
said-with-empty = without { $field }
said-first = for the first time
said-last = for the last time
said-sum = with a total of { $field }: { $compared }
said-average = with an average of { $field }: { $compared }
said-smallest = with the smallest value of { $field }: { $compared }
said-greatest = with the greatest value of { $field }: { $compared }
said-distinct = with different values of { $field }: { $compared }
said-last-is = the last time { $with }
said-then = { $first }, then within { $span } { $then }
said-then-without = { $first }, then within { $span } { $then }, and in between { $without }

# What is known of the person
said-is = has { $values } as { $trait }
said-is-not = does not have { $values } as { $trait }
said-contains = has { $values } within { $trait }
said-contains-not = does not have { $values } within { $trait }
said-set = has a value for { $trait }
said-set-not = has no value for { $trait }
said-date = a date { $when }
said-date-ever = a date in the past
said-anniversary = has the anniversary of { $trait } { $when }
said-anniversary-not = does not have the anniversary of { $trait } { $when }
said-birthday = has a birthday { $when }
said-birthday-not = has no birthday { $when }
said-known = is known by { $kind }
said-known-not = is not known by { $kind }
said-kind-user-id = a user id
said-kind-tax-code = a tax code
said-kind-card = a card
said-kind-email = an e-mail address
said-kind-phone = a mobile number
said-kind-external-id = an external id
said-kind-push-token = the notifications of an app
said-kind-device-id = a device
said-kind-advertising-id = an advertising id
said-kind-ga-client-id = Google Analytics
said-kind-anonymous-id = a browser
said-kind-landline = a landline
said-kind-group-id = a company
said-kind-telegram = a chat of Telegram
said-kind-web-push = a browser with notifications
said-yes = has said yes to { $purpose }
said-yes-not = has no yes that counts for { $purpose }
said-no = has said no to { $purpose }
said-no-not = has not said no to { $purpose }
said-pending = has a yes that waits to be confirmed for { $purpose }
said-pending-not = has no yes that waits to be confirmed for { $purpose }
said-void = has a yes that does not count for { $purpose }
said-void-not = has no yes that does not count for { $purpose }
said-unasked = has never answered about { $purpose }
said-unasked-not = has already answered about { $purpose }

# Orders, channels, segments, shares
said-orders-count = { $count ->
    [one] has { $compared } order
   *[other] has { $compared } orders
  }
said-orders-count-not = { $count ->
    [one] does not have { $compared } order
   *[other] does not have { $compared } orders
  }
said-orders-revenue = has spent { $compared }
said-orders-revenue-not = has not spent { $compared }
said-orders-average = has spent { $compared } per order on average
said-orders-average-not = has not spent { $compared } per order on average
said-met = has been in touch { $on }
said-met-not = has not been in touch { $on }
said-channels = { $count ->
    [one] has been in touch on { $compared } channel
   *[other] has been in touch on { $compared } channels
  }
said-channels-not = { $count ->
    [one] has not been in touch on { $compared } channel
   *[other] has not been in touch on { $compared } channels
  }
said-on-web = on the site
said-on-app = in the app
said-on-email = by e-mail
said-on-sms = by SMS
said-on-chat = by chat
said-on-social = on social media
said-on-phone = by telephone
said-on-shop = in a shop
said-on-server = through our systems
said-segment = is in the segment { $name }
said-segment-not = is not in the segment { $name }
said-list = is on the list { $name }
said-list-not = is not on the list { $name }
said-persona = is of the persona { $name }
said-persona-not = is not of the persona { $name }
said-share = is in the share from { $from }% to { $to }% of the draw { $name }
said-share-not = is not in the share from { $from }% to { $to }% of the draw { $name }
said-rfm-group = is in the group { $name }
said-rfm-group-not = is not in the group { $name }
said-rfm-recency = scores { $compared } for R (how recently)
said-rfm-recency-not = does not score { $compared } for R (how recently)
said-rfm-frequency = scores { $compared } for F (how often)
said-rfm-frequency-not = does not score { $compared } for F (how often)
said-rfm-monetary = scores { $compared } for M (for how much)
said-rfm-monetary-not = does not score { $compared } for M (for how much)
said-stage-new = bought for the first time of late
said-stage-new-not = did not buy for the first time of late
said-stage-active = is an active customer
said-stage-active-not = is not an active customer
said-stage-returned = is a customer who returned
said-stage-returned-not = is not a customer who returned
said-stage-at-risk = is at risk of not coming again
said-stage-at-risk-not = is not at risk of not coming again
said-stage-lost = is a lost customer
said-stage-lost-not = is not a lost customer
said-stage-never-bought = has never bought
said-stage-never-bought-not = has bought at least once

# Events that are known
said-event-order-completed = placed an order
said-event-order-updated = changed an order
said-event-order-cancelled = cancelled an order
said-event-order-refunded = had a refund
said-event-product-viewed = looked at a product
said-event-product-added = put a product into the cart
said-event-product-removed = taken a product out of the cart
said-event-products-searched = searched for products
said-event-product-list-viewed = looked at a list of products
said-event-cart-viewed = looked at the cart
said-event-checkout-started = begun the checkout
said-event-payment-info-entered = chosen the payment
said-event-coupon-applied = used a coupon
said-event-signed-up = signed up
said-event-signed-in = signed in
said-event-application-installed = installed the app
said-event-application-opened = opened the app
said-event-application-updated = updated the app
said-event-product-clicked = opened a product
said-event-product-added-to-wishlist = added a product to the wish list
said-event-product-removed-from-wishlist = removed a product from the wish list
said-event-product-reviewed = reviewed a product
said-event-form-submitted = sent a form
said-event-quote-requested = asked for a quote
said-event-survey-answered = answered a survey
said-event-card-issued = been given a card
said-event-appointment-kept = kept an appointment
said-event-email-bounced = had an e-mail bounce
said-event-email-delivered = received an e-mail
said-event-email-opened = opened an e-mail
said-event-email-link-clicked = followed a link in an e-mail
said-event-unsubscribed = unsubscribed
said-event-store-visit-recorded = come to the shop
said-event-points-earned = earned points

# Fields and traits that are known
said-field-channel = channel
said-field-revenue = revenue
said-field-total = amount
said-field-value = value
said-field-price = price
said-field-quantity = quantity
said-field-currency = currency
said-field-coupon = coupon
said-field-category = category
said-field-name = name
said-field-brand = brand
said-field-order-id = order number
said-field-payment-method = payment method
said-field-products-category = category of the products
said-field-products-name = name of the products
said-field-products-brand = brand of the products
said-field-products-sku = code of the products
said-field-products-product-id = id of the products
said-field-products-price = price of the products
said-field-context-page-path = address of the page
said-field-context-campaign-name = name of the campaign
said-field-context-campaign-source = source of the campaign
said-trait-address = address
said-trait-age = age
said-trait-birthday = date of birth
said-trait-city = city
said-trait-company = company
said-trait-country = country
said-trait-created-at = date of joining
said-trait-email = e-mail
said-trait-first-name = first name
said-trait-gender = gender
said-trait-language = language
said-trait-last-name = last name
said-trait-name = full name
said-trait-phone = telephone
said-trait-postal-code = postcode
said-trait-state = province
said-trait-street = street
said-trait-title = title
said-trait-website = website
