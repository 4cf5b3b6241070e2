## Il negozio di prova

demo-invented = Azienda di prova: qui è tutto inventato.
demo-label = Azienda di prova
