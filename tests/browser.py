"""Chromium, where there is one, and the studio in it."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from shelf import Shelf

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

NOVELIST = [sys.executable, "-m", "novelist"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("there is no chromium on the PATH")
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=found)
        yield chromium
        chromium.close()


@dataclass
class Window:
    """A studio in a process of its own, and the windows that look into it."""

    address: str
    process: subprocess.Popen[str]
    open: Callable[..., BrowserContext]
    requests: list[str] = field(default_factory=list)

    def page(self, path: str = "", **options: Any) -> Page:
        """Open a page of it in a browser; the first one comes with the token."""
        context = self.open(**options)
        page = context.new_page()
        page.on("request", lambda request: self.requests.append(request.url))
        if not context.cookies():
            page.goto(self.address)
        if path:
            page.goto(f"{self.base}{path}")
        return page

    @property
    def base(self) -> str:
        """Its address, without the token."""
        return self.address.partition("/?")[0]


@pytest.fixture
def studio(browser: Browser, book: Shelf) -> Iterator[Callable[..., Window]]:
    """Open the studio of the book, or of another folder, in a browser that may not complain, and end it with Ctrl-C."""
    contexts: list[BrowserContext] = []
    windows: list[Window] = []
    complaints: list[str] = []

    def opened(**options: Any) -> BrowserContext:
        state = contexts[0].storage_state() if contexts else None
        context = browser.new_context(storage_state=state, **options)
        # A text that is to be merged first comes with a status of its own, which Chromium calls a failure.
        context.on("console", lambda each: complaints.append(each.text) if "409 (Conflict)" not in each.text else None)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        contexts.append(context)
        return context

    def start(folder: Path = book.root) -> Window:
        process = subprocess.Popen(
            [*NOVELIST, "-C", str(folder), "studio", "--no-browser"],
            env={**book.environ, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert process.stdout is not None
        line = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", line)
        assert address, line + process.stdout.read()
        assert process.stdout.readline() == "Ctrl-C ends it.\n"
        windows.append(Window(address[0], process, opened))
        return windows[-1]

    yield start
    for context in contexts:
        context.close()
    for window in windows:
        if window.process.poll() is None:
            window.process.send_signal(signal.SIGINT)
        out, _ = window.process.communicate(timeout=60)
        assert (window.process.returncode, out) == (0, "")
        assert [each for each in window.requests if not each.startswith(f"{window.base}/")] == []
    assert complaints == []


def text_of(page: Page, selector: str = "main") -> str:
    """Return what one reads in an element."""
    return " ".join(page.locator(selector).inner_text().split())


def flaws(page: Page) -> list[str]:
    """Return what axe-core finds wrong with a page for those who see it otherwise, or go through it by keys."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page.wait_for_load_state()  # after a click, the next page may only have begun
    violations = axe.Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in violations for node in each["nodes"]]
