"""Pictures are decoded and written anew: what their makers added (place, device, day, thumbnail) does not survive."""

from io import BytesIO

from PIL import Image, ImageCms

from pobratym.files.choices import FileType
from pobratym.files.refusals import Damaged, Moving, TooManyPixels

PIXELS = 50_000_000
# MPO is what phones write when they add a second view to a JPEG; its first picture is the one that is shown.
READERS = {FileType.PNG: ["PNG"], FileType.JPEG: ["JPEG", "MPO"], FileType.WEBP: ["WEBP"]}
WRITERS = {
    FileType.PNG: ("PNG", {"optimize": False, "compress_level": 6}),
    FileType.JPEG: ("JPEG", {"quality": 90, "optimize": True}),
    FileType.WEBP: ("WEBP", {"quality": 90, "method": 4}),
}
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
KEPT_MODES = {
    FileType.PNG: {"1", "L", "LA", "RGB", "RGBA", "I;16"},
    FileType.JPEG: {"L", "RGB"},
    FileType.WEBP: {"RGB", "RGBA"},
}


def rewritten(content: bytes, kind: FileType) -> bytes:
    """The picture upright, in plain colours, with nothing but its pixels. Raises TooManyPixels, Moving or Damaged."""
    try:
        with Image.open(BytesIO(content), formats=READERS[kind]) as picture:
            # Size and number of frames stand in the header: nothing is decoded before they are judged.
            if picture.width * picture.height > PIXELS:
                raise TooManyPixels(limit=PIXELS // 1_000_000)
            if picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1:
                raise Moving
            picture.load()
            return _written(_bare(_upright(picture), kind), kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixels(limit=PIXELS // 1_000_000) from error
    except (OSError, SyntaxError, ValueError, IndexError, TypeError, EOFError, KeyError, OverflowError) as error:
        # Pillow tells of broken pictures in all these ways.
        raise Damaged from error


def _upright(picture: Image.Image) -> Image.Image:
    """As it was meant to be looked at: the camera only notes how it was held."""
    turn = TURNS.get(picture.getexif().get(ORIENTATION, 1))
    return picture.transpose(turn) if turn is not None else picture


def _bare(picture: Image.Image, kind: FileType) -> Image.Image:
    """The pixels alone: colours brought to sRGB, transparency kept where the format has it, no notes left."""
    has_alpha = picture.mode in {"LA", "PA", "RGBA"} or "transparency" in picture.info
    profile = picture.info.get("icc_profile")
    if has_alpha and kind != FileType.JPEG:
        picture = picture if picture.mode in {"LA", "RGBA"} else picture.convert("RGBA")
    elif picture.mode not in KEPT_MODES[kind]:
        picture = _in_srgb(picture, profile).convert("RGB") if picture.mode == "CMYK" else picture.convert("RGB")
    if profile and picture.mode in {"RGB", "RGBA"}:
        picture = _in_srgb(picture, profile)
    if picture.mode not in KEPT_MODES[kind]:
        picture = picture.convert("RGBA" if has_alpha and kind != FileType.JPEG else "RGB")
    bare = picture.copy()
    bare.info = {}
    return bare


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as a screen without the profile shows them; a broken profile is left out."""
    if not profile:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        found = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return found or picture


def _written(picture: Image.Image, kind: FileType) -> bytes:
    out = BytesIO()
    name, options = WRITERS[kind]
    picture.save(out, name, **options)
    return out.getvalue()
