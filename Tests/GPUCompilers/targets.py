"""The GPUs that kernels are compiled for, with what limits them."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    name: str
    vendor: str
    # Bytes of local memory that a group can have.
    local_memory: int
    # Of a compute unit: work-items of a wave, waves, groups, bytes of local memory.
    wave: int
    waves: int
    groups: int
    unit_memory: int
    # What clang takes for it, where that is older than the GPU.
    clang_name: str
    # Bytes of local memory that each group costs besides its own.
    reserved: int = 0


ALL = [
    Target("sm_75", "nvidia", 48 << 10, 32, 32, 16, 64 << 10, "sm_75"),
    Target("sm_80", "nvidia", 48 << 10, 32, 64, 32, 164 << 10, "sm_80", 1 << 10),
    # clang 15 ends at sm_86; ptxas does the rest.
    Target("sm_90", "nvidia", 48 << 10, 32, 64, 32, 228 << 10, "sm_80", 1 << 10),
    Target("gfx906", "amd", 64 << 10, 64, 40, 40, 64 << 10, "gfx906"),
    # A unit is what OpenCL calls one: two of the processor's four times 16 waves.
    Target("gfx1030", "amd", 64 << 10, 32, 32, 32, 64 << 10, "gfx1030"),
    Target("gfx90a", "amd", 64 << 10, 64, 32, 32, 64 << 10, "gfx90a"),
]
SHORT = ["sm_80", "gfx906"]

# Registers of a unit of NVIDIA's, and how many a wave gets at a time.
REGISTERS = 65536
REGISTER_STEP = 256


def occupancy(target, figures, items, local_bytes):
    """The share of a unit's waves that can run at a time; 0 where a group cannot start.

    `items` is the size of a group and `local_bytes` its local memory.
    """
    waves = -(-items // target.wave)
    if target.vendor == "nvidia":
        each = -(-figures.registers * target.wave // REGISTER_STEP) * REGISTER_STEP
        groups = REGISTERS // each // waves if each else target.groups
    else:
        # The compiler tells waves of a fourth of a unit (gfx9), or of half of one (gfx10).
        groups = figures.waves * (2 if target.wave == 32 else 4) // waves
    groups = min(groups, target.groups, target.waves // waves)
    memory = local_bytes + target.reserved
    if memory:
        groups = min(groups, target.unit_memory // memory)
    return groups * waves / target.waves
