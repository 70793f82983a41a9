"""The map: what was visited is framed, tinted and named, and names keep out of one another's way."""

from xml.etree import ElementTree

from bocal.impact.leaflet.drawing import HEIGHT, WIDTH, Area, frame_of, map_svg

SQUARE = ((5.0, 45.0), (5.1, 45.0), (5.1, 45.1), (5.0, 45.1))


def drawn(*areas: Area) -> ElementTree.Element:
    return ElementTree.fromstring(map_svg(areas, "Carte"))  # noqa: S314


def names_on(svg: ElementTree.Element) -> set[str]:
    return {"".join(text.itertext()) for text in svg.iter("{http://www.w3.org/2000/svg}text")}


def test_only_what_was_visited_is_named() -> None:
    visited = Area("Peyrins", (5.05, 45.05), [SQUARE], visits=3)
    beside = Area("Mours", (5.15, 45.05), [[(x + 0.1, y) for x, y in SQUARE]])
    assert names_on(drawn(visited, beside)) == {"Peyrins"}


def test_names_never_cover_one_another() -> None:
    crowd = [Area(f"Commune-numéro-{n}", (5.05, 45.05), [SQUARE], visits=1) for n in range(40)]
    svg = drawn(*crowd)
    tops = [float(span.get("y", "")) for span in svg.iter("{http://www.w3.org/2000/svg}tspan")]
    lefts = [float(span.get("x", "")) for span in svg.iter("{http://www.w3.org/2000/svg}tspan")]
    assert len(set(zip(lefts, tops, strict=True))) == len(tops)
    assert 0 < len(names_on(svg)) < 40


def test_the_frame_follows_what_was_visited_not_the_horizon() -> None:
    near = Area("Peyrins", (5.05, 45.05), [SQUARE], visits=1)
    far = Area("Paris", (2.35, 48.86), visits=1)
    frame = frame_of([near, far])
    assert frame is not None
    assert frame.shows(near)
    assert not frame.shows(far)


def test_a_map_of_dots_alone_frames_the_dots() -> None:
    dots = [Area("A", (2.0, 48.0), visits=1), Area("B", (2.4, 48.2), visits=1)]
    frame = frame_of(dots)
    assert frame is not None
    assert all(frame.shows(dot) for dot in dots)
    x, y = frame.place(2.0, 48.0)
    assert 0 < x < WIDTH
    assert 0 < y < HEIGHT


def test_names_are_written_not_executed() -> None:
    assert "<b>" not in map_svg([Area("<b>&", (5.05, 45.05), [SQUARE], visits=1)], "<i>")
    assert names_on(drawn(Area("L'<b>&", (5.05, 45.05), [SQUARE], visits=1))) == {"L'<b>&"}


def test_no_commune_at_all_is_an_empty_card() -> None:
    assert names_on(drawn()) == set()
