"""What all tables of the workspace belong to."""

from sqlalchemy import MetaData

metadata = MetaData()
