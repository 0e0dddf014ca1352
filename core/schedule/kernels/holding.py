"""Handing many arrays to a kernel as one thing: an address of a table that says where each of them lies.

A tuple of sixty arrays is passed item by item, to every kernel that a kernel calls: compiling that takes minutes. The table is passed as one
pointer, and `held.name` in a kernel is that array, taken from the table when it is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.extending import NativeValue, models, register_model, typeof_impl, unbox
from numba.np import arrayobj

_Arrays = TypeVar("_Arrays", bound=NamedTuple)
# A row of the table: the address, or the value of what is no array, then the lengths in both directions.
_ROW = 3
_WORD = ir.IntType(64)


class Held(Generic[_Arrays]):
    """A named tuple of arrays and numbers for kernels. The arrays are shared, not copied; the numbers are those at the time."""

    def __init__(self, arrays: _Arrays) -> None:
        self.arrays = arrays
        rows = [_row(value) for value in arrays]
        self._table = np.array(rows, dtype=np.int64)
        self.address = int(self._table.ctypes.data)
        self.type = HeldType(tuple((name, _type(value)) for name, value in zip(arrays._fields, arrays, strict=True)))


class HeldType(types.Type):  # type: ignore[misc]
    """What the compiler knows of such a thing: the names and types of its fields."""

    def __init__(self, fields: tuple[tuple[str, Any], ...]) -> None:
        self.fields = fields
        super().__init__(name=f"Held({', '.join(f'{name}: {kind}' for name, kind in fields)})")

    @property
    def key(self) -> tuple[tuple[str, Any], ...]:
        """Two of the same fields are the same type."""
        return self.fields


def _type(value: Any) -> Any:
    if isinstance(value, bool):
        return types.boolean
    return types.int64 if isinstance(value, int) else numba.typeof(value)


def _row(value: Any) -> Sequence[int]:
    if isinstance(value, np.ndarray):
        if not value.flags.c_contiguous:
            raise ValueError("an array of kernels lies in one piece")
        return (value.ctypes.data, value.shape[0], value.shape[1] if value.ndim > 1 else 1)
    if isinstance(value, float):
        return (int(np.float64(value).view(np.int64)), 0, 0)
    return (int(value), 0, 0)


@typeof_impl.register(Held)  # type: ignore[untyped-decorator]
def _type_of(held: Held[Any], _context: Any) -> HeldType:
    return held.type


@register_model(HeldType)  # type: ignore[untyped-decorator]
class _Model(models.OpaqueModel):  # type: ignore[misc]
    """Passed as a pointer."""


@unbox(HeldType)  # type: ignore[untyped-decorator]
def _unbox(_kind: HeldType, held: Any, c: Any) -> Any:
    address = c.pyapi.object_getattr_string(held, "address")
    value = c.pyapi.long_as_longlong(address)
    c.pyapi.decref(address)
    return NativeValue(c.builder.inttoptr(value, cgutils.voidptr_t))


@infer_getattr
class _Fields(AttributeTemplate):  # type: ignore[misc]
    """`held.name` has the type of that field."""

    key = HeldType

    def generic_resolve(self, held: HeldType, name: str) -> Any:
        """The type of a field; None where there is no such field."""
        return dict(held.fields).get(name)


@numba.core.imputils.lower_getattr_generic(HeldType)  # type: ignore[untyped-decorator]
def _read(context: Any, builder: Any, held: HeldType, value: Any, name: str) -> Any:
    """Read a field from the table: a number, or an array that nobody owns here."""
    place = [field for field, _ in held.fields].index(name)
    kind = held.fields[place][1]
    table = builder.bitcast(value, _WORD.as_pointer())

    def word(offset: int) -> Any:
        return builder.load(builder.gep(table, [_WORD(place * _ROW + offset)]))

    if not isinstance(kind, types.Array):
        return _number(builder, kind, word(0))
    made = arrayobj.make_array(kind)(context, builder)
    size = context.get_abi_sizeof(context.get_data_type(kind.dtype))
    lengths = [word(1 + axis) for axis in range(kind.ndim)]
    steps = [_WORD(size)] if kind.ndim == 1 else [builder.mul(lengths[1], _WORD(size)), _WORD(size)]
    arrayobj.populate_array(
        made,
        data=builder.inttoptr(word(0), context.get_data_type(kind.dtype).as_pointer()),
        shape=lengths,
        strides=steps,
        itemsize=_WORD(size),
        meminfo=None,
    )
    return made._getvalue()


def _number(builder: Any, kind: Any, word: Any) -> Any:
    if kind == types.boolean:
        return builder.icmp_signed("!=", word, _WORD(0))
    return builder.bitcast(word, ir.DoubleType()) if kind == types.float64 else word
