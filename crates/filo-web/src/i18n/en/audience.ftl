## Audiences for advertising

place-audiences = Audiences
audience-lead = People you show to advertising platforms, or leave out of ads. Only hashes of the addresses of those who said yes leave.
audience-new = New audience
audience-make = Make the audience
audience-none = No audience yet
audience-none-hint = An audience follows a segment: who comes in is added at the platform; who leaves, withdraws consent or asks to be forgotten is taken out.
audience-head-name = Audience
audience-head-platform = Platform
audience-head-offered = Offered
audience-head-people = People
audience-head-state = State
audience-state-by-hand = by file
audience-state-paused = paused
audience-state-ending = ending
audience-state-failing = not arriving
audience-state-behind = under way
audience-state-in-step = in step
audience-platform = Platform
audience-delivery = How it gets there
audience-delivery-file = By a file that you take there
audience-delivery-push = By itself, over the internet
audience-delivery-hint = Platform and way cannot be changed later. For it to go by itself, first connect the platform in Settings → Advertising.
audience-remote = Id of the audience at the platform
audience-remote-hint = Only if it goes by itself. Meta: the custom audience; Google: the list of Customer Match; LinkedIn: the DMP segment. Make it there first.
audience-name = Name
audience-description = What it is for
audience-segment = Segment
audience-segment-hint = Who is in the segment comes in of their own accord. Without one only journeys put people in.
audience-segment-none = none, only by journeys
audience-purpose = Consent it needs
audience-purpose-hint = Only who said yes to this leaves.
audience-fields = Beside the address
audience-fields-hint = Finds more people and says more about them. LinkedIn gets the hash of the e-mail address alone; Google gets postal code and country as they are, because it wants them so.
audience-field-name = First and last name
audience-field-place = Town, postal code and country
audience-field-own-id = The id in Filo (Meta only)
audience-knows-delicate = I know, and I may do this
audience-wrong-name = Write a name of one line, up to 80 letters.
audience-wrong-description = At most 500 letters.
audience-wrong-platform = Choose a platform.
audience-wrong-delivery = This platform is not connected yet: do it in Settings → Advertising, or choose the file.
audience-wrong-remote = Its id at the platform is needed: letters, digits, - and _.
audience-wrong-segment = Choose a segment in use.
audience-wrong-purpose = Choose a consent that people are asked for.
audience-wrong-delicate = This segment says something delicate: { $words }. Being in the audience tells the platform, and many forbid it. If you have a ground for it, confirm.
audience-which = Audience
audience-edit = Change
audience-save = Save
audience-stale = Somebody else changed it meanwhile. Here it is as it stands now.
audience-used = A journey uses it: change that first.
audience-pause = Pause
audience-resume = Take up again
audience-paused-hint = While paused nobody is added. Whoever has to go out is taken out all the same.
audience-filling = Everybody is being looked at: the figures still grow.
audience-ending-left = { $count ->
    [0] Everybody was taken out: the audience will be gone in a moment.
    [one] One address is still to be taken out at the platform. It is tried until it works.
   *[other] { $number } addresses are still to be taken out at the platform. It is tried until it works.
  }
audience-keep = Keep it
audience-gone-there = It is no more there
audience-gone-there-hint = If you deleted the audience at the platform already, there is nothing to take out.
audience-gone-there-do = Yes, it is no more there: remove it
audience-people = Who is in
audience-standing-offered = Offered
audience-standing-no-yes = Without their yes
audience-standing-no-address = Without a usable address
audience-by-email = E-mail addresses
audience-by-phone = Numbers
audience-refused-count = Refused by the platform
audience-nobody-hint = Nobody said yes to this consent, or nobody has a usable address: nothing leaves.
audience-empty-hint = Nobody yet.
audience-telling = With the platform
audience-to-put = To be added
audience-to-take-out = To be taken out
audience-last-success = Worked last
audience-last-failure = Failed last
audience-failing-since = The platform has taken nothing since { $date }.
audience-next = Tried again on { $date }.
audience-test = Try it out
audience-tell-now = Try again now
audience-test-good = It works: the platform knows this audience. Nobody was added.
audience-why-account = The platform does not recognise us, or does not let us: look at the connection in Settings → Advertising.
audience-why-audience = The platform does not know this audience, or it is not yours.
audience-why-too-fast = The platform asks to go slower.
audience-why-transient = The platform does not answer now.
audience-why-batch = The platform does not understand what it is told.
audience-handing = To be taken to the platform
audience-handing-hint = Close what changed into a file and upload it there: one adds, the other removes. Who has left stays there until you upload the second one.
audience-changes-in = { $count ->
    [one] one address to add
   *[other] { $number } addresses to add
  }
