"""The shape of the project: short files, short functions, plain names, nothing of the machine it was made on."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES, MOST_FUNCTION_LINES = 400, 80
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}
FOLDERS = ("src", "tests", "bench", "tools")
SOURCES = sorted(p for folder in FOLDERS for p in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_are_short(path):
    """No file over 400 lines, no function over 80."""
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= MOST_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert (node.end_lineno or node.lineno) - node.lineno < MOST_FUNCTION_LINES, node.name


def test_no_module_has_a_name_that_says_nothing():
    """A module is named after what it holds."""
    assert not [p for p in SOURCES if p.stem in FORBIDDEN_NAMES]


def test_every_public_name_of_the_package_is_documented():
    """Public functions and classes of src say what they are."""
    missing = []
    for path in (p for p in SOURCES if p.is_relative_to(ROOT / "src")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            public = isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_")
            if public and not ast.get_docstring(node) and not _is_inner(path, node):
                missing.append(f"{path.name}:{node.lineno} {node.name}")
    assert not missing


def _is_inner(path, node):
    """Whether a function is defined inside another one (or inside a private class)."""
    for outer in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        hides = isinstance(outer, ast.FunctionDef) or (isinstance(outer, ast.ClassDef) and outer.name.startswith("_"))
        if hides and outer.lineno < node.lineno <= (outer.end_lineno or 0):
            return True
    return False


def test_the_real_article_is_not_part_of_the_project():
    """No sentence of the published example stands in the project (it is for trying only)."""
    example = ROOT.parent / "shared" / "examples" / "published-article.txt"
    if not example.exists():
        pytest.skip("the example article is not beside this checkout")
    sentences = [s.strip() for s in re.split(r"[.!?\n]", example.read_text(encoding="utf-8"))]
    long_ones = [s for s in sentences if len(s) > 60]
    assert long_ones
    texts = [p for folder in (*FOLDERS, "docs") for p in (ROOT / folder).rglob("*") if p.is_file()]
    for path in texts:
        if path.suffix in (".py", ".md", ".txt", ".yaml", ".json"):
            content = path.read_text(encoding="utf-8")
            assert not [s for s in long_ones if s in content], path
