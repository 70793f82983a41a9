"""What the kitchen shows on the page of an intervention: the batches made there."""

from django.http import HttpRequest
from django.urls import reverse

from bocal.kitchen import queries
from bocal.kitchen.views import READERS, WRITERS
from bocal.programme.models import Intervention
from bocal.toolbox.access import allowed
from bocal.toolbox.sections import LentSection

MOST_ROWS = 12


def batches_for(request: HttpRequest, intervention: Intervention) -> LentSection | None:
    """A card with what was cooked, and how to note another batch."""
    if not allowed(request, *READERS):
        return None
    new_url = f"{reverse('kitchen:new_batch')}?intervention={intervention.pk}"
    context = {
        "batches": list(queries.batches(intervention=intervention)[:MOST_ROWS]),
        "new_url": new_url if allowed(request, *WRITERS) else "",
    }
    return {"template": "kitchen/lent_batches.html", "context": context}
