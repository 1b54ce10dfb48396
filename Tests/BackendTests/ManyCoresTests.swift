import Foundation
import Glibc
import Lamina
import LaminaCheck
import Testing

@testable import LaminaCPU

/// What a machine of many cores or of several nodes needs, on a machine that has neither.
@Suite struct ManyCoresTests {
  // MARK: - First touch

  @Test(arguments: [1, 2, 3, 16], [0, 1, 64, 4095, 4096, 4097, 65536, 1 << 20, 3_000_064])
  func eachByteIsOfOnePart(parts: Int, count: Int) {
    var end = 0
    for number in 0..<parts {
      let part = FirstTouch.part(
        CPUTask.Part(number: number, count: parts, arguments: StepArguments()), of: count)
      #expect(part.lowerBound == end && part.upperBound >= end)
      // No page is of two parts.
      #expect(part.isEmpty || part.lowerBound % FirstTouch.page == 0)
      end = part.upperBound
    }
    #expect(end == count)
  }

  @Test(arguments: [1, 4095, 16 * 4096, 3_000_064])
  func memoryIsCleared(count: Int) throws {
    let team = ThreadTeam(count: 4, parts: 16)
    let touch = FirstTouch(team, parts: 16, members: 4)
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 4096)
    defer { memory.deallocate() }
    for _ in 0..<20 {
      memory.initializeMemory(as: UInt8.self, repeating: 0xA5)
      touch.clear(memory)
      #expect(memory.allSatisfy { $0 == 0 })
    }
  }

  // MARK: - Affinity

  /// Two nodes of one processor each: each thread but the caller's stays at its node.
  @Test func threadsStayAtTheirNodes() throws {
    let before = try #require(ProcessorShare.affinity())
    guard before.count > 1 else { return }
    let nodes = before.prefix(2).map { [$0] }
    let team = ThreadTeam(count: 3) { nodes[$0 % 2] }
    // A list whose parts note where they may run. Each thread waits until all have a part.
    let masks = UnsafeMutablePointer<Int>.allocate(capacity: 3)
    masks.initialize(repeating: -1, count: 3)
    defer { masks.deallocate() }
    let caller = pthread_self()
    let tasks = PreparedTasks(
      [
        CPUTask("Noting", work: 0, rows: 3, size: .bytes(0)) { part in
          guard pthread_self() != caller else { return }
          let mask = ProcessorShare.affinity() ?? []
          masks[part.number] = mask.count == 1 ? mask[0] : -2
        }
      ], phases: [0..<1])
    var noted: Set<Int> = []
    // The caller takes parts of late threads, so that these may have none in a run.
    for _ in 0..<10_000 where noted.count < 2 {
      team.run(tasks, parts: 3)
      noted.formUnion((0..<3).map { masks[$0] }.filter { $0 != -1 })
    }
    #expect(noted.isSubset(of: Set(nodes.joined())) && !noted.isEmpty)
    #expect(ProcessorShare.affinity() == before, "the caller's thread is left as it is")
  }

  @Test func aMaskIsTheNumberOfThreads() throws {
    let system = try FakeSystem(FakeSystem.hyperThreads(cores: 8))
    for (affinity, threads, cores) in [
      (Array(0..<16), 16, 8), ([0, 1, 2, 3], 4, 4), ([0, 8], 2, 1), ([5], 1, 1),
    ] {
      let share = system.share(affinity: affinity)
      #expect(share.mostThreads == threads && share.coreThreads == cores)
      #expect(share.processors == affinity)
    }
  }

  // MARK: - Many threads, many parts

  /// Eight times as many threads as the development machine has cores.
  @Test func moreThreadsThanCoresEndAndAreRight() throws {
    let alone = try Self.weights(parts: 16, threads: 1)
    for threads in [2, 4, 8, 16] {
      #expect(try Self.weights(parts: 16, threads: threads) == alone, "\(threads) threads")
    }
  }

  /// A machine of two nodes: memory that is cleared in parts, threads that stay, and the same bits.
  @Test func severalNodesChangeNoBits() throws {
    let usable = try #require(ProcessorShare.affinity())
    guard usable.count > 1 else { return }
    let half = usable.count / 2
    func list(_ numbers: ArraySlice<Int>) -> String {
      numbers.map(String.init).joined(separator: ",")
    }
    let info = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
    let system = try FakeSystem([
      "/proc/cpuinfo": info, "/sys/devices/system/node/online": "0-1\n",
      "/sys/devices/system/node/node0/cpulist": list(usable[..<half]) + "\n",
      "/sys/devices/system/node/node1/cpulist": list(usable[half...]) + "\n",
    ])
    let processor = system.processor(affinity: usable)
    #expect(processor.topology.nodes.count == 2)
    let backend = try CPUBackend(processor, ProductKernels(for: processor), threads: 16)
    #expect(backend.device.notes[0].hasSuffix(", with memory at 2 nodes"))
    let wanted = try Self.train(on: CPUBackend(threads: 16))
    #expect(try Self.train(on: backend) == wanted)
    // Enough for a page for each part.
    let values = try backend.values(of: backend.makeVector(count: 1 << 20))
    #expect(values.count == 1 << 20 && values.allSatisfy { $0 == 0 })
  }

  // MARK: - A training

  private static let description = NetworkDescription.classifier(
    inputs: 300, hidden: [256, 192], activation: .tanh, classes: 10, inputScaling: .unit)

  private static let dataset = Dataset(
    name: "test",
    inputs: .bytes(DesignedData.labels(384 * 300, classes: 256, seed: 71).map(UInt8.init)),
    targets: .classes(
      DesignedData.labels(384, classes: 10, seed: 72), classNames: (0..<10).map(String.init)),
    features: 300)

  private static func network(on backend: CPUBackend) throws -> Network<CPUBackend> {
    try Network(
      description,
      values: NetworkParameters(for: description, initialization: .pyTorch, seed: 1), on: backend)
  }

  /// The parameters after an epoch as everybody trains.
  private static func train(on backend: CPUBackend) throws -> NetworkParameters {
    let network = try network(on: backend)
    let trainer = try Trainer(
      network, dataset: dataset,
      options: TrainingOptions(
        batchSize: 128, epochs: 1, rule: UpdateRule(.adam(Adam(learningRate: 0.001))), seed: 3))
    _ = try trainer.trainEpoch(1)
    return try network.values()
  }

  /// The parameters after three steps that are cut into `parts`, on a team of its own, which may have
  /// more threads than the machine has cores.
  private static func weights(parts: Int, threads: Int) throws -> NetworkParameters {
    let backend = try CPUBackend(threads: parts)
    let network = try network(on: backend)
    let data = try DeviceDataset(dataset, for: description, on: backend)
    let batch = BatchIndices(try backend.makeIndices([Int32](0..<384)), count: 128)
    let step = try TrainingStep(
      network, batch: batch, data: data,
      buffers: BatchBuffers(description, rows: 128, on: backend),
      rule: .sgd(learningRate: 0.1, momentum: 0.9))
    let tasks = step.parts[0].prepared
    #expect(tasks.parts(for: backend.width) == parts)
    let team = ThreadTeam(count: threads, parts: parts)
    for number in 0..<3 {
      tasks.begin(StepArguments(firstIndex: number * 128))
      team.run(tasks, parts: parts, members: threads)
    }
    return try network.values()
  }
}
