## Annotations

annotation-title = Annotations
annotation-lead = What happened and explains the figures: it stands on the charts, on its day. Journeys, promotions and imports are there by themselves.
annotation-new = Write an annotation
annotation-one = Annotation
annotation-none = No annotations
annotation-none-hint = Prices changed, shop closed, an article in the paper: write it here and you find it on the charts.
annotation-meanwhile = Meanwhile
annotation-days = Days
annotation-what = What happened
annotation-what-hint = One line, up to 140 letters. Write no names of customers.
annotation-whose = Written by
annotation-first = Day
annotation-last = Until
annotation-last-hint = Only if it lasted.
annotation-save = Save
annotation-remove = Remove
annotation-restore = Bring back
annotation-removed = Annotation removed.
annotation-is-removed = This annotation was removed.
annotation-conflict = Somebody else changed it meanwhile: look, and save again.
annotation-by = Last changed by { $name }, { $when }.
annotation-journey-started = Journey started: { $name }
annotation-journey-halted = Journey halted or resumed: { $name }
annotation-promotion-runs = Promotion: { $name }
annotation-imported = File imported: { $name }
annotation-import-undone = Import taken out: { $name }
wrong-annotation-words = Write what happened, in one line of up to 140 letters.
wrong-annotation-first = Choose a day.
wrong-annotation-last = The last day cannot be before the first.
done-annotation-made = Annotation written: it is on the charts.
done-annotation-changed = Annotation changed.
done-annotation-restored = Annotation brought back.

register-place-annotation = Annotations: what happened and when, written by who works here
