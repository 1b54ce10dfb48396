import Lamina

/// The estimated seconds of a step as whole steps and by launches, by the device's rates.
///
/// A group reads what its tasks need and computes it, whichever takes longer, and for each call its
/// work-items wait for each other and for memory. In whole steps all groups wait for the longest in
/// each phase; launches cost their time whatever they do.
struct StepEstimate {
  /// Seconds of the step as a part of a launch.
  let wholeSteps: Double
  /// Seconds of the step by launches.
  let launches: Double

  /// For `--explain`.
  var text: String {
    func microseconds(_ seconds: Double) -> String {
      let tenths = Int((seconds * 1e7).rounded())
      return "\(tenths / 10).\(tenths % 10)"
    }
    return "estimated \u{b5}s per step: whole steps \(microseconds(wholeSteps)), "
      + "launches \(microseconds(launches))"
  }

  /// True if whole steps are faster.
  var isWorthIt: Bool { wholeSteps < launches }

  /// - Parameter operations: Those of the step.
  init(
    _ steps: WholeSteps, _ rates: DeviceRates, instead operations: [Operation<OpenCLBackend>]
  ) {
    wholeSteps = rates.seconds(of: steps)
    launches = rates.seconds(ofLaunchesFor: operations, groups: steps.groups.count)
  }
}

/// The estimated seconds of a step of several networks, by the device's rates: a group for each, as
/// many at a time as run side by side, or all groups for one network after the other.
struct PopulationEstimate {
  /// Seconds of a step of all networks with a group for each.
  let together: Double
  /// Seconds of a step of all networks one by one, in the faster way.
  let oneByOne: Double

  /// True if a group for each is faster.
  var isWorthIt: Bool { together < oneByOne }

  /// - Parameters:
  ///   - phases: Those of a network for a group alone.
  ///   - alone: The step of a network by all groups.
  ///   - operations: Those of the step.
  init(
    _ phases: StepPhases, networks: Int, _ rates: DeviceRates, insteadOf alone: WholeSteps,
    _ operations: [Operation<OpenCLBackend>]
  ) {
    let turns = networks.divided(by: alone.groups.count)
    together = Double(turns) * rates.seconds(ofOneGroupFor: phases)
    let estimate = StepEstimate(alone, rates, instead: operations)
    oneByOne = Double(networks) * min(estimate.wholeSteps, estimate.launches)
  }
}

extension DeviceRates {
  /// Of a call in a group: in a wait groups go to memory and back about four times, in a call once.
  private var call: Double { wait / 4 }

  fileprivate func seconds(of steps: WholeSteps) -> Double {
    zip(steps.phases.phases, steps.tasks.phases).reduce(0) { sum, phase in
      let all = zip(phase.0, phase.1.parts).map { part, tasks in
        (count: tasks.count, seconds: seconds(of: part, units: tasks.units))
      }
      let total = all.reduce(0) { $0 + Double($1.count) * $1.seconds }
      return sum + wait
        + max(total / Double(steps.groups.count), all.map(\.seconds).max() ?? 0)
    }
  }

  /// Of a step that one group takes alone.
  func seconds(ofOneGroupFor phases: StepPhases) -> Double {
    phases.phases.joined().reduce(0) { $0 + seconds(of: $1, units: $1.count) }
  }

  /// Of a task of a part.
  private func seconds(of part: StepPart, units: Int) -> Double {
    let share = Double(units) / Double(max(1, part.count))
    let blocks = part.division == .rows ? units.divided(by: part.unit) : 1
    let bytes =
      part.tiles.map { Double($0.tileBytes) }
      ?? Double(blocks * part.bytes.whole) + share * Double(part.bytes.shared)
    return max(bytes / groupBytes, share * Double(part.work) / groupOperations)
      + Double(part.calls.count) * call
  }

  /// Of a launch for each operation that is no part of another one's kernel.
  fileprivate func seconds(
    ofLaunchesFor operations: [Operation<OpenCLBackend>], groups: Int
  ) -> Double {
    let all = Double(groups)
    return operations.reduce(0) { sum, operation in
      guard operation.hasLaunch else { return sum }
      let work = max(
        Double(operation.bytes) / (all * groupBytes),
        Double(operation.work) / (all * groupOperations))
      return sum + max(launch, work + call)
    }
  }
}

extension Operation<OpenCLBackend> {
  fileprivate var hasLaunch: Bool {
    switch self {
    case .activation, .activationDelta, .loss, .columnSums, .decay, .clip, .penaltyGradient: false
    default: true
    }
  }
}
