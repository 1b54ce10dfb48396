import Lamina
import LaminaCPU
import LaminaOpenCL
@main struct M { static func main() throws {
let arguments = CommandLine.arguments
if arguments[3] == "cpu" { try go(CPUBackend()) } else { try go(OpenCLBackend(OpenCLDevice.select(arguments[3]))) }
}
static func go<B: Backend>(_ backend: B) throws {
let arguments = CommandLine.arguments
let sizes = arguments[1].split(separator: ",").map { Int($0)! }
let batch = Int(arguments[2])!
print(backend.device.name, backend.device.driver, backend.device.computeUnits)
let description = NetworkDescription.classifier(inputs: sizes[0], hidden: Array(sizes[1..<sizes.count-1]), activation: .relu, classes: sizes.last!, inputScaling: .signedUnit)
let n = 20000
var g = Philox(seed: 5).generator()
let dataset = Dataset(name: "x", inputs: .bytes((0..<n*sizes[0]).map { _ in let w = g.nextWord(); return w % 5 == 0 ? UInt8(truncatingIfNeeded: w >> 8) : 0 }), targets: .classes((0..<n).map { _ in Int32(g.nextWord() % 10) }, classNames: (0..<10).map(String.init)), features: sizes[0])
let network = try Network(description, values: NetworkParameters(for: description, initialization: .pyTorch, seed: 1), on: backend)
let trainer = try Trainer(network, dataset: dataset, options: TrainingOptions(batchSize: batch, epochs: 1, optimizer: SGD(learningRate: 0.003, momentum: 0.9), seed: 1))
for e in 1...(batch > 100 ? 4 : 12) {
  let r = try trainer.trainEpoch(e)
  print(r.epoch, r.loss, r.seconds / Double(r.steps) * 1e6, "us/step", Double(r.examples) / r.seconds)
}
}}
