"""The demonstration: the season of a workbook, and a living fortnight around today.

Everything is invented but the published totals of the season; the same day gives the same fortnight. It is
recorded by the same actions as the screens, and only ever into an empty database, which it marks for good.
"""

from bocal.frontdoor.demonstration.loading import UnableToDemonstrate, load_demonstration

__all__ = ["UnableToDemonstrate", "load_demonstration"]
