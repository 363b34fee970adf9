"""Files of corrected sentences: what the reading room saves, and translation memories of other programs (TMX)."""

from sahelsum.corrections.files import read_corrections
from sahelsum.corrections.tmx import HUMAN, MACHINE, Imported, Unit, read_tmx, tmx_pieces

__all__ = ["HUMAN", "MACHINE", "Imported", "Unit", "read_corrections", "read_tmx", "tmx_pieces"]
