"""What is copied of a shell session: the commands, or all of it when nobody can tell."""

from __future__ import annotations

import pytest

from sitegen.render.code.doctests import copy_text

HEREDOC = "$ cat > conf.json <<'EOF'\n{\"jobs\": 2}\nEOF\n$ run --config conf.json\nready\n"


@pytest.mark.parametrize(
    ("session", "copied"),
    [
        ("$ ls\na b\n$ pwd\n/\n", "ls\npwd"),
        (HEREDOC, "cat > conf.json <<'EOF'\n{\"jobs\": 2}\nEOF\nrun --config conf.json"),
        ("$ cat <<EOF\n> one\n>\n> EOF\none\n", "cat <<EOF\none\n\nEOF"),
        ("$ cat <<-END | tee a\n\tone\n\tEND\n$ ls\n", "cat <<-END | tee a\n\tone\n\tEND\nls"),
        ("$ cat <<A <<B\n1\nA\n2\nB\nout\n", "cat <<A <<B\n1\nA\n2\nB"),
        ("$ echo 'one\ntwo'\none\ntwo\n", "echo 'one\ntwo'"),
        ('$ git commit -m "one\n\n$ two"\n', None),
        ('$ python -c "import a\na.b()"\n1\n', 'python -c "import a\na.b()"'),
        ("$ echo it\\'s # don't\nit's\n", "echo it\\'s # don't"),
        ("$ a \\\n  --b\nout\n$ c\n", "a \\\n  --b\nc"),
        ("$ a \\\n> --b\nout\n", "a \\\n--b"),
        ("$ a |\n  b &&\n  c\nout\n", "a |\n  b &&\n  c"),
        ("$ for f in *; do\n>   echo $f\n> done\na\n", "for f in *; do\n  echo $f\ndone"),
        ("$ if true; then\n  ls\nfi\nout\n", "if true; then\n  ls\nfi"),
        ("$ f() {\n  ls\n}\n$ f\n", "f() {\n  ls\n}\nf"),
        ("$ echo $(ls\n)\nout\n", "echo $(ls\n)"),
        ("$ cat <<< 'x'\nx\n$ echo {a,b}\na b\n", "cat <<< 'x'\necho {a,b}"),
        ("$ diff a b\n> one\n", None),
        ("$ cat <<EOF\nnever ends\n", None),
        ("$ echo don't\n$ ls\n", None),
        ("$ a \\\n$ b\n", None),
        ("$ for f in *; do\n$ ls\n", None),
        ("ls\npwd\n", None),
    ],
)
def test_a_session_is_copied_as_what_was_typed_or_as_a_whole(
    session: str, copied: str | None
) -> None:
    assert copy_text(session, "bash") == copied


@pytest.mark.parametrize(
    ("session", "copied"),
    [
        ("(.venv) $ pip install a\nDone\n(.venv) $ a\n", "pip install a\na"),
        ("ada@host:~/src$ ls\na b\nada@host:/$ pwd\n/\n", "ls\npwd"),
        ("[ada@host src]$ ls\na\n[root@host ~]# reboot\n", "ls\nreboot"),
        ("% ls\na\n$ 5\n% pwd\n", "ls\npwd"),
        ("(base) ada@host:~$ a \\\n> --b\n", "a \\\n--b"),
        ("C:\\Users\\ada> dir\n Volume C\nD:\\>a ^\n  /b\n", "dir\na ^\n  /b"),
        ("PS C:\\src> ls\na\nPS D:\\> pwd\n", "ls\npwd"),
        ("PS> Get-Item a `\n>>   -Force\na\n", "Get-Item a `\n  -Force"),
        ("# as root\nls\n", None),
        ("PSA: read this\n", None),
        ("bob@host.test wrote 5$ to it\n", None),
    ],
)
def test_prompts_of_other_shells_and_machines_are_not_copied(
    session: str, copied: str | None
) -> None:
    for language in ("bash", "powershell"):
        assert copy_text(session, language) == copied
