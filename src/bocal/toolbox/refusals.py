"""Expected refusals: what Bocal will not do, and the sentences that say so.

Each action defines its own beside itself (`class UnableToReleaseBatch(Refused)`) and raises it with one
sentence per reason. Forms show them with `add_refusal`, commands print them and leave with code 2.
"""

from collections.abc import Iterable

from django.utils.functional import Promise

Sentence = str | Promise
Complaint = tuple[str | None, Sentence]  # the form field it is about, when there is one


class Refused(Exception):
    """Refused, with the reasons as French sentences, and the form field they are about when there is one."""

    def __init__(self, *sentences: Sentence | Iterable[Sentence], field: str | None = None) -> None:
        self.sentences: tuple[str, ...] = tuple(_flat(sentences))
        self.field = field
        if not self.sentences:
            raise ValueError("a refusal says why")
        super().__init__(*self.sentences)

    def __str__(self) -> str:
        return " ".join(self.sentences)


def refuse(refusal: type[Refused], *complaints: Iterable[Complaint]) -> None:
    """Raise one refusal with every complaint, at the field of the first; do nothing when there is none."""
    found = [complaint for some in complaints for complaint in some]
    if found:
        raise refusal([sentence for _field, sentence in found], field=found[0][0])


def _flat(sentences: Iterable[Sentence | Iterable[Sentence]]) -> Iterable[str]:
    for sentence in sentences:
        if isinstance(sentence, str | Promise):
            yield str(sentence)
        else:
            yield from _flat(sentence)
