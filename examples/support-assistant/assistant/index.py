"""Fill the index from a folder of Markdown: python -m assistant.index FOLDER"""

import sys
from pathlib import Path

from assistant.retrieve import database, embed


def pieces(text: str, size: int = 1500) -> list[str]:
    parts, current = [], ""
    for paragraph in text.split("\n\n"):
        if len(current) + len(paragraph) > size and current:
            parts.append(current)
            current = ""
        current += paragraph + "\n\n"
    return [*parts, current]


def main(folder: str) -> None:
    for file in sorted(Path(folder).rglob("*.md")):
        for part in pieces(file.read_text()):
            database().execute(
                "insert into passages (title, text, embedding) values (%s, %s, %s::vector)", (file.stem, part, embed(part))
            )


if __name__ == "__main__":
    main(sys.argv[1])
