"""Capture tables that others have published, as facts: how many people each pattern of lists had.

Kosovo: killings of 1999 on four lists (R package LCMCR). UK, Netherlands, New Orleans: people trafficked, and an
artificial table (R package SparseMSE). Three lists: Madigan and York 1997 (R package dga).
"""

from bearwitness.estimation.lists import CaptureTable, capture_table

TABLES: dict[str, tuple[str, dict[str, int]]] = {
    "kosovo": ("EXH ABA OSCE HRW", {
        "0001": 306, "0010": 936, "0011": 123, "0100": 845, "0101": 31, "0110": 217, "0111": 32, "1000": 1131,
        "1001": 106, "1010": 228, "1011": 42, "1100": 177, "1101": 18, "1110": 181, "1111": 27
    }),
    "uk_six": ("LA NG PF GO GP NCA", {
        "100000": 54, "010000": 463, "001000": 907, "000100": 695, "000010": 316, "000001": 57, "110000": 15,
        "101000": 19, "100100": 3, "011000": 56, "010100": 19, "010010": 1, "010001": 3, "001100": 69,
        "001010": 10, "001001": 31, "000110": 8, "000101": 6, "000011": 1, "111000": 1, "110100": 1, "011100":
        4, "011001": 3, "001101": 1, "111100": 1
    }),
    "uk_five": ("LA NG PFNCA GO GP", {
        "10000": 54, "01000": 463, "00100": 995, "00010": 695, "00001": 316, "11000": 15, "10100": 19,
        "10010": 3, "01100": 62, "01010": 19, "01001": 1, "00110": 76, "00101": 11, "00011": 8, "11100": 1,
        "11010": 1, "01110": 4, "11110": 1
    }),
    "netherlands": ("IO K P R Z", {
        "10000": 756, "01000": 1299, "00100": 4466, "00010": 650, "00001": 632, "11000": 1, "10100": 81,
        "10010": 5, "10001": 73, "01100": 44, "01001": 4, "00110": 82, "00101": 125, "00011": 2, "10110": 2,
        "10101": 11, "00111": 1
    }),
    "new_orleans": ("A BEFG C D H", {
        "10000": 25, "01000": 24, "00100": 70, "00010": 33, "00001": 21, "11000": 1, "10100": 1, "10010": 2,
        "01100": 2, "01010": 2, "01001": 1, "00110": 1, "11100": 1, "11010": 1
    }),
    "artificial": ("A B C", {
        "100": 40, "010": 30, "001": 20, "110": 6
    }),
    "madigan_york": ("A B C", {
        "001": 60, "010": 49, "011": 4, "100": 247, "101": 112, "110": 142, "111": 12
    }),
}  # fmt: skip


def published(name: str) -> CaptureTable:
    """One of the tables."""
    lists, cells = TABLES[name]
    return capture_table(name, lists.split(), cells)
