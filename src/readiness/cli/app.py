"""The Typer application, put together from the modules of the commands."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from readiness.cli import HOMES

HELP = """How far is an AI project from production, and what is only claimed?

A project describes itself in one YAML file. `readiness assess` proves what it can from the
repository, judges it by a versioned checklist, and says what blocks the next stage."""
EPILOG = "Exit codes: 0 done, or gate passed · 1 gate not passed · 2 bad input or usage · 3 a fault in readiness."


def build(home: str | None) -> typer.Typer:
    """The application with the commands of one module, or with all of them."""
    app = typer.Typer(
        help=HELP,
        epilog=EPILOG,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="markdown",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_top)
    for module in dict.fromkeys([home] if home else HOMES.values()):
        import_module(f"readiness.cli.{module}").register(app)
    return app


def _version(wanted: bool) -> None:
    if wanted:
        from readiness import __version__

        typer.echo(f"readiness {__version__}")
        raise typer.Exit


def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """The options before a command. Typer shows the application's help in place of this text."""


_top.__doc__ = HELP
