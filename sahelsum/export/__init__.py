"""An output folder as one table: its digests, or their sentences, as Parquet, JSON Lines or CSV."""

from sahelsum.export.columns import COLUMNS, Column, Kind, Rows
from sahelsum.export.table import Exported, export_table
from sahelsum.export.writers import TABLE_FORMATS

__all__ = ["COLUMNS", "TABLE_FORMATS", "Column", "Exported", "Kind", "Rows", "export_table"]
