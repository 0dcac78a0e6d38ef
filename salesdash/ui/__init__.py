"""The screens: frame, filters, tiles, cards and the way in, drawn with Streamlit.

Pages are recipes over this kit: choose -> ask -> show. `state` alone touches the session,
`context` alone caches and reads the clock.
"""
