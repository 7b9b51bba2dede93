"""What the quick reader of HTML says of a page, and what Python's own says."""

from html.parser import HTMLParser

from proof.markup import Attributes, Listener, read


class NotedEvents(Listener):
    """Notes what it is told, texts in one piece, and each tag as it stands in the page."""

    def __init__(self) -> None:
        self.events: list[tuple[object, ...]] = []
        self.written: list[str] = []

    def note(self, *event: object) -> None:
        self.events.append(event)
        self.written.append(self.html[self.position : self.after])

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        self.note("start", tag, dict(attributes))

    def handle_startendtag(self, tag: str, attributes: Attributes) -> None:
        self.note("whole", tag, dict(attributes))

    def handle_endtag(self, tag: str) -> None:
        self.note("end", tag)

    def handle_comment(self, data: str) -> None:
        self.note("comment", data)

    def handle_data(self, data: str) -> None:
        self.note("text", data)


class PythonsReader(HTMLParser):
    """Notes what Python's own reader says."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[tuple[object, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        first_of_each = dict(reversed(attrs))  # of two with one name, a browser takes the first
        self.events.append(("start", tag, first_of_each))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.events.append(("whole", tag, dict(reversed(attrs))))

    def handle_endtag(self, tag: str) -> None:
        self.events.append(("end", tag))

    def handle_comment(self, data: str) -> None:
        self.events.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.events.append(("left out", decl))

    def handle_pi(self, data: str) -> None:
        self.events.append(("left out", data))

    def handle_data(self, data: str) -> None:
        if self.events and self.events[-1][0] == "text":
            data = f"{self.events.pop()[1]}{data}"
        self.events.append(("text", data))


def events_of(page: str) -> NotedEvents:
    listener = NotedEvents()
    read(page, listener)
    return listener


def pythons_events_of(page: str) -> list[tuple[object, ...]]:
    reader = PythonsReader()
    reader.feed(page)
    reader.close()
    return [event for event in reader.events if event[0] != "left out"]
