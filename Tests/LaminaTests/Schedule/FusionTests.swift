import Lamina
import LaminaReference
import Testing

/// Rewriting rules, made up for the reference.
@Suite struct FusionTests {
  /// What takes the place of operations.
  private enum Fused: Equatable {
    case layer(Activation)
    case layerWithLoss(Activation)
  }
  private typealias Item = FusionItem<ReferenceBackend, Fused>
  private typealias Rule = any FusionRule<ReferenceBackend, Fused>

  /// A product with the activation that is applied to it.
  private struct LayerRule: FusionRule {
    let name = "layer"

    func replacement(
      for items: ArraySlice<Item>, on backend: ReferenceBackend
    ) -> FusionReplacement<ReferenceBackend, Fused>? {
      guard case .matmul(let product) = items.first?.plain,
        case .activation(let activation) = items.dropFirst().first?.plain,
        activation.input.isSame(as: product.c)
      else { return nil }
      return FusionReplacement(
        count: 2, by: [Item(.layer(activation.activation), by: name, for: items.prefix(2))])
    }
  }

  /// A layer that the rule before has made, with the loss of its output.
  private struct LossRule: FusionRule {
    let name = "layer with loss"

    func replacement(
      for items: ArraySlice<Item>, on backend: ReferenceBackend
    ) -> FusionReplacement<ReferenceBackend, Fused>? {
      guard case .layer(let activation) = items.first?.fused?.form,
        case .loss = items.dropFirst().first?.plain
      else { return nil }
      return FusionReplacement(
        count: 2, by: [Item(.layerWithLoss(activation), by: name, for: items.prefix(2))])
    }
  }

  /// Moves a fill in front of what is next: a rule may reorder, too.
  private struct FillFirst: FusionRule {
    let name = "fill first"

    func replacement(
      for items: ArraySlice<Item>, on backend: ReferenceBackend
    ) -> FusionReplacement<ReferenceBackend, Fused>? {
      guard let first = items.first, let second = items.dropFirst().first,
        case .fill = second.plain, first.plain?.name != "fill"
      else { return nil }
      return FusionReplacement(count: 2, by: [second, first])
    }
  }

  private struct Refusing: FusionRule {
    let name = "refusing"

    func replacement(
      for items: ArraySlice<Item>, on backend: ReferenceBackend
    ) throws(BackendError) -> FusionReplacement<ReferenceBackend, Fused>? {
      throw .outOfMemory(bytes: 1, device: backend.device.name)
    }
  }

  private let backend = ReferenceBackend()

  /// Two layers, a loss, and a fill of other memory.
  private func step() throws -> [ReferenceOperation] {
    guard case .loss(let loss) = try OperationKind.loss.samples()[1].operation else { return [] }
    let outputs = loss.outputs
    func layer(_ inputs: Int, _ outputs: Int) throws -> DenseParameters<ReferenceBackend> {
      DenseParameters(
        weights: try backend.makeMatrix(rows: inputs, columns: outputs),
        bias: try backend.makeVector(count: outputs))
    }
    let (x, y) = (
      try backend.makeMatrix(rows: 5, columns: 7), try backend.makeMatrix(rows: 5, columns: 9)
    )
    return .dense(x, try layer(7, 9), .relu, into: y)
      + .dense(y, try layer(9, 2), .tanh, into: outputs)
      + [.loss(loss), .fill(try backend.makeVector(count: 3), with: 0)]
  }

  private func items(
    _ rules: [Rule], without disabled: Set<String> = []
  ) throws -> [Item] {
    try .fusing(step(), by: rules, without: disabled, on: backend)
  }

  @Test func withoutRulesAListStaysAsItIs() throws {
    let items = try items([])
    #expect(items.map(\.operations.count) == [1, 1, 1, 1, 1, 1])
    #expect(items.map { $0.operations[0].place } == [0, 1, 2, 3, 4, 5])
    #expect(items.map { $0.plain?.name } == (try step().map(\.name)))
    #expect(items.allSatisfy { $0.fused == nil })
  }

  @Test func aRuleGoesThroughTheWholeList() throws {
    let items = try items([LayerRule()])
    #expect(items.map { $0.fused?.form } == [.layer(.relu), .layer(.tanh), nil, nil])
    #expect(items.map { $0.fused?.rule } == ["layer", "layer", nil, nil])
    #expect(items.map { $0.operations.map(\.place) } == [[0, 1], [2, 3], [4], [5]])
    #expect(items[0].operations.map(\.operation.name) == ["matmul", "activation"])
    #expect(items[0].plain == nil)
  }

  /// Rules take what those before have made; in another order there is nothing for them.
  @Test func rulesBuildOnThoseBefore() throws {
    let both = try items([LayerRule(), LossRule()])
    #expect(both.map { $0.fused?.form } == [.layer(.relu), .layerWithLoss(.tanh), nil])
    #expect(both.map { $0.operations.map(\.place) } == [[0, 1], [2, 3, 4], [5]])
    let reversed = try items([LossRule(), LayerRule()])
    #expect(reversed.map { $0.fused?.form } == [.layer(.relu), .layer(.tanh), nil, nil])
  }

  @Test func aRuleThatIsTurnedOffDoesNothing() throws {
    let plain = try items([LayerRule(), LossRule()], without: ["layer"])
    #expect(plain.allSatisfy { $0.fused == nil })
    let layers = try items([LayerRule(), LossRule()], without: ["layer with loss", "other"])
    #expect(layers.map { $0.fused?.form } == [.layer(.relu), .layer(.tanh), nil, nil])
    _ = try items([Refusing()], without: ["refusing"])
  }

  /// A rule does not meet again what it has just made, or it would never end.
  @Test func whatARuleMakesIsNotGivenToItAgain() throws {
    let items = try items([FillFirst()])
    #expect(items.map { $0.operations[0].place } == [0, 1, 2, 3, 5, 4])
  }

  @Test func errorsOfRulesComeThrough() {
    let error = #expect(throws: BackendError.self) { try items([Refusing()]) }
    #expect(error == .outOfMemory(bytes: 1, device: "reference"))
  }
}
