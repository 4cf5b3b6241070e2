## The page of a person

person-unknown = Without a name
person-sentence-none = Nothing is known of this person yet.
person-sentence-contact = In contact since { $since }. No order so far.
person-sentence-customer = Customer since { $since }: { $orders ->
    [one] one order
   *[other] { $orders } orders
  } for { $amount }{ $rhythm }; the last on { $last }.
rhythm-weekly = about one a week
rhythm-fortnightly = two or three a month
rhythm-monthly = about one a month
rhythm-seldom = some a year
place-met-web = Mostly seen on the site.
place-met-app = Mostly seen in the app.
place-met-email = Mostly heard from by e-mail.
place-met-sms = Mostly heard from by text message.
place-met-chat = Mostly heard from in chat.
place-met-social = Mostly seen on social networks.
place-met-phone = Mostly heard from by phone.
place-met-shop = Mostly seen in the shop.
place-met-server = Mostly known from our own systems.
reach-email = E-mail
reach-phone = Phone
reach-no-email = no e-mail
reach-no-phone = no phone
reach-marketing-yes = Marketing: yes
reach-marketing-no = Marketing: no
reach-marketing-pending = Marketing: pending
reach-marketing-unknown = Marketing: never asked
ways-title = What can be done
ways-note = Note
ways-call = Call
ways-write = Write
figure-events = signs on the thread
figure-orders = orders
figure-spent = spent
figure-average = per order
figure-last-seen = last seen
facts-title = In short
fact-birthday = Birthday
fact-address = Address
fact-language = Language
fact-groups = Company
fact-first-touch = Came through
fact-whence = where it comes from
fact-said-by = Said by { $source } on { $date }.
language-it = Italian
language-en = English
language-de = German
language-fr = French
language-es = Spanish
