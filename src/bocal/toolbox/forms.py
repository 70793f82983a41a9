"""Forms that record once, keep what was typed, and say refusals where they belong.

`RecordForm` carries the id of what it will record: sent twice, it records once. `ChangeForm` is about something
already there. `FilterForm` reads the filters of a list from the address and never fails on junk. `Rows` are
repeated lines of one form, where blank lines are nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, NamedTuple, cast
from uuid import UUID, uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.toolbox.fields import PeriodMixin
from bocal.toolbox.ids import new_id
from bocal.toolbox.refusals import Refused
from bocal.toolbox.widgets import SuggestedInput

__all__ = ["ChangeForm", "FilterForm", "PeriodMixin", "RecordForm", "RowForm", "Section", "rows_of"]

TORN_PAGE = gettext_lazy("La page s'est abîmée en route. Rechargez-la, puis recommencez.")
EMPTY: tuple[Any, ...] = (None, "", [], (), {})


class Section(NamedTuple):
    """Some fields of a form under one title."""

    title: str
    fields: list[BoundField]


class RecordIdField(forms.UUIDField):
    """The id of what the form will record, made when the form is first shown."""

    widget = forms.HiddenInput
    default_error_messages = {
        "required": TORN_PAGE,
        "invalid": TORN_PAGE,
    }

    def __init__(self) -> None:
        super().__init__(initial=new_id)

    def has_changed(self, initial: object, data: object) -> bool:
        return False  # a row with nothing but its id is a blank row


class ChangeForm(forms.Form):
    """A form about something already recorded: sent twice, it says the same. `layout` groups fields under titles."""

    layout: Sequence[tuple[str | Promise, Sequence[str]]] = ()

    @property
    def sections(self) -> list[Section]:
        """The visible fields under their titles; those the layout forgets come first, under none."""
        placed = {name for _title, names in self.layout for name in names}
        loose = [field for field in self.visible_fields() if field.name not in placed]
        titled = [
            Section(str(title), [self[name] for name in names if name in self.fields])
            for title, names in self.layout
        ]
        return [section for section in [Section("", loose), *titled] if section.fields]

    def add_refusal(self, error: Refused) -> None:
        """Show an action's refusal: at the field it names, else above the form."""
        field = error.field if error.field in self.fields else None
        self.add_error(field, [ValidationError(sentence, code="refused") for sentence in error.sentences])


class RecordForm(ChangeForm):
    """A form that records one thing, once, under the id it carries."""

    id = RecordIdField()

    def full_clean(self) -> None:
        super().full_clean()
        if "id" in self.errors:  # nobody sees that field: say it above the form
            self.add_error(None, self.errors.pop("id").as_data())


class RowForm(RecordForm):
    """One line among several of the same kind; a line where nothing was typed is nothing."""

    def has_changed(self) -> bool:
        return any(self._typed(field) for field in self.visible_fields())

    def _typed(self, field: BoundField) -> bool:
        """Did somebody type here? A choice left as the page offered it does not count."""
        data = field.data.strip() if isinstance(field.data, str) else field.data
        return data not in EMPTY and data is not False and str(data) != str(field.field.initial)


class Rows(BaseFormSet):
    """The lines, and what was typed in them."""

    default_error_messages = {
        "missing_management_form": TORN_PAGE,
    }

    @property
    def filled(self) -> list[dict[str, Any]]:
        """The cleaned lines, without the blank ones. Only when the rows are valid."""
        return [form.cleaned_data for form in self.forms if form.has_changed()]

    def clean(self) -> None:
        """A line copied in the page has the id of its model: it gets its own, the same if it is sent again."""
        seen: set[UUID] = set()
        for form in self.forms:
            if form.has_changed() and (id := form.cleaned_data.get("id")):
                form.cleaned_data["id"] = id = uuid5(id, str(form.prefix)) if id in seen else id
                seen.add(id)

    def add_fields(self, form: forms.BaseForm, index: int | None) -> None:
        """What a box suggests is asked once for all the lines."""
        super().add_fields(form, index)
        for name, field in form.fields.items():
            if isinstance(field.widget, SuggestedInput):
                asked = self._suggestions.setdefault(name, cache(field.widget.suggestions))
                field.widget.suggestions = asked

    @cached_property
    def _suggestions(self) -> dict[str, Callable[[], Iterable[str]]]:
        return {}

    def add_refusal(self, error: Refused) -> None:
        """Show an action's refusal above the lines."""
        self.non_form_errors().extend(
            ValidationError(sentence, code="refused") for sentence in error.sentences
        )

    def _construct_form(self, i: int, **options: Any) -> Any:
        return super()._construct_form(  # type: ignore[misc]  # the stubs do not know it
            i, **{"empty_permitted": True, **options}
        )


def rows_of(
    form: type[RowForm],
    *,
    prefix: str,
    data: QueryDict | None = None,
    initial: Sequence[Mapping[str, Any]] | None = None,
    extra: int = 3,
    most: int = 50,
) -> Rows:
    """Repeated lines of one form: read from `data` when sent, with `extra` blank ones when shown."""
    factory = formset_factory(
        form, formset=Rows, extra=extra, max_num=most, absolute_max=most + 50, validate_max=True
    )
    return cast(Rows, factory(data, prefix=prefix, initial=initial))


class FilterForm(forms.Form):
    """The filters of a list, from its address. Junk is kept as typed and said to be ignored."""

    def __init__(self, data: QueryDict | Mapping[str, Any], **options: Any) -> None:
        super().__init__(data, **options)
        for field in self.fields.values():
            field.required = False

    @property
    def values(self) -> dict[str, Any]:
        """The filters that are understood and say something."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in EMPTY}

    @property
    def ignored(self) -> list[str]:
        """Why the others are ignored, one sentence each."""
        return [
            _("%(why)s Ce filtre est ignoré.") % {"why": why}
            for messages in self.errors.values()
            for why in messages
        ]
