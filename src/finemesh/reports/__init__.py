"""Answers as files: tables and exports. Rules belong to the analysis room."""
