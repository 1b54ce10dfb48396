import Lamina

/// A matrix cut into tiles, of which each is a task.
struct TileGrid: Hashable {
  let rows, columns: Int
  /// Rows and columns of a tile.
  let tileRows, tileColumns: Int

  /// Tiles side by side.
  var across: Int { columns.divided(by: tileColumns) }
  /// All tiles.
  var count: Int { rows.divided(by: tileRows) * across }
}

extension TileGrid {
  /// The grid for a product by which groups read least.
  init(for product: Operation<OpenCLBackend>.Matmul, _ groups: StepGroups) {
    let grids = [4, 8, 16, 32, 64].flatMap { rows in
      [8, 16, 32, 64].map { columns in
        TileGrid(
          rows: product.c.rows, columns: product.c.columns, tileRows: rows, tileColumns: columns)
      }
    }
    let best = grids.min { groups.bytes(of: product, by: $0) < groups.bytes(of: product, by: $1) }
    self = best ?? grids[0]
  }
}

extension StepGroups {
  /// What a group could read while all wait for all, by the measured H100: 1.1 us at 64 bytes in a
  /// cycle of 1.7 GHz.
  private static let bytesOfWait = 120_000

  /// The places of the products that are faster by tiles, for which groups wait twice more, than by
  /// rows, for each of which a group reads all weights.
  func tiledProducts(of operations: [Operation<OpenCLBackend>]) -> Set<Int> {
    guard size > 1 else { return [] }
    let places = operations.indices.filter { place in
      guard case .matmul(let product) = operations[place], !product.a.isTransposed else {
        return false
      }
      return bytes(of: product, by: TileGrid(for: product, self)) + 2 * Self.bytesOfWait
        < bytesByRows(of: product)
    }
    return Set(places)
  }

  /// The bytes that a group reads for its tiles.
  fileprivate func bytes(
    of product: Operation<OpenCLBackend>.Matmul, by grid: TileGrid
  ) -> Int {
    // Columns are read again for every four rows, but then by a cache of the group's own.
    let numbers = grid.tileRows + grid.tileColumns * (1 + grid.tileRows / 4) / 2
    return grid.count.divided(by: count) * numbers * product.depth * 4
  }

  /// The bytes that a group reads for its rows.
  private func bytesByRows(of product: Operation<OpenCLBackend>.Matmul) -> Int {
    let rows = product.c.rows.divided(by: count)
    return rows.divided(by: 4) * product.depth * product.c.columns * 4
  }
}
