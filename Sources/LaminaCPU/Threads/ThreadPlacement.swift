/// The node at which each thread of a team stays, so that it finds the memory that it has touched first.
struct ThreadPlacement: Sendable {
  /// The nodes, beginning with that of the caller's thread, which is number 0 of the team.
  private let nodes: [[Int]]
  private let cores: Int

  /// - Parameters:
  ///   - cores: The threads that have a core each. They are dealt out to all nodes, and so are those
  ///     beyond, which share their cores.
  ///   - first: A processor of the node that comes first; nil for the one that runs this code.
  init(_ topology: ProcessorTopology, cores: Int, startingAt first: Int? = nil) {
    self.cores = max(1, cores)
    let (nodes, first) = (topology.nodes, first ?? ProcessorShare.currentProcessor)
    let start = nodes.firstIndex { $0.contains(first) } ?? 0
    self.nodes = Array(nodes[start...] + nodes[..<start])
  }

  /// The processors of a thread's node; nil if there is one node alone, which costs nothing.
  ///
  /// Neighbours are at one node, and each node has threads in proportion to its processors.
  @Sendable
  func processors(of thread: Int) -> [Int]? {
    guard nodes.count > 1 else { return nil }
    var place = thread % cores * nodes.joined().count / cores
    for node in nodes {
      if place < node.count { return node }
      place -= node.count
    }
    return nil
  }
}
