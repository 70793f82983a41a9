"""Writes of the impact app: the texts of the leaflet. Figures are never written."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bocal.impact.leaflet.content import current_texts
from bocal.impact.leaflet.texts import PLACES, slug_of
from bocal.parameters.actions import rewrite_text
from bocal.parameters.models import Text
from bocal.people.models import Person
from bocal.toolbox.ids import new_id


@transaction.atomic
def write_texts(*, id: UUID, texts: Mapping[str, str], by: Person, at: datetime) -> list[Text]:
    """Keep the texts that changed; an empty one goes back to the text Bocal came with.

    `id` is given to the first text kept: sent twice, the second finds nothing changed.
    """
    before = current_texts()
    changed: list[Text] = []
    for place, typed in texts.items():
        body = "\n".join(line.rstrip() for line in typed.strip().splitlines()) or str(PLACES[place].text)
        if body != before[place]:
            key = new_id() if changed else id
            changed.append(rewrite_text(id=key, slug=slug_of(place), body=body, by=by, at=at))
    return changed
