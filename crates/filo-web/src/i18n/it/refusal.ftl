## Quello che Filo rifiuta

refused-invalid = Filo non l’ha fatto. In dettaglio:
refused-key-above = Una chiave non può fare più di chi la crea.
refused-invite-above = Non puoi invitare qualcuno con un ruolo più alto del tuo.
refused-person-above = Non puoi cambiare chi ha un ruolo più alto del tuo.
refused-role-above = Non puoi dare un ruolo più alto del tuo.
refused-link-above = Questo collegamento si fa solo per chi ha un ruolo più basso del tuo. Per un titolare c’è il comando «filo user reset».
refused-invite-gone = L’invito è già stato usato o ritirato.
refused-has-account = Questo indirizzo ha già un account.
refused-first-account = C’è già un account: entra con quello.
refused-last-owner = È l’ultimo titolare: prima dai a qualcun altro questo ruolo.
refused-factor-there = Il secondo fattore è già attivo.
refused-factor-not-offered = Non c’è un secondo fattore da confermare: ricomincia da capo.
refused-factor-none = Il secondo fattore non è attivo.
refused-factor-required = L’azienda chiede il secondo fattore a titolari e amministratori: non puoi toglierlo.
refused-source-keyless = Questa sorgente invia senza una chiave.
refused-quarantine-closed = Qualcun altro l’ha già riparato o scartato.
refused-backup-busy = C’è già una copia o una prova in corso: aspetta che finisca.
refused-backup-elsewhere = Gli eventi li applica un’altra macchina: fai la copia lì.
refused-webhook-disabled = L’avviso è disattivato: prima riattivalo.
refused-webhooks-many = Gli avvisi sono già tanti: prima togline uno.
refused-views-many = Gli elenchi salvati sono già tanti: prima togline uno.
refused-views-busy = Qualcuno sta cambiando gli elenchi in questo momento: riprova.
