"""The chat endpoint behind the portal's help page."""

from pathlib import Path

from fastapi import FastAPI
from openai import OpenAI
from pydantic import BaseModel

from assistant.retrieve import passages

app = FastAPI(title="Support assistant")
client = OpenAI()
INSTRUCTIONS = (Path(__file__).parent / "instructions.txt").read_text()


class Question(BaseModel):
    text: str
    conversation: list[dict] = []


@app.post("/ask")
def ask(question: Question) -> dict:
    found = passages(question.text)
    context = "\n\n".join(f"[{p['title']}]\n{p['text']}" for p in found)
    answer = client.chat.completions.create(
        model="gpt-4o",
        messages=[
            {"role": "system", "content": INSTRUCTIONS},
            *question.conversation,
            {"role": "user", "content": f"{context}\n\nQuestion: {question.text}"},
        ],
    )
    return {"answer": answer.choices[0].message.content, "sources": [p["title"] for p in found]}
