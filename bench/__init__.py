"""Measures salesdash against floors and peers, all in one run: ``python -m bench``.

Everything is generated, nothing is written into the checkout. What counts are the ratios within
one table; absolute times belong to the machine.
"""
