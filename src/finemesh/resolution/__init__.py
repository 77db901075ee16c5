"""From many records to one party: pairs across sources, clusters, and the decisions of people."""
