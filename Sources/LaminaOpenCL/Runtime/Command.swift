import Lamina

/// One entry of a prepared list, with all that it needs to run again.
enum Command {
  case kernel(Launch)
  /// A kernel that takes several steps in a launch.
  case steps(StepsLaunch)
  case product(any ProductCommand)

  /// The name of its kernel.
  var name: String {
    switch self {
    case .kernel(let launch): launch.name
    case .steps(let launch): launch.name
    case .product(let product): product.name
    }
  }

  /// Enqueues it; steps are added to those that wait.
  func enqueue(with arguments: StepArguments) throws(BackendError) {
    switch self {
    case .kernel(let launch): try launch.enqueue(with: arguments)
    case .steps(let launch): launch.add(arguments)
    case .product(let product): try product.enqueue()
    }
  }
}

/// A product that a library computes.
protocol ProductCommand: AnyObject {
  /// The library's name.
  var name: String { get }
  func enqueue() throws(BackendError)
}
