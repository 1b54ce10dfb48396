import Lamina

/// A tile of results that a group of `matmul_tiled.cl` computes.
struct Tile: Hashable, Sendable {
  /// Rows and columns of a tile: `TILE_ROWS` and `TILE_COLUMNS` in the kernel.
  let rows, columns: Int
  /// Teams of work-items that each have the whole tile, and share its terms: `TEAMS`.
  let teams: Int
  /// Terms that are in local memory at a time: `SLICE`.
  let slice: Int
  /// Vectors of 4 columns of a work-item, each with 8 rows: `VECTORS`.
  let vectors: Int

  /// The tiles there are. The more results a work-item has, the less it reads from local memory for each
  /// multiplication: 8 × 16, which is as much as fits into registers, 8 × 8, or 8 × 4 in narrow tiles.
  /// Teams make work for the four parts of a unit where a tile alone has less. Each tile fits 48 KiB, and
  /// no more than 256 work-items.
  static let all = [
    Tile(rows: 128, columns: 256, teams: 1, slice: 8, vectors: 4),
    Tile(rows: 128, columns: 128, teams: 1, slice: 8, vectors: 2),
    Tile(rows: 128, columns: 64, teams: 2, slice: 16, vectors: 2),
    Tile(rows: 64, columns: 64, teams: 4, slice: 32, vectors: 2),
    Tile(rows: 64, columns: 64, teams: 2, slice: 16, vectors: 2),
    Tile(rows: 128, columns: 32, teams: 1, slice: 16, vectors: 1),
    Tile(rows: 32, columns: 32, teams: 4, slice: 32, vectors: 1),
  ]

  /// The tile of a ``name``; nil where there is none.
  static func named(_ name: String) -> Tile? { all.first { $0.name == name } }

  /// Rows, columns and teams, such as `128x64x2`.
  var name: String { "\(rows)x\(columns)x\(teams)" }

  /// The work-items of a team.
  private var teamItems: Int { rows * columns / (32 * vectors) }
  /// The work-items of a group.
  var items: Int { teamItems * teams }

  /// Macros of the kernel.
  var macros: [String] {
    [
      "TILE_ROWS=\(rows)", "TILE_COLUMNS=\(columns)", "TEAMS=\(teams)", "SLICE=\(slice)",
      "VECTORS=\(vectors)",
    ]
  }

  /// Two slices of each operand, each term with a vector more than it needs; later the sums of a team.
  var localBytes: Int {
    let slices = 2 * slice * (rows + 4 + columns + 4)
    return max(slices, teams == 1 ? 0 : rows * columns) * MemoryLayout<Float>.stride
  }

  /// The tiles that cover a result of `rows` × `columns`.
  func count(rows: Int, columns: Int) -> Int {
    rows.divided(by: self.rows) * columns.divided(by: self.columns)
  }
}
