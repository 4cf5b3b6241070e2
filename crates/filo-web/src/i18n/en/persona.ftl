## Kinds of customers: looking for them, what sets them apart, putting them in use

place-personas = Personas
persona-lead = Groups of people who buy and show up alike, found in your own data. Each is described only by facts that were counted: you give it its name.
persona-seek = Find personas
persona-seek-again = Search again
persona-none = No search yet
persona-none-hint = Filo looks at who is alike in how they buy and where they show up. If the groups would not be found a second time, it says so and shows none.
persona-search = A search for personas
persona-asked = Asked for on { $when } by { $who }.
persona-step-reading = People are being read
persona-step-grouping = Looking for who is alike, and whether the groups are found again
persona-failed = The last search did not come to its end. You can search again.
persona-look = See what it found
persona-too-few = There are { $people } people to compare: it takes at least { $least }. With fewer one sees groups that are not there.
persona-nothing = Among { $people } people there are no groups that would be found again: who buys here does not fall into clear kinds. Better none than an invented one.
persona-found = { $count ->
    [one] One persona found.
   *[other] { $count } personas found.
  }
persona-moved = Against those in use: { $again } found again, with their names; { $lost } not found again; { $moved } of { $people } people would be another persona.
persona-drift-little = Since the personas in use were made people have changed little (index { $index }).
persona-drift-noticeable = Since the personas in use were made something has changed (index { $index }; most in: { $aspect }, { $most }).
persona-drift-much = Since the personas in use were made people have changed much (index { $index }; most in: { $aspect }, { $most }). It is time to renew them.
persona-is-in-force = These personas are in use.
persona-adopt-hint = Nothing changes until you put them in use. You can go back afterwards.
persona-adopt = Put in use
persona-outdated = Other personas are in use meanwhile: to compare them with these, search again.
persona-since = In use since { $when }, put there by { $who }.
persona-refresh-hint = A new search says which personas are found again and how many people would change.
persona-withdraw = Back to the personas before
persona-withdraw-all = Take out of use
persona-stale = What is in use has changed meanwhile. Here you see it as it is now.
done-persona-adopted = The personas are in use.
done-persona-withdrawn = Taken out of use: what was before counts.
done-persona-named = Name saved.
persona-number = Persona { $number }
persona-size = { $count ->
    [one] One person, { $share } % of those compared.
   *[other] { $number } people, { $share } % of those compared.
  }
persona-no-facts = No single fact sets it clearly apart: it is their sum that makes a group of it.
persona-fact = { $share } % ({ $low }–{ $high } %) { $told }, against { $others } % of the others
persona-fact-counts = { $inside } of { $people }; of the others { $outside } of { $all }
persona-typical = For example:
persona-stability = Found again: { $figure } of 1 (from 0.75 on it is sure).
persona-make-segment = Make a segment
persona-give-name = Name and note
persona-name = Name
persona-name-hint = Without one it goes by its number.
persona-note = Note
persona-note-hint = What is good to know of these people.
persona-save-name = Save
persona-too-long = At most { $most } characters.
persona-named-meanwhile = Somebody else has named it meanwhile. If you save again, yours takes the place of theirs.
persona-which = Persona
persona-yes = yes
persona-no = no
persona-how = How it was done
persona-how-everybody = { $people } people were compared, of { $customers } records: all who are known by an address, a number, a card or an account, and have bought once or shown up three times.
persona-how-sample = { $people } people of { $customers } records were compared, drawn by chance but always the same: more are not looked at, as the figures would not change. Those count who are known by an address, a number, a card or an account, and have bought once or shown up three times.
persona-how-compared = Compared by: how many orders, how much and how many pieces an order, where and on how many channels, card, e-mail, mobile, account, app, consents, returns.
persona-how-never = Never: age, sex, health, language, place, notes. And never when: personas say how somebody buys, not since when.
persona-tried-groups = Groups
persona-tried-stability = The least sure is found again
persona-tried-share = The smallest
persona-tried-enough = One more is no gain
persona-tried-more = Clearer than a single one
persona-how-chosen = The largest number is chosen of which every group is found again (0.75 or more) and has at least 2 % of the people and twenty of them, one group more would not say clearly more, and a single one clearly less.
persona-seed = Number of chance: { $seed }. With the same people and the same number the same groups come out.
persona-of-person = Persona
persona-of-person-hint = The persona whose middle they are nearest to. It changes only when something happens.
persona-shared = Like their persona:
persona-not-shared = Unlike their persona:
persona-not = not: { $told }
persona-logic = It is the persona whose middle they are nearest to by: number of orders, amount and pieces of an order, where and on how many channels they showed up, which addresses and numbers are known, consents, returns. Personas are groups of people alike, found in the data (k-prototypes) and put in use by a person of the company. Age, sex, health, language and place do not count. By themselves personas decide nothing.
persona-is-orders = { $count ->
    [one] bought at least once
   *[other] bought at least { $number } times
  }
persona-is-average = spent on average at least { $currency } { $number } an order
persona-is-pieces = took on average at least { $number } pieces an order
persona-is-mainly-online = showed up mostly on the site or in the app
persona-is-mainly-shop = showed up mostly in the shop
persona-is-mainly-remote = came mostly by message or telephone
persona-is-channels = used at least { $number } channels
persona-is-card = took a loyalty card
persona-is-email = left an e-mail address
persona-is-phone = left a mobile number
persona-is-account = opened an account
persona-is-app = installed the app
persona-is-consent = gave a consent
persona-is-returned = called off an order or sent something back
persona-aspect-orders = number of orders
persona-aspect-average = amount of orders
persona-aspect-pieces = pieces of an order
persona-aspect-mainly = where they show up
persona-aspect-channels = number of channels
persona-aspect-card = card
persona-aspect-email = e-mail
persona-aspect-phone = mobile
persona-aspect-account = account
persona-aspect-app = app
persona-aspect-consent = consents
persona-aspect-returned = returns
