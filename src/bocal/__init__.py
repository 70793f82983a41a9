"""Bocal: a mobile and solidarity cannery, written down once, in the field."""
