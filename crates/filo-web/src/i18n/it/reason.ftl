## Perché sono una persona sola

why-title = Perché è una persona sola
why-single = C’è un solo identificativo: non c’è niente da unire.
why-lead = Questi legami hanno unito gli identificativi, nell’ordine in cui contano.
why-refused = { $count ->
    [one] Un legame che non ha unito
   *[other] { $count } legami che non hanno unito
  }
why-apart = Tenuti separati da una decisione
why-proof-claimed = Visti insieme in un evento del browser il { $date }.
why-proof-verified = Visti insieme in un evento di un sistema dell’azienda il { $date }.
why-proof-staff = Detto da una persona dell’azienda il { $date }.
obstacle-kept-apart = Una persona ha deciso che sono diversi.
obstacle-limit = Ci sarebbero troppi valori per «{ $kind }».
obstacle-two-verified-people = Una dichiarazione del browser non può unire due persone verificate.
obstacle-suspended = Uno dei due è legato a troppe persone per essere di una sola.
obstacle-customer-full = La persona avrebbe troppi identificativi.
obstacle-too-many-merges = La persona nascerebbe da troppe unioni.
obstacle-component-too-large = Il gruppo è troppo grande perché le dichiarazioni contino.
obstacle-household = Un telefono fisso o un’azienda sta per più persone.
obstacle-shared-device = Il dispositivo è usato da più persone.
obstacle-device-of-another = Il dispositivo è di un’altra persona, con prove migliori.
why-tied-to = legato a
