"""``python -m sitegen``: the command line."""

from sitegen.cli import run

if __name__ == "__main__":
    run()
