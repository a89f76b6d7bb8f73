"""The statutory returns: what each asks for, its rules, and its writing from the records."""
