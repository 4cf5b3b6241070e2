## The Monday page

monday-title = The Monday page
monday-business = How it goes
monday-experience = How customers find it
monday-journeys = What journeys changed
monday-journeys-none = No journey is running.
monday-waiting = Who waits
monday-waiting-answers = { $count ->
    [one] One person waits for an answer, since { $when }
   *[other] { $number } people wait for an answer, the first since { $when }
  }
monday-waiting-nobody = Nobody waits for an answer, of the last { $days } days
monday-waiting-tasks = { $count ->
    [one] One thing to do for a customer, late: { $late }
   *[other] { $number } things to do for customers, late: { $late }
  }
monday-waiting-approvals = { $count ->
    [one] One message waits for a yes
   *[other] { $number } messages wait for a yes
  }
monday-answers = { $count ->
    [one] One question was answered, in { $hours } hours.
   *[other] { $number } questions were answered, half of them within { $hours } hours.
  }
monday-answers-before = The week before: { $hours } hours.
monday-answers-none = No question was answered in this week.
monday-head-week = Week
monday-head-before = Before
monday-print = It prints on a sheet, in black and white too.
monday-by-mail = Get it by mail
monday-card = The week that is over in a few figures, in your mailbox on the day and at the hour you like, on the company’s clock. No customer’s name in it.
monday-open = Look at it now
monday-way = By mail
monday-way-yes = Send it to me every week
monday-way-no = Do not send it to me
monday-weekday = Day
monday-hour = Hour
monday-day-1 = Monday
monday-day-2 = Tuesday
monday-day-3 = Wednesday
monday-day-4 = Thursday
monday-day-5 = Friday
monday-day-6 = Saturday
monday-day-7 = Sunday
monday-next = The next one leaves { $when }.
monday-last-sent = The last one left { $when }.
monday-last-kept = The last one lies in the folder of trials, { $when }: no mail server is connected.
monday-last-failed = The last one did not leave, { $when }: look at the settings of mail.
monday-test = Send it to me now, as a test
monday-subject = { $name }: the week until { $when }
monday-row = { $name }: { $now } (before { $before }), { $difference }. { $chance }.
monday-read = Open the page in Filo
monday-end = Send it to me no more
monday-why = You get it because you asked for it in your settings.
done-monday-on = Done: you will get it every week.
done-monday-off = Done: you will get it no more.
done-monday-test-sent = Test sent to your mailbox.
done-monday-test-kept = The test lies in the folder of mails: no server is connected.
done-monday-test-failed = The test did not leave: look at the settings of mail.
public-monday = No more Monday pages?
public-monday-hint = Press the button and it will come no more. You can take it up again in the settings of your account.
public-monday-do = Send it to me no more
public-monday-ended = The Monday page will come no more.
