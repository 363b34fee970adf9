from __future__ import annotations

import pytest

from sahelsum.checks import check_sentence
from sahelsum.language.packs import pack_of
from sahelsum.records import Sentence, Severity, Translation

GERMAN = pack_of("de")


def found(german: str, english: str, **fields: object) -> dict[str, Severity]:
    item = Translation(Sentence(1, 1, german), english, **fields)  # type: ignore[arg-type]
    return {finding.code: finding.severity for finding in check_sentence(item, GERMAN)}


@pytest.mark.parametrize(
    ("german", "english", "lost"),
    [
        ("„Wir warten. Keiner kommt“, sagte er.", "“We wait,” he said.", True),
        ("„Wir warten. Keiner kommt“, sagte er.", "“We wait. Nobody comes,” he said.", False),
        ("„Er kam 2020. Dann ging er“, hieß es.", "“He came in 2020. Then he left,” it was said.", False),
        ("„Er kam im Jahr 2020 an. Dann ging er.“", "“He arrived in 2020. Then he left.”", False),
        ("Er traf Dr. Sow, z. B. in Gao, bzw. Lt. Ba.", "He met Dr Sow, for example in Gao, or Lt Ba.", False),
        ("Es gilt Art. 5 Abs. 2 der Verfassung.", "Article 5 (2) of the constitution applies.", False),
    ],
)
def test_fewer_sentences_are_told(german: str, english: str, lost: bool) -> None:
    assert ("SENT-LOST" in found(german, english)) is lost


def test_what_stays_in_another_language_has_that_finding_alone() -> None:
    french = "Les rebelles ont pris la ville avec 12 hommes."
    assert found(french, french, kept="French") == {"MT-FOREIGN": Severity.WARNING}
    assert found("We left.", "We left.", kept="English") == {"MT-FOREIGN": Severity.INFO}
    assert found("* * *", "* * *", kept="marks") == {}
