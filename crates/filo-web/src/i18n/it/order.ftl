## Ordini e canali

orders-title = Ordini
orders-more = { $count ->
    [one] e un altro
   *[other] e altri { $count }
  }
order-items = { $count ->
    [one] un pezzo
   *[other] { $count } pezzi
  }
order-cancelled = annullato
order-refunded = rimborsati { $amount }
channels-title = Canali
channel-every = ogni canale
channel-web = Sito
channel-app = App
channel-email = E-mail
channel-sms = SMS
channel-chat = Chat
channel-social = Social
channel-phone = Telefono
channel-shop = Negozio
channel-server = Sistemi
