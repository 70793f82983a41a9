"""Screens of people: entering, the team, organisations, and access."""
