import Lamina

/// A matrix cut into tiles, of which each is a task.
struct TileGrid: Hashable {
  let rows, columns: Int
  /// Rows and columns of a tile.
  let tileRows, tileColumns: Int
  /// The terms of each of its sums.
  let depth: Int

  /// Tiles side by side.
  var across: Int { columns.divided(by: tileColumns) }
  /// All tiles.
  var count: Int { rows.divided(by: tileRows) * across }

  /// The bytes that a group reads for a tile. Columns are read again for every four rows, but then
  /// from a cache of the group's own.
  var tileBytes: Int { (tileRows + tileColumns * (1 + tileRows / 4) / 2) * depth * 4 }
}

extension TileGrid {
  /// The grid for a product by which groups read least.
  init(for product: Operation<OpenCLBackend>.Matmul, _ groups: StepGroups) {
    let grids = [4, 8, 16, 32, 64].flatMap { rows in
      [8, 16, 32, 64].map { columns in
        TileGrid(
          rows: product.c.rows, columns: product.c.columns, tileRows: rows, tileColumns: columns,
          depth: product.depth)
      }
    }
    self = grids.min { groups.bytes(of: $0) < groups.bytes(of: $1) } ?? grids[0]
  }
}

extension StepGroups {
  /// The places of the products that are faster by tiles, for which groups wait twice more, than by
  /// rows, for each of which a group reads all weights.
  func tiledProducts(
    of operations: [Operation<OpenCLBackend>], _ rates: DeviceRates
  ) -> Set<Int> {
    let bytesOfWaits = Int(2 * rates.wait * rates.groupBytes)
    let places = operations.indices.filter { place in
      guard case .matmul(let product) = operations[place], !product.a.isTransposed else {
        return false
      }
      return bytes(of: TileGrid(for: product, self)) + bytesOfWaits < bytesByRows(of: product)
    }
    return Set(places)
  }

  /// The bytes that a group reads for its tiles.
  fileprivate func bytes(of grid: TileGrid) -> Int {
    grid.count.divided(by: count) * grid.tileBytes
  }

  /// The bytes that a group reads for its rows.
  private func bytesByRows(of product: Operation<OpenCLBackend>.Matmul) -> Int {
    let rows = product.c.rows.divided(by: count)
    return rows.divided(by: 4) * product.depth * product.c.columns * 4
  }
}
