/// The device memory that the steps of several networks use, and the steps themselves: what
/// ``TrainingSteps`` is for one network.
public struct PopulationSteps<B: Backend> {
  /// The networks.
  public let networks: [Network<B>]
  /// The memory of each network's steps.
  let members: [TrainingSteps<B>]
  /// The losses and the hits of all networks.
  let losses, hits: PopulationMeter<B>

  private let backend: B

  /// Uploads data and parameters.
  ///
  /// - Precondition: as that of ``PopulationTrainer``.
  public init(
    _ description: NetworkDescription, _ trainings: [PopulationTraining], dataset: Dataset,
    on backend: B
  ) throws(BackendError) {
    self.backend = backend
    let data = try DeviceDataset(dataset, for: description, on: backend)
    let most = trainings.map { $0.rows?.count ?? dataset.count }.max() ?? dataset.count
    var members: [TrainingSteps<B>] = []
    var networks: [Network<B>] = []
    let memories = NetworkMemory.shared(by: trainings.count, on: backend)
    for (training, memory) in zip(trainings, memories) {
      let network = try Network(description, values: training.initial, in: memory)
      networks.append(network)
      members.append(
        try TrainingSteps(network, data: data, count: most, options: training.options))
    }
    self.networks = networks
    self.members = members
    losses = PopulationMeter(memories[0], members.map(\.buffers.meter.losses))
    hits = PopulationMeter(memories[0], members.map(\.buffers.meter.hits))
  }

  /// Uploads the order in which each network visits its examples.
  public func write(orders: [[Int32]]) throws(BackendError) {
    var indices: [Int32] = []
    for (member, order) in zip(members, orders) {
      // The shares of networks are padded.
      indices += [Int32](repeating: 0, count: member.firstIndex - indices.count) + order
    }
    try backend.write(indices.span.bytes, to: members[0].indices.buffer, at: 0)
  }

  /// Prepares the step in which each network takes so many examples; 0 for none.
  public func step(rows: [Int]) throws(BackendError) -> PopulationStep<B> {
    try PopulationStep(Array(zip(members, rows)), on: backend)
  }

  /// The values of a step in which every network begins with the example at the same place of its
  /// order.
  public func arguments(from place: Int, step: Int) -> [StepArguments?] {
    members.map { $0.arguments(from: place, step: step) }
  }

  /// Sets the losses and hits of all networks to zero.
  public var meterReset: [Operation<B>] {
    [.fill(losses.numbers, with: 0), .fill(hits.numbers, with: 0)]
  }

  /// The sum of the losses of each network since they were set to zero. Waits for the device.
  public func lossSums() throws(BackendError) -> [Double] { try losses.sums(on: backend) }
}

/// A vector of each network, all in one buffer.
struct PopulationMeter<B: Backend> {
  let numbers: Vector<B>
  private let places: [Range<Int>]

  init(_ memory: NetworkMemory<B>, _ vectors: [Vector<B>]) {
    numbers = memory.all(vectors[0])
    places = vectors.map { $0.offset..<$0.offset + $0.count }
  }

  /// The sum of each network's numbers. Waits for the device.
  func sums(on backend: B) throws(BackendError) -> [Double] {
    let values = try backend.values(of: numbers)
    return places.map { place in values[place].reduce(0) { $0 + Double($1) } }
  }
}
