"""Evidence of a delivery as a small picture inside the page: no address that could be guessed."""

from __future__ import annotations

import base64
import io
from typing import Any

from PIL import Image, UnidentifiedImageError

SIDE = 280
QUALITY = 55
LIMIT = 24_000


def small_picture(proof: Any) -> str:
    """Return the picture as a data address; "" when there is none or it cannot be read.

    At this size a label in the picture is no longer readable; metadata are left behind.
    """
    if not proof.file:
        return ""
    try:
        with proof.file.open("rb") as file, Image.open(file) as image:
            small = image.convert("RGB")
            small.thumbnail((SIDE, SIDE))
            out = io.BytesIO()
            small.save(out, "JPEG", quality=QUALITY)
    except (OSError, UnidentifiedImageError, ValueError):
        return ""
    if out.tell() > LIMIT:
        return ""
    return f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode()}"
