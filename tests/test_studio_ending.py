"""What was begun in the studio ends with it, however that ends."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import pytest
from running import is_free, wait_for
from scripted import Reply, Scripted
from shelf import Shelf


@contextmanager
def building(book: Shelf, server: Scripted) -> Iterator[subprocess.Popen[str]]:
    """Open a studio in a process of its own, and begin a build there that comes to no end."""
    server.script = lambda _: Reply("The Bottle", hang=True)
    command = [sys.executable, "-m", "novelist", "-C", str(book.root), "studio", "--no-browser"]
    environ = {**book.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as studio:
        try:
            assert studio.stdout is not None
            address = re.findall(r"http://\S+", studio.stdout.readline())[0]
            assert studio.stdout.readline() == "Ctrl-C ends it.\n"
            here = address.partition("/?")[0]
            browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
            build = f"{here}/book/{book.root.name}/build"
            browser.open(address).close()
            page = browser.open(build).read().decode()
            form = urlencode({"form": re.findall(r'name="form" value="([^"]+)"', page)[0]}).encode()
            browser.addheaders = [("Origin", here)]
            browser.open(build, form).close()
            wait_for(lambda: server.requests)
            assert not is_free(book.root)
            yield studio
        finally:
            studio.kill()  # where it has not ended, it would be waited for


@pytest.mark.parametrize(
    "by",
    [
        signal.SIGTERM,
        *(pytest.param(each, marks=pytest.mark.soak) for each in (signal.SIGINT, signal.SIGHUP)),
    ],
)
def test_a_build_ends_with_it_by_a_signal(book: Shelf, server: Scripted, by: signal.Signals) -> None:
    with building(book, server) as studio:
        studio.send_signal(by)
        out, _ = studio.communicate(timeout=60)
        assert out == ""
        assert is_free(book.root)
        assert studio.returncode == (0 if by == signal.SIGINT else 128 + by)


def test_a_build_ends_with_it_where_it_could_not_stop_it(book: Shelf, server: Scripted) -> None:
    with building(book, server) as studio:
        studio.kill()
        wait_for(lambda: is_free(book.root))
        assert is_free(book.root)
        assert len(server.requests) == 1
