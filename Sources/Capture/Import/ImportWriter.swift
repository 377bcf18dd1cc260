import Conversation
import NIOCore
import Synchronization

/// Writes what is read from a capture to segments, on a thread of its own, two batches at most on their way. Unlike a
/// recorder in front of the network it makes the reader wait.
final class ImportWriter: Sendable {
    private struct Exchange {
        /// Filled, to be written.
        var filled: EventBatch?
        /// Written, to be filled again.
        var empty: EventBatch?
        var isEnding = false
        var hasEnded = false
    }

    private let exchange = Mutex(Exchange(empty: EventBatch()))
    private let toWrite = WakeUp()
    private let written = WakeUp()

    init(store: Store, id: String, segmentSize: Int, report: @escaping @Sendable (String) -> Void) {
        Thread.detach { [self] in
            run(SegmentWriter(store: store, id: id, segmentSize: segmentSize, report: report))
        }
    }

    /// Gives `batch` to be written, and takes an empty one for it. Waits while two are on their way.
    func write(_ batch: inout EventBatch) {
        while true {
            let isGiven = exchange.withLock { exchange -> Bool in
                guard exchange.filled == nil, let empty = exchange.empty.take() else { return false }
                exchange.filled = batch
                batch = empty
                return true
            }
            if isGiven { return toWrite.signal() }
            written.wait(nanoseconds: nil)
        }
    }

    /// Waits until all is written.
    func finish() {
        exchange.withLock { $0.isEnding = true }
        toWrite.signal()
        while !exchange.withLock({ $0.hasEnded }) { written.wait(nanoseconds: nil) }
    }

    private func run(_ writer: consuming SegmentWriter) {
        var writer = writer
        while true {
            let (taken, isEnding) = exchange.withLock { ($0.filled.take(), $0.isEnding) }
            guard var batch = taken else {
                if isEnding { break }
                toWrite.wait(nanoseconds: nil)
                continue
            }
            writer.write(&batch) { _ in }
            exchange.withLock { $0.empty = batch }
            written.signal()
        }
        writer.finish()
        exchange.withLock { $0.hasEnded = true }
        written.signal()
    }
}
