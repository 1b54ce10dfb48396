import Lamina

/// The lines of a check on a device. Single operations come before the composites that use their
/// kernels.
struct CheckPlan {
  /// A case, and the way to compute it.
  struct Trial {
    let check: CheckCase
    /// The index of the case in its group.
    let number: Int
    let way: Way

    /// The name of the case, with that of the method.
    var name: String { check.use.caseName + (way.method.map { ", by \($0)" } ?? "") }
  }

  /// A line of the check.
  struct Part {
    let name: String
    var trials: [Trial]
  }

  let parts: [Part]

  init(_ device: any CheckedDevice) {
    func parts(_ groups: [CheckGroup], _ way: Way) -> [Part] {
      groups.map { group in
        Part(
          name: group.name,
          trials: group.cases.enumerated().map { Trial(check: $1, number: $0, way: way) })
      }
    }
    self.parts =
      parts(CheckGroup.operations, .untried) + Self.products(device)
      + parts(CheckGroup.composites, .untried) + parts(CheckGroup.trainings, .usual)
  }

  /// The lines for each product by each method, and for the error of each precision that the device has.
  private static func products(_ device: any CheckedDevice) -> [Part] {
    methods(device) + Precision.allCases.map { errors($0, device) }.filter { !$0.trials.isEmpty }
  }

  private static func errors(_ precision: Precision, _ device: any CheckedDevice) -> Part {
    let group = CheckGroup.roundedProducts(in: precision)
    var part = Part(name: group.name, trials: [])
    for (number, check) in group.cases.enumerated() {
      guard let product = check.product else { continue }
      part.trials += device.ways(to: product).filter { $0.precision == precision }.map {
        Trial(check: check, number: number, way: $0.way)
      }
    }
    return part
  }

  private static func methods(_ device: any CheckedDevice) -> [Part] {
    var parts: [Part] = []
    for (number, check) in CheckGroup.products.cases.enumerated() {
      guard let product = check.product else { continue }
      for way in device.ways(to: product) {
        let trial = Trial(check: check, number: number, way: way.way)
        if let index = parts.firstIndex(where: { $0.name == way.line }) {
          parts[index].trials.append(trial)
        } else {
          parts.append(Part(name: way.line, trials: [trial]))
        }
      }
    }
    return parts
  }
}
