"""The settings that people read: how long a link is offered, how early an expiring training is announced."""

from django.utils.translation import gettext_lazy as _

from bocal.parameters.catalogue import Kind, declare

LINK_DAYS = declare(
    "link_days",
    kind=Kind.WHOLE,
    label=_("Durée proposée pour un lien de consultation"),
    help=_("Celui qui donne le lien peut en choisir une autre, d'un jour à un an."),
    unit=_("jours"),
    default=30,
    least=1,
    most=366,
    source=_("choix de Bocal"),
)
TRAINING_NOTICE_DAYS = declare(
    "training_notice_days",
    kind=Kind.WHOLE,
    label=_("Annoncer une formation qui expire"),
    help=_("Combien de jours avant la fin la fiche de la personne le signale."),
    unit=_("jours avant"),
    default=60,
    least=0,
    most=730,
    source=_("choix de Bocal"),
)
