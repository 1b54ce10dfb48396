import ArgumentParser
import Lamina
import LaminaDevices
import LaminaText

/// `lamina devices`
struct DevicesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "devices", abstract: "Lists the devices that can train.",
    discussion: "Other commands take a selector, or part of an OpenCL device's name, as --device.")

  @Flag(help: "Print a JSON array.") var json = false

  func run() throws {
    var devices: [DeviceDescription] = []
    var problems: [String] = []
    // A missing CPU library must not hide the OpenCL devices, nor the reverse.
    do { devices.append(try DeviceSelection.processor()) } catch {
      problems.append(error.description)
    }
    do {
      let found = try DeviceSelection.openCLDevices()
      devices += found
      if found.isEmpty, let report = DeviceSelection.driverReport {
        problems.append("there is no OpenCL device; \(report)")
      }
    } catch {
      problems.append(error.description)
    }
    let text =
      json ? "[" + devices.map(\.json.text).joined(separator: ",\n ") + "]\n" : Self.table(devices)
    Terminal.standardOutput.write(text)
    for problem in problems { Terminal.standardError.write("lamina: \(problem)\n") }
    if devices.isEmpty { throw RunError("no device can be used") }
  }

  private static func table(_ devices: [DeviceDescription]) -> String {
    let head = [
      "SELECTOR", "NAME", "PLATFORM", "VENDOR", "DRIVER", "UNITS", "MEMORY", "OPENCL",
    ]
    let rows = devices.map { device in
      [
        device.selector, device.name, device.platform, device.vendor, device.driver,
        "\(device.computeUnits)", Format.bytes(device.memory), shortVersion(device),
      ]
    }
    let notes = devices.flatMap { device in device.notes.map { "\(device.selector): \($0)\n" } }
    return Format.table([head] + rows, numeric: [5, 6]) + notes.joined()
  }

  /// The version number in `OpenCL 3.0 PoCL HSTR: …`.
  private static func shortVersion(_ device: DeviceDescription) -> String {
    let words = device.openCLVersion?.split(separator: " ") ?? []
    return words.dropFirst().first.map(String.init) ?? device.openCLVersion ?? "-"
  }
}
