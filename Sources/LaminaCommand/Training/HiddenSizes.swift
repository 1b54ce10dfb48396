import ArgumentParser

/// The sizes of the hidden layers, as `128,64` or `none` write them.
struct HiddenSizes: Equatable {
  let sizes: [Int]

  init(sizes: [Int]) { self.sizes = sizes }

  /// Reads what follows `--hidden`.
  init(parsing text: String) throws {
    if text == "none" || text.isEmpty {
      sizes = []
      return
    }
    sizes = try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let size = Int(part), (1...1_000_000).contains(size) else {
        throw InputError(
          "give sizes from 1 to 1000000 with commas between them, such as 128,64, or none")
      }
      return size
    }
  }
}
