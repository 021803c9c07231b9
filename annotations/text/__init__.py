"""Pure functions over article text, offsets counted in Unicode code points.

Nothing here knows Django, the database or the codebook. Import from the modules themselves.
"""
