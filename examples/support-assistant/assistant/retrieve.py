"""Find the passages nearest to a question."""

import os
from functools import cache

import psycopg
from openai import OpenAI
from pgvector.psycopg import register_vector


@cache
def database() -> psycopg.Connection:
    connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    register_vector(connection)
    return connection


def embed(text: str) -> list[float]:
    return OpenAI().embeddings.create(model="text-embedding-3-small", input=text).data[0].embedding


def passages(text: str, most: int = 6) -> list[dict]:
    rows = database().execute(
        "select title, text from passages order by embedding <=> %s::vector limit %s", (embed(text), most)
    )
    return [{"title": title, "text": text} for title, text in rows]
