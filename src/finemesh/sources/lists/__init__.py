"""One module for each official list: how to know its files, and how to read them strictly.

Each module ends in ``READER``, a :class:`finemesh.sources.probe.ListReader`. Its docstring says what the list is,
what its dates mean, what is read and what is not.
"""
