"""Tests of sahelsum.checks."""
