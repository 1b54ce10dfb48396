/// The output of `lamina train --profile`, as far as reports show it.
struct ProfileTrace: Decodable, Sendable {
  struct Ceilings: Decodable, Sendable {
    var gigaflopsPerSecond, gigabytesPerSecond: Double
  }

  struct Kernel: Decodable, Sendable {
    var name: String
    var calls: Int
    var seconds, operations, bytes: Double

    var gigaflopsPerSecond: Double { seconds > 0 ? operations / seconds / 1e9 : 0 }
    var gigabytesPerSecond: Double { seconds > 0 ? bytes / seconds / 1e9 : 0 }
  }

  struct Summary: Decodable, Sendable {
    var device, network: String
    var ceilings: Ceilings?
    var kernels: [Kernel]
  }

  var lamina: Summary
}
