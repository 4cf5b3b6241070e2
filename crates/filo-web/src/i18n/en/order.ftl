## Orders and channels

orders-title = Orders
orders-more = { $count ->
    [one] and one more
   *[other] and { $count } more
  }
order-items = { $count ->
    [one] one piece
   *[other] { $count } pieces
  }
order-cancelled = cancelled
order-refunded = refunded { $amount }
channels-title = Channels
channel-every = every channel
channel-web = Site
channel-app = App
channel-email = E-mail
channel-sms = SMS
channel-chat = Chat
channel-social = Social
channel-phone = Telephone
channel-shop = Shop
channel-server = Systems
