"""How kernels are compiled: once a machine, kept on disk outside the source tree, run without the interpreter's lock."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core import config
from numba.core.compiler import Compiler

_Kernel = TypeVar("_Kernel", bound=Callable[..., Any])


# Kernels work in arrays that they are given and make none, so that nothing needs to be counted or freed.
_OPTIONS = {"nogil": True, "error_model": "numpy", "_nrt": False}


def entry(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function that is called from outside, with what is `Held` for its named tuples, and keep it on disk with all it calls."""
    return cast(Callable[..., Any], numba.njit(cache=True, **_OPTIONS)(function))


def kernel(function: _Kernel) -> _Kernel:
    """Compile a function that only kernels call."""
    options = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, **_OPTIONS}
    return cast(_Kernel, numba.njit(pipeline_class=_PartCompiler, **options)(function))


class _PartCompiler(Compiler):  # type: ignore[misc]
    """Compiles a function only as far as others need it to take it in.

    By default the compiler optimises every function, with all that it calls, on the way to the one that is wanted: over and over, which
    takes minutes. What only kernels call is optimised once, as part of the entry that calls it.
    """

    def compile_extra(self, function: Any) -> Any:
        """Typed code of the function, in a library that is linked and neither optimised nor made executable."""
        target = self.state.targetctx
        library = target.codegen().create_library(function.__qualname__)
        library._optimize_final_module = lambda: None
        library._finalize_final_module = lambda: setattr(library, "_finalized", True)
        self.state.library = library
        self.state.flags.no_compile = True
        result = super().compile_extra(function)
        # Callers find the code by what stands for it: any builtin that there is only once.
        stand_in = [result].append
        target.insert_user_function(stand_in, result.fndesc, [library])
        return result._replace(entry_point=stand_in)


def _stamp() -> str:
    """A name for this version of the kernels. The compiler looks at each function's own file only, not at those it calls."""
    digest = hashlib.sha256(numba.__version__.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _is_own(folder: Path) -> bool:
    """Whether the folder can be made and written, and nobody else can write into it: what lies there is run."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        held = folder.stat()
    except OSError:
        return False
    if hasattr(os, "getuid") and (held.st_uid != os.getuid() or held.st_mode & (stat.S_IWGRP | stat.S_IWOTH)):
        return False
    return os.access(folder, os.W_OK | os.X_OK)


def _choose_folder() -> None:
    """Tell the compiler where to keep its work: where NUMBA_CACHE_DIR says, else the user's cache, else a folder of the user's own."""
    if os.environ.get("NUMBA_CACHE_DIR"):
        return
    user = f"cexun-kernels-{os.getuid()}" if hasattr(os, "getuid") else "cexun-kernels"
    cache = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    for root in (Path(cache) / "cexun" / "kernels", Path(tempfile.gettempdir()) / user):
        if _is_own(root) and _is_own(root / _stamp()):
            config.CACHE_DIR = str(root / _stamp())
            return


_choose_folder()
