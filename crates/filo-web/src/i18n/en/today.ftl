## Today

today-morning = Good morning
today-afternoon = Good afternoon
today-evening = Good evening
today-beginning = Getting started
today-steps-done = Done already
today-beginning-count = { $done } of { $all }
today-step-source = A source that may send
today-step-event = The first event has arrived
today-step-company = The company has its name
today-step-do = Do it now
today-todo = Waiting for you
today-calm = All is well
today-calm-hint = Filo did not have to stop at anything, and everything that came was understood.
today-latest = Lately here
see-all = See all
today-birthdays = Birthday today
today-step-account = Your account has a name, e-mail and password
today-step-backup = Backups are made by themselves
today-requests-overdue = Requests about data that should have been answered
today-requests-due = Requests about data to answer within a week
today-tasks-late = To do for customers, late
today-tasks = To do for customers
