"""What happens to somebody’s open work when they go, when a team closes, or when they may not have it."""
