"""Programs that were recorded while tests and networks ran: what they are made of, and for whom."""
from dataclasses import dataclass, field, replace
from pathlib import Path
import re

ATOMICS = str(Path(__file__).with_name("atomics.h"))
# What has plain code stand in for tensor cores, which only NVIDIA's GPUs from compute capability 8.0 have.
EMULATED = "-DEMULATED_TENSOR_CORES"
# The kernels that the host generates of many files, by what is in each of their programs.
GENERATED = {f"void {name}(": f"steps/{name}.cl" for name in ("whole_steps", "population_steps")}
KERNELS = Path(__file__).resolve().parents[2] / "Kernels"


@dataclass
class Program:
    path: Path
    # The kernel's name, its macros without the common ones, and the options as they were.
    kernel: str
    macros: list
    options: list
    source: str
    # What was launched: sizes of groups with bytes of local memory.
    launches: set = field(default_factory=set)
    # Where the files of Kernels begin in the source: (first line, name).
    files: list = field(default_factory=list)
    # The only vendor that it is for; None where it is for all. Targets that it is too new for.
    vendor: str = None
    not_for: tuple = ()

    @property
    def is_for_gpus(self):
        """Processors have vectors of 16 numbers and groups of one work-item."""
        return not ("WIDTH=16" in self.macros and "LANES=1" in self.macros)

    @property
    def label(self):
        hidden = ("WIDTH=", "LANES=", "SPAN=", "PARAMETER=", "LOSS_PARAMETER=")
        formulas = [Path(n).stem for _, n in self.files
                    if n.endswith(".clh") and n.startswith(("activations/", "losses/"))]
        return " ".join(
            [self.kernel] + formulas + [m for m in self.macros if not m.startswith(hidden)])

    @property
    def copied(self):
        """Bytes of an argument that clang 15 copies to memory for AMD's GPUs, because the kernel takes a
        variable member of it: the values of all steps."""
        values = re.search(r"typedef struct { uint count; uint values\[(\d+)\]; } Steps;", self.source)
        return (4 * (1 + int(values[1])) + 15) // 16 * 16 if values else 0

    def place(self, line):
        """`file:line` of a line of the joined source, with its text."""
        text = self.source.splitlines()[line - 1].strip() if line else ""
        for first, name in reversed(self.files):
            if line >= first:
                return f"{name}:{line - first + 1}: {text}"
        return f"line {line}: {text}"


def kernel_files():
    return {
        str(path.relative_to(KERNELS)): path.read_text()
        for path in sorted(KERNELS.rglob("*.cl*"))
    }


def read(folder):
    """The programs of a folder that are made of today's kernels, and the number of others.

    Others are CLBlast's, and those that tests write themselves.
    """
    files = kernel_files()
    programs, others, seen = [], 0, {}
    for path in sorted(Path(folder).glob("*.cl")):
        source = path.read_text()
        mains = [n for n, text in files.items() if n.endswith(".cl") and text in source]
        generated = [name for kernel, name in GENERATED.items() if kernel in source]
        mains = generated or mains
        if len(mains) != 1:
            others += 1
            continue
        options = path.with_suffix(".options").read_text().split()
        program = Program(
            path, Path(mains[0]).stem, [o[2:] for o in options if o.startswith("-D")],
            [o for o in options if not o.startswith("-cl-kernel-arg-info")], source,
            read_launches(path.with_suffix(".launches")))
        program.files = sorted(
            (source[:source.index(text)].count("\n") + 1, name)
            for name, text in files.items() if text in source)
        key = (source, tuple(program.options))
        if key in seen:
            seen[key].launches |= program.launches
            continue
        seen[key] = program
        if EMULATED in program.options:
            programs.append(by_tensor_cores(program))
        else:
            programs += for_vendors(program) if generated else [program]
    return programs, others


def for_vendors(program):
    """A generated kernel as each vendor's GPUs get it: with tasks of each group's own, optimised, and with
    the vendor's way to order memory."""
    if not program.is_for_gpus:
        return [program]
    left_out = ("-cl-std=", "-cl-opt-disable", "-DCLAIMS")
    common = [o for o in program.options if not o.startswith(left_out)]
    ways = {
        "nvidia": ["-cl-std=CL1.2", "-DPTX_ORDER"],
        "amd": ["-cl-std=CL1.2", "-include", ATOMICS]}
    return [
        replace(program, vendor=vendor, options=options + common)
        for vendor, options in ways.items()]


def by_tensor_cores(program):
    """The program as GPUs with tensor cores get it, without the local memory of what stands in for them."""
    launches = {(items, local - 24 * items) for items, local in program.launches}
    return replace(
        program, vendor="nvidia", not_for=("sm_75",), launches=launches,
        macros=[m for m in program.macros if m != EMULATED[2:]],
        options=[o for o in program.options if o != EMULATED])


def read_launches(path):
    """Lines `kernel x y z local-bytes`, where the recorder writes them."""
    if not path.exists():
        return set()
    launches = set()
    for line in path.read_text().splitlines():
        _, x, y, z, local = line.split()
        launches.add((int(x) * int(y) * int(z), int(local)))
    return launches


def missing(programs):
    """The kernels that no program has, neither for GPUs nor for processors."""
    built = {program.kernel for program in programs}
    return sorted(
        name for name in kernel_files()
        if name.endswith(".cl") and not name.startswith("steps/") and Path(name).stem not in built)
