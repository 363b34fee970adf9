"""Tests of sahelsum/site/."""
