import Foundation

@testable import LaminaCPU

/// A folder with files as an operating system has them; removed when the test lets go of it.
final class FakeSystem {
  private let folder: URL

  /// - Parameter files: Texts by their paths, such as `/proc/cpuinfo`.
  init(_ files: [String: String]) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("lamina-system-\(UUID().uuidString)")
    for (path, text) in files {
      let file = folder.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private var files: SystemFiles { SystemFiles(root: folder.path) }

  /// What a process may use that may run on some processors.
  func share(affinity: [Int]?) -> ProcessorShare {
    withExtendedLifetime(self) { ProcessorShare(files, affinity: affinity) }
  }

  /// The limit of the process's control groups.
  var quota: Double? { withExtendedLifetime(self) { ControlGroup(files).quota } }

  /// The processor, of which the process may use some.
  func processor(affinity: [Int] = [0]) -> Processor {
    withExtendedLifetime(self) { Processor(files, affinity: affinity) }
  }

  /// Where processors that the process may use sit.
  func topology(_ processors: [Int]) -> ProcessorTopology {
    withExtendedLifetime(self) { ProcessorTopology(files, processors: processors) }
  }

  /// Cores with two hyper-threads each: of core `n` those numbered `n` and `n + cores`.
  static func hyperThreads(cores: Int) -> [String: String] {
    var files = ["/sys/devices/system/cpu/online": "0-\(2 * cores - 1)\n"]
    for number in 0..<2 * cores {
      let core = number % cores
      files["/sys/devices/system/cpu/cpu\(number)/topology/thread_siblings_list"] =
        "\(core),\(core + cores)\n"
    }
    return files
  }
}

/// A processor as `/proc/cpuinfo` tells of it.
func fakeProcessor(vendor: String, name: String, flags: String) throws -> Processor {
  let system = try FakeSystem([
    "/proc/cpuinfo": """
    processor\t: 0
    vendor_id\t: \(vendor)
    cpu family\t: 6
    model name\t: \(name)
    cpu MHz\t\t: 2999.998
    flags\t\t: \(flags)

    """
  ])
  return system.processor()
}
