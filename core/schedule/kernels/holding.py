"""Handing many arrays to a kernel as one thing: an address of a table that says where each of them lies.

A tuple of sixty arrays is passed item by item, to every kernel that a kernel calls: compiling that takes minutes. The table is passed as
one pointer, and `held.name` in a kernel is that array, taken from the table when it is used: its address, and the length of a row where it
has two directions. Indices count from 0 and are not checked.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import numba
import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, types
from numba.core.imputils import lower_getattr_generic
from numba.core.typing import signature
from numba.core.typing.templates import AbstractTemplate, AttributeTemplate, infer_getattr, infer_global
from numba.extending import NativeValue, lower_builtin, models, register_model, typeof_impl, unbox

_Arrays = TypeVar("_Arrays", bound=NamedTuple)
# A row of the table: the address, or the value of what is no array, then the length of a row.
_ROW = 2
_WORD = ir.IntType(64)
# The stubs of the compiler name a part of its types.
_every: Any = types


class Held(Generic[_Arrays]):
    """A named tuple of arrays and numbers for kernels. The arrays are shared, not copied; the numbers are those at the time."""

    def __init__(self, arrays: _Arrays) -> None:
        self.arrays = arrays
        rows = [_row(value) for value in arrays]
        self._table = np.array(rows, dtype=np.int64)
        self.address = int(self._table.ctypes.data)
        self.type = HeldType(tuple((name, _type(value)) for name, value in zip(arrays._fields, arrays, strict=True)))


class HeldType(types.Type):
    """What the compiler knows of such a thing: the names and types of its fields."""

    def __init__(self, fields: tuple[tuple[str, Any], ...]) -> None:
        self.fields = fields
        super().__init__(name=f"Held({', '.join(f'{name}: {kind}' for name, kind in fields)})")


class LineType(types.Type):
    """Numbers one after the other."""

    def __init__(self, dtype: Any) -> None:
        self.dtype = dtype
        super().__init__(name=f"Line({dtype})")


class GridType(types.Type):
    """Lines of the same length, one after the other."""

    def __init__(self, dtype: Any) -> None:
        self.dtype = dtype
        super().__init__(name=f"Grid({dtype})")


def _type(value: Any) -> Any:
    if isinstance(value, bool):
        return types.boolean
    if isinstance(value, np.ndarray):
        return (LineType if value.ndim == 1 else GridType)(numba.from_dtype(value.dtype))
    return types.int64 if isinstance(value, int) else types.float64


def _row(value: Any) -> Sequence[int]:
    if isinstance(value, np.ndarray):
        if not value.flags.c_contiguous:
            raise ValueError("an array of kernels lies in one piece")
        return (value.ctypes.data, value.shape[-1])
    if isinstance(value, float):
        return (int(np.float64(value).view(np.int64)), 0)
    return (int(value), 0)


@typeof_impl.register(Held)  # type: ignore[untyped-decorator]
def _type_of(held: Held[Any], _context: Any) -> HeldType:
    return held.type


@register_model(HeldType)
class _HeldModel(models.OpaqueModel):  # type: ignore[misc]
    """Passed as a pointer."""


@register_model(LineType)
class _LineModel(models.PrimitiveModel):  # type: ignore[misc]
    """A pointer to the first number."""

    def __init__(self, manager: Any, kind: LineType) -> None:
        super().__init__(manager, kind, manager.lookup(kind.dtype).get_data_type().as_pointer())


@register_model(GridType)
class _GridModel(models.StructModel):  # type: ignore[misc]
    """A pointer to the first number and the length of a line."""

    def __init__(self, manager: Any, kind: GridType) -> None:
        super().__init__(manager, kind, [("data", LineType(kind.dtype)), ("length", types.int64)])


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


@infer_global(operator.getitem)
class _Items(AbstractTemplate):  # type: ignore[misc]
    """`line[i]` and `grid[i, j]` are numbers, `grid[i]` is a line."""

    def generic(self, arguments: Any, _keywords: Any) -> Any:
        """The types of such an expression; None for any other."""
        held, index = arguments
        if isinstance(held, LineType) and isinstance(index, types.Integer):
            return signature(held.dtype, held, types.int64)
        if isinstance(held, GridType) and isinstance(index, types.Integer):
            return signature(LineType(held.dtype), held, types.int64)
        if isinstance(held, GridType) and isinstance(index, _every.BaseTuple):
            return signature(held.dtype, held, _every.UniTuple(types.int64, 2))
        return None


@infer_global(operator.setitem)
class _Writes(AbstractTemplate):  # type: ignore[misc]
    """`line[i] = number` and `grid[i, j] = number`."""

    def generic(self, arguments: Any, _keywords: Any) -> Any:
        """The types of such an assignment; None for any other."""
        held, index, _ = arguments
        if isinstance(held, LineType) and isinstance(index, types.Integer):
            return signature(types.none, held, types.int64, held.dtype)
        if isinstance(held, GridType) and isinstance(index, _every.BaseTuple):
            return signature(types.none, held, _every.UniTuple(types.int64, 2), held.dtype)
        return None


@lower_getattr_generic(HeldType)  # type: ignore[untyped-decorator]
def _read(context: Any, builder: Any, held: HeldType, value: Any, name: str) -> Any:
    """Read a field from the table."""
    place = [field for field, _ in held.fields].index(name)
    kind = held.fields[place][1]
    table = builder.bitcast(value, _WORD.as_pointer())
    word = builder.load(builder.gep(table, [_WORD(place * _ROW)]))
    if isinstance(kind, LineType):
        return builder.inttoptr(word, context.get_value_type(kind))
    if isinstance(kind, GridType):
        made = cgutils.create_struct_proxy(kind)(context, builder)
        made.data = builder.inttoptr(word, context.get_value_type(LineType(kind.dtype)))
        made.length = builder.load(builder.gep(table, [_WORD(place * _ROW + 1)]))
        return made._getvalue()
    if kind == types.boolean:
        return builder.icmp_signed("!=", word, _WORD(0))
    return builder.bitcast(word, ir.DoubleType()) if kind == types.float64 else word


@lower_builtin(operator.getitem, LineType, types.int64)  # type: ignore[untyped-decorator]
def _line_item(_context: Any, builder: Any, _sig: Any, arguments: Any) -> Any:
    return builder.load(builder.gep(arguments[0], [arguments[1]]))


@lower_builtin(operator.getitem, GridType, types.int64)  # type: ignore[untyped-decorator]
def _grid_line(context: Any, builder: Any, sig: Any, arguments: Any) -> Any:
    grid = cgutils.create_struct_proxy(sig.args[0])(context, builder, value=arguments[0])
    return builder.gep(grid.data, [builder.mul(arguments[1], grid.length)])


@lower_builtin(operator.getitem, GridType, _every.UniTuple)  # type: ignore[untyped-decorator]
def _grid_item(context: Any, builder: Any, sig: Any, arguments: Any) -> Any:
    return builder.load(_cell(context, builder, sig.args[0], arguments))


@lower_builtin(operator.setitem, LineType, types.int64, types.Any)  # type: ignore[untyped-decorator]
def _set_line_item(_context: Any, builder: Any, _sig: Any, arguments: Any) -> None:
    builder.store(arguments[2], builder.gep(arguments[0], [arguments[1]]))


@lower_builtin(operator.setitem, GridType, _every.UniTuple, types.Any)  # type: ignore[untyped-decorator]
def _set_grid_item(context: Any, builder: Any, sig: Any, arguments: Any) -> None:
    builder.store(arguments[2], _cell(context, builder, sig.args[0], arguments))


def _cell(context: Any, builder: Any, kind: GridType, arguments: Any) -> Any:
    grid = cgutils.create_struct_proxy(kind)(context, builder, value=arguments[0])
    row, column = (builder.extract_value(arguments[1], axis) for axis in range(2))
    return builder.gep(grid.data, [builder.add(builder.mul(row, grid.length), column)])
