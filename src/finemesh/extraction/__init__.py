"""From text to mentions and claims. Knows language; knows no list and no storage."""
