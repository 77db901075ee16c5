"""How things are said and drawn; pure functions from answers to what templates print."""
