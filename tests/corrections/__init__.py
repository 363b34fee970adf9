"""Tests of sahelsum/corrections/."""
