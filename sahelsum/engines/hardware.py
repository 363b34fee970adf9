"""What this machine can compute with, found out without loading any of the runtimes."""

from __future__ import annotations

import ctypes
import functools
import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from sahelsum.errors import ConfigError

DEVICES = ("auto", "cpu", "cuda", "mps")
_DRIVERS = {"linux": "libcuda.so.1", "win32": "nvcuda.dll"}
"""NVIDIA's driver library, present wherever its driver is installed."""
_CUBLAS = {"linux": "libcublas.so.12", "win32": "cublas64_12.dll"}
"""The matrix library that the CTranslate2 4 wheels load when they first compute on a GPU."""
_CAPABILITY_MAJOR, _CAPABILITY_MINOR = 75, 76
"""``CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR`` and ``…_MINOR`` of the CUDA driver interface."""
_CPU_INFO = Path("/proc/cpuinfo")
_INT8_MACHINES = frozenset({"x86_64", "amd64", "arm64", "aarch64"})
_TELLING_FLAGS = ("avx", "avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "asimd", "i8mm", "bf16")
_BFLOAT16_FLAGS = frozenset({"amx_bf16", "avx512_bf16"})


@dataclass(frozen=True, slots=True)
class Placement:
    """A device kind (``cpu``, ``cuda``, ``mps``) and the number format computed in."""

    device: str
    precision: str


def usable_cores() -> int:
    """Processor cores this process may run on, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


@functools.cache
def cpu_flags() -> frozenset[str]:
    """The processor's instruction sets as Linux names them; empty where they cannot be read."""
    return frozenset(_cpu_line("flags", "Features").split())


@functools.cache
def processor_kind() -> str:
    """Maker, architecture and the instruction sets that runtimes choose their code by: ``AuthenticAMD x86_64 avx512f``.

    Processors of one kind compute the same texts. Those of another round the last bits of a score differently, and two
    wordings with nearly the same score change places.
    """
    told = [_cpu_line("vendor_id"), platform.machine(), *(flag for flag in _TELLING_FLAGS if flag in cpu_flags())]
    return " ".join(part for part in told if part)


def _cpu_line(*names: str) -> str:
    """What the system says of the first processor under one of these names; empty where it cannot be read."""
    try:
        lines = _CPU_INFO.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    first = next((line for line in lines if line.startswith(names)), "")
    return first.partition(":")[2].strip()


@functools.cache
def cuda_capability() -> tuple[int, int] | None:
    """Compute capability of the first NVIDIA GPU, asked of the driver itself; None if there is no usable one."""
    name = _DRIVERS.get(sys.platform)
    try:
        driver = ctypes.CDLL(name) if name else None
    except OSError:
        return None
    if driver is None or driver.cuInit(0) != 0:
        return None
    device, major, minor = ctypes.c_int(), ctypes.c_int(), ctypes.c_int()
    answers = (
        driver.cuDeviceGet(ctypes.byref(device), 0),
        driver.cuDeviceGetAttribute(ctypes.byref(major), _CAPABILITY_MAJOR, device),
        driver.cuDeviceGetAttribute(ctypes.byref(minor), _CAPABILITY_MINOR, device),
    )
    return None if any(answers) else (major.value, minor.value)


@functools.cache
def has_cublas() -> bool:
    """Whether the matrix library that CTranslate2 needs on a GPU can be loaded."""
    name = _CUBLAS.get(sys.platform)
    try:
        return name is not None and ctypes.CDLL(name) is not None
    except OSError:
        return False


def torch_has_cuda(version: str) -> bool:
    """Whether a PyTorch of this version can use NVIDIA GPUs, judged by its name.

    On Linux the plain wheels carry CUDA and the others say so (``2.9.0+cpu``); elsewhere it is the other way round.
    """
    local = version.partition("+")[2]
    return local.startswith("cu") or (sys.platform == "linux" and not local)


def check_device(device: str) -> None:
    """Refuse a device that sahelsum does not know.

    Raises:
        ConfigError: it is none of ``auto``, ``cpu``, ``cuda``, ``mps``.
    """
    if device not in DEVICES:
        raise ConfigError(f"Unknown device {device!r}.", hint=f"Expected one of: {', '.join(DEVICES)}.")


def place_ctranslate2(device: str) -> Placement:
    """Where CTranslate2 computes, and in which of its compute types.

    ``int8`` quantizes each row by itself, so a text comes out the same in any batch. GPUs from Volta on (7.0) are
    fast in half precision; older ones are not.

    Raises:
        ConfigError: the device is unknown, or is one that CTranslate2 does not have.
    """
    check_device(device)
    if device == "mps":
        raise ConfigError(
            "CTranslate2 cannot compute on mps.", hint="Use --device cpu, or --engine transformers --device mps."
        )
    capability = cuda_capability()
    if device == "cuda" or (device == "auto" and capability is not None and has_cublas()):
        return Placement("cuda", "float16" if capability is None or capability >= (7, 0) else "float32")
    return Placement("cpu", "int8" if platform.machine().lower() in _INT8_MACHINES else "float32")


def place_transformers(device: str, torch_version: str) -> Placement:
    """Where PyTorch computes, and in which dtype.

    bfloat16 only where the hardware multiplies it: GPUs from Ampere on (8.0), CPUs with AMX or AVX-512 BF16. It is
    several times slower than float32 on other CPUs.

    Raises:
        ConfigError: the device is unknown.
    """
    check_device(device)
    capability = cuda_capability()
    if device == "cuda" or (device == "auto" and capability is not None and torch_has_cuda(torch_version)):
        return Placement("cuda", "bfloat16" if capability is not None and capability >= (8, 0) else "float16")
    apple = sys.platform == "darwin" and platform.machine() == "arm64"
    if device == "mps" or (device == "auto" and apple):
        return Placement("mps", "float32")
    return Placement("cpu", "bfloat16" if cpu_flags() & _BFLOAT16_FLAGS else "float32")
