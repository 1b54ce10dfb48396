public import Lamina

extension OpenCLBackend {
  /// Lists that are prepared to run side by side.
  public final class PreparedTogether: HeldSteps {
    /// The lists one by one, where no kernel takes them all.
    fileprivate let lists: [Prepared]
    /// The launches that take several steps of several lists, and the places of these.
    fileprivate let launches: [(launch: PopulationLaunch, places: [Int])]

    fileprivate init(
      lists: [Prepared] = [], launches: [(launch: PopulationLaunch, places: [Int])] = []
    ) {
      self.lists = lists
      self.launches = launches
    }

    /// The number of commands that several runs enqueue together, or one run where they do not.
    var launchCount: Int { launches.count + lists.reduce(0) { $0 + $1.launchCount } }

    var isFull: Bool { launches.contains(where: \.launch.isFull) }

    func enqueue() throws(BackendError) {
      for (launch, _) in launches { try launch.enqueue() }
    }
  }

  /// Makes kernels whose groups take a list each, for small networks; else prepares each list.
  public func prepare(
    together lists: [[Operation<OpenCLBackend>]]
  ) throws(BackendError) -> PreparedTogether {
    if lists.count > 1, let populations = try populations(of: lists) {
      let together = try together(populations)
      try finishDeviceTrial()
      return together
    }
    var prepared: [Prepared] = []
    for list in lists { prepared.append(try prepare(list)) }
    return PreparedTogether(lists: prepared)
  }

  /// Enqueues the lists.
  public func run(
    _ together: PreparedTogether, with arguments: [StepArguments]
  ) throws(BackendError) {
    if together.launches.isEmpty {
      for (list, arguments) in zip(together.lists, arguments) { try run(list, with: arguments) }
      return
    }
    try hold(together) {
      for (launch, places) in together.launches { launch.add(places.lazy.map { arguments[$0] }) }
    }
  }

  /// The kernels of several networks for lists, whatever they would gain: for trials.
  func together(
    _ lists: [[Operation<OpenCLBackend>]], by groups: StepGroups
  ) throws(BackendError) -> PreparedTogether? {
    try Population.all(lists, stepCalls(groups)).map(together)
  }

  private func together(
    _ populations: [Population]
  ) throws(BackendError) -> PreparedTogether {
    var launches: [(launch: PopulationLaunch, places: [Int])] = []
    for population in populations {
      launches.append((try launch(population), population.places))
    }
    return PreparedTogether(launches: launches)
  }

  /// The kernels that take lists side by side; nil where the lists are faster one by one.
  private func populations(
    of lists: [[Operation<OpenCLBackend>]]
  ) throws(BackendError) -> [Population]? {
    guard precision == .fp32, let groups = separateGroups, !forcesOtherTiles,
      lists.allSatisfy({ $0.isTrainingStep && $0.hasPlacesOf32Bits }),
      let populations = Population.all(lists, stepCalls(groups)),
      try isWorthIt(populations, lists[0])
    else { return nil }
    for population in populations {
      let operations = lists[population.places[0]]
      let sizes = SmallSizes(ofStep: operations)
      guard try isRight(Population.name, operations, sizes: sizes) else { return nil }
    }
    return populations
  }

  /// True if a group for each list is expected to take less time than all groups for one list after
  /// the other.
  private func isWorthIt(
    _ populations: [Population], _ list: [Operation<OpenCLBackend>]
  ) throws(BackendError) -> Bool {
    if shape.lanes == 1 { return isWorthWholeSteps(list.weights) }
    let count = populations.reduce(0) { $0 + $1.places.count }
    // Rates must not be measured before a trial has shown that groups come to each other.
    guard let groups = stepGroups, let alone = WholeSteps(list, stepCalls(groups)),
      try isRight(WholeStepsRule().name, list, sizes: SmallSizes(ofStep: list))
    else {
      // Without rates: no unit is idle where each has a network.
      return count >= planner.computeUnits && isWorthWholeSteps(list.weights)
    }
    let estimate = PopulationEstimate(
      populations[0].phases, networks: count, try rates(of: groups), insteadOf: alone, list)
    return estimate.isWorthIt
  }
}

extension [Operation<OpenCLBackend>] {
  /// True if the kernel's table has room for the place of every number: buffers of many networks may
  /// be larger than 16 GiB.
  fileprivate var hasPlacesOf32Bits: Bool {
    allSatisfy { operation in
      operation.accesses.allSatisfy {
        $0.buffer.byteCount / MemoryLayout<Float>.stride <= Int(UInt32.max)
      }
    }
  }

  /// True for a list from the gathering of a batch on: others have no runs that wait for each other.
  fileprivate var isTrainingStep: Bool {
    if case .gather? = first { true } else { false }
  }
}
