-- The events of a clock in one piece, for pages of cases; a clock from before has none until something happens to it.
ALTER TABLE clock ADD COLUMN course TEXT;
