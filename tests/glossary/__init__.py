"""Tests of sahelsum.glossary."""
