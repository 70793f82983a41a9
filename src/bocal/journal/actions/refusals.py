"""What the database refuses, in French.

Triggers answer `bocal:<code>` and constraints answer with their name, which is a sentence already. An answer
that is not in the list is a mistake of the program and is left to crash.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bocal.toolbox.refusals import Refused

_ANSWER = re.compile(r"bocal:(\w+)|constraint failed: (\w+)|constraint \"(\w+)\"")

SENTENCES: Mapping[str, str | Promise] = {
    "unreleased_jar": _("Des pots qui ne sont pas libérés ne peuvent pas aller là."),
    "jar_without_start": _("Un lot de pots ne bouge pas avant que sa mise en fabrication soit notée."),
    "batch_mixes_owners": _("Une fabrication ne mélange pas les produits de deux propriétaires."),
    "lot_comes_out_of_its_batch": _("Ce lot doit d'abord sortir de la fabrication qui l'a fait."),
    "lot_comes_from_somebody": _(
        "Ce lot doit d'abord venir de quelqu'un : producteur, fournisseur, inventaire."
    ),
    "batch_gives_only_what_it_made": _(
        "Ce qui est entré dans une fabrication n'en ressort que par une correction."
    ),
    "batch_takes_its_own": _("Une fabrication ne peut pas reprendre ce qu'elle a fait ; corrigez-la."),
    "wrong_kind_of_account": _("Cela ne peut pas aller d'un de ces comptes à l'autre."),
    "transaction_is_sealed": _("Cette opération est déjà notée : corrigez-la pour la changer."),
    "transaction_moves_nothing": _("Rien ne bouge dans cette opération."),
    "movement_moves_nothing": _("Une quantité est un nombre entier plus grand que zéro."),
    "made_after_opening": _(
        "Un lot « antérieur à Bocal » a été fabriqué avant l'ouverture du journal ; cette date est plus récente."
    ),
    "prior_is_before_opening": _(
        "Seuls les pots faits avant l'ouverture du journal peuvent être notés « antérieur à Bocal »."
    ),
    "decision_out_of_order": _("Cette décision ne peut pas suivre la précédente sur ce lot."),
    "decision_out_of_rank": _("Quelqu'un vient de décider pour ce lot : relisez avant de décider."),
    "release_needs_a_second_person": _(
        "Une autre personne que celle qui a conduit la fabrication doit libérer."
    ),
    "release_before_start": _("La libération ne peut pas être datée d'avant la mise en fabrication."),
    "reversed_once": _("Cette opération est déjà corrigée."),
    "reversal_of_reversal": _("Une correction ne se corrige pas : notez l'opération de nouveau."),
    "reversal_unlike": _("Une correction garde le genre et la date de ce qu'elle corrige."),
    "reversal_is_not_the_mirror": _("Une correction défait exactement ce qu'elle corrige, une seule fois."),
    "journal_is_append_only": _(
        "Ce qui est noté au journal ne se change pas et ne s'efface pas : corrigez-le."
    ),
    "quarantine_is_for_good": _("Un lieu qui a déjà reçu des pots garde son statut de consigne."),
    "opening_in_the_future": _("Le journal ne peut pas s'ouvrir plus tard que le jour où on le note."),
    "journal_writes_read_committed": _("La base de données n'est pas réglée comme le journal le demande."),
    "already_there": _("Cela est déjà noté."),
    "lot_is_not_what_it_says": _("Ce lot n'est pas décrit comme son genre le demande."),
    "one_lot_per_code": _("Un autre lot porte déjà ce numéro."),
    "one_jar_lot_per_batch_format_and_load": _(
        "Il y a déjà un lot de ce format et de cette charge dans cette fabrication."
    ),
}


def answer_of(error: IntegrityError) -> str:
    """The trigger's code or the constraint's name in the words of either engine; empty when there is none."""
    found = _ANSWER.search(str(error))
    return next((part for part in found.groups() if part), "") if found else ""


@contextmanager
def said_in_french(
    refusal: type[Refused], sharper: Mapping[str, Callable[[], str]] | None = None
) -> Iterator[None]:
    """Turn what the database refuses in this block into `refusal`; a sharper sentence names what is at stake."""
    try:
        yield
    except IntegrityError as error:
        answer = answer_of(error)
        if sharper and answer in sharper:
            raise refusal(sharper[answer]()) from error
        if answer in SENTENCES:
            raise refusal(SENTENCES[answer]) from error
        raise
