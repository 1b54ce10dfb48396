import Lamina
import LaminaLearning

// Points inside and outside a ring. Units differ, as in real data: metres and millimetres.
let points: [[Float]] = (0..<2000).map { index in
  [Float(index % 41) / 20 - 1, Float(index * 7 % 53) * 40 - 1040]
}
let places = points.map { point -> String in
  let distance = (point[0] * point[0] + point[1] * point[1] / 1e6).squareRoot()
  return distance < 0.4 ? "inside" : distance < 0.8 ? "on the ring" : "outside"
}

var options = FitOptions(hidden: [32, 32], epochs: 40)
options.rule = UpdateRule(.adam(Adam(learningRate: 0.01)))
let model = try await Lamina.fit(points, classes: places, names: ["x", "y"], options: options) {
  epoch in
  if epoch.epoch % 10 == 0 { print("epoch \(epoch.epoch)  validation loss \(epoch.part.loss)") }
  return .goOn
}
let path = CommandLine.arguments.dropFirst().first ?? "/tmp/ring.safetensors"
try model.save(to: path)

let new: [[Float]] = [[0.1, 100], [0.6, 0], [-0.9, 900]]
let predictions = try Lamina.load(path).predict(new)
for (point, prediction) in zip(new, predictions) {
  print("\(point) is \(prediction.className ?? "unknown")")
}
