## Saved views

view-title = Views
view-all = Everybody
view-keep = Save this view
view-keep-do = Save
view-name = Name of the view
view-change = Change the view
view-rename = Rename
view-remove = Delete the view
view-removed = View “{ $name }” deleted.
done-view-kept = View saved.
done-view-renamed = Renamed.
done-bulk-undone = Done: the notes were removed.
wrong-view = Write a name for the view: 1 to 40 characters.
