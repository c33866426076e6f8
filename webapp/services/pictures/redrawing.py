"""A picture file of somebody's, drawn anew: what is kept are its pixels, and nothing else that was in the file."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from webapp.services.refusals import Refusal

# Bytes of a file that is looked at, and its pixels: decoding one of these takes some 100 MB for a moment.
LARGEST_FILE = 6 * 1024 * 1024
MOST_PIXELS = 30_000_000
SMALLEST_SIDE = 32
# Pixels of the longer side of what is kept: as wide as any page shows it, on a screen of two pixels to one.
LONGEST_SIDE = 1280
# Programs write a JPEG in one to ten scans, phones two pictures into one file. Each scan costs all pixels once more,
# and hardly a byte: a file of some kilobytes could keep a processor busy for hours.
MOST_SCANS, SCAN = 30, b"\xff\xda"
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 82

# We look at the size ourselves, before a pixel is decoded, and say it in a sentence.
Image.MAX_IMAGE_PIXELS = None


class PictureUnusable(Refusal):
    """The file is no picture that can be shown here."""

    title = "Picture not usable"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, errors=[{"pointer": "#/picture", "detail": sentence}])


@dataclass(frozen=True)
class Redrawn:
    """A picture as it is kept and sent; `width` and `height` in pixels."""

    media_type: str
    width: int
    height: int
    data: bytes


def redraw(data: bytes) -> Redrawn:
    """The picture in a JPEG, PNG or WebP file as WebP: upright, in sRGB, at most 1,280 pixels a side, without metadata.

    Of a moving picture it is the first frame. Raises `PictureUnusable`.
    """
    if not data:
        raise PictureUnusable("Choose a picture: a JPEG, PNG or WebP file.")
    if len(data) > LARGEST_FILE:
        raise PictureUnusable(f"This file is larger than {LARGEST_FILE // 1024**2} MB. Save the picture smaller.")
    if data.startswith(b"\xff\xd8") and data.count(SCAN) > MOST_SCANS:
        raise PictureUnusable(
            "This JPEG file is made in an unusual way. Open it in a picture program and save it anew."
        )
    with _what_pillow_says(), Image.open(BytesIO(data), formats=FORMATS) as opened:
        _refuse_size(*opened.size)
        if opened.format == "JPEG":
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # decodes it smaller at once, where it is much larger
        profile = opened.info.get("icc_profile")
        image = _in_plain_colours(ImageOps.exif_transpose(opened))
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return _written(_in_srgb(image, profile))


@contextmanager
def _what_pillow_says() -> Iterator[None]:
    """Of a file that is broken, or made to break, decoders raise whatever they stumble over."""
    try:
        yield
    except Refusal:
        raise
    except Exception as error:
        raise PictureUnusable("This file cannot be read as a JPEG, PNG or WebP picture.") from error


def _refuse_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise PictureUnusable(
            f"This picture has {width:,} by {height:,} pixels; {MOST_PIXELS // 1_000_000} million are the most. "
            "Save it smaller."
        )
    if min(width, height) < SMALLEST_SIDE:
        raise PictureUnusable(
            f"This picture has only {width:,} by {height:,} pixels; each side needs {SMALLEST_SIDE} at least."
        )


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """The image with eight bits a colour: RGB, or RGBA where something can be seen through."""
    if image.mode.startswith(("I", "F")):  # greys of sixteen bits, which would all become white
        image = image.convert("I").point(lambda grey: grey / 256).convert("L")
    if image.mode in {"RGB", "RGBA"}:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The image in the colours every screen takes for granted; as it is where its own profile cannot be used."""
    if not profile:
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=image.mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return converted or image


def _written(image: Image.Image) -> Redrawn:
    image.info.clear()  # or the writer would take profile and metadata along
    file = BytesIO()
    image.save(file, "WEBP", quality=QUALITY, method=4)
    return Redrawn("image/webp", *image.size, file.getvalue())
