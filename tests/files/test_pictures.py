"""Pictures keep their pixels and lose all that they tell; too large, moving and torn ones are refused."""

import io

import pytest
from PIL import Image, ImageCms

from pobratym.files import content, refusals
from tests.files import made
from tests.files.made import picture


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_picture_loses_all_that_it_tells_and_stands_upright(kind):
    telling = picture(kind)
    assert made.PLACE.encode() in telling
    assert made.DEVICE.encode() in telling

    kept = content.examine(telling).content

    for secret in (made.PLACE, made.DEVICE, "2024:02:20", "Exif", "xmpmeta"):
        assert secret.encode() not in kept
    with Image.open(io.BytesIO(kept)) as shown:
        assert shown.size == (4, 6)
        assert dict(shown.getexif()) == {}
        assert not {"exif", "xmp", "comment", "Comment", "icc_profile"} & set(shown.info)
        red, green, blue = shown.convert("RGB").getpixel((2, 3))
    assert (abs(red - 200) < 6, abs(green - 30) < 6, abs(blue - 40) < 6) == (True, True, True)


def test_transparency_and_colours_survive():
    clear = Image.new("P", (3, 3))
    clear.putpalette([255, 0, 0, 0, 255, 0])
    out = io.BytesIO()
    clear.save(out, "PNG", transparency=0)
    kept = content.examine(out.getvalue()).content
    with Image.open(io.BytesIO(kept)) as shown:
        assert (shown.mode, shown.getpixel((1, 1))) == ("RGBA", (255, 0, 0, 0))
    printed = io.BytesIO()
    Image.new("CMYK", (3, 3), (0, 255, 255, 0)).save(printed, "JPEG")
    with Image.open(io.BytesIO(content.examine(printed.getvalue()).content)) as shown:
        assert shown.mode == "RGB"
        assert shown.getpixel((1, 1))[0] > 200
        assert shown.getpixel((1, 1))[1] < 60


def test_colour_profile_is_applied_and_dropped():
    out = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("RGB", (3, 3), (10, 200, 30)).save(out, "PNG", icc_profile=profile)
    kept = content.examine(out.getvalue()).content

    assert b"iCCP" not in kept
    with Image.open(io.BytesIO(kept)) as shown:
        assert shown.getpixel((1, 1)) == (10, 200, 30)


@pytest.mark.parametrize("size", [(60_000, 60_000), (10_000, 9_000), (50_001, 1_000), (15_000, 10_000)])
def test_picture_of_too_many_pixels_is_refused_before_it_is_decoded(size):
    with pytest.raises(refusals.TooManyPixels, match="50"):
        content.examine(made.huge_png(*size))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_moving_picture_is_refused(kind):
    with pytest.raises(refusals.Moving):
        content.examine(made.moving(kind))


@pytest.mark.parametrize(
    "data", [picture("PNG")[:60], picture("JPEG")[:80], picture("WEBP")[:30], made.huge_png(10, 10)]
)
def test_torn_picture_is_refused(data):
    with pytest.raises(refusals.Damaged):
        content.examine(data)


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, (0, 0)), (2, (5, 0)), (3, (5, 3)), (4, (0, 3)), (5, (0, 0)), (6, (3, 0)), (7, (3, 5)), (8, (0, 5))],
)
def test_picture_is_turned_as_the_camera_was_held(orientation, corner):
    """The marked corner of the stored pixels comes to stand where a viewer would have shown it."""
    image = Image.new("RGB", (6, 4), "white")
    image.putpixel((0, 0), (0, 0, 0))
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    image.save(out, "PNG", exif=exif)

    with Image.open(io.BytesIO(content.examine(out.getvalue()).content)) as shown:
        dark = [(x, y) for x in range(shown.width) for y in range(shown.height) if shown.getpixel((x, y)) == (0, 0, 0)]

    assert dark == [corner]
