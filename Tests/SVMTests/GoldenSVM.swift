import Foundation
import Lamina
import LaminaSVM
import Testing

/// Results of scikit-learn's `SVC`, written by `Tests/Golden/svm.py`.
struct GoldenSVM: Decodable, Sendable, CustomTestStringConvertible {
  enum Gamma: Decodable, Sendable {
    case name(String)
    case value(Float)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      self =
        if let value = try? container.decode(Float.self) { .value(value) } else {
          .name(try container.decode(String.self))
        }
    }
  }

  let kernel: String
  let gamma: Gamma
  let degree: Int
  let coef0: Float
  let cost: Double
  let classes, features: Int
  let inputs: [Float]
  let labels, present: [Int32]
  let support_counts: [Int]
  let dual: [[Float]]
  let supports: [Int]
  let intercepts: [Float]
  let used_gamma: Float
  let tests: [Float]
  let predictions: [Int32]

  var testDescription: String { "\(kernel) of \(classes) classes, cost \(cost)" }

  static let all: [GoldenSVM] = {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Golden/svm.json")
    guard let data = try? Data(contentsOf: url) else { return [] }
    return (try? JSONDecoder().decode([GoldenSVM].self, from: data)) ?? []
  }()

  var options: SVMOptions {
    get throws {
      let gamma: SVMOptions.Gamma =
        switch gamma {
        case .value(let value): .value(value)
        case .name(let name): name == "auto" ? .auto : .scale
        }
      return SVMOptions(
        kernel: try #require(SVMOptions.Kernel(rawValue: kernel)), gamma: gamma, degree: degree,
        coef0: coef0, cost: cost)
    }
  }

  func dataset(_ inputs: [Float], _ labels: [Int32]) -> Dataset {
    Dataset(
      name: "golden", inputs: .floats(inputs),
      targets: .classes(labels, classNames: (0..<classes).map(String.init)), features: features)
  }
}
