"""The configuration: where its settings come from, and what they cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen.config import Config
from sitegen.config.file import load_config
from sitegen.errors import ConfigError


def load(
    folder: Path,
    toml: str = "",
    *,
    environ: Mapping[str, str] | None = None,
    **flags: object,
) -> Config:
    if toml:
        (folder / "sitegen.toml").write_text(toml, encoding="utf-8")
    return load_config(flags=flags, environ=environ or {}, cwd=folder)


def faults(folder: Path, toml: str = "", **more: object) -> str:
    with pytest.raises(ConfigError) as caught:
        load(folder, toml, **more)  # type: ignore[arg-type]
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    config = load(tmp_path)
    assert config == Config(output=tmp_path / "build", cache=tmp_path / ".sitegen")


def test_a_flag_goes_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    toml = 'title = "file"\nlanguage = "file"\nbase-url = "https://file/"\njobs = 3\n'
    environ = {"SITEGEN_TITLE": "env", "SITEGEN_LANGUAGE": "env", "OTHER": "x"}
    config = load(tmp_path, toml, environ=environ, title="flag", jobs=None)
    assert (config.title, config.language, config.base_url) == ("flag", "env", "https://file/")
    assert config.jobs == 3


def test_the_environment_speaks_of_numbers_and_truth(tmp_path: Path) -> None:
    environ = {"SITEGEN_JOBS": "2", "SITEGEN_STRICT": "true", "SITEGEN_CLEAN": "0"}
    config = load(tmp_path, environ=environ, strict=None)
    assert (config.jobs, config.strict, config.clean) == (2, True, False)


def test_a_table_of_pyproject_is_a_config_file_too(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.sitegen]\ntitle = "T"\n')
    assert load(tmp_path).title == "T"
    assert load(tmp_path, 'title = "own file"').title == "own file"


def test_a_pyproject_without_our_table_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    assert load(tmp_path).title == ""


@pytest.mark.parametrize("text", ["tool = 1", "[tool]\nsitegen = 1"])
def test_a_pyproject_of_another_form_is_no_crash(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    try:
        assert load(tmp_path).title == ""
    except ConfigError as error:
        assert "must be a table" in str(error)  # noqa: PT017 - either outcome is right


def test_parent_folders_are_never_searched(tmp_path: Path) -> None:
    (tmp_path / "sitegen.toml").write_text('title = "from above"')
    (tmp_path / "below").mkdir()
    assert load(tmp_path / "below").title == ""


def test_paths_of_the_file_count_from_the_file_and_others_from_here(tmp_path: Path) -> None:
    (tmp_path / "conf").mkdir()
    path = tmp_path / "conf" / "my.toml"
    path.write_text('input = ["a", "b/*.md"]\ntoctree = "t.yml"\n[theme]\nstatic = "s"\n')
    here = tmp_path / "here"
    config = load_config(path, flags={"output": Path("out")}, environ={}, cwd=here)
    assert config.input == (str(tmp_path / "conf/a"), str(tmp_path / "conf/b/*.md"))
    assert config.toctree == tmp_path / "conf/t.yml"
    assert config.theme.static == tmp_path / "conf/s"
    assert config.output == here / "out"


def test_a_single_input_need_not_be_a_list(tmp_path: Path) -> None:
    assert load(tmp_path, 'input = "a.parquet"').input == (str(tmp_path / "a.parquet"),)


def test_columns_and_restore_are_tables(tmp_path: Path) -> None:
    config = load(tmp_path, '[columns]\ntext = "content"\n[restore]\nheadings = false\n')
    assert dict(config.columns) == {"text": "content"}
    assert not config.restore.headings


def test_all_faults_are_told_at_once_with_suggestions(tmp_path: Path) -> None:
    said = faults(
        tmp_path,
        'titel = "x"\njobs = "two"\nstrict = 1\ninput = [1]\n'
        "[restore]\nheading = true\n[columns]\ntxt = 'a'\n",
    )
    assert "unknown key 'titel': did you mean 'title'?" in said
    assert "jobs must be a whole number, not 'two'" in said
    assert "strict must be true or false, not 1" in said
    assert "input must be a string or a list of strings, not [1]" in said
    assert "unknown key 'restore.heading': did you mean 'headings'?" in said
    assert "unknown column name 'txt' in columns: did you mean 'text'?" in said
    assert said.startswith("sitegen.toml:1: unknown key 'titel'")


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("title = 5", "title must be a string, not 5"),
        ("base-url = 5", "base-url must be a string, not 5"),
        ("output = 5", "output must be a string, not 5"),
        ("toctree = []", "toctree must be a string"),
        ("columns = 5", "columns must be a table"),
        ("[columns]\ntext = 5", "columns must be a table of names"),
        ("restore = true", "restore must be a table, not true"),
        ("jobs = true", "jobs must be a whole number, not true"),
        ("jobs = -1", "jobs must be 0 (one per processor) to 1024"),
        ('base-url = "example.org"', "base_url must look like https://host/path/"),
        ('base-url = "ftp://h/"', "base_url must look like"),
        ('base-url = "http://["', "base_url must look like"),
        ('base-url = "https://h/?q"', "base_url must look like"),
        ('base-url = "https://h/a b"', "must not hold spaces"),
        ('[theme]\nedit_url = "code.test/{source}"', "theme.edit_url must look like https://"),
        ('[theme]\nedit_url = "https://h/{path}"', "theme.edit_url must look like https://"),
        ('[theme]\nrow_url = "https://{id}.test/"', "theme.row_url must look like https://"),
        ('[theme.open_in]\nX = "javascript:{url}"', "theme.open_in.X must look like https://"),
        ('[feeds]\ncontent_signal = "ai=no"', "feeds.content_signal must look like search=yes"),
        ('output = "a\\u0000b"', "output must be a string without NUL"),
        ('input = "a\\u0000b"', "input must be a string or a list of strings without NUL"),
        ('input = ["a", "b\\u0000"]', "input must be a string or a list of strings without NUL"),
        ('[columns]\ntext = "a\\u0000"', "columns must be a table of names without NUL"),
        ("title = ", "not valid TOML"),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, toml: str, says: str) -> None:
    assert says in faults(tmp_path, toml)


def test_a_wrong_value_of_the_environment_is_named(tmp_path: Path) -> None:
    said = faults(tmp_path, environ={"SITEGEN_JOBS": "many", "SITEGEN_STRICT": "maybe"})
    assert "SITEGEN_JOBS must be a whole number, not 'many'" in said
    assert "SITEGEN_STRICT must be true or false" in said


def test_a_config_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="does not exist - correct --config"):
        load_config(tmp_path / "none.toml", environ={}, cwd=tmp_path)


def test_another_input_leaves_aside_what_the_file_says_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "sitegen.toml").write_text(
        'input = "own.parquet"\ntitle = "Own"\ntoctree = "own.yml"\nlanguage = "de"\n'
        '[columns]\ntext = "own"\n'
    )
    config = load_config(flags={"input": ("other.parquet",)}, environ={}, cwd=tmp_path)
    assert (config.title, config.toctree, dict(config.columns)) == ("", None, {})
    assert config.language == "de"


@pytest.mark.parametrize("domain", ["docs", "https://docs.example.org", "a.b\\nc.d", "-o.x y"])
def test_a_domain_that_is_no_hosts_name_is_refused(tmp_path: Path, domain: str) -> None:
    (tmp_path / "sitegen.toml").write_text(f'[publish]\ndomain = "{domain}"\n')
    with pytest.raises(ConfigError, match=r"publish\.domain must be a host's name"):
        load_config(cwd=tmp_path)


def test_redirects_with_spaces_or_line_ends_are_refused(tmp_path: Path) -> None:
    (tmp_path / "sitegen.toml").write_text('[publish.redirects]\n"a" = "b\\r\\nX: y"\n')
    with pytest.raises(ConfigError, match=r"publish\.redirects must hold addresses"):
        load_config(environ={}, cwd=tmp_path)


def test_colours_logo_and_links_that_are_none_are_named(tmp_path: Path) -> None:
    (tmp_path / "sitegen.toml").write_text(
        '[theme]\nlogo = "logo.exe"\nlinks = {x = "javascript:alert(1)"}\n'
        '[theme.colors]\nacent = "red"\naccent = "url(https://x)"\n'
    )
    with pytest.raises(ConfigError) as error:
        load_config(environ={}, cwd=tmp_path)
    for part in ("'acent'", "theme.colors.accent", "theme.links", "theme.logo"):
        assert part in str(error.value)


def test_search_is_a_truth_or_a_mode(tmp_path: Path) -> None:
    for value, meant in (("true", True), ("false", False), ('"full"', "full"), ('"auto"', "auto")):
        assert load(tmp_path, f"search = {value}\n").search == meant
    assert load(tmp_path, "", environ={"SITEGEN_SEARCH": "headings"}).search == "headings"
    assert load(tmp_path, "", environ={"SITEGEN_SEARCH": "false"}).search is False
    assert "headings" in faults(tmp_path, 'search = "heading"\n')
    assert "search must be" in faults(tmp_path, "search = 3\n")


@pytest.mark.parametrize("key", ["templates", "static", "logo"])
def test_a_part_of_the_theme_that_is_a_link_out_of_the_project_is_refused(
    tmp_path: Path, key: str
) -> None:
    project, outside = tmp_path / "project", tmp_path / "outside"
    (outside / "theme").mkdir(parents=True)
    (outside / "theme" / "x.svg").write_text("secret")
    project.mkdir()
    (project / "own").mkdir()
    for name, goal in (("x.svg", outside / "theme/x.svg"), ("linked", outside), ("in", "own")):
        (project / name).symlink_to(goal)
    for path in ("x.svg", "linked/theme/x.svg", "own/../linked/theme/x.svg"):
        says = faults(project, f'[theme]\n{key} = "{path}"')
        assert f"theme.{key} leads out of the project by a link" in says
    for path in ("in/x.svg", "own/x.svg", "../outside/theme/x.svg", f"{outside}/theme/x.svg"):
        assert load(project, f'[theme]\n{key} = "{path}"').theme != Config().theme


def test_what_the_file_says_of_its_input_holds_when_that_is_named_again(tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(
        'input = "a.jsonl"\ncolumns = { text = "body", id = false }\n'
    )
    (tmp_path / "any.toml").write_text('columns = { text = "body" }\n')
    for name, wanted in (("a.jsonl", {"text": "body", "id": ""}), ("b.jsonl", {})):
        config = load_config(tmp_path / "my.toml", flags={"input": (name,)}, cwd=tmp_path)
        assert dict(config.columns) == wanted
    config = load_config(tmp_path / "any.toml", flags={"input": ("b.jsonl",)}, cwd=tmp_path)
    assert dict(config.columns) == {"text": "body"}


def test_columns_of_the_command_line_win_over_those_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text('columns = { text = "body", source = "path" }\n')
    flags = {"columns": {"text": "page"}}
    config = load_config(tmp_path / "my.toml", flags=flags, cwd=tmp_path)
    assert dict(config.columns) == {"text": "page", "source": "path"}


@pytest.mark.parametrize("text", ['cluster = "tcp://h:1"', '[build]\ncluster = "tcp://h:1"'])
@pytest.mark.parametrize("name", ["sitegen.toml", "pyproject.toml"])
def test_a_cluster_which_can_run_code_here_is_named_by_who_builds_and_by_no_file(
    tmp_path: Path, name: str, text: str
) -> None:
    head = "[tool.sitegen]\n" if name == "pyproject.toml" else ""
    (tmp_path / name).write_text(head + text.replace("[", "[tool.sitegen." if head else "["))
    with pytest.raises(ConfigError, match="cluster must not stand in a file"):
        load_config(cwd=tmp_path, flags={"cluster": "tcp://ours:1"}, environ={})
    (tmp_path / name).unlink()
    assert (
        load_config(cwd=tmp_path, environ={"SITEGEN_CLUSTER": "tcp://a:1"}).cluster == "tcp://a:1"
    )
    given = load_config(
        cwd=tmp_path, flags={"cluster": ""}, environ={"SITEGEN_CLUSTER": "tcp://a:1"}
    )
    assert given.cluster == ""
