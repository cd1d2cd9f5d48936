"""The command that previews a site."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen.cli.options import input_options, with_files, with_version
from sitegen.cli.printing import say

if TYPE_CHECKING:
    from sitegen.config import Config


@click.command()
@click.argument("input", nargs=-1, type=click.Path())
@input_options
@click.option("-c", "--config", "config_file", type=click.Path(path_type=Path), help="Config file.")
@click.option("--toctree", type=click.Path(path_type=Path), help="Authored order and titles.")
@click.option("--title", help="The site's title.")
@click.option("--language", help="The language of the text, as a tag [told by the data].")
@click.option("--cache/--no-cache", default=None, help="Remember work in .sitegen [yes].")
@click.option("--port", type=click.IntRange(0, 65535), help="Port [the first free from 8000].")
@click.option("--host", default="", help="Address to serve, for others too [this machine only].")
@click.option("--allowed-host", multiple=True, help="A further name that browsers may use.")
@click.option("--open", "open_browser", is_flag=True, help="Open the start page in a browser.")
@click.option("--poll", is_flag=True, help="Look at the files instead of waiting for events.")
@click.option("-v", "--verbose", is_flag=True, help="Print every finding.")
@with_version
@with_files
def serve(  # noqa: PLR0913 - one for each option
    config_file: Path | None,
    *,
    extension_files: tuple[Path, ...],
    version: str,
    port: int | None,
    host: str,
    allowed_host: tuple[str, ...],
    open_browser: bool,
    poll: bool,
    verbose: bool,
    **flags: Any,
) -> None:
    """Preview the site of INPUT; browsers follow each change of its files.

    Nothing is written to the output folder.
    """
    from sitegen.cli.entered import enter  # noqa: PLC0415 - as above
    from sitegen.config.file import CONFIG_FILE, find_config, load_config  # noqa: PLC0415 - as above
    from sitegen.config.versions import one_site  # noqa: PLC0415
    from sitegen.extension import OwnComponents  # noqa: PLC0415
    from sitegen.read.files import see_all  # noqa: PLC0415
    from sitegen.record.whereabouts import Whereabouts  # noqa: PLC0415
    from sitegen.serve import Options  # noqa: PLC0415
    from sitegen.serve import serve as run  # noqa: PLC0415

    file = config_file or find_config(Path.cwd()) or Path.cwd() / CONFIG_FILE
    options = Options(host, port, allowed_host, open_browser, poll, verbose)

    config = load_config(config_file, flags=flags)
    enter(config, extension_files, config_file)
    with Whereabouts(config, Path.cwd()).of_errors():
        see_all(one_site(config, version).input)
    own = OwnComponents()
    click.get_current_context().call_on_close(own.close)

    def load() -> Config:
        config = one_site(load_config(config_file, flags=flags), version)
        own.follow(config.theme.templates)
        return config

    sys.exit(
        run(
            load,
            options,
            config_file=file.absolute(),
            say=say,
        )
    )
