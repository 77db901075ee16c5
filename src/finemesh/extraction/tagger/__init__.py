"""A trained tagger for people, ranks, roles and organisations, and the relations between them.

A linear-chain model over word features; trained by ``tools/train_tagger.py``, which also says how good it is.

* :mod:`~finemesh.extraction.tagger.features` - what the model sees of a word
* :mod:`~finemesh.extraction.tagger.model` - the weights and the search for the best labels
* :mod:`~finemesh.extraction.tagger.spans` - labels to spans, and what is mended by rule
* :mod:`~finemesh.extraction.tagger.relations` - who has which rank and role, and is posted where
"""
