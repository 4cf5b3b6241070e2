-- By what a message goes instead where its medium is refused: words, in order.
ALTER TABLE message ADD COLUMN fallbacks {text} NOT NULL DEFAULT '';
