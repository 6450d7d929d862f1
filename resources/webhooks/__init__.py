"""Telling other sites what happened here: signed messages to addresses that administrators entered."""
