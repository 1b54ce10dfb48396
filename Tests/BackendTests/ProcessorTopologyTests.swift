import Testing

@testable import LaminaCPU

/// The nodes and the caches that the system tells of.
@Suite struct ProcessorTopologyTests {
  /// Two nodes with two cores each, which have two hyper-threads each: 0 and 4, 1 and 5 at node 0; 2 and 6,
  /// 3 and 7 at node 1.
  private static func twoNodes() -> [String: String] {
    var files = FakeSystem.hyperThreads(cores: 4)
    files["/sys/devices/system/node/online"] = "0-1\n"
    files["/sys/devices/system/node/node0/cpulist"] = "0-1,4-5\n"
    files["/sys/devices/system/node/node1/cpulist"] = "2-3,6-7\n"
    return files
  }

  private static func cache(
    _ index: Int, of processor: Int = 0, level: Int, _ type: String, _ size: String,
    sharedBy processors: String
  ) -> [String: String] {
    let folder = "/sys/devices/system/cpu/cpu\(processor)/cache/index\(index)/"
    return [
      folder + "level": "\(level)\n", folder + "type": "\(type)\n", folder + "size": "\(size)\n",
      folder + "shared_cpu_list": "\(processors)\n",
    ]
  }

  @Test(arguments: [
    ([0, 1, 2, 3, 4, 5, 6, 7], [[0, 1, 4, 5], [2, 3, 6, 7]]), ([1, 5], [[1, 5]]),
    ([1, 2, 6], [[1], [2, 6]]),
  ])
  func eachNodeHasItsUsableProcessors(usable: [Int], nodes: [[Int]]) throws {
    #expect(try FakeSystem(Self.twoNodes()).topology(usable).nodes == nodes)
  }

  @Test func aMachineThatTellsNothingIsOneNode() throws {
    let topology = try FakeSystem([:]).topology([0, 1, 2])
    #expect(topology.nodes == [[0, 1, 2]])
    #expect(topology.firstCache == nil && topology.secondCache == nil)
    // Processor 9 is at no node, so that nothing is known of its memory.
    #expect(try FakeSystem(Self.twoNodes()).topology([0, 2, 9]).nodes == [[0, 2, 9]])
  }

  @Test func cachesAreThoseOfACore() throws {
    var files = Self.twoNodes()
    for cache in [
      Self.cache(0, level: 1, "Data", "48K", sharedBy: "0,4"),
      Self.cache(1, level: 1, "Instruction", "32K", sharedBy: "0,4"),
      // Two cores have it together.
      Self.cache(2, level: 2, "Unified", "2M", sharedBy: "0-1,4-5"),
      Self.cache(3, level: 3, "Unified", "32768K", sharedBy: "0-7"),
    ] {
      files.merge(cache) { $1 }
    }
    let topology = try FakeSystem(files).topology(Array(0..<8))
    #expect(topology.firstCache == 48 << 10 && topology.secondCache == 1 << 20)
  }

  @Test(arguments: ["", "K", "-4K", "big", "99999999999999999999K", "9223372036854775807K", "0K"])
  func sizesThatMakeNoSenseAreNotKnown(size: String) throws {
    let files = Self.cache(0, level: 1, "Data", size, sharedBy: "0")
    #expect(try FakeSystem(files).topology([0]).firstCache == nil)
  }

  @Test func thisMachineHasNodesAndUsableCaches() {
    let (share, topology) = (Processor().share, Processor().topology)
    #expect(topology.nodes.joined().sorted() == share.processors.sorted())
    for bytes in [topology.firstCache, topology.secondCache] {
      #expect(bytes == nil || (4 << 10...64 << 20).contains(bytes ?? 0))
    }
  }

  /// A part of the second factor stays in the cache that it is meant for; larger caches change nothing.
  @Test(arguments: [
    ("32K", "1M", 1024, 128), ("48K", "2M", 1024, 128), ("32K", "256K", 256, 128),
    ("16K", "512K", 512, 64), ("1K", "1K", 32, 32), ("", "", 1024, 128),
  ])
  func tilesFitTheCaches(first: String, second: String, depth: Int, near: Int) throws {
    let files = Self.cache(0, level: 1, "Data", first, sharedBy: "0").merging(
      Self.cache(1, level: 2, "Unified", second, sharedBy: "0")
    ) { $1 }
    let tiles = ProductTiles(try FakeSystem(files).topology([0]))
    #expect(tiles.kernel == (96, 64, depth))
    var numbers = [Float](repeating: 0, count: 16)
    numbers.withUnsafeMutableBufferPointer { memory in
      guard let start = memory.baseAddress else { return }
      let b = Rows(start: start, rows: 4, columns: 4, stride: 4, isTransposed: false)
      let tile = tiles.blas(rows: 512, columns: 512, depth: 512, b)
      #expect(tile.map { $0 == (96, 64, near) } == true)
    }
  }

  /// Neighbours are at one node, the caller's node is the first, and threads beyond the cores go where
  /// these are.
  @Test func threadsAreDealtOutToNodes() throws {
    let topology = try FakeSystem(Self.twoNodes()).topology(Array(0..<8))
    let (near, far) = ([0, 1, 4, 5], [2, 3, 6, 7])
    let placement = ThreadPlacement(topology, cores: 4, startingAt: 5)
    #expect((0..<8).map(placement.processors) == [near, near, far, far, near, near, far, far])
    let other = ThreadPlacement(topology, cores: 4, startingAt: 2)
    #expect((0..<4).map(other.processors) == [far, far, near, near])
    let few = ThreadPlacement(topology, cores: 3, startingAt: 0)
    #expect((0..<3).map(few.processors) == [near, near, far])
    let single = ThreadPlacement(try FakeSystem([:]).topology([0, 1]), cores: 2, startingAt: 0)
    #expect((0..<2).map(single.processors) == [nil, nil])
  }

  /// Of a node with three processors and one with one, the first has three threads of four.
  @Test func largeNodesHaveMoreThreads() throws {
    let topology = try FakeSystem([
      "/sys/devices/system/node/online": "0,2\n",
      "/sys/devices/system/node/node0/cpulist": "0-2\n",
      "/sys/devices/system/node/node2/cpulist": "3\n",
    ]).topology([0, 1, 2, 3])
    let placement = ThreadPlacement(topology, cores: 4, startingAt: 0)
    #expect((0..<4).map { placement.processors(of: $0)?.count } == [3, 3, 3, 1])
  }
}
