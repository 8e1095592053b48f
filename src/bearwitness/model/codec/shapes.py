"""The shapes of collections in a file: lists, maps and records, whose tables of fields say everything about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from operator import attrgetter
from typing import Any

from bearwitness.model.codec.context import Context
from bearwitness.model.codec.format_error import FileFormatError, nearest
from bearwitness.model.codec.kinds import Kind, Schema, expected
from bearwitness.model.codec.yaml_reading import Plain
from bearwitness.model.codec.yaml_writing import OneLine


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOf:
    """A list of things of one kind; ``unique`` names the attribute in which no two may be the same.

    ``distinct`` refuses the same thing twice; ``unordered`` does too, and forgets the order.
    """

    of: Kind
    unique: str = ""
    distinct: bool = False
    unordered: bool = False
    least: int = 0

    @property
    def says(self) -> str:
        """What it lists."""
        return f"list: {self.of.says}"

    def read(self, raw: Plain, context: Context) -> Any:
        """A tuple in the order of the file, or a frozenset."""
        if not isinstance(raw, list):
            raise expected("a list", raw, "Write a list, [] for an empty one." if raw is None else "")
        if len(raw) < self.least:
            raise FileFormatError("the list is empty.", f"Write {self.least} or more.")
        found: list[Any] = []
        try:
            for item in raw:
                found.append(self.of.read(item, context))  # noqa: PERF401, its length tells where it stopped
        except FileFormatError as problem:
            raise problem.within(len(found)) from None
        if self.unique:
            self._check_unique(found)
        elif (self.unordered or self.distinct) and len(set(found)) < len(found):
            at = next(i for i, item in enumerate(found) if item in found[:i])
            raise FileFormatError("the list has this twice.", "Take one out.", path=(at,))
        return frozenset(found) if self.unordered else tuple(found)

    def _check_unique(self, found: list[Any]) -> None:
        seen: set[Any] = set()
        for at, item in enumerate(found):
            name = getattr(item, self.unique)
            if name in seen:
                # Only ids are repeated in a message: they are made to say nothing.
                shown = f" {name}" if self.unique == "id" else ""
                raise FileFormatError(
                    f"the {self.unique}{shown} stands twice.", "Rename or remove one.", path=(at, self.unique)
                )
            seen.add(name)

    def write(self, value: Iterable[Any]) -> Plain:
        """The items in order; sorted where the order means nothing."""
        return [self.of.write(item) for item in (sorted(value) if self.unordered else value)]

    def schema(self) -> Schema:
        """An array."""
        found: Schema = {"type": "array", "items": self.of.schema()}
        if self.unordered or self.distinct:
            found["uniqueItems"] = True
        return found | ({"minItems": self.least} if self.least else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOrMore:
    """One thing, or a list of them that is not empty."""

    of: Kind

    @property
    def says(self) -> str:
        """What it may be."""
        return f"{self.of.says}, or a list of such"

    def read(self, raw: Plain, context: Context) -> tuple[Any, ...]:
        """A tuple of at least one."""
        if not isinstance(raw, list):
            return (self.of.read(raw, context),)
        found: tuple[Any, ...] = ListOf(of=self.of, least=1).read(raw, context)
        return found

    def write(self, value: Iterable[Any]) -> Plain:
        """One alone without a list."""
        written = [self.of.write(item) for item in value]
        return written[0] if len(written) == 1 else written

    def schema(self) -> Schema:
        """Either form."""
        one = self.of.schema()
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


@dataclass(frozen=True, slots=True, kw_only=True)
class MapOf:
    """A mapping whose keys are of one kind and whose values are of another; ``pairs`` makes it a tuple of pairs."""

    keys: Kind
    of: Kind
    pairs: bool = False

    @property
    def says(self) -> str:
        """Its keys and values."""
        return f"mapping: {self.keys.says} to {self.of.says}"

    def read(self, raw: Plain, context: Context) -> Any:
        """A dict, or a tuple of pairs, in the order of the file."""
        if not isinstance(raw, dict):
            raise expected("a mapping", raw)
        found = []
        for key, value in raw.items():
            try:
                name = self.keys.read(key, context)
            except FileFormatError as problem:
                raise FileFormatError(problem.message, problem.hint, path=(key,), at_key=True) from None
            try:
                found.append((name, self.of.read(value, context)))
            except FileFormatError as problem:
                raise problem.within(key) from None
        return tuple(found) if self.pairs else dict(found)

    def write(self, value: Any) -> Plain:
        """One line where it fits."""
        pairs = value if self.pairs else value.items()
        return OneLine({str(self.keys.write(k)): self.of.write(v) for k, v in pairs})

    def schema(self) -> Schema:
        """An object; its keys are text, so only the form of a key can be asked for."""
        keys = {k: v for k, v in self.keys.schema().items() if k in {"pattern", "enum"}}
        return {"type": "object", "propertyNames": keys, "additionalProperties": self.of.schema()}


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record: what it holds, what it means, and what stands for it where it is left out.

    ``get`` takes the value out of a record's object, where that is not the attribute of the key's own name;
    ``always`` writes it even where it is the default, since a later version's default may be another.
    """

    key: str
    kind: Kind
    means: str
    _: KW_ONLY
    required: bool = False
    default: Any = None
    always: bool = False
    get: Callable[[Any], Any] | None = None

    def value_in(self, whole: Any) -> Any:
        """The value of this field in an object of the model."""
        return (self.get or attrgetter(self.key))(whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A mapping with known keys. ``make`` turns their values, by key, into an object of the model.

    ``also`` is what its JSON Schema asks beyond its fields; ``make`` must ask the same.
    """

    name: str
    fields: tuple[Field, ...]
    make: Callable[[Context, dict[str, Any]], Any]
    one_line: bool = False
    also: Mapping[str, Any] = field(default_factory=dict)
    keys: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", frozenset(f.key for f in self.fields))

    @property
    def says(self) -> str:
        """Its name."""
        return f"[{self.name}](#{self.name.replace(' ', '-')})"

    def read(self, raw: Plain, context: Context) -> Any:
        """The object a mapping describes; its fields are read in the order of the table."""
        if not isinstance(raw, dict):
            raise expected(f"a mapping ({self.name})", raw)
        if not raw.keys() <= self.keys:
            raise self._unknown(next(key for key in raw if key not in self.keys))
        values: dict[str, Any] = {}
        for known in self.fields:
            key = known.key
            if key in raw:
                try:
                    values[key] = known.kind.read(raw[key], context)
                except FileFormatError as problem:
                    raise problem.within(key) from None
            elif known.required:
                raise FileFormatError(f"the key {key} is missing here.", f"Add {key}: {known.means}.")
            else:
                values[key] = known.default
        return self.make(context, values)

    def _unknown(self, key: str) -> FileFormatError:
        # The key itself is not repeated: text that slipped to the left reads as a key.
        near = nearest(key, self.keys)
        hint = f"The nearest is {near}." if near else f"Known here: {', '.join(f.key for f in self.fields)}."
        return FileFormatError(f"there is no such key in this {self.name}.", hint, path=(key,), at_key=True)

    def write(self, value: Any) -> dict[str, Any]:
        """The keys in the order of the table, without those that say what would hold anyway."""
        written: dict[str, Any] = OneLine() if self.one_line else {}
        for known in self.fields:
            held = known.value_in(value)
            if known.required or known.always or held != known.default:
                written[known.key] = known.kind.write(held)
        return written

    def schema(self) -> Schema:
        """An object with these properties and no others."""
        properties = {f.key: f.kind.schema() | {"description": f.means} for f in self.fields}
        required = [f.key for f in self.fields if f.required]
        found: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
        return found | ({"required": required} if required else {}) | dict(self.also)


def made(whole: Callable[..., Any]) -> Callable[[Context, dict[str, Any]], Any]:
    """How a record is made whose keys are the names of its object's attributes."""
    return lambda _, values: whole(**values)
