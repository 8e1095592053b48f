"""Compiled loops over packed rows: setting the bits, and ANDing and counting them a cache-sized block at a time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

IntArray = npt.NDArray[np.int64]
PlaceArray = npt.NDArray[np.int32]
WordArray = npt.NDArray[np.uint64]

# Words of one block of one bitmap: with some hundred bitmaps and claims all that a block needs stays in a core's cache.
BLOCK_WORDS = 64
# A step joins at most so many bitmaps; a longer conjunction takes several steps.
WIDEST_STEP = 6


@njit(nogil=True, cache=True)
def set_bits(codes: npt.NDArray[np.unsignedinteger], values: int, first: int, words: WordArray) -> int:
    """Write the cumulative bitmaps of one column; returns the first row whose code is no value, else -1.

    Bitmap ``first + v`` of ``words`` (blocks, bitmaps, block words) gets the rows whose code is at most ``v``, for v
    from 0 to ``values - 2``; the last one would be every row and is not kept.
    """
    rows = codes.shape[0]
    block = words.shape[2]
    one = np.uint64(1)
    piece = np.empty((values, block), np.uint64)
    for k in range(words.shape[0]):
        piece[:] = np.uint64(0)
        for w in range(block):
            start = (k * block + w) * 64
            for i in range(min(64, rows - start)):
                code = np.int64(codes[start + i])
                if code >= values:
                    return int(start + i)
                piece[code, w] |= one << np.uint64(i)
        for v in range(values - 1):
            for w in range(block):
                if v:
                    piece[v, w] |= piece[v - 1, w]
                words[k, first + v, w] = piece[v, w]
    return -1


@njit(nogil=True, cache=True)
def _ones(x: np.uint64) -> np.uint64:
    """How many bits are set; the compiler makes one instruction of it."""
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (x * np.uint64(0x0101010101010101)) >> np.uint64(56)


@njit(nogil=True, cache=True)
def _set_claims(
    words: WordArray, base: int, block: int, ends: PlaceArray, begins: PlaceArray, starts: IntArray, work: WordArray
) -> None:
    """Fill the first rows of ``work`` with the claims: any of the terms ``in end and not in begin``.

    Arrays are flat and places unsigned: views of rows, or a check for negative places, cost more than the ANDs do.
    """
    for c in range(starts.shape[0] - 1):
        to = np.uintp(c * block)
        for t in range(starts[c], starts[c + 1]):
            end, begin = np.uintp(base + ends[t] * block), np.uintp(base + begins[t] * block)
            if t == starts[c]:
                for j in range(np.uintp(block)):
                    work[to + j] = words[end + j] & ~words[begin + j]
            else:
                for j in range(np.uintp(block)):
                    work[to + j] |= words[end + j] & ~words[begin + j]


@njit(nogil=True, cache=True)
def run_steps(
    words: WordArray, first: int, last: int, ends: PlaceArray, begins: PlaceArray, starts: IntArray,
    operands: PlaceArray, targets: IntArray, buffers: int, personas: int,
) -> IntArray:  # fmt: skip
    """Count the rows of every persona over the blocks ``first`` to ``last - 1``.

    A step ANDs its six operands (claims or buffers; where there are fewer the last is repeated). A target of 0 or
    above is a persona, whose bits are counted and not kept; one below is the buffer ``-1 - target``.
    """
    block = words.shape[2]
    flat = words.reshape(-1)
    claims = starts.shape[0] - 1
    work = np.empty((claims + buffers) * block, np.uint64)
    counts = np.zeros(personas, np.int64)
    for k in range(first, last):
        _set_claims(flat, k * words.shape[1] * block, block, ends, begins, starts, work)
        for s in range(targets.shape[0]):
            a, b = np.uintp(operands[s, 0] * block), np.uintp(operands[s, 1] * block)
            c, d = np.uintp(operands[s, 2] * block), np.uintp(operands[s, 3] * block)
            e, f = np.uintp(operands[s, 4] * block), np.uintp(operands[s, 5] * block)
            if targets[s] < 0:
                to = np.uintp((claims - 1 - targets[s]) * block)
                for j in range(np.uintp(block)):
                    work[to + j] = work[a + j] & work[b + j] & work[c + j] & work[d + j] & work[e + j] & work[f + j]
                continue
            total = np.uint64(0)
            if b == c:
                for j in range(np.uintp(block)):
                    total += _ones(work[a + j] & work[b + j])
            elif d == e:
                for j in range(np.uintp(block)):
                    total += _ones(work[a + j] & work[b + j] & work[c + j] & work[d + j])
            else:
                for j in range(np.uintp(block)):
                    total += _ones(
                        work[a + j] & work[b + j] & work[c + j] & work[d + j] & work[e + j] & work[f + j]
                    )
            counts[targets[s]] += np.int64(total)
    return counts


@njit(nogil=True, cache=True)
def find_rows(words: WordArray, ends: PlaceArray, begins: PlaceArray, starts: IntArray, found: IntArray) -> int:
    """Write the numbers of the rows that fit every claim to ``found``, ascending, as far as it reaches; their count."""
    block = words.shape[2]
    flat = words.reshape(-1)
    claims = starts.shape[0] - 1
    work = np.empty(claims * block, np.uint64)
    one = np.uint64(1)
    at = 0
    for k in range(words.shape[0]):
        _set_claims(flat, k * words.shape[1] * block, block, ends, begins, starts, work)
        for j in range(block):
            left = work[j]
            for c in range(1, claims):
                left &= work[c * block + j]
            while left:
                below = (left & (~left + one)) - one
                if at < found.shape[0]:
                    found[at] = (k * block + j) * 64 + np.int64(_ones(below))
                at += 1
                left &= left - one
    return at
