import ArgumentParser

/// The sizes of the hidden layers, written as `128,64` or `none`.
struct HiddenSizes: Equatable {
  let sizes: [Int]

  init(sizes: [Int]) { self.sizes = sizes }

  /// Reads sizes from the value of an option.
  init(parsing text: String) throws {
    if text == "none" || text.isEmpty {
      sizes = []
      return
    }
    sizes = try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let size = Int(part), (1...1_000_000).contains(size) else {
        throw InputError(
          "give sizes from 1 to 1000000, separated by commas, such as 128,64, or none")
      }
      return size
    }
  }
}
