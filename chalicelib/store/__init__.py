"""The table: rows and key strings live here only; repositories speak domain types. docs/data-model.md has the map."""
