## Consent

consents-title = Consent
consents-none = No consent recorded: without it, no marketing.
consent-title = Record a consent
consent-purpose = What for
consent-channel = On which channel
consent-decision = Answer
consent-granted = yes
consent-denied = no
consent-pending = waits for proof
consent-wording = Text or version agreed to
consent-proof = Proof
consent-proof-hint = Where it is: signed form, recording, witness.
consent-do = Record
purpose-every = everything
purpose-marketing = marketing
purpose-analytics = analytics
purpose-profiling = profiling
purpose-advertising = advertising
purpose-functional = functional
basis-unstated = basis not stated
basis-consent = consent
basis-soft-spam = similar products (soft spam)
basis-contract = contract
basis-legitimate-interest = legitimate interest
basis-legal-obligation = legal obligation
