"""How things are said and drawn, on pages and in dossiers: pure functions from answers to words and pictures."""
