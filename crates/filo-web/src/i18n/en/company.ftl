## The company

company-name = Name of the company
company-name-hint = It stands beside the date, on Today.
company-language = Language
company-language-hint = For those who come in and have not chosen another.
company-zone = Time zone
company-zone-hint = Days and hours of all pages follow this clock. For Italy: Europe/Rome.
company-conflict = Somebody else has just changed this
company-conflict-hint = Below is how things stand now; the form has kept what you typed. If you save, yours counts.
wrong-zone = There is no such time zone. Write it as in the list, for example Europe/Rome.
wrong-choice = Choose one of the list.
done-company-saved = Company saved.
