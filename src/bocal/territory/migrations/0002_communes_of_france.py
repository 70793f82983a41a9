"""Every database knows the communes of France, and the group that the first cannery reports on."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from bocal.territory.actions.communes import load_shipped_communes

DRÔME_DES_COLLINES = "Drôme des Collines"
ITS_NOTE = (
    "Liste proposée par Bocal, à vérifier avec vos financeurs\u00a0: les communes drômoises de Porte de DrômArdèche et "
    "d'Arche Agglo. La Drôme des Collines est une région naturelle, au nord de Valence et de Romans-sur-Isère\u00a0; "
    "elle n'a pas de limites officielles."
)
ITS_EPCIS = ("200040491", "200073096")


def load_communes(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    load_shipped_communes(model=apps.get_model("territory", "Commune"), using=schema_editor.connection.alias)


def make_first_group(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    using = schema_editor.connection.alias
    groups, communes = apps.get_model("territory", "CommuneGroup"), apps.get_model("territory", "Commune")
    group, made = groups.objects.using(using).get_or_create(name=DRÔME_DES_COLLINES, defaults={"note": ITS_NOTE})
    if made:
        theirs = communes.objects.using(using).filter(department="26", epci_code__in=ITS_EPCIS)
        group.communes.set(theirs)


class Migration(migrations.Migration):
    dependencies = [("territory", "0001_initial")]

    operations = [
        migrations.RunPython(load_communes, migrations.RunPython.noop),
        migrations.RunPython(make_first_group, migrations.RunPython.noop),
    ]
