"""What a finished article leaves in its folder: pages for readers, and the data that declare it done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sahelsum.output.names import data_name, page_name
from sahelsum.output.sidecar import digest_json
from sahelsum.output.write import OutputFolder, WriteResult, seal
from sahelsum.records import Digest


@dataclass(frozen=True, slots=True)
class Style:
    """What the user chose of how pages look."""

    wikilinks: bool = False
    """Names lead to notes of theirs, as in a vault."""


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Artefact:
    """A kind of file that every article has."""

    name: Callable[[str], str]
    """Its path inside the output folder, by the id of the article."""
    content: Callable[[Digest, Style], str]
    declares: bool = False
    """Whether it is data that say that the article is done. What does not is a page, sealed, that people may edit."""

    def retract(self, folder: OutputFolder, article_id: str, content: str) -> None:
        """Take back what an earlier file declares, unless ``content`` declares the same.

        Raises:
            OutputError: it cannot be removed, or is somebody else's.
        """
        if self.declares:
            folder.retract_data(self.name(article_id), content)

    def write(self, folder: OutputFolder, article_id: str, content: str, *, force: bool) -> bool:
        """Write it; False if the file was edited by hand and left alone.

        Raises:
            OutputError: it cannot be written.
        """
        if self.declares:
            folder.write_data(self.name(article_id), content)
            return True
        return folder.guarded_write(self.name(article_id), content, force=force) is not WriteResult.KEPT


def _markdown(digest: Digest, style: Style) -> str:
    # Templates, only where there is something to render.
    from sahelsum.render.markdown import article_page  # noqa: PLC0415
    from sahelsum.render.view_article import article_view  # noqa: PLC0415

    return seal(article_page(article_view(digest), wikilinks=style.wikilinks))


def _data(digest: Digest, _style: Style) -> str:
    return digest_json(digest)


PAGE = Artefact(page_name, _markdown)
DATA = Artefact(data_name, _data, declares=True)
ARTEFACTS = (PAGE, DATA)
"""In the order of writing: what declares the others done is last."""
