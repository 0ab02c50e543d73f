"""Questionnaires as data: what is asked, in which order, how it is scored, and in which words."""
