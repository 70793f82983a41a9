"""Writes that span the whole house: its very first day."""

from bocal.frontdoor.actions.starting import FirstHouse, Newcomer, UnableToStart, start_cannery

__all__ = ["FirstHouse", "Newcomer", "UnableToStart", "start_cannery"]
