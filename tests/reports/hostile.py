"""Text that a project may hold and that no report may obey."""

from __future__ import annotations

HOSTILE = {
    "ansi": "\x1b[31mred\x1b[0m \x1b]8;;http://evil.example\x07click\x1b]8;;\x07 \x9b2J \x07 \x00",
    "rich": "[red]alert[/red] [link=http://evil.example]x[/link] :boom: [/]",
    "markdown": "# h | **b** _i_ ~~s~~ `c` [a](http://evil.example) ![i](http://evil.example/i.png) | x |\n"
    "| --- |\n- l",
    "setext": "title\n=====\nother\n---\n\n    code\n\n```\nfence\n```",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)> <!-- c --> </details> &lt; &#60; <https://evil.example>",
    "github": "@octocat #123 octo/repo#7 GH-9 https://evil.example www.evil.example a@evil.example "
    ":tada: $x^2$ [^1] :+1:",
    "escapes": "\\| \\` \\[a\\](b) \\\\ &amp;",
    "list": "1. one",
    "bullet": "- one",
    "plus": "+ one",
    "heading": "# one",
    "quote": "> one",
    "long": "A" * 10_000,
    "emoji": "🚀🔥💥",
    "flags": "👩\u200d🚀 ❤\ufe0f 🇩🇪",
    "bidi": "abc \u202etxt.exe\u202c \u2066x\u2069 \u200fmark",
    "hebrew": "שלום עולם",
    "invisible": "a\u200bb\u200d\u2060c\ufeffd\u00ade\U000e0041",
    "surrogate": "lone \ud800 surrogate",
    "separators": "a\u2028b\u2029c\x85d\x0be\x0cf\tg\r\nh",
    "wide": "模型" * 200,
    "blank": " \n ",
    "fence": "```",
    "ticks": "`a``b` ``c`",
}
