"""The network picture as an SVG file of its own, without links or scripts."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from finemesh.reports.shown.picture import Circle, Line, Picture

_FONTS = "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', 'Libertinus Serif', sans-serif"
_INK, _ACCENT, _GREY = "#1d1d1b", "#0b5c70", "#55544f"
_FOOT = 26
LEGEND = (
    "ring and number: authorities that list the party; line: solid asserted, dashed planned, dotted denied, dash-dot"
    " called for; width: independent voices"
)


def drawing(picture: Picture, title: str, foot: str = "") -> str:
    """The picture as an SVG document.

    Args:
        picture: What is drawn.
        title: Title of the file.
        foot: A line under the picture, if any.
    """
    height = picture.height + (_FOOT if foot else 0)
    frame = f"{picture.left} {picture.top} {picture.width} {height}"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{picture.width}" height="{height}"'
        f' viewBox="{frame}" font-family="{_FONTS}" font-size="12" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect x="{picture.left}" y="{picture.top}" width="{picture.width}" height="{height}" fill="#ffffff"/>',
        '<g fill="none" stroke="#6b6a66">',
        *(part for line in picture.lines for part in _line(line)),
        "</g>",
        *(part for circle in picture.circles for part in _circle(circle)),
        f'<text x="{picture.left + 12}" y="{picture.top + picture.height + 14}" font-size="10" fill="{_GREY}">'
        f"{escape(foot)}</text>"
        if foot
        else "",
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _line(line: Line) -> Iterator[str]:
    dash = f' stroke-dasharray="{line.dash}"' if line.dash else ""
    yield f'<path d="{line.path}" stroke-width="{line.width:.1f}"{dash}><title>{escape(line.text)}</title></path>'
    if line.words:
        yield (
            f'<text x="{line.x:.1f}" y="{line.y:.1f}" text-anchor="{line.anchor}" font-size="11" fill="{_GREY}"'
            f' stroke="none">{escape(line.words)}</text>'
        )


def _circle(circle: Circle) -> Iterator[str]:
    node, x, y = circle.node, circle.place.x, circle.place.y
    said = ", listed by " + ", ".join(node.listed_by) if node.listed_by else ", listed by nobody whose list is loaded"
    inside, number = (_ACCENT, "#ffffff") if node.expanded else ("#ffffff", _ACCENT)
    yield f"<g><title>{escape(node.party.caption + said)}</title>"
    yield f'<circle cx="{x}" cy="{y}" r="9.5" fill="{inside}" stroke="{_ACCENT}" stroke-width="1.2"/>'
    if circle.ring:
        yield (
            f'<circle cx="{x}" cy="{y}" r="13" fill="none" stroke="{_ACCENT}" stroke-width="3"'
            f' stroke-dasharray="{circle.ring}"/>'
        )
        yield (
            f'<text x="{x}" y="{y + 4}" text-anchor="middle" font-size="11" font-weight="600" fill="{number}">'
            f"{len(node.listed_by)}</text>"
        )
    weight = ' font-weight="600"' if node.expanded else ""
    spans = [
        f'<tspan x="{circle.name_x:.1f}" y="{circle.name_y + n * 15:.1f}">{escape(text)}</tspan>'
        for n, text in enumerate(circle.place.lines)
    ]
    more = f'<tspan dx="6" fill="{_GREY}">+{node.more}</tspan>' if node.more else ""
    yield f'<text text-anchor="{circle.anchor}" fill="{_INK}"{weight}>{"".join(spans)}{more}</text></g>'
