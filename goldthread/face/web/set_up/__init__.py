"""The pages on which an administrator sets up who works here."""
