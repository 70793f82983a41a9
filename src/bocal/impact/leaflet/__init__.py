"""The leaflet: two A4 pages that say what the cannery is and what it did in a period.

`texts` holds what the coordinator may rewrite, `content` gathers figures and texts, `drawing` makes the map,
`printing` turns it all into a PDF. Figures come from the records and cannot be typed anywhere.
"""
