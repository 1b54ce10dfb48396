import Lamina

/// The kernel that takes steps of several networks: each group has a network of its own and takes it
/// through all operations of one step after the other, so that no group waits for another.
struct PopulationProgram {
  /// The kernel, to follow the texts of its functions.
  private(set) var text = ""
  /// The calls and their operands.
  private(set) var calls: StepText

  /// Writes the kernel for a list; nil where its arguments are more than devices take.
  ///
  /// - Parameter other: A program that is probably the same kernel, which spares its texts.
  init?(_ phases: StepPhases, _ groups: StepGroups, like other: PopulationProgram? = nil) {
    calls = StepText(groupSize: groups.size, functions: other?.calls.functions)
    var body = ""
    for part in phases.phases.joined() {
      let end = calls.number(part.end)
      body += """
            {
              const uint first = 0, end = \(end);
              \(calls.calls(of: part))
            }
            ALL_TOGETHER

        """
    }
    guard StepValues.haveRoom(besides: calls.buffers.count + 2) else { return nil }
    text = """
      #define N(place) own[place]
      #define S(place) now[place]

      __kernel __attribute__((reqd_work_group_size(LANES, 1, 1))) void population_steps(
          const uint steps, __global const uint *numbers, const uint numbers_start,
          __global const uint *values, const uint values_start,
          __local FLOATS *scratch\(calls.parameters)) {
        const uint network = get_group_id(0), networks = get_num_groups(0);
        __global const uint *own = numbers + network * \(calls.numbers.count);
        for (uint step = 0; step < steps; step++) {
          __global const uint *now = values + (step * networks + network) * \(calls.values.count);
      \(calls.coefficients)\(body)  }
      }

      """
  }

  /// True if a kernel for both has the networks of both: only sizes, places and values differ.
  func isSameKernel(as other: PopulationProgram) -> Bool {
    text == other.text && calls.functions.text == other.calls.functions.text
      && calls.localBytes == other.calls.localBytes
      && calls.buffers.elementsEqual(other.calls.buffers) { $0.hasSameMemory(as: $1) }
  }
}

extension KernelArgument {
  fileprivate func hasSameMemory(as other: KernelArgument) -> Bool {
    guard case .memory(let one, _, _, let type) = self,
      case .memory(let another, _, _, let otherType) = other
    else { return false }
    return one === another && type == otherType
  }
}
