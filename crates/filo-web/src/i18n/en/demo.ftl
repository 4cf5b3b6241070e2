## The demo

demo-invented = Invented data: the company, people and orders of this demo do not exist.
