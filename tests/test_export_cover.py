"""The cover: the author's picture as it is, else one that is drawn after the title."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from novelist.book.edition import Edition
from novelist.errors import BookError
from novelist.export import cover
from novelist.export.manuscript import Manuscript

pytestmark = pytest.mark.slow

TITLES = [
    "The Salt Lamp",
    "Emma",
    "X",
    "Война и мир",
    "塩のランプ",
    "مصباح الملح",
    "#panic() $x$ @label <label> \\ \" '",
    "The Extraordinary and Entirely True Account of the Keeper’s Daughter, Her Brother’s Letter, and the Salt Lamp",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    " ".join(["long"] * 200),
]


def titled(title: str, author: str = "Ines Halden", language: str = "en", edition: Edition | None = None) -> Manuscript:
    return Manuscript(title, author, language, edition or Edition(), [], {}, words=0, at=1_764_000_000, notes=[])


def drawn(made: Manuscript) -> Image.Image:
    data, kind = cover.of(made)
    assert kind == "png"
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("title", TITLES)
def test_a_cover_is_drawn_for_any_title_and_its_type_stays_off_the_edges(title: str) -> None:
    with_author, without = drawn(titled(title, author="Ines Halden " * 9)), drawn(titled(title, author=""))
    assert with_author.size == without.size == (1600, 2400)
    changed = ImageChops.difference(with_author.convert("RGB"), without.convert("RGB")).getbbox()
    assert changed
    left, top, right, bottom = changed
    assert left >= 150
    assert top >= 180
    assert right <= 1450
    assert bottom <= 2280


def test_the_same_title_has_the_same_cover_and_another_title_another() -> None:
    made = [cover.of(titled(title))[0] for title in TITLES[:6]]
    assert made == [cover.of(titled(title))[0] for title in TITLES[:6]]
    assert len(set(made)) == 6
    assert len({Image.open(BytesIO(data)).getpixel((800, 40)) for data in made}) > 3


def test_author_series_and_volume_are_on_it_where_they_are_given() -> None:
    covers = {
        cover.of(titled("The Salt Lamp", author, edition=Edition(series=series, volume=volume)))[0]
        for author in ("", "Ines Halden")
        for series, volume in (("", ""), ("The Northern Lights", ""), ("The Northern Lights", "2"))
    }
    assert len(covers) == 6


@pytest.mark.parametrize(("suffix", "kind"), [("png", "png"), ("jpg", "jpg"), ("jpeg", "jpg")])
def test_the_authors_picture_is_taken_as_it_is(tmp_path: Path, suffix: str, kind: str) -> None:
    path = tmp_path / f"cover.{suffix}"
    Image.new("RGB", (30, 40), "teal").save(path)
    assert cover.of(titled("The Salt Lamp", edition=Edition(cover=path))) == (path.read_bytes(), kind)


def test_a_picture_is_what_it_begins_with_and_not_what_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "cover.jpg"
    Image.new("RGB", (30, 40), "teal").save(path, format="PNG")
    assert cover.of(titled("The Salt Lamp", edition=Edition(cover=path)))[1] == "png"


@pytest.mark.parametrize("content", [b"GIF89a and so on", b"<svg/>", b""])
def test_a_picture_of_no_use_is_named_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cover.png"
    path.write_bytes(content)
    with pytest.raises(BookError) as caught:
        cover.of(titled("The Salt Lamp", edition=Edition(cover=path)))
    assert str(caught.value) == (
        f"{path}: the cover is no PNG or JPEG of at most 50 MB. Save it as one, or take it away to have one drawn."
    )


def test_a_picture_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(BookError) as caught:
        cover.of(titled("The Salt Lamp", edition=Edition(cover=tmp_path / "cover.png")))
    said = "the cover cannot be read (No such file or directory). Save it again."
    assert str(caught.value) == f"{tmp_path / 'cover.png'}: {said}"


def test_a_picture_that_ends_too_early_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cover.png"
    Image.effect_noise((200, 300), 90).save(path)
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(BookError) as caught:
        cover.of(titled("The Salt Lamp", edition=Edition(cover=path)))
    assert str(caught.value) == f"{path}: the cover is damaged. Save it again, or take it away to have one drawn."
