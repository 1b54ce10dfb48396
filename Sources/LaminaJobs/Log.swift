import Glibc

/// The logarithm and its inverse, which the standard library lacks.
enum Log {
  static func natural(_ value: Double) -> Double { log(value) }
  static func exponential(_ value: Double) -> Double { exp(value) }
}
