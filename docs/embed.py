"""Put what is measured and made elsewhere into the README: a real page's beginning, and the quality table.

    python docs/embed.py

The page comes from outputs/sample/ (`make sample`), the figures from the cards in models/. A test fails when the README
lags behind.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "outputs" / "sample" / "004_378a34bc2fd6e492.md"
CARD = ROOT / "models" / "sahelsum-de-en" / "card.toml"

# Published figures (Firefox translations evaluation, sacreBLEU BLEU, whole sets; flores there is the test part).
PUBLISHED = {
    "opus-mt-de-en (298 MB)": {"newstest2019": 39.3, "flores": 40.6},
    "Argos Translate": {"newstest2019": 35.8, "flores": 36.2},
}
DIGEST = ROOT / "outputs" / "sample" / "digest.md"
LAST_SECTION = "## Translation"
PARAGRAPHS = 2
EVENTS = 4
"""Rows of the digest's table of events that are shown: those with most in them."""


def sample() -> str:
    """The page from its title to its second translated paragraph, as a quotation."""
    page = SAMPLE.read_text(encoding="utf-8").split("---\n", 2)[2].strip()
    head, rest = page.split(LAST_SECTION, 1)
    ends = [match.end() for match in re.finditer(r"^</details>$", rest, re.MULTILINE)]
    shown = f"{head}{LAST_SECTION}{rest[: ends[PARAGRAPHS - 1]]}".strip()
    # Links of the page lead nowhere from here, its marks stand for nothing, and its title must not become the README's.
    shown = re.sub(r"\[([^]]*)\]\(#[^)]*\)", r"\1", shown)
    shown = re.sub(r'<a id="[^"]*"></a>| \^s\d+$', "", shown, flags=re.MULTILINE)
    shown = re.sub(r"^(#+) (.*)$", r"**\2**", shown, flags=re.MULTILINE)
    return "\n".join(f"> {line}".rstrip() for line in shown.splitlines())


def events() -> str:
    """The head of the digest's table of events with the rows that have most cells filled, in their order."""
    section = DIGEST.read_text(encoding="utf-8").split("## Events\n", 1)[1].split("\n## ", 1)[0]
    head, line, *rows = [row for row in section.splitlines() if row.startswith("|")]
    fullest = sorted(rows, key=lambda row: row.count("|  "))[:EVENTS]
    shown = "\n".join([head, line, *(row for row in rows if row in fullest)])
    return re.sub(r"\]\((\w+\.md)", r"](outputs/sample/\1", shown)


def quality() -> str:
    """The bundled translator's figures beside published ones, with the command that remakes ours."""
    measured = tomllib.loads(CARD.read_text(encoding="utf-8"))["measured"]
    sets = list(dict.fromkeys(row["dataset"] for row in measured))
    scores = {(row["dataset"], row["metric"]): row["score"] for row in measured}
    lines = ["| BLEU / chrF2 | " + " | ".join(sets) + " |", "|---" * (len(sets) + 1) + "|"]
    ours = [f"{scores[name, 'BLEU']:.1f} / {scores[name, 'chrF2']:.1f}" for name in sets]
    lines.append(f"| **sahelsum-de-en** (bundled, {size_mb()} MB) | " + " | ".join(ours) + " |")
    for system, figures in PUBLISHED.items():
        cells = [next((f"{value:.1f}" for key, value in figures.items() if name.startswith(key)), "") for name in sets]
        lines.append(f"| {system}, published BLEU | " + " | ".join(cells) + " |")
    commands = sorted({row["command"] for row in measured})
    signatures = sorted({row["signature"] for row in measured})
    lines += ["", "Ours, whole sets, made with:", "", *(f"    {command}" for command in commands)]
    return "\n".join(
        [*lines, "", "sacreBLEU signatures: " + "; ".join(f"`{signature}`" for signature in signatures) + "."]
    )


def size_mb() -> int:
    return int(tomllib.loads(CARD.read_text(encoding="utf-8"))["size_mb"])


def embedded(readme: str) -> str:
    """The README with fresh contents between its markers."""
    for name, text in (("sample", sample()), ("events", events()), ("quality", quality())):
        block = re.compile(rf"(<!-- {name}:begin -->\n).*?(<!-- {name}:end -->)", re.DOTALL)
        filled = text.replace("\\", r"\\")
        readme, found = block.subn(rf"\g<1>\n{filled}\n\n\g<2>", readme)
        if found != 1:
            raise SystemExit(f"README.md needs one pair of {name} markers, and has {found}.")
    return readme


if __name__ == "__main__":
    path = ROOT / "README.md"
    path.write_text(embedded(path.read_text(encoding="utf-8")), encoding="utf-8")
