import FoundationEssentials
import Glibc
package import Lamina
import LaminaMeasurement

/// The machine on which a record was made.
package struct Host: Codable, Equatable, Sendable {
  package var name, cpu: String
  package var cores, memoryBytes: Int
  package var operatingSystem, kernel: String

  /// This machine.
  package static var current: Host {
    var system = utsname()
    uname(&system)
    return Host(
      name: text(system.nodename), cpu: line(of: "/proc/cpuinfo", key: "model name", ":") ?? "CPU",
      cores: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))),
      memoryBytes: sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)),
      operatingSystem: line(of: "/etc/os-release", key: "PRETTY_NAME", "=") ?? "Linux",
      kernel: text(system.release))
  }

  private static func text(_ tuple: some Any) -> String {
    withUnsafeBytes(of: tuple) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  private static func line(of path: String, key: String, _ sign: Character) -> String? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    let line = text.split(separator: "\n").first { $0.hasPrefix(key) }
    guard let value = line?.split(separator: sign, maxSplits: 1).last else { return nil }
    let trimmed = value.drop { " \t\"".contains($0) }
    return String(trimmed.reversed().drop { " \"".contains($0) }.reversed())
  }
}

extension Record.Tool {
  /// This program.
  package static var current: Record.Tool {
    Record.Tool(name: "lamina", version: LaminaVersion.text, commit: RunFacts().commit)
  }
}

extension Record {
  /// The prefixes of environment variables that affect how devices compute.
  private static let prefixes = [
    "LAMINA_", "OPENBLAS_", "OMP_", "GOTO_", "OCL_", "POCL_", "CUDA_", "GPU_", "ROCR_", "HIP_",
    "ZE_", "CLBLAST_", "SLURM_JOB_ID", "SLURM_CPUS_PER_TASK",
  ]

  /// The environment variables of this process that affect how devices compute.
  package static var environmentThatMatters: [String: String] {
    ProcessInfo.processInfo.environment.filter { name, _ in prefixes.contains { name.hasPrefix($0) }
    }
  }
}

extension Record.Device {
  package init(_ device: DeviceDescription) {
    self.init(
      selector: device.selector, kind: device.kind.rawValue, name: device.name,
      platform: device.platform, vendor: device.vendor, driver: device.driver,
      openclVersion: device.openCLVersion, computeUnits: device.computeUnits,
      clockMegahertz: device.clock, memoryBytes: device.memory)
  }
}