audience-changes-out = { $count ->
    [one] one address to remove
   *[other] { $number } addresses to remove
  }
audience-file-close = Close what changed into a file
audience-file-last = Last file closed on { $date }.
audience-file-added = Download whom to add
audience-file-removed = Download whom to remove
audience-file-everybody = Download everybody
audience-file-whole = The whole audience
audience-file-whole-hint = A CSV in the platform’s form, with hashes alone. Who downloads it is written down.
audience-refused = Addresses refused by the platform
audience-refused-hint = They are not tried again until the address changes.
audience-facts = What it is made of
audience-made = Made
audience-changed = Changed
audience-remove = Remove
audience-remove-hint = First everybody is taken out at the platform, then the audience goes. While that lasts it can be kept.
audience-remove-confirm = Yes, take everybody out and remove it
audience-remove-file-hint = What you uploaded to the platform stays there: delete it there too.
audience-remove-file-confirm = Yes, remove it
audience-made-of = The audience “{ $name }” is made of this segment: change that first.
refused-audiences-many = There are 50 audiences already: remove one first.
refused-audience-ending = Everybody is being taken out of this audience: keep it first.
refused-audience-paused = The audience is paused: take it up again first.
done-audience-made = Audience made.
done-audience-changed = Audience changed.
done-audience-paused = Paused.
done-audience-resumed = Taken up again.
done-audience-told = It is being tried: load the page anew to see how it went.
done-audience-ending = Everybody is being taken out at the platform.
done-audience-kept = Kept: everybody is put in again.
done-audience-removed = Audience removed.
done-audience-file-closed = File closed: download whom to add and whom to remove.
incident-audience-failing = An advertising platform has not taken an audience for more than a day
incident-audience-failing-why = Whoever left the audience is still at the platform, and whoever came in is not. Filo goes on trying.
incident-audience-failing-do = Open the audience and read what the platform answers; often the token has ended: change it in Settings → Advertising.
audit-setting-audience-account-meta = Meta’s advertising account
audit-setting-audience-account-google = Google’s advertising account
audit-setting-audience-account-linkedin = LinkedIn’s advertising account
audit-act-audience-changed = Made, changed, paused, took up or removed an audience
audit-act-audience-exported = Took the people of an audience away as a file
register-place-audience-member = Who is in an audience, and whether they may be offered
register-place-audience-entry = Hashes of the addresses offered to advertising platforms
register-place-audience-look = Who is to be looked at again for audiences
erasure-place-audiences = Addresses in audiences of advertising platforms
journey-join-audience = Add to the audience “{ $name }”
journey-leave-audience = Take out of the audience “{ $name }”
journey-kind-join-audience = Add to an audience
journey-kind-leave-audience = Take out of an audience
journey-wrong-audience = Choose an audience.
run-line-offered = { $step }
run-line-recalled = { $step }

## Connections with the platforms

settings-advertising = Advertising
settings-advertising-lead = The accounts at advertising platforms, to keep audiences in step.
advertising-hint = Without an account audiences are taken there as a file.
advertising-on = connected
advertising-off = not connected
advertising-account = Account
advertising-how-meta = In Meta Business make a system user that may manage audiences, and copy its token. The advertising account must have accepted the terms of custom audiences.
advertising-how-google = A program registered in Google Cloud with the Data Manager API is needed, and a refresh token for the scope datamanager. The account must be allowed Customer Match.
advertising-how-linkedin = A token with the permission rw_dmp_segments is needed. It holds for two months: when it ends audiences no longer arrive, and you see it here.
advertising-account-hint = Ten digits, as Google Ads shows them.
advertising-login-account = Manager account
advertising-login-account-hint = Only if you come in through an account above the other.
advertising-client-id = Client ID
advertising-token = Token
advertising-client-secret = Client secret
advertising-refresh-token = Refresh token
advertising-secret-kept = There is one: write it only to change it.
advertising-save = Save
advertising-carries = { $count ->
    [one] One audience goes over this: remove that first.
   *[other] { $count } audiences go over this: remove those first.
  }
advertising-remove = Disconnect
advertising-remove-confirm = Yes, disconnect and forget the secrets
advertising-stale = Somebody else changed this account meanwhile. Here it is as it stands now.
advertising-used = Audiences go over this account: remove those first.
advertising-wrong-account = The number of the account is needed, ten digits.
advertising-wrong-login-account = The number of the account is needed, ten digits, or nothing.
advertising-wrong-client-id = The client ID of Google Cloud is needed.
advertising-wrong-token = The token is needed.
advertising-wrong-client-secret = The client secret is needed.
advertising-wrong-refresh-token = The refresh token is needed.
done-advertising-saved = Account saved.
done-advertising-removed = Account disconnected.
