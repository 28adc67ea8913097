"""How the tools are described to the model: every parameter of a tool, with its type."""

import inspect

from agent.tools import TOOLS

TYPES = {str: "string", int: "integer"}


def described() -> list[dict]:
    found = []
    for name, tool in TOOLS.items():
        parameters = inspect.signature(tool).parameters
        properties = {key: {"type": TYPES[value.annotation]} for key, value in parameters.items()}
        found.append(
            {
                "type": "function",
                "function": {
                    "name": name,
                    "description": name.replace("_", " "),
                    "parameters": {"type": "object", "properties": properties, "required": list(properties)},
                },
            }
        )
    return found
