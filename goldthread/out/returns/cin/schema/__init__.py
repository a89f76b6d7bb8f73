"""The project's own schema of each year's census, written from the published elements; not the Department's.

lxml reads nothing here but the files beside this one. A file that comes in is read by out.exchange.cin.stream alone.
"""

from functools import cache
from pathlib import Path

from lxml import etree

HERE = Path(__file__).parent
FILES = {2023: "cin-2023.xsd", 2025: "cin-2025.xsd", 2027: "cin-2027.xsd"}  # by the first year each is for


@cache
def schema(year: int) -> etree.XMLSchema:
    """The one that holds for the census of this year."""
    first = max(each for each in FILES if each <= year)
    return etree.XMLSchema(etree.parse(HERE / FILES[first], etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)))
