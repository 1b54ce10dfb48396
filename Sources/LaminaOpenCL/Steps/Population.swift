import Lamina

/// The steps of networks of one kind, as one kernel.
struct Population {
  /// The name of its trial.
  static let name = "steps of several networks"

  /// The phases of the first network.
  let phases: StepPhases
  /// The kernels' texts and operands, one a network.
  private(set) var programs: [PopulationProgram]
  /// The places of the networks among those of the caller.
  private(set) var places: [Int]
  let groups: StepGroups
  /// The products of the first network, for profiles.
  private let products: [Profile.Work]

  /// The entry of a step of all networks in profiles.
  var profiled: Profile.Work {
    let one = Profile.Work.joined("population_steps of \(places.count)", products)
    return Profile.Work(
      name: one.name, operations: places.count * one.operations, bytes: places.count * one.bytes)
  }

  /// The networks of lists, those of one kind together; nil where a list has no such kernel.
  ///
  /// - Parameter lists: Lists that touch nothing that another one changes.
  static func all(
    _ lists: [[Operation<OpenCLBackend>]], _ calls: StepCalls
  ) -> [Population]? {
    var populations: [Population] = []
    for (place, list) in lists.enumerated() {
      guard let phases = StepPhases(list, calls), !phases.phases.isEmpty,
        let program = PopulationProgram(
          phases, calls.groups, like: populations.first?.programs[0])
      else { return nil }
      let like = populations.firstIndex { $0.programs[0].isSameKernel(as: program) }
      if let like {
        populations[like].programs.append(program)
        populations[like].places.append(place)
      } else {
        populations.append(
          Population(
            phases: phases, programs: [program], places: [place], groups: calls.groups,
            products: list.products))
      }
    }
    return populations
  }
}

extension [Operation<OpenCLBackend>] {
  /// The products, for profiles.
  var products: [Profile.Work] {
    compactMap { operation in
      guard case .matmul(let product) = operation else { return nil }
      return .product("", rows: product.c.rows, columns: product.c.columns, depth: product.depth)
    }
  }
}

extension OpenCLBackend {
  /// Makes the launch of a population.
  func launch(_ population: Population) throws(BackendError) -> PopulationLaunch {
    let (groups, program) = (population.groups, population.programs[0])
    let numbers = try makeBuffer(
      byteCount: population.programs.reduce(0) { $0 + $1.calls.numbers.count * 4 })
    let words = population.programs.flatMap(\.calls.numbers)
    try write(words.span.bytes, to: numbers, at: 0)
    let kernel = try kernels.kernel(
      "population_steps", in: "steps/population_steps", files: [.stepGroup],
      macros: groups.macros(width: shape.width),
      text: program.calls.functions.text + program.text, language: groups.language,
      isOptimized: groups.size == 1 || !hasSlowBarriers)
    return try PopulationLaunch(
      kernel, population.programs.map(\.calls.values), numbers: numbers,
      operands: [.local(program.calls.localBytes)] + program.calls.buffers,
      groupSize: groups.size, population.profiled, on: self)
  }
}
