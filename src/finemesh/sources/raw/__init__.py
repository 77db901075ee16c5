"""Files as cells with places. A cell remembers where it stands, also after it is cut or stripped."""
