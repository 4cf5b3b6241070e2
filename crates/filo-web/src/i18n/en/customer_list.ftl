## Lists put together by hand

place-lists = Lists
customer-list-lead = People put together by hand, one by one or many at once.
customer-list-new = New list
customer-list-make = Make the list
customer-list-none = No lists yet
customer-list-none-hint = A list holds whom you decide on: those invited to the tasting, the wholesalers of Verona. Who is on it does not change by itself; segments are for that.
customer-list-none-here = No list here.
customer-list-none-yet = There is no list in use yet.
customer-list-tab-standing = In use
customer-list-tab-away = Put away
customer-list-search = Search lists
customer-list-head-name = List
customer-list-changed = Changed
customer-list-made = Made
customer-list-put-away = “{ $name }” was put away.
customer-list-name = Name
customer-list-name-hint = For instance: Invited to the tasting
customer-list-description = What it is for
customer-list-wrong-name = Write a name of one line, up to 80 letters.
customer-list-wrong-description = At most 500 letters.
customer-list-edit = Change name and description
customer-list-save = Save
customer-list-archive = Put away
customer-list-restore = Bring back
customer-list-away-since = Put away on { $when } by { $who }. Whoever was on it still is, and it can be brought back.
customer-list-used = “{ $name }” uses it: change that first.
customer-list-stale = Somebody else changed it meanwhile. This is how it is now.
customer-list-as-people = Open among people
customer-list-everybody = The whole list
customer-list-add = Put somebody on it
customer-list-add-search = Search for whom to put on it
customer-list-add-hint = To put many on it at once, pick them among people.
customer-list-put-on-do = Put on the list
customer-list-put-on-one = Put on the list: { $name }
customer-list-is-on = already on it
customer-list-take-off = Take off the list
customer-list-look = Search this list
customer-list-empty = Nobody is on this list yet.
customer-list-head-since = On it since
customer-list-head-by = Put on by
customer-list-by-file = an imported file
customer-list-by-journey = the journey “{ $name }”
customer-list-put-on = { $count ->
    [0] They were on the list already.
    [one] One person put on the list.
   *[other] { $number } people put on the list.
  }
customer-list-taken-off = { $count ->
    [0] They were not on the list.
    [one] One person taken off the list.
   *[other] { $number } people taken off the list.
  }
customer-list-which = Which list
customer-list-bulk = Lists
customer-list-bulk-all = Put them on a list, or take them off
customer-list-bulk-title = { $count ->
    [one] One person: which list?
   *[other] { $number } people: which list?
  }
customer-list-bulk-hint = Whoever is where they should be stays as they are.
customer-list-too-many = That is too many at once: at most { $most }. Narrow the list a little more.
customer-list-wrong-which = Choose a list in use.
customer-list-of-person = Lists
customer-list-on-none = On no list.
customer-list-since = Since { $when }
customer-list-since-by = Since { $when } · { $who }
done-list-made = List made.
done-list-changed = List changed.
done-list-back = List brought back, with everybody who was on it.
done-list-nobody = You have picked nobody.
done-list-undone = Undone.
import-list = On a list
import-list-hint = Everybody in the file is put on this list too.
import-list-none = — none —
wrong-import-list = Choose a list in use.
import-change-on-list = List
import-list-joined = put on the list
