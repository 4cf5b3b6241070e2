## Notes

notes-title = What they told us
note-title = Write a note
note-text = What they said
note-hint = In their words: why they chose us, what worries them, what they like.
note-about = What it is about
note-do = Save the note
note-remove = Remove
about-reason = Why they chose us
about-worry = What worries them
about-preference = What they prefer
about-promise = What we promised
about-other = Other
wrong-text = Write what they said: 1 to 4,000 characters.
wrong-name = Write a name: 1 to 100 characters.
wrong-proof = A yes needs its proof: where the signed form, the recording or the witness is.
