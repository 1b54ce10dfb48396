"""Runs the compilers on a program and reads what they tell."""
from dataclasses import dataclass
import re
import subprocess
import tempfile
from pathlib import Path

import targets

LIBRARIES = Path("/usr/lib/clc")
CLANG = ["clang-15", "-x", "cl", "-Xclang", "-finclude-default-header", "-O3",
         "-Wno-linker-warnings", "-Wno-unused-command-line-argument",
         # A driver may print its compiler's warnings on the user's terminal.
         "-Werror"]


class CompileError(Exception):
    pass


@dataclass
class Figures:
    registers: int = 0
    # Bytes that do not fit into registers, as the compiler counts them, and of arrays in memory.
    spills: int = 0
    stack: int = 0
    # Bytes of local memory that the kernel declares itself.
    local_memory: int = 0
    barriers: int = 0
    # Waves that the registers allow; NVIDIA's follow from the registers.
    waves: int = 0


def run(command):
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        errors = [l for l in result.stderr.splitlines() if re.search(r"error|fatal|not ", l)]
        raise CompileError((errors or result.stderr.splitlines() or ["no message"])[0])
    return result.stdout + result.stderr


def link(library):
    path = LIBRARIES / library
    if not path.exists():
        raise SystemExit(f"gpu-compilers: {path} is missing; install libclc-15")
    return ["-Xclang", "-mlink-bitcode-file", "-Xclang", str(path)]


def nvidia_options(name):
    return ["-target", "nvptx64-nvidia-nvcl", f"-march={name}"] + link("nvptx64--nvidiacl.bc")


def amd_options(name):
    # The library for gfx906 has no instruction that later ones lack; Debian has none for these.
    return ["-target", "amdgcn-mesa-mesa3d", f"-mcpu={name}", "-nogpulib"] + link(
        "gfx906-amdgcn-mesa-mesa3d.bc")


def required_group(text):
    """The size of a group that a kernel asks for; 0 where it does not."""
    asked = re.search(r"!reqd_work_group_size !(\d+)", text)
    sizes = asked and re.search(rf"^!{asked[1]} = !{{(.*)}}", text, re.M)
    result = 1
    for size in re.findall(r"i32 (\d+)", sizes[1]) if sizes else [0]:
        result *= int(size)
    return result


def vendor(program):
    """The vendor that a program is for, or whose instructions it has as inline assembly; None where
    it is for all."""
    if program.vendor:
        return program.vendor
    if not re.search(r"\basm\b|\b__asm", program.source):
        return None
    text = run(CLANG + ["-target", "spir64", "-E", "-P"] + program.options + [str(program.path)])
    lines = re.findall(r"\b(?:asm|__asm|__asm__)\b[^;]*?\"([^;]*);", text)
    if not lines:
        return None
    amd = re.compile(r"^\s*(?:s|v|ds|buffer|global|flat|scratch)_")
    return "amd" if all(amd.match(line) for line in lines) else "nvidia"


def intermediate(program):
    """A program in LLVM's intermediate language, with the lines of its source."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "program.ll"
        target = amd_options("gfx906") if vendor(program) == "amd" else nvidia_options("sm_80")
        run(CLANG + target + program.options + [
            "-gline-tables-only", "-S", "-emit-llvm", str(program.path), "-o", str(output)])
        return output.read_text()


def compile(program, target, ptxas, group):
    """What a target's compiler tells; `group` is what `required_group` says."""
    with tempfile.TemporaryDirectory() as folder:
        assembly = Path(folder) / "program.s"
        options = (nvidia_options if target.vendor == "nvidia" else amd_options)(target.clang_name)
        run(CLANG + options + program.options + ["-S", str(program.path), "-o", str(assembly)])
        text = assembly.read_text()
        if target.vendor == "amd":
            return amd_figures(text)
        command = [ptxas, f"-arch={target.name}", "-v", str(assembly), "-o", f"{folder}/binary"]
        if group:
            # clang keeps the size of groups to itself; NVIDIA's driver does not.
            command.append(f"-maxrregcount={min(255, targets.REGISTERS // group // 8 * 8)}")
        try:
            return nvidia_figures(run(command))
        except CompileError as error:
            too_much = re.search(r"too much shared data \((0x[0-9a-f]+) bytes", str(error))
            if not too_much:
                raise
            return Figures(local_memory=int(too_much[1], 16))


def number(pattern, text):
    """The largest one: of a kernel and the functions that it calls."""
    return max((int(n) for n in re.findall(pattern, text)), default=0)


def nvidia_figures(told):
    return Figures(
        registers=number(r"Used (\d+) registers", told),
        spills=number(r"(\d+) bytes spill stores", told) + number(r"(\d+) bytes spill loads", told),
        stack=number(r"(\d+) bytes stack frame", told),
        local_memory=number(r"(\d+) bytes smem", told),
        barriers=number(r"used (\d+) barriers", told))


def amd_figures(assembly):
    return Figures(
        registers=number(r"; NumVgprs: (\d+)", assembly),
        # Spilt registers and arrays share the scratch memory.
        stack=number(r"; ScratchSize: (\d+)", assembly),
        local_memory=number(r"; LDSByteSize: (\d+)", assembly),
        barriers=1 if re.search(r"^\s*s_barrier", assembly, re.M) else 0,
        waves=number(r"; Occupancy: (\d+)", assembly))
