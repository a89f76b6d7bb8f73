"""Setting up who works here: teams, posts and who holds them, sign-ins, duties and cover."""
