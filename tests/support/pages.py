"""Every page that any test asks for is also searched for inline code, which the content policy would silence."""

from collections.abc import Callable
from html.parser import HTMLParser

from django.http import HttpRequest, HttpResponse

DATA_BLOCKS = {"application/json", "application/ld+json"}


class _InlineCode(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        line, _ = self.getpos()
        if tag == "style" or (
            tag == "script" and "src" not in names and names.get("type") not in DATA_BLOCKS
        ):
            self.found.append(f"line {line}: <{tag}> with its code inside")
        for name, value in attrs:
            if name == "style" or name.startswith(("on", "hx-on")) or (value or "").startswith("javascript:"):
                self.found.append(f"line {line}: <{tag} {name}=…>")


def inline_code(html: str) -> list[str]:
    parser = _InlineCode()
    parser.feed(html)
    return parser.found


def no_inline_code(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            found = inline_code(response.content.decode())
            # Django's own administration styles a few of its own elements.
            if found and not request.path.startswith("/technique/"):
                raise AssertionError(f"inline code at {request.path}: " + "; ".join(found))
        return response

    return middleware
