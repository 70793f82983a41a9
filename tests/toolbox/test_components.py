"""The pieces pages are made of: fields tied to their words, icons that exist, errors that stand alone."""

import hashlib
import re
from pathlib import Path

import pytest
from django import forms
from django.http import HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

import bocal
from bocal.toolbox.fields import KilosField
from bocal.toolbox.forms import RecordForm, RowForm, rows_of
from bocal.toolbox.templatetags.icons import UnknownIcon, drawn_icons, icon

HOUSE = Path(bocal.__file__).parent
VENDOR = HOUSE / "toolbox" / "static" / "vendor"
ICON_NAMED = re.compile(r"""(?:\bicon\b[ =:]+|"icon":\s*)"([a-z0-9-]+)\"""")


class Collection(RecordForm):
    layout = (("Ce qui a été récupéré", ("produce", "kilos")),)
    produce = forms.CharField(label="Produit", help_text="Comme au téléphone.")
    kilos = KilosField(label="Poids net")
    note = forms.CharField(label="Remarque", required=False)
    nature = forms.ChoiceField(label="Nature", choices=[("gift", "Don")], widget=forms.RadioSelect)


class Line(RowForm):
    produce = forms.CharField(label="Produit")


def _component(name: str, request: HttpRequest | None = None, **values: object) -> str:
    return render_to_string(f"components/{name}.html", values, request=request or RequestFactory().get("/"))


def _attributes(html: str, id_: str) -> dict[str, str]:
    tag = re.search(rf'<[^>]*\bid="{id_}"[^>]*>', html)
    assert tag, f"no #{id_} in {html}"
    return dict(re.findall(r'([a-z-]+)="([^"]*)"', tag[0]))


def test_a_field_is_tied_to_its_label_its_help_and_its_error() -> None:
    html = _component("form", form=Collection({"kilos": "douze"}), submit="Noter")

    produce = _attributes(html, "id_produce")
    assert '<label for="id_produce">Produit</label>' in html
    assert produce["aria-describedby"].split() == ["id_produce_helptext", "id_produce_error"]
    assert produce["aria-invalid"] == "true"
    assert 'id="id_produce_helptext"' in html
    assert 'id="id_produce_error"' in html


def test_only_the_first_field_in_error_asks_for_the_focus() -> None:
    html = _component("form", form=Collection({"kilos": "douze"}), submit="Noter")
    focused = [re.findall(r'\bid="([^"]+)"', tag) for tag in re.findall(r"<[^>]*\bautofocus\b[^>]*>", html)]
    assert ["id_nature_0"] in focused  # fields outside the sections come first
    assert ["id_kilos"] not in focused


def test_choices_share_one_legend_that_carries_the_error() -> None:
    html = _component("form", form=Collection({}), submit="Noter")
    choices = re.search(r"<fieldset class=\"field choices\"[^>]*>", html)
    assert choices
    assert 'aria-describedby="id_nature_error"' in choices[0]


def test_what_may_be_left_out_says_so_and_what_has_a_unit_says_it_to_everyone() -> None:
    html = _component("form", form=Collection(), submit="Noter")
    assert re.search(
        r'<label for="id_note">Remarque\s*<span class="optional">facultatif</span></label>', html
    )
    assert '<label for="id_kilos">Poids net<span class="visually-hidden"> (kg)</span></label>' in html
    assert '<span class="unit" aria-hidden="true">kg</span>' in html


def test_a_form_carries_its_record_id_and_its_sections() -> None:
    html = _component("form", form=Collection(), submit="Noter la collecte")
    assert _attributes(html, "id_id")["type"] == "hidden"
    assert "<legend>Ce qui a été récupéré</legend>" in html
    assert "Noter la collecte" in html


def test_a_refused_form_shows_why_above_its_fields() -> None:
    form = Collection({"produce": "courges"})
    form.add_error(None, "Ce jour est déjà clos.")
    html = _component("form", form=form, submit="Noter")
    assert 'role="alert"' in html
    assert html.index("Ce jour est déjà clos.") < html.index('id="id_produce"')


def test_lines_stand_in_the_page_and_wait_in_a_template_for_more() -> None:
    html = _component("formset", formset=rows_of(Line, prefix="lines", extra=2))
    shown, template = html.split("<template>")
    assert shown.count('class="line"') == 2
    assert 'name="lines-__prefix__-produce"' in template


def test_an_icon_is_silent_unless_it_is_named() -> None:
    assert 'aria-hidden="true"' in icon("basket3")
    assert 'role="img" aria-label="Panier"' in icon("basket3", label="Panier")


def test_an_icon_the_sprite_lacks_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnknownIcon, match=r"frontend/icons\.txt"):
        icon("dragon")


def test_every_icon_the_house_names_is_drawn() -> None:
    sources = [path for path in HOUSE.rglob("*") if path.suffix in {".py", ".html"}]
    named = {name for path in sources for name in ICON_NAMED.findall(path.read_text())}
    assert named, "the pattern finds no icon any more"
    assert named <= drawn_icons()


def test_a_card_frames_what_it_holds() -> None:
    template = Template(
        "{% load components %}{% card title='Stock' kind='wait' %}<p>12 pots</p>{% endcard %}"
    )
    html = template.render(Context())
    assert '<section class="card wait">' in html
    assert "<h2>Stock</h2>" in html
    assert "<p>12 pots</p>" in html


def test_what_people_typed_is_never_markup() -> None:
    template = Template("{% load components %}{% card title=name %}{{ name }}{% endcard %}")
    html = template.render(Context({"name": "<b>L'été</b>"}))
    assert "<b>" not in html


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_needs_nothing_from_anyone(name: str) -> None:
    html = render_to_string(f"{name}.html")
    assert "<h1>" in html
    assert 'href="/"' in html


def test_what_is_borrowed_is_as_it_was_vendored() -> None:
    listed = (line.split(maxsplit=1) for line in (VENDOR / "SHA256SUMS").read_text().splitlines())
    sums = {name.strip(): digest for digest, name in listed}
    toolbox = HOUSE / "toolbox"
    borrowed = [
        path for folder in (VENDOR, toolbox / "fonts") for path in folder.rglob("*") if path.is_file()
    ]
    borrowed = [path for path in borrowed if path.name != "SHA256SUMS"]
    assert {str(path.relative_to(toolbox)) for path in borrowed} <= set(sums)
    for name, digest in sums.items():
        assert hashlib.sha256((toolbox / name).read_bytes()).hexdigest() == digest, name


def test_every_borrowed_package_brings_its_licence_and_no_source_map() -> None:
    packages = [folder for folder in VENDOR.iterdir() if folder.is_dir()]
    assert len(packages) == 3
    for package in packages:
        assert (package / "LICENSE").exists(), package.name
        assert not [path for path in package.rglob("*") if b"sourceMappingURL" in path.read_bytes()]


@pytest.mark.django_db
def test_the_gallery_is_for_builders_only(client: Client) -> None:
    assert client.get("/galerie/").status_code == 404
