"""Of a picture file its pixels are kept, upright and small, and nothing else."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from tests.pictures import picture_file
from webapp.services.pictures.redrawing import LARGEST_FILE, LONGEST_SIDE, PictureUnusable, redraw

PLACE_TAKEN = 0x8825
DESCRIPTION, ORIENTATION = 0x010E, 0x0112


def opened(data: bytes) -> Image.Image:
    """The picture in a file."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_pictures_of_all_kinds_are_kept_as_webp(kind: str) -> None:
    redrawn = redraw(picture_file(120, 80, kind, colour=(200, 30, 30)))
    image = opened(redrawn.data)
    assert (redrawn.media_type, image.format, image.size) == ("image/webp", "WEBP", (120, 80))
    assert (redrawn.width, redrawn.height) == (120, 80)
    red, green, blue = image.convert("RGB").getpixel((60, 40))  # type: ignore[misc]
    assert abs(red - 200) < 12
    assert abs(green - 30) < 12
    assert abs(blue - 30) < 12


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_large_picture_is_made_smaller_in_its_shape(kind: str) -> None:
    redrawn = redraw(picture_file(4000, 1000, kind))
    assert (redrawn.width, redrawn.height) == (LONGEST_SIDE, LONGEST_SIDE // 4)
    assert opened(redrawn.data).size == (LONGEST_SIDE, LONGEST_SIDE // 4)


def test_a_picture_taken_sideways_stands_upright_and_forgets_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[ORIENTATION], exif[DESCRIPTION] = 6, "our secret garden"
    exif.get_ifd(PLACE_TAKEN)[1] = "N"
    sent = picture_file(100, 60, "JPEG", exif=exif.tobytes(), comment=b"our secret garden")
    assert b"secret" in sent
    redrawn = redraw(sent)
    assert (redrawn.width, redrawn.height) == (60, 100)
    image = opened(redrawn.data)
    assert dict(image.getexif()) == {}
    assert b"secret" not in redrawn.data
    assert b"EXIF" not in redrawn.data
    assert b"ICCP" not in redrawn.data


@pytest.mark.parametrize(
    ("mode", "colour", "kept"),
    [
        ("L", 128, "RGB"),
        ("1", 1, "RGB"),
        ("P", 3, "RGB"),
        ("LA", (128, 10), "RGBA"),
        ("RGBA", (1, 2, 3, 10), "RGBA"),
        ("I;16", 40_000, "RGB"),
    ],
)
def test_a_png_of_any_mode_is_drawn(mode: str, colour: object, kept: str) -> None:
    assert opened(redraw(picture_file(50, 50, mode=mode, colour=colour)).data).mode == kept


def test_a_grey_of_sixteen_bits_stays_grey() -> None:
    image = opened(redraw(picture_file(50, 50, mode="I;16", colour=32_000)).data).convert("L")
    grey = image.getpixel((25, 25))
    assert isinstance(grey, int)
    assert abs(grey - 125) < 6


def test_a_picture_in_print_colours_is_drawn_for_screens() -> None:
    assert opened(redraw(picture_file(50, 50, "JPEG", mode="CMYK", colour=(0, 255, 255, 0))).data).mode == "RGB"


def test_colours_of_a_profile_are_those_of_every_screen() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    redrawn = redraw(picture_file(50, 50, "JPEG", colour=(200, 30, 30), icc_profile=lab.tobytes()))
    assert b"ICCP" not in redrawn.data
    assert redraw(picture_file(50, 50, "JPEG", icc_profile=b"no profile")).width == 50


def test_of_a_moving_picture_the_first_frame_is_kept() -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    file = BytesIO()
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:], duration=100)
    image = opened(redraw(file.getvalue()).data)
    assert getattr(image, "n_frames", 1) == 1
    assert image.convert("RGB").getpixel((20, 20))[0] > 200  # type: ignore[index]


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG that claims to be so large, with these chunks after that."""
    header = (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in (header, *chunks)
    )


UNUSABLE = {
    "nothing": (b"", "Choose a picture"),
    "a text": (b"GIF? no, a text", "cannot be read"),
    "a GIF": (picture_file(40, 40, "GIF"), "cannot be read"),
    "a drawing": (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "cannot be read"),
    "a part of a JPEG": (picture_file(400, 400, "JPEG")[:600], "cannot be read"),
    "a part of a PNG": (picture_file(400, 400)[:60], "cannot be read"),
    "a header alone": (png(100, 100), "cannot be read"),
    "a bomb": (
        png(60_000, 60_000, (b"IDAT", zlib.compress(bytes(10**6))), (b"IEND", b"")),
        "60,000 by 60,000 pixels; 30 million are the most",
    ),
    "too many pixels": (picture_file(6_001, 5_000, mode="1", colour=0), "30 million are the most"),
    "a dot": (picture_file(1, 1), "has only 1 by 1 pixels"),
    "a line": (picture_file(900, 8), "has only 900 by 8 pixels"),
    "too large a file": (picture_file(40, 40) + b"\0" * LARGEST_FILE, "larger than 6 MB"),
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_what_is_no_picture_that_can_be_shown_is_refused_in_a_sentence(what: str) -> None:
    data, sentence = UNUSABLE[what]
    with pytest.raises(PictureUnusable) as no:
        redraw(data)
    assert sentence in no.value.sentence
    assert no.value.facts["errors"] == [{"pointer": "#/picture", "detail": no.value.sentence}]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_broken_byte_is_more_than_a_refusal(kind: str) -> None:
    """Whatever a decoder stumbles over, it is told as one sentence."""
    good = bytearray(picture_file(64, 64, kind, colour=(9, 99, 199)))
    for place in range(0, min(len(good), 400), 7):
        broken = bytes(good[:place]) + bytes([good[place] ^ 0xFF]) + bytes(good[place + 1 :])
        try:
            assert redraw(broken).media_type == "image/webp"
        except PictureUnusable:
            continue


@pytest.mark.parametrize("progressive", [0, 1])
def test_a_jpeg_of_many_scans_is_refused_undecoded(progressive: int) -> None:
    usual = picture_file(64, 64, "JPEG", progressive=bool(progressive))
    last = usual.rindex(b"\xff\xda")
    again = usual[:last] + usual[last:-2] * 40 + usual[-2:]
    assert redraw(usual).width == 64
    with pytest.raises(PictureUnusable, match="made in an unusual way"):
        redraw(again)
