"""Tests of sahelsum.catalog."""
