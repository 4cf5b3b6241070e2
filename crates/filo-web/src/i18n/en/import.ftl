## Imports

imports-title = Imports
imports-lead = Bring in the customers you already have in a file. First you see what would happen, then you decide; and you can always go back.
imports-none = No file yet
imports-none-hint = Most begin with the export of their old program, or with a spreadsheet.
imports-list = Files that were brought
imports-older = Older
import-drop-title = A new file
import-file = File
import-file-hint = CSV or Excel (with the names of the columns in the first line), vCard or JSON; 200 MB at most.
import-file-kept = The file stays here { $days } days after the last step, then it is deleted by itself.
import-drop = Look at the file
wrong-import-file = This file cannot be used.
import-rows = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
import-state-draft = to prepare
import-state-trying = being tried
import-state-tried = tried
import-state-running = under way
import-state-done = imported
import-state-cancelled = stopped
import-state-failed = failed
import-state-undoing = being undone
import-state-undone = undone
import-before = This very file was imported on { $date }: bringing it in again changes nothing.
import-failed = It did not come to its end
import-unseen = What is in the file cannot be shown.
import-recognised = What file it is
import-written-by = It comes from
import-preset-unknown = a program that was not recognised
import-preset-shopify-customers = Shopify, customers
import-preset-mailchimp = Mailchimp
import-preset-hubspot-contacts = HubSpot, contacts
import-preset-woocommerce-customers = WooCommerce, customers
import-preset-shopify-orders = Shopify, orders
import-preset-hubspot-companies = HubSpot, companies
import-preset-prestashop-customers = PrestaShop, customers
import-preset-klaviyo = Klaviyo
import-preset-brevo = Brevo
import-preset-google-contacts = Google Contacts
import-preset-outlook-contacts = Outlook contacts
import-preset-stripe-customers = Stripe, customers
import-size = How long it is
import-about-rows = { $count ->
    [one] about one row
   *[other] about { $number } rows
}
import-form = Format
import-warning-duplicate-headers = Two columns have the same name: look well at the samples of each.
import-warning-ambiguous-dates = Dates can be read in two ways (day or month first): choose the right one under “More”.
import-warning-other-sheets = The first sheet with anything in it is read; for the others, upload one file each.
import-mapping = What the columns are
import-subject = What the file holds
import-subject-people = Customers, one a row
import-subject-suppressions = People not to be written to
import-columns = Columns
import-columns-hint = For each column choose what it is. At least one must say who the row is about: e-mail, telephone, card or customer number.
wrong-import-columns = A column must say who the row is about, and each thing can be in one column only.
import-guess-likely = a guess
import-column-empty = Empty column
import-remark-special-category = This looks like data that the law protects more (health, religion…): it stays out unless you choose it.
import-remark-taken = Another column is this already.
import-remark-ambiguous-dates = Day and month could be swapped: please check.
import-remark-says-consent = It is about consent: it stays out unless you say what it proves.
import-target = What it is
import-column-more = More
import-transform = How it is read
import-transform-as-is = as it is
import-transform-title-case = Capitals at the beginning only
import-transform-lower-case = all small letters
import-transform-day-first = a date, the day first
import-transform-month-first = a date, the month first
import-transform-decimal-comma = a number with a comma
import-transform-decimal-point = a number with a point
import-transform-list = several values with commas between
import-transform-surname-first = surname first
import-collision = If it was known
import-collision-overwrite = the file counts
import-collision-fill-if-blank = what is there stays, the file fills gaps
import-collision-never = only for new people
import-collision-append = it joins the list
import-collision-newest-wins = the newest counts
import-target-ignore = nothing, it stays out
import-target-user-id = Customer number
import-target-card = Card
import-target-email = E-mail
import-target-phone = Telephone
import-target-tax-code = Tax code
import-target-external-id = Number in another program
import-target-full-name = First name and surname in one
import-target-suppression = Not to be written to (reason, or yes/no)
import-target-changed-at = When the row was changed
import-target-consent-email = Consent to e-mail (yes/no)
import-target-consent-sms = Consent to SMS (yes/no)
import-target-consent-phone = Consent to calls (yes/no)
import-target-consent-web = Consent on the site (yes/no)
import-target-consent-app = Consent in the app (yes/no)
import-target-consent-chat = Consent to chat (yes/no)
import-target-consent-social = Consent on social media (yes/no)
import-target-consent-shop = Consent in the shop (yes/no)
import-target-consent-server = Consent anywhere (yes/no)
import-target-new = New field “{ $name }”
import-trait-first-name = First name
import-trait-last-name = Surname
import-trait-company = Company
import-trait-vat-number = VAT number
import-trait-street = Street
import-trait-city = City
import-trait-postal-code = Postal code
import-trait-province = Province
import-trait-country = Country
import-trait-birthday = Birthday
import-trait-gender = Gender
import-trait-language = Language
import-trait-tags = Tags
import-trait-notes = Notes
import-consent = Consent that the file proves
import-consent-hint = If you choose nothing, people come in but may not be written to for advertising. Choose a channel only if everybody in the file said yes and you can show it.
import-consent-text = What they said yes to, and where the proof is
import-consent-text-hint = For example: card form of 2024, cabinet in the office.
import-consent-day = When they said it
wrong-import-consent-text = Say what they said yes to and where the proof is.
wrong-import-consent-day = Choose the day.
import-save = Only save
import-try = Try without writing anything
done-import-saved = Saved.
done-import-stopping = It stops as soon as it can.
done-import-discarded = The file was thrown away.
import-discard = Throw the file away
import-discard-confirm = Yes, throw it away
import-busy-trying = Being tried: nothing is written
import-busy-running = The import is under way
import-busy-undoing = It is being undone
import-busy-hint = You can close the page: the work goes on. It refreshes by itself.
import-progress = { $done } of { $total } rows
import-stop = Stop
import-stopped = Stopped half-way: what came in before is there. You can undo it, or bring the same file again to finish.
import-would = What would happen
import-did = How it went
import-count-rows = Rows in the file
import-count-created = New people
import-count-updated = People who were there, with news
import-count-unchanged = Nothing new
import-count-suppressed = Not to be contacted
import-count-duplicate = Repeated in the file
import-count-rejected = Not taken
import-outcome-created = new
import-outcome-updated = updated
import-outcome-unchanged = nothing new
import-outcome-suppressed = not to be contacted
import-outcome-duplicate = repeated
import-outcome-rejected = not taken
import-nothing-new = There is nothing new in this file: importing it would change nothing.
import-nothing-new-done = There was nothing new: nothing has changed.
import-start-lead = Nothing was written so far.
import-start = Import
import-change = Change the columns
import-rejected = { $count ->
    [one] One row is not taken
   *[other] { $count } rows are not taken
}
import-rejected-first = The first ones
import-rejected-file = Download the rows that were not taken
import-rejected-hint = With the columns of your file, the number of the row and the reason: mend them and bring them again.
import-line = line { $line }
import-reason-wrong-column-count = the row has more or fewer cells than there are columns
import-reason-nobody = it does not say who it is about
import-reason-bad-email = the e-mail is not valid
import-reason-bad-phone = the telephone number is not valid
import-reason-bad-tax-code = the tax code is not valid
import-reason-bad-card = the card is not valid
import-reason-bad-identifier = the number cannot be used
import-reason-bad-yes-or-no = it is not clear whether it is yes or no
import-reason-bad-date = the date cannot be read
import-reason-bad-number = the number cannot be read
import-reason-unclosed-quote = its quotes do not close
import-reason-too-long = the line is too long
import-reason-bad-bytes = it holds what is not text
import-reason-no-object = it is no JSON object
import-reason-broken-card = the contact begins or ends half-way
import-examples = Some examples
import-change-consent = Consent: { $channel }
import-consent-granted = yes
import-consent-denied = no
import-consent-claimed-yes = yes, without proof
import-see-people = { $count ->
    [one] The person it touched
   *[other] The { $count } people it touched
}
import-people-title = The people it touched
import-people-lead = As they are today: whoever this file brought or changed.
import-people-none = Nobody.
import-people-more = More
import-goes-at = File, examples and list of people are deleted on { $date }; the numbers stay.
import-file-gone = The file and the examples were deleted; the numbers stay.
import-undo = Undo the import
import-undo-title = Undo this import?
import-undo-lead = Everything goes back to how it would be without the file. What happened since then stays.
import-undo-events = { $count ->
    [one] One piece of information is taken out
   *[other] { $number } pieces of information are taken out
}
import-undo-new = { $count ->
    [one] One person was new: without anything else they are gone
   *[other] { $number } people were new: those without anything else are gone
}
import-undo-going = { $count ->
    [one] One person is gone: they came with the file alone
   *[other] { $number } people are gone: they came with the file alone
}
import-undo-staying = { $count ->
    [one] One new person stays, because they did more since
   *[other] { $number } new people stay, because they did more since
}
import-undo-changed = { $count ->
    [one] One person goes back to how they were
   *[other] { $number } people go back to how they were
}
import-undo-do = Undo the import
import-undo-keep = No, leave everything as it is
import-undone-by = Undone on { $date } by { $name }: it is as if the file had never come.
import-same-again = Another file with the same settings
import-same-again-hint = Columns with the same name are read as in this file.
