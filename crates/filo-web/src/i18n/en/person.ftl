## The page of a person

person-unknown = Without a name
person-sentence-none = Nothing is known of this person yet.
person-sentence-contact = In contact since { $first }; last seen on { $last }. No order so far.
person-sentence-customer = In contact since { $first }, last seen on { $last }. { $orders ->
    [one] Placed one order
   *[other] Placed { $orders } orders
  } for { $amount }.
figure-events = events
figure-orders = orders
figure-spent = spent
figure-average = per order
thread-title = The thread
thread-empty = There is nothing on the thread yet.
clock-suspect = the sender’s clock is wrong
facts-title = In short
fact-birthday = Birthday
fact-address = Address
fact-language = Language
fact-groups = Company
fact-first-touch = Came from
language-it = Italian
language-en = English
language-de = German
language-fr = French
language-es = Spanish
