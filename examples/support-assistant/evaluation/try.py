"""Print the answers to the questions beside what was expected, to read through."""

import csv
from pathlib import Path

from assistant.app import Question, ask

with (Path(__file__).parent / "questions.csv").open() as file:
    for row in csv.DictReader(file):
        print(row["question"], "\n  expected:", row["expected"], "\n  answered:", ask(Question(text=row["question"]))["answer"])
