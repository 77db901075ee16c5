"""Names: normalisation, the index, scores with an explanation. Knows no storage format but its own index."""
