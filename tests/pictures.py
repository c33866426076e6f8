"""Picture files, made as a test needs them."""

from io import BytesIO
from typing import Any

from PIL import Image


def picture_file(
    width: int, height: int, kind: str = "PNG", *, mode: str = "RGB", colour: Any = None, **how: Any
) -> bytes:
    """A file with a picture of one colour."""
    file = BytesIO()
    Image.new(mode, (width, height), colour if colour is not None else 128).save(file, kind, **how)
    return file.getvalue()
