extension Array where Element: BitwiseCopyable {
  /// Allocates `count` elements and keeps those that `fill` has written; `fill` returns their size
  /// in bytes.
  init(
    count: Int, filledBy fill: (UnsafeMutableRawBufferPointer) throws(DataError) -> Int
  ) throws(DataError) {
    // The standard initializer would lose the type of the error.
    var failure: DataError?
    self.init(unsafeUninitializedCapacity: count) { buffer, initializedCount in
      let wanted = UnsafeMutableBufferPointer(rebasing: buffer[..<count])
      do throws(DataError) {
        let bytes = try fill(UnsafeMutableRawBufferPointer(wanted))
        initializedCount = bytes / MemoryLayout<Element>.stride
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }
}
