"""Pages and the JSON API over :mod:`finemesh.case`. Server-rendered; nothing comes from the network."""
