"""The screens of the programme: the agenda, one intervention, the team's hours, and one's own."""
