/// Sizes of layers or batches, written as `128,64`.
enum Sizes {
  static func parse(_ text: some StringProtocol) throws(InputError) -> [Int] {
    let sizes = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    guard sizes.allSatisfy((1...1_000_000).contains) else {
      throw InputError("give sizes from 1 to 1000000, separated by commas, such as 128,64")
    }
    return sizes
  }
}
