"""Accesses that claim more alignment than the kernel's argument has.

They are found in LLVM's intermediate language. A driver places an argument for the type in the
kernel's signature. A cast to a pointer to vectors claims more, compilers trust it, and the GPU
faults.
"""
from dataclasses import dataclass
import re

ASSIGN = re.compile(r"^\s*(%[\w.]+) = (.*)$")
POINTER = r"ptr addrspace\((\d)\)(?: \w+| align \d+)*? (%[\w.]+)"
LOCATION = re.compile(r"!dbg !(\d+)")
GLOBAL, LOCAL = 1, 3


@dataclass(frozen=True)
class Fault:
    kernel: str
    argument: int
    space: str
    declared: int
    claimed: int
    line: int


@dataclass
class Function:
    name: str
    is_kernel: bool
    # Address space and alignment by the name of each pointer parameter, in order.
    parameters: list
    # The values that a value is computed from, for pointers.
    sources: dict
    # (pointer, alignment, number of the debug location)
    accesses: list
    # (callee, operands)
    calls: list


def split(text):
    """The parts between commas outside of brackets."""
    parts, depth, start = [], 0, 0
    for at, character in enumerate(text):
        if character in "([{<":
            depth += 1
        elif character in ")]}>":
            depth -= 1
        elif character == "," and depth == 0:
            parts.append(text[start:at].strip())
            start = at + 1
    return parts + [text[start:].strip()] if text.strip() else []


def parse_parameters(text):
    parameters = []
    for part in split(text):
        space = re.match(r"ptr addrspace\((\d)\)", part)
        align = re.search(r"\balign (\d+)", part)
        parameters.append((
            part.split()[-1], int(space[1]) if space else 0, int(align[1]) if align else 1))
    return parameters


def parse(text):
    functions, current = [], None
    for line in text.splitlines():
        if line.startswith("define "):
            head = re.match(r"define (.*?)@([\w.]+)\(", line)
            depth, at = 1, head.end()
            while depth:
                depth += {"(": 1, ")": -1}.get(line[at], 0)
                at += 1
            kind = head[1]
            is_kernel = any(w in kind for w in ("spir_kernel", "amdgpu_kernel", "ptx_kernel"))
            current = Function(
                head[2], is_kernel, parse_parameters(line[head.end():at - 1]), {}, [], [])
            functions.append(current)
        elif line == "}":
            current = None
        elif current is not None:
            read_instruction(line, current)
    return functions


def read_instruction(line, function):
    location = LOCATION.search(line)
    number = int(location[1]) if location else 0
    assigned = ASSIGN.match(line)
    operation = (assigned[2] if assigned else line).strip()
    word = operation.split()[0] if operation else ""
    if word in ("getelementptr", "bitcast", "addrspacecast", "select", "phi", "freeze"):
        if assigned:
            function.sources[assigned[1]] = pointers(word, operation)
    elif word in ("load", "store", "atomicrmw", "cmpxchg"):
        # The last pointer is the one that is accessed: a stored pointer comes before it.
        found = re.findall(POINTER, operation.split(", !")[0])
        align = re.search(r", align (\d+)", operation)
        if found and align and int(found[-1][0]) in (GLOBAL, LOCAL):
            function.accesses.append((found[-1][1], int(align[1]), number))
    elif "call " in operation:
        called = re.search(r"@([\w.]+)\((.*)\)", operation)
        if not called:
            return
        operands = split(called[2])
        if called[1].startswith(("llvm.memcpy", "llvm.memmove", "llvm.memset")):
            for operand in operands:
                found, align = re.search(POINTER, operand), re.search(r"\balign (\d+)", operand)
                if found and align:
                    function.accesses.append((found[2], int(align[1]), number))
        else:
            function.calls.append((called[1], [o.split()[-1] for o in operands]))


def pointers(word, operation):
    if word == "phi":
        return re.findall(r"\[ (%[\w.]+),", operation)
    if word == "getelementptr":
        found = re.search(POINTER, operation)
        return [found[2]] if found else []
    return [name for _, name in re.findall(POINTER, operation)]


def roots(function, value):
    """The parameters that a pointer can be computed from."""
    names = [name for name, _, _ in function.parameters]
    found, seen, waiting = set(), set(), [value]
    while waiting:
        value = waiting.pop()
        if value in seen:
            continue
        seen.add(value)
        if value in names:
            found.add(names.index(value))
        waiting += function.sources.get(value, [])
    return found


def faults(text):
    """All of a module's, each once for a kernel's argument and a line of the source."""
    functions = {function.name: function for function in parse(text)}
    locations = re.findall(r"^!(\d+) = .*!DILocation\(line: (\d+)", text, re.M)
    lines = {int(number): int(line) for number, line in locations}
    # For each parameter of each function: alignments that are claimed of it, and where.
    claims = {name: set() for name in functions}
    for name, function in functions.items():
        for pointer, align, number in function.accesses:
            for root in roots(function, pointer):
                claims[name].add((root, align, lines.get(number, 0)))
    changed = True
    while changed:
        changed = False
        for name, function in functions.items():
            for callee, operands in function.calls:
                for parameter, align, line in list(claims.get(callee, ())):
                    for root in roots(function, operands[parameter]):
                        if (root, align, line) not in claims[name]:
                            claims[name].add((root, align, line))
                            changed = True
    found = set()
    for name, function in functions.items():
        if not function.is_kernel:
            continue
        for root, align, line in claims[name]:
            _, space, declared = function.parameters[root]
            if space in (GLOBAL, LOCAL) and align > declared:
                found.add(Fault(
                    name, root, "local" if space == LOCAL else "global", declared, align, line))
    return sorted(found, key=lambda f: (f.kernel, f.line, f.argument))
