from tests.imports.conftest import folder, fresh_log, home

__all__ = ["folder", "fresh_log", "home"]
