"""Everything of one database in open formats, and its way into an empty one: the promise against lock-in."""
