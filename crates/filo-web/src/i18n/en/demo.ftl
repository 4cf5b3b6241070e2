## The demo

demo-invented = A trial company: everything here is invented.
demo-label = Trial company
