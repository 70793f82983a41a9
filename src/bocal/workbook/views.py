"""*Reprendre un classeur*: choose the file, read what it would bring, then take it in."""

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from bocal.toolbox.access import allow
from bocal.toolbox.exports import XLSX
from bocal.toolbox.files import path_of, store_file
from bocal.toolbox.ids import new_id
from bocal.toolbox.lists import Column, respond_with_list
from bocal.toolbox.models import StoredFile
from bocal.workbook import queries
from bocal.workbook.actions import Report, check_season, import_season
from bocal.workbook.forms import ConfirmForm, UploadForm
from bocal.workbook.models import Import
from bocal.workbook.reading import Season, UnableToReadWorkbook, open_workbook, read_season

COORDINATION = "coordination"
MOST_SHOWN = 100


def _rows_taken(taken: Import) -> int:
    return sum(taken.rows.values())


_COLUMNS = (
    Column(__("repris le"), "imported_at", kind="moment"),
    Column(__("classeur"), "filename"),
    Column(__("lignes"), _rows_taken, kind="number"),
    Column(__("lignes reconstituées"), lambda taken: _("oui") if taken.reconstructed else _("non")),
    Column(__("par"), "imported_by.name"),
)


@allow(COORDINATION, "director")
def imports(request: HttpRequest) -> HttpResponse:
    """The workbooks taken in so far."""
    return respond_with_list(
        request,
        template="workbook/imports.html",
        rows=queries.imports(),
        columns=_COLUMNS,
        title=_("Classeurs repris"),
        filename="classeurs-repris",
        empty={
            "title": _("Aucun classeur repris"),
            "sentence": _("Une saison tenue dans un tableur se reprend d'un coup : Bocal la vérifie avant."),
            "action": _("Choisir un classeur"),
            "url": reverse("workbook:upload"),
        },
    )


@allow(COORDINATION)
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; the answer is what it would bring, or every cell to mend."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "workbook/upload.html", {"form": form})
    given = form.cleaned_data["file"]
    stored = store_file(
        id=form.cleaned_data["id"],
        content=given,
        name=given.name,
        media_type=XLSX,
        by=request.person.id,  # type: ignore[attr-defined]
        at=timezone.now(),
    )
    return _preview(request, form, stored)


@allow(COORDINATION)
def confirm(request: HttpRequest) -> HttpResponse:
    """Take in the file that was checked."""
    form = ConfirmForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return redirect("workbook:upload")
    stored = get_object_or_404(StoredFile, pk=form.cleaned_data["stored"], uploaded_by=request.person.id)  # type: ignore[attr-defined]
    try:
        season = _read(stored, reconstructed=form.cleaned_data["reconstructed"])
        report = import_season(season, id=form.cleaned_data["id"], **_facts(request, stored))
    except UnableToReadWorkbook as refusal:
        return _refused(request, UploadForm(), refusal)
    return render(request, "workbook/done.html", {"rows": _counted(report), "report": report})


def _preview(request: HttpRequest, form: UploadForm, stored: StoredFile) -> HttpResponse:
    reconstructed = form.cleaned_data["reconstructed"]
    try:
        report = check_season(_read(stored, reconstructed=reconstructed), **_facts(request, stored))
    except UnableToReadWorkbook as refusal:
        return _refused(request, UploadForm(initial={"reconstructed": reconstructed}), refusal)
    confirmation = ConfirmForm(initial={"id": new_id(), "stored": stored.pk, "reconstructed": reconstructed})
    context = {
        "confirmation": confirmation,
        "filename": stored.name,
        "report": report,
        "rows": _counted(report),
        "warnings": report.warnings[:MOST_SHOWN],
        "more_warnings": len(report.warnings) - MOST_SHOWN,
    }
    return render(request, "workbook/preview.html", context)


def _refused(request: HttpRequest, form: UploadForm, refusal: UnableToReadWorkbook) -> HttpResponse:
    problems = refusal.problems[:MOST_SHOWN]
    context = {"form": form, "problems": problems, "more": len(refusal.problems) - len(problems)}
    return render(request, "workbook/upload.html", context, status=422)


def _read(stored: StoredFile, *, reconstructed: bool) -> Season:
    season = read_season(open_workbook(Path(path_of(stored))))
    season.reconstructed = reconstructed
    return season


def _facts(request: HttpRequest, stored: StoredFile) -> dict[str, Any]:
    return {
        "filename": stored.name,
        "file_hash": stored.hash,
        "by": request.person,  # type: ignore[attr-defined]
        "at": timezone.now(),
    }


def _counted(report: Report) -> list[dict[str, Any]]:
    return [{"sheet": sheet, "new": new, "known": report.known[sheet]} for sheet, new in report.new.items()]
