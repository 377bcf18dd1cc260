import Glibc

/// A promise that was broken, in words.
public struct Violation: Error {
    public let what: String

    public init(_ what: String) {
        self.what = what
    }
}

/// Runs libFuzzer with the arguments of the process. `check` throws what it finds wrong; `show` makes an input readable,
/// as a person would want it in a report.
public func fuzz(
    _ check: @escaping ([UInt8]) throws(Violation) -> Void, show: @escaping ([UInt8]) -> String
) -> Never {
    target = Target(check: check, show: show)
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(runDriver(&count, &arguments, testOneInput))
}

private struct Target {
    var check: ([UInt8]) throws(Violation) -> Void
    var show: ([UInt8]) -> String
    /// Shows each input before it is tried: what a trap leaves no time for.
    let showsAll = getenv("FUZZ_SHOW") != nil
}

/// Set once, before the driver starts; the driver calls from one thread.
nonisolated(unsafe) private var target: Target?

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The name that libFuzzer's own main links against.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let target else { return -1 }
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    if target.showsAll {
        print(target.show(input))
        fflush(nil)
    }
    do throws(Violation) {
        try target.check(input)
    } catch {
        print("\nVIOLATION: \(error.what)\n\n\(target.show(input))")
        fflush(nil)
        fatalError(error.what)
    }
    return 0
}
