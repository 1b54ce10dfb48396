import Foundation
import Lamina
import Testing

@testable import LaminaMeasurement

@Suite("Energy") struct EnergyTests {
  @Test("The packages are summed, and a counter that began anew goes on")
  func counters() throws {
    let folder = try Folder()
    for (number, energy) in [(0, 9_000_000), (1, 100)] {
      let package = folder.file("intel-rapl:\(number)")
      try FileManager.default.createDirectory(atPath: package, withIntermediateDirectories: true)
      _ = try folder.write("10000000\n", to: "intel-rapl:\(number)/max_energy_range_uj")
      _ = try folder.write("\(energy)\n", to: "intel-rapl:\(number)/energy_uj")
    }
    let meter = RAPL(folder.path)
    let start = try #require(meter.joules)
    _ = try folder.write("500000\n", to: "intel-rapl:0/energy_uj")
    _ = try folder.write("1000100\n", to: "intel-rapl:1/energy_uj")
    // 10 J - 9 J + 0.5 J from the first package, 1 J from the second.
    #expect(abs(try #require(meter.joules) - start - 2.5) < 1e-9)
  }

  @Test("A machine that does not tell has no energy, not zero")
  func none() {
    #expect(RAPL("/nowhere").joules == nil)
    let device = DeviceDescription(
      selector: "opencl:0", kind: .gpu, name: "none", platform: "", vendor: "nobody", driver: "",
      computeUnits: 1, memory: 1, libraries: [:])
    #expect(EnergyMeter(for: device).joules == nil)
  }
}
