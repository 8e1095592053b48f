"""Workbooks and CSV files as rights groups have them, for the tests that read them."""

from datetime import date, datetime, time

import xlsxwriter

from bearwitness.data.load import load_place_tree, load_vocabulary
from bearwitness.documents.spreadsheet_reading import read_tables
from bearwitness.model.codec.context import Context

TREE, VOCABULARY = load_place_tree(), load_vocabulary()


def fresh():
    """A context in which nothing was read yet."""
    return Context(tree=TREE, vocabulary=VOCABULARY)


def read(path, **options):
    """The tables of a file, read by themselves."""
    return read_tables(path, context=fresh(), **options)


def write_book(path, sheets, *, also=None):
    """Write a workbook the usual way: shared texts, typed cells, formulas where a text begins with =.

    ``also`` gets the workbook's sheets by name, to merge or add cells.
    """
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    made = {}
    for name, rows in sheets.items():
        sheet = made[name] = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date | datetime | time):
                    sheet.write_datetime(at, column, cell, day)
                elif cell is not None:
                    sheet.write(at, column, cell)
    if also:
        also(made)
    book.close()
    return path
