import Glibc

/// The logarithm and its inverse, of which the standard library has none.
enum Log {
  static func natural(_ value: Double) -> Double { log(value) }
  static func exponential(_ value: Double) -> Double { exp(value) }
}
