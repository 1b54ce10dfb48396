extension [Int] {
  /// The product; nil if it, or that of the first numbers, does not fit an `Int`.
  var product: Int? {
    var product = 1
    for factor in self {
      let (next, overflow) = product.multipliedReportingOverflow(by: factor)
      if overflow { return nil }
      product = next
    }
    return product
  }
}
