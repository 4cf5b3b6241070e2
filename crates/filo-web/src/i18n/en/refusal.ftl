## What Filo refuses

refused-invalid = Filo did not do it. In detail:
refused-key-above = A key cannot do more than who makes it.
refused-invite-above = You cannot invite somebody to a role above your own.
refused-person-above = You cannot change somebody whose role is above your own.
refused-role-above = You cannot give a role above your own.
refused-link-above = This link is made only for people with a role below yours. For an owner there is the command “filo user reset”.
refused-invite-gone = The invitation was used or taken back already.
refused-has-account = This address has an account already.
refused-first-account = There is an account already: come in with that one.
refused-last-owner = This is the last owner: make another owner first.
refused-factor-there = A second factor is set up already.
refused-factor-not-offered = No second factor waits to be confirmed: begin again.
refused-factor-none = There is no second factor.
refused-factor-required = The company asks owners and admins for a second factor: you cannot turn it off.
refused-source-keyless = This source sends without a key.
refused-quarantine-closed = Somebody else has mended or discarded it already.
refused-backup-busy = A backup or a drill is under way: wait for its end.
refused-backup-elsewhere = Another machine applies events: make the backup there.
refused-webhook-disabled = The webhook is disabled: enable it first.
refused-webhooks-many = There are too many webhooks already: remove one first.
refused-views-many = There are too many saved views already: remove one first.
refused-views-busy = Somebody is changing the views at this moment: try again.
