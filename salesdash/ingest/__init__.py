"""A file becomes clean rows: read as text, mapped to the fields of a dataset, cleaned.

    reading = read(path, "orders.csv", ReadOptions(), folder)
    mapping = propose(reading, datasets.SALES)      # mapping.questions: what only the user knows
    cleaned = clean(reading, mapping, folder)       # rows.parquet and rejects.parquet

Knows nothing of storage; everything it returns is a frozen value that can be written as JSON.
"""
