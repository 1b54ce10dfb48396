import CZlib
package import Lamina

extension Dataset {
  /// An identification of the examples: their number, and a CRC-32 checksum of inputs and targets.
  package var digest: String {
    var sum = crc32_z(0, nil, 0)
    func add<Number: BitwiseCopyable>(_ numbers: [Number]) {
      numbers.withUnsafeBytes { bytes in
        sum = crc32_z(sum, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
      }
    }
    switch inputs {
    case .bytes(let bytes): add(bytes)
    case .floats(let floats): add(floats)
    case .doubles(let doubles): add(doubles)
    }
    switch targets {
    case .classes(let classes, _): add(classes)
    case .labels(let labels, _): add(labels)
    case .values(let values, _): add(values)
    case .inputs: break
    }
    let hexadecimal = String(sum, radix: 16)
    return "\(count)-" + String(repeating: "0", count: 8 - hexadecimal.count) + hexadecimal
  }
}
