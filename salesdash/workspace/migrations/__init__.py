"""Migrations of the workspace, run by `salesdash.workspace.upgrade` only."""
