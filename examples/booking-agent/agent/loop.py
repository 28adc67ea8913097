"""Ask the model, run the tools that it calls, give it the results, until it answers."""

import json
from pathlib import Path

from openai import OpenAI

from agent.schema import described
from agent.tools import TOOLS

MODEL = "gpt-4.1-2025-04-14"
MOST_STEPS = 12


def run(message: str) -> str:
    client = OpenAI(timeout=60, max_retries=2)
    turns = [
        {"role": "system", "content": (Path(__file__).parent / "instructions.txt").read_text()},
        {"role": "user", "content": message},
    ]
    for _ in range(MOST_STEPS):
        reply = client.chat.completions.create(model=MODEL, messages=turns, tools=described()).choices[0].message
        turns.append(reply)
        if not reply.tool_calls:
            return reply.content
        for wanted in reply.tool_calls:
            arguments = json.loads(wanted.function.arguments)
            print(f"  {wanted.function.name}({arguments})")
            try:
                result = TOOLS[wanted.function.name](**arguments)
            except Exception as error:
                result = {"error": str(error)}
            turns.append({"role": "tool", "tool_call_id": wanted.id, "content": json.dumps(result)})
    return "I could not finish this. Please write to the service desk."
