"""What each page costs, and how it feels with ten people clicking once a second.

    python benchmarks/pages.py [--people 10] [--seconds 30]

Loads the demonstration into a folder of its own, serves it as `bocal serve` does, and measures two things: the
processor time and the questions to the database of every page, one after the other in this process; then the time
people wait, from another process, while they click together. Times are of this machine; the bounds are those of the
house: 15 questions, 40 ms of processor a page, 95 clicks of 100 answered within 100 ms.
"""

import argparse
import logging
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
ROUNDS = 9
MOST_MS, MOST_QUERIES, LONGEST_WAIT_MS = 40, 15, 100
PORT = 8765


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--seconds", type=int, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(BOCAL_DATA=folder, DJANGO_SETTINGS_MODULE="bocal.settings")
        environment = dict(os.environ)
        bocal = [sys.executable, "-m", "bocal"]
        subprocess.run([*bocal, "demonstration"], check=True, env=environment)
        server = subprocess.Popen(
            [*bocal, "serve", "--port", str(PORT)],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for_server()
            measure_pages()
            measure_waiting(options.people, options.seconds)
        finally:
            server.terminate()
            server.wait()


def wait_for_server() -> None:
    for _turn in range(100):
        try:
            urllib.request.urlopen(f"http://localhost:{PORT}/entrer/")
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


def measure_pages() -> None:
    """Processor time (the least of a few rounds: the rest is the neighbours') and questions of every page."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["testserver"]
    logging.disable(logging.WARNING)  # a 405 is expected here
    rows = []
    for address, role, name in pages():
        client = client_of(role)
        if client.get(address).status_code != 200:
            continue  # an address to send to, or that leads elsewhere
        times = []
        for _round in range(ROUNDS):
            began = time.process_time()
            client.get(address)
            times.append((time.process_time() - began) * 1000)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        rows.append((min(times), len(asked), name, address))
    rows.sort(reverse=True)
    print(f"\n{len(rows)} pages, costliest first; {say_load()}\n  ms cpu  queries  page")
    for spent, asked_times, name, address in rows[:25]:
        print(f"{spent:8.1f}  {asked_times:7}  {name} {address[:70]}")
    print(f"median {statistics.median(row[0] for row in rows):.1f} ms")
    print(say_bound(f"{MOST_MS} ms of processor", rows[0][0], sum(row[0] > MOST_MS for row in rows)))
    queries = [row[1] for row in rows]
    print(
        say_bound(f"{MOST_QUERIES} questions", max(queries), sum(asked > MOST_QUERIES for asked in queries))
    )


def say_load() -> str:
    """The figures of a busy machine are worth less: say how busy it is."""
    return f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def say_bound(bound: str, worst: float, over: int) -> str:
    return f"{'held' if not over else 'BROKEN'}: {bound} a page; the worst {worst:.0f}, {over} over"


def pages() -> Iterator[tuple[str, str, str]]:
    """Pages that somebody reads, as in the tests."""
    from tests.support.every_page import every_page

    for address, role, route in every_page():
        if role:
            yield address, role, route.name


_clients: dict[str, object] = {}


def client_of(role: str):  # type: ignore[no-untyped-def]
    from django.test import Client
    from django.utils import timezone

    from bocal.people.queries import user_with_role

    if role not in _clients:
        client = Client()
        client.force_login(user_with_role(role, on=timezone.localdate()))
        _clients[role] = client
    return _clients[role]


CLICKS = (
    "/semaine/", "/surplus/", "/agenda/", "/cuisine/", "/stock/", "/equipe/", "/chiffres/", "/boutique/",
    "/chiffres/?from=2017-07-01&to=2018-12-31", "/agenda/passees/", "/equipe/heures/", "/surplus/offres/nouvelle/",
)  # fmt: skip


def measure_waiting(people: int, seconds: int) -> None:
    """Each person has her own session and clicks once a second, whatever came before."""
    waits: list[float] = []
    lock = threading.Lock()
    cookies = [client_of("coordination").cookies["sessionid"].value for _person in range(people)]

    def click(cookie: str, shift: float) -> None:
        dice = random.Random(shift)
        begin = time.monotonic() + shift
        for turn in range(seconds):
            time.sleep(max(0.0, begin + turn - time.monotonic()))
            asked = urllib.request.Request(
                f"http://localhost:{PORT}{dice.choice(CLICKS)}", headers={"Cookie": f"sessionid={cookie}"}
            )
            began = time.perf_counter()
            with urllib.request.urlopen(asked) as answer:
                answer.read()
                assert answer.status == 200 and "/entrer/" not in answer.url
            with lock:
                waits.append((time.perf_counter() - began) * 1000)

    threads = [
        threading.Thread(target=click, args=(cookie, number / people))
        for number, cookie in enumerate(cookies)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    waits.sort()
    at = lambda share: waits[int(len(waits) * share) - 1]  # noqa: E731
    print(
        f"\n{people} people, {len(waits)} clicks: median {at(0.5):.0f} ms, worst {waits[-1]:.0f} ms; {say_load()}"
    )
    kept = "held" if at(0.95) <= LONGEST_WAIT_MS else "BROKEN"
    print(f"{kept}: 95 clicks of 100 within {LONGEST_WAIT_MS} ms; the 95th {at(0.95):.0f} ms")


if __name__ == "__main__":
    main()
