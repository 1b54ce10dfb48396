import Glibc

/// A function in memory that computes products of one shape.
struct ProductKernel {
  private typealias Function =
    @convention(c) (UnsafeRawPointer, UnsafeRawPointer, UnsafeMutablePointer<Float>) -> Void

  private let function: Function
  private let pages: UnsafeMutableRawBufferPointer

  /// Stores instructions in memory that can be executed but no longer changed; nil if the system
  /// does not let a program run code that it has written, or has no memory.
  init?(_ instructions: [UInt8]) {
    let size = instructions.count
    guard let start = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      start != MAP_FAILED
    else { return nil }
    pages = UnsafeMutableRawBufferPointer(start: start, count: size)
    pages.copyBytes(from: instructions)
    guard mprotect(start, size, PROT_READ | PROT_EXEC) == 0 else {
      munmap(start, size)
      return nil
    }
    function = unsafeBitCast(start, to: Function.self)
  }

  /// Gives the memory back.
  func free() { munmap(pages.baseAddress, pages.count) }

  /// `c = a · b`, or `c += a · b`, each from the element at the address on.
  @inline(__always)
  func run(
    _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, into c: UnsafeMutablePointer<Float>
  ) { function(b, a, c) }
}
