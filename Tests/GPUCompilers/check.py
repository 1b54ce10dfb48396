#!/usr/bin/env python3
"""Compiles recorded programs with the compilers of GPUs, and fails on what a GPU would fail on.

Usage: check.py --ptxas FILE [--short] [--targets NAMES] [--jobs N] FOLDER

FOLDER holds `<hash>.cl` and `<hash>.options` of each program, and may hold `<hash>.launches` with a
line `kernel x y z local-bytes` for each size of group it ran with. Programs for processors are left
out by their macros, and those that are not of today's Kernels, such as CLBlast's.
"""
import argparse
from concurrent.futures import ThreadPoolExecutor
import os
from pathlib import Path
import sys

import alignment
import compilers
import programs
import targets

# Work-items of a group where no launch was recorded and the kernel asks for none.
USUAL_GROUP = 128


def check(program, wanted, ptxas):
    """Rows of the table, and what is wrong: sentences, each with the program."""
    try:
        vendor = compilers.vendor(program)
        text = compilers.intermediate(program)
    except compilers.CompileError as error:
        return [], [(f"does not compile: {error}", program.label)]
    wrong = [(misaligned(program, fault), program.label) for fault in alignment.faults(text)]
    group = compilers.required_group(text)
    launches = program.launches or {(group or USUAL_GROUP, 0)}
    rows = []
    for target in wanted:
        if vendor not in (None, target.vendor) or target.name in program.not_for:
            continue
        try:
            figures = compilers.compile(program, target, ptxas, group)
        except compilers.CompileError as error:
            wrong.append((f"does not compile: {error}", f"{program.label} on {target.name}"))
            continue
        row, faults = judge(program, target, figures, launches)
        rows.append(row)
        wrong += faults
    return rows, wrong


def misaligned(program, fault):
    return (
        f"{program.place(fault.line)}: accesses {fault.claimed} bytes at a time "
        f"through argument {fault.argument} of {fault.kernel}, a {fault.space} pointer that "
        f"drivers align to {fault.declared} bytes: the signature must have the widest type of all "
        "accesses")


def judge(program, target, figures, launches):
    wrong = []
    if figures.spills:
        wrong.append(f"spills {figures.spills} bytes of registers to memory")
    stack = figures.stack - (program.copied if target.vendor == "amd" else 0)
    if stack > 0:
        wrong.append(f"has a stack frame of {stack} bytes: arrays or registers in memory")
    shares = []
    for items, given in sorted(launches):
        local = figures.local_memory + given
        if local > target.local_memory:
            wrong.append(f"has {local} bytes of local memory, and the limit is "
                         f"{target.local_memory}")
            continue
        shares.append(targets.occupancy(target, figures, items, local))
        if shares[-1] == 0:
            wrong.append(f"cannot start groups of {items} with {figures.registers} registers "
                         f"each and {local} bytes of local memory")
    local = figures.local_memory + max(given for _, given in launches)
    row = (program.label, target.name, figures.registers, figures.spills, figures.stack, local,
           figures.barriers, f"{min(shares):.0%}" if shares else "-")
    return row, [(sentence, f"{program.label} on {target.name}") for sentence in wrong]


def table(rows):
    heads = ("kernel", "target", "registers", "spills", "stack", "local", "barriers", "occupancy")
    rows = [heads] + [tuple(str(cell) for cell in row) for row in sorted(rows)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(heads))]
    for row in rows:
        cells = [row[0].ljust(widths[0]), row[1].ljust(widths[1])]
        print("  ".join(cells + [c.rjust(w) for c, w in zip(row[2:], widths[2:])]))


def report(wrong):
    """Prints each fault once, however many programs have it, and returns how many there are."""
    places = {}
    for sentence, program in wrong:
        places.setdefault(sentence, {})[program] = None
    for sentence, found in places.items():
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        print(f"gpu-compilers: {next(iter(found))}{more}: {sentence}", file=sys.stderr)
    return len(places)


def in_parallel(all_programs, wanted, arguments):
    rows, wrong = [], []
    with ThreadPoolExecutor(arguments.jobs) as pool:
        for done in pool.map(lambda p: check(p, wanted, arguments.ptxas), all_programs):
            rows += done[0]
            wrong += done[1]
    return rows, wrong


def try_faults(wanted, ptxas):
    """Kernels with one fault each must fail by it, with a sentence that has their first line."""
    for path in sorted((Path(__file__).parent / "faults").glob("*.cl")):
        source = path.read_text()
        expected = source.splitlines()[0].removeprefix("// ")
        program = programs.Program(path, path.stem, [], ["-cl-std=CL1.2"], source)
        _, wrong = check(program, wanted, ptxas)
        found = [sentence for sentence, _ in wrong if expected in sentence]
        if expected == "right" and wrong or expected != "right" and not found:
            sys.exit(f"gpu-compilers: {path.name} should be '{expected}', and is {wrong}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", help="the recorded programs")
    parser.add_argument("--ptxas", required=True, help="NVIDIA's assembler")
    parser.add_argument("--targets", help="names with commas between them (default: all)")
    parser.add_argument("--short", action="store_true", help="one target of each vendor, and "
                        "kernels that no program has are left out")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    known = {target.name: target for target in targets.ALL}
    usual = targets.SHORT if arguments.short else list(known)
    names = arguments.targets.split(",") if arguments.targets else usual
    for name in names:
        if name not in known:
            sys.exit(f"gpu-compilers: no target is called '{name}'; there are {', '.join(known)}")
    wanted = [known[name] for name in names]
    try_faults([known[name] for name in targets.SHORT], arguments.ptxas)

    recorded, others = programs.read(arguments.folder)
    for_gpus = [program for program in recorded if program.is_for_gpus]
    if not for_gpus:
        sys.exit(f"gpu-compilers: {arguments.folder} has no program of today's Kernels for GPUs")
    print(f"{len(for_gpus)} programs for GPUs; left out: {len(recorded) - len(for_gpus)} for "
          f"processors, {others} that are not of Kernels")
    missing = [] if arguments.short else programs.missing(recorded)
    rows, wrong = in_parallel(for_gpus, wanted, arguments)
    table(rows)
    wrong += [("no recorded program has this kernel", name) for name in missing]
    count = report(wrong)
    print(f"{len(rows)} compiled, {count} faults")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
