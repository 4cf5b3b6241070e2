## Da guardare

incidents-lead = Dove Filo si è fermato per prudenza e una persona dovrebbe guardare.
incidents-none = Niente da guardare
incidents-none-hint = Filo non si è dovuto fermare.
incident-resolve = Visto
incident-detail = Dettagli
incident-seen = { $count ->
    [one] Una volta, il { $last }
   *[other] { $count } volte, dal { $first } al { $last }
  }
incident-identity-suspended = Un identificativo è legato a troppe persone
incident-identity-customer-full = Una persona ha troppi identificativi
incident-identity-too-many-merges = Una persona nascerebbe da troppe unioni
incident-identity-component-too-large = Un gruppo di identificativi è troppo grande
