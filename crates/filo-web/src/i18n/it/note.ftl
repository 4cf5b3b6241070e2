## Note

notes-title = Che cosa ci ha detto
note-title = Scrivi una nota
note-text = Che cosa ha detto
note-hint = Con le sue parole: perché ci ha scelto, che cosa teme, che cosa gli piace.
note-about = Di che si tratta
note-do = Salva la nota
note-remove = Togli
about-reason = Perché ci ha scelto
about-worry = Che cosa teme
about-preference = Che cosa preferisce
about-promise = Che cosa abbiamo promesso
about-other = Altro
wrong-text = Scrivi che cosa ha detto: da 1 a 4.000 caratteri.
wrong-name = Scrivi un nome: da 1 a 100 caratteri.
wrong-proof = Per un sì serve la prova: dove sta il modulo firmato, la registrazione, il testimone.
