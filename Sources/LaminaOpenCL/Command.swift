import Lamina

/// One entry of a prepared sequence, with all that it needs to run again.
enum Command {
  case kernel(Launch)
  case steps(StepsLaunch)
  case clblast(CLBlastProduct)

  /// The name of its kernel, for tests.
  var name: String {
    switch self {
    case .kernel(let launch): launch.name
    case .steps(let launch): launch.name
    case .clblast: "CLBlast"
    }
  }

  func enqueue(with arguments: StepArguments) throws(BackendError) {
    switch self {
    case .kernel(let launch): try launch.enqueue(with: arguments)
    case .steps(let launch): try launch.add(arguments)
    case .clblast(let product): try product.enqueue()
    }
  }
}
