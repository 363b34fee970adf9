"""An output folder: its names, its pages and data, its index, and what earlier runs left in it."""
