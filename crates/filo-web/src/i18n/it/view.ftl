## Le viste salvate

view-title = Viste
view-all = Tutte
view-keep = Salva questa vista
view-keep-do = Salva
view-name = Nome della vista
view-change = Modifica la vista
view-rename = Cambia nome
view-remove = Elimina la vista
view-removed = Vista «{ $name }» eliminata.
done-view-kept = Vista salvata.
done-view-renamed = Nome cambiato.
done-bulk-undone = Fatto: le note sono state tolte.
wrong-view = Scrivi un nome per la vista: da 1 a 40 caratteri.
