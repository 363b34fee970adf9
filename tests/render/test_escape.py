"""Quoting: whatever the text, it comes out as the same text and never as markup."""

from __future__ import annotations

import html as stdlib_html
import importlib.util
import re
from functools import cache
from types import ModuleType

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sahelsum.render.markdown import escape
from sahelsum.render.printable import clean

MARKUP = st.text(
    alphabet=st.sampled_from(list("\\`*_[]()<>&;|~$#=%^!-+.:/@{}\"' \n\tab1ä\u00a0„“")) | st.characters(), max_size=60
)
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def inline_tokens(page: str) -> tuple[list[Token], list[Token]]:
    blocks = PARSER.parse(page)
    return blocks, [child for token in blocks for child in token.children or []]


@given(MARKUP)
@example("1. one")
@example("2) two")
@example("---")
@example("===")
@example("# heading #")
@example("> quote")
@example("&amp; &#35; &copy; & &x")
@example("</details><script>alert(1)</script>")
@example("![x](y) [a](b) [[wiki]] <http://a.b>")
@example("a | b")
@example("``a` $x$ ~~b~~ ==c== %%d%% e ^f")
@example("trailing \\")
@example("_a_ b_c __d__ e__f_ g_")
def test_markdown_is_one_paragraph_of_the_same_text(text: str) -> None:
    blocks, inline = inline_tokens(escape.markdown(text))
    wanted = clean(text)
    assert [token.type for token in blocks] == (["paragraph_open", "inline", "paragraph_close"] if wanted else [])
    assert {token.type for token in inline} <= {"text"}
    assert "".join(token.content for token in inline) == wanted


@given(MARKUP)
def test_markdown_holds_in_a_heading_a_list_and_a_table_cell(text: str) -> None:
    wanted = clean("x " + text)
    safe = escape.markdown("x " + text)
    for page in (f"# {safe}", f"- {safe}", f"| a |\n| --- |\n| {safe} |"):
        blocks, inline = inline_tokens(page)
        assert {token.type for token in inline} <= {"text"}
        assert wanted in {"".join(child.content for child in token.children or []) for token in blocks}


@pytest.mark.parametrize(
    "text",
    [
        "On 16 November 2025, at least 100 drivers (of 1,000) were killed – 10.5 per cent.",
        'The »AES« left ECOWAS; Paris didn’t like it: "No!"',
        "R&D costs > 3 + 4 = 7",
    ],
)
def test_harmless_punctuation_is_left_alone(text: str) -> None:
    assert escape.markdown(text) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("see https://a.example/b", r"see https:\//a.example/b"),
        ("see www.a.example", r"see www\.a.example"),
        ("#Mali and C# und Nr. #3", r"\#Mali and C# und Nr. \#3"),
        ("==marked== %%hidden%%", r"\=\=marked\=\= \%\%hidden\%\%"),
        ("costs $5 to $6", r"costs \$5 to \$6"),
        ("end ^block", r"end \^block"),
        ("5. November", r"5\. November"),
    ],
)
def test_what_github_and_obsidian_would_read_as_markup_is_escaped(text: str, escaped: str) -> None:
    assert escape.markdown(text) == escaped


@given(MARKUP)
def test_what_is_let_through_at_once_would_come_out_the_same(text: str) -> None:
    quick = escape.markdown(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(escape, "_means_something", lambda line: True)
        assert escape.markdown(text) == quick


def test_control_and_direction_marks_are_made_visible() -> None:
    assert clean("a\x00b\u202ec\ud800 \n\t d") == "a\ufffdb\ufffdc\ufffd d"


@given(MARKUP)
def test_html_stays_in_its_element(text: str) -> None:
    safe = escape.html(text)
    assert not re.search(r"[<>\"'\n]|%%|\[\[", safe)
    assert stdlib_html.unescape(safe) == clean(text)


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,9}", fullmatch=True), MARKUP | st.integers() | st.lists(MARKUP)))
def test_front_matter_parses_back_to_the_same(fields: dict[str, str | int | list[str]]) -> None:
    text = escape.yaml_front_matter(dict(fields))
    assert text.startswith("---\n")
    assert text.endswith("---\n")
    assert len(re.findall(r"^---$", text, re.MULTILINE)) == 2
    cleaned = {
        key: clean(value)
        if isinstance(value, str)
        else [clean(item) for item in value]
        if isinstance(value, list)
        else value
        for key, value in fields.items()
    }
    assert (yaml.safe_load(text.strip("-\n")) or {}) == cleaned


@pytest.mark.parametrize("text", ["no", "2025-04", "1e3", "null", "~", "a: b # c", "---", "*x"])
def test_front_matter_strings_are_quoted_and_stay_strings(text: str) -> None:
    page = escape.yaml_front_matter({"value": text, "many": [text]})
    assert f'value: "{text}"' in page
    assert yaml.safe_load(page.strip("-\n")) == {"value": text, "many": [text]}


@given(MARKUP)
def test_wikilinks_end_where_they_should(text: str) -> None:
    link = escape.wikilink("note", text)
    assert re.fullmatch(r"\[\[note(?:\\\|[^\[\]|\n]+)?\]\]", link)
    assert "<" not in link


@pytest.mark.parametrize(
    ("file", "anchor", "target"),
    [
        ("000_a.md", "p3", "000_a.md#p3"),
        ("", "p3", "#p3"),
        ("", "^s3", "#^s3"),
        ("a b(1).md", "", "a%20b%281%29.md"),
        ("../../etc/passwd", "", "./etc/passwd"),
        ("javascript:alert(1)", "", "javascript%3Aalert%281%29"),
    ],
)
def test_link_targets(file: str, anchor: str, target: str) -> None:
    assert escape.link_target(file, anchor) == target


@cache
def without_emitter_in_c() -> ModuleType:
    """The module as it is where PyYAML was built without libyaml."""
    spec = importlib.util.find_spec("sahelsum.render.markdown.escape")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(yaml, "CSafeDumper", raising=False)
        spec.loader.exec_module(module)
    return module


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,9}", fullmatch=True), MARKUP | st.integers() | st.lists(MARKUP)))
def test_front_matter_is_the_same_without_the_emitter_in_c(fields: dict[str, str | int | list[str]]) -> None:
    assert without_emitter_in_c().yaml_front_matter(dict(fields)) == escape.yaml_front_matter(dict(fields))
