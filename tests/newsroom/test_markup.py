"""What a body may contain."""

import pytest

from pobratym.newsroom.markup import ActiveContent, cleaned, has_paragraph


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>а</p><script>alert(1)</script>", "<script>"),
        ('<p onclick="go()">а</p>', "onclick"),
        ('<p><a href="javascript:alert(1)">а</a></p>', "javascript:"),
        ('<p><a href="JaVa\tScript:alert(1)">а</a></p>', "javascript:"),
        ('<p><a href="&#106;avascript:alert(1)">а</a></p>', "javascript:"),
        ('<p><a href="data:text/html,x">а</a></p>', "data:"),
        ('<iframe src="https://example.org"></iframe>', "<iframe>"),
        ("<svg><circle/></svg>", "<svg>"),
        ('<svg onload="go()">', "<svg>, onload"),
        ('<object data="x"></object>', "<object>"),
        ('<img src="x" onerror="go()">', "onerror"),
        ("<SCRIPT>x</SCRIPT>", "<script>"),
        ("<math><mi>x</mi></math>", "<math>"),
    ],
)
def test_active_content_is_refused_by_its_name(body: str, found: str) -> None:
    with pytest.raises(ActiveContent) as refusal:
        cleaned(body)

    assert found in str(refusal.value)
    assert refusal.value.field == "body"


@pytest.mark.parametrize(
    ("body", "stored"),
    [
        ('<p style="color:red" class="MsoNormal">Текст</p>', "<p>Текст</p>"),
        ("<p><font color='red'>Слово</font></p>", "<p>Слово</p>"),
        ("<style>p{}</style><p>Текст</p>", "<p>Текст</p>"),
        ("<p>а</p><!-- нотатка -->", "<p>а</p>"),
        (
            '<p><a href="https://example.org" target="_blank" id="x">а</a></p>',
            '<p><a href="https://example.org" rel="external noopener noreferrer ugc">а</a></p>',
        ),
        ("<h2>а</h2><ul><li>б</li></ul>", "<h2>а</h2><ul><li>б</li></ul>"),
        ("<blockquote><p><strong>а</strong> <em>б</em></p></blockquote>",) * 2,
        ("Перший рядок\r\nдругий\r\n\r\nДругий абзац", "<p>Перший рядок<br>другий</p>\n<p>Другий абзац</p>"),
        ("", ""),
    ],
)
def test_pasted_markup_is_cleaned_and_plain_text_becomes_paragraphs(body: str, stored: str) -> None:
    assert cleaned(body) == stored


@pytest.mark.parametrize("body", ["", "<p></p>", "<p> <br></p>", "<p>\n</p>"])
def test_nothing_to_read_is_no_paragraph(body: str) -> None:
    assert not has_paragraph(body)


def test_words_are_a_paragraph() -> None:
    assert has_paragraph("<p>а</p>")


def test_cleaning_twice_changes_nothing() -> None:
    once = cleaned("<p>а &amp; б &lt;script&gt;</p>")

    assert cleaned(once) == once == "<p>а &amp; б &lt;script&gt;</p>"
