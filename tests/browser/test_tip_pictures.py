"""What pictures say besides is taken out of them, the picture stays as it was, and what cannot be read is refused."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.browser.tip_scripts import STATIC, Scripts, content, scripts, text

__all__ = ["scripts"]
PICTURES = (STATIC / "pictures.js").read_text(encoding="utf-8")
SECRET = b"44.6488 N, 63.5752 W"
GPS = 0x8825
UNKNOWN = b"NOTES\0"


def drawn() -> Image.Image:
    """A picture in which no two rows are alike."""
    picture = Image.new("RGB", (90, 60))
    picture.putdata([(x * 2, y * 4, (x * y) % 256) for y in range(60) for x in range(90)])
    return picture


def jpeg(*, progressive: bool = False) -> bytes:
    """A JPEG with a place and a time in it, a comment, and another picture behind it, as telephones make them."""
    exif = Image.Exif()
    exif[0x9003] = "2026:11:30 10:15:23"
    exif[0x010F] = SECRET.decode()
    made = io.BytesIO()
    drawn().save(made, "JPEG", exif=exif, comment=SECRET, progressive=progressive, icc_profile=b"colours " * 20)
    written = made.getvalue()
    second = b"\xff\xe2" + (len(UNKNOWN) + len(SECRET) + 2).to_bytes(2, "big") + UNKNOWN + SECRET
    # A byte that only fills, as the standard lets stand before a marker.
    return written[:2] + b"\xff" + second + written[2:] + written + b"video " + SECRET


def png() -> bytes:
    """A PNG with words in it."""
    words, made = PngInfo(), io.BytesIO()
    words.add_text("Location", SECRET.decode())
    drawn().save(made, "PNG", pnginfo=words)
    return made.getvalue() + SECRET


def stripped(page: Scripts, picture: bytes) -> bytes | None:
    """The picture as it is sent; nothing where it is refused."""
    found = page.run(
        PICTURES
        + """
        try {
          return Bytes.written(Pictures.stripped(Bytes.read(given.picture)).content);
        } catch (error) {
          return error.message === "picture" ? null : error.stack;
        }
        """,
        picture=text(picture),
    )
    return None if found is None else content(found)


@pytest.mark.parametrize("picture", [jpeg(), jpeg(progressive=True), png()], ids=["jpeg", "progressive", "png"])
def test_a_picture_says_nothing_besides_and_looks_the_same(scripts: Scripts, picture: bytes) -> None:
    sent = stripped(scripts, picture)
    assert sent is not None
    assert SECRET in picture
    for said in (SECRET, b"2026:11:30", b"Exif", UNKNOWN, b"video"):
        assert said not in sent
    before, after = (Image.open(io.BytesIO(one)) for one in (picture, sent))
    assert after.convert("RGB").tobytes() == before.convert("RGB").tobytes()
    assert after.info.get("icc_profile") == before.info.get("icc_profile")
    assert stripped(scripts, sent) == sent


@pytest.mark.parametrize("cut", [4, 30, 400, -40])
def test_a_picture_that_cannot_be_read_to_its_end_is_refused(scripts: Scripts, cut: int) -> None:
    whole = io.BytesIO()
    drawn().save(whole, "JPEG")
    assert stripped(scripts, whole.getvalue()[:cut]) is None
    assert stripped(scripts, b"\xff\xd8\xff" + b"no picture") is None
    assert stripped(scripts, png()[: 40 + abs(cut) % 20]) is None


def test_other_files_stay_as_they_are(scripts: Scripts) -> None:
    for other in (b"", b"\xff", b"%PDF-1.7 " + SECRET, b"GIF89a" + SECRET):
        assert stripped(scripts, other) == other
