## Identifiers

identifiers-title = Identifiers
identifiers-more = { $count ->
    [one] One more
   *[other] { $count } more
  }
identifiers-why = Why these are one person
identifier-seen = from { $first } to { $last }
kind-user-id = User id
kind-tax-code = Tax code
kind-card = Card
kind-email = E-mail
kind-phone = Mobile
kind-external-id = External id
kind-push-token = Notifications
kind-device-id = Device
kind-advertising-id = Advertising id
kind-ga-client-id = Google Analytics
kind-anonymous-id = Visitor
kind-landline = Landline
kind-group-id = Company
kind-telegram = Telegram
kind-web-push = Browser with notifications
trust-claimed = claimed
trust-claimed-hint = Only the browser says so: whoever reads the page could have sent it.
trust-verified = verified
trust-verified-hint = A system of the company says so.
trust-staff = from staff
trust-staff-hint = A person of the company says so.
