import Conversation
import NIOCore
import Synchronization
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a recorder keeps at most, and how long it waits.
public enum RecorderLimits {
    /// Bytes that wait to be written before whoever reads from the network is asked to pause.
    public static let queue = 16 << 20
    /// Bytes that wait before they are lost: the pause did not help.
    public static let queueHard = 32 << 20
    /// Bytes that are written without waiting for more.
    public static let urgent = 2 << 20
    /// How long what was said may wait to be written, in nanoseconds.
    public static let delay: Int64 = 20_000_000
    /// How often a recorder with nothing to write looks whether there is something to delete, in nanoseconds.
    public static let housekeeping: Int64 = 600 * 1_000_000_000
    /// A segment is full at this size.
    public static let segment = 64 << 20
    /// What is said when a segment has been written for so long goes to the next one, so that a limit of age can tell
    /// old from new. In nanoseconds.
    public static let segmentAge: Int64 = 24 * 3600 * 1_000_000_000
    /// How long reading pauses for a recorder that makes no progress, in nanoseconds.
    public static let patience: Int64 = 2_000_000_000
}

/// Takes the events of all sessions of a process and writes them, secrets masked, to the process's segment, on a thread
/// of its own. Never blocks who gives it events: what cannot be kept is counted, and told in the record once it can.
public final class Recorder: Sendable {
    public typealias Event = SessionEvent<ByteBuffer>

    private struct Queue {
        var waiting = EventBatch()
        var bytes = 0
        var lastProgress = Timestamp.now()
        var isStopping = false
        var isStopped = false
        var sleep = Sleep.none
        var nextSession: UInt32 = 0

        /// True once for each sleep of the thread that should end now: who is told so must wake it.
        mutating func mustWake() -> Bool {
            guard sleep == .idle || sleep == .resting && bytes >= RecorderLimits.urgent else { return false }
            sleep = .none
            return true
        }
    }

    /// What the writing thread does when it does not write.
    private enum Sleep {
        case none
        /// Until something comes.
        case idle
        /// A moment, so that one write takes what comes together; not when much has come.
        case resting
    }

    private let queue = Mutex(Queue())
    /// More than `RecorderLimits.queue` may wait: asked for each read from the network, so without the lock.
    private let isFull = Atomic(false)
    private let wake: WakeUp
    private let discriminator: Atomic<UInt32>
    private let report: @Sendable (String) -> Void
    public let store: Store
    private let retention: Retention
    private let segmentSize: Int

    /// - Parameters:
    ///   - retention: what is kept of the past; looked after by the recorder's thread while it has nothing to write.
    ///   - segmentSize: bytes at which a segment is full.
    ///   - report: told once, in words, when recording fails, and once when it works again.
    public init(
        store: Store, retention: Retention = .standard, segmentSize: Int = RecorderLimits.segment,
        report: @escaping @Sendable (String) -> Void
    ) {
        self.store = store
        self.retention = retention
        self.segmentSize = segmentSize
        self.report = report
        wake = WakeUp()
        discriminator = Atomic(UInt32.random(in: 0..<0x100000))
    }

    /// An id for a session that starts now.
    public func newID(at time: Timestamp) -> SessionID {
        let next = discriminator.wrappingAdd(1, ordering: .relaxed).newValue
        return SessionID(started: time, discriminator: next)
    }

    /// Starts the writing thread.
    public func start() {
        Thread.detach { [self] in
            run(SegmentWriter(store: store, id: newID(at: .now()).text, segmentSize: segmentSize, report: report))
        }
    }

    /// Makes room for a session and tells its beginning.
    public func open(_ facts: SessionFacts) -> UInt32 {
        let (session, mustWake) = queue.withLock { queue in
            queue.nextSession &+= 1
            queue.waiting.append(.opened(facts), of: queue.nextSession, at: facts.started)
            return (queue.nextSession, queue.mustWake())
        }
        if mustWake { wake.signal() }
        return session
    }

    /// Takes an event; returns at once.
    public func record(_ session: UInt32, _ event: Event, at time: Timestamp) {
        let count = if case .bytes(_, let buffer) = event { buffer.readableBytes } else { 0 }
        let mustWake = queue.withLock { queue -> Bool in
            if count > 0, case .bytes(let direction, _) = event, queue.bytes > RecorderLimits.queueHard {
                queue.waiting.append(.lost(direction, count: count), of: session, at: time)
                return false
            }
            queue.bytes += count
            queue.waiting.append(event, of: session, at: time)
            if queue.bytes > RecorderLimits.queue { isFull.store(true, ordering: .relaxed) }
            return queue.mustWake()
        }
        if mustWake { wake.signal() }
    }

    /// True while so much waits that reading from the network should pause. Stops being true after `patience` without
    /// progress: a disk that hangs must not hang the conversation.
    public var isBehind: Bool {
        isFull.load(ordering: .relaxed)
            && queue.withLock { queue in
                queue.bytes > RecorderLimits.queue
                    && Timestamp.now().since(queue.lastProgress) < RecorderLimits.patience
            }
    }

    /// Writes what waits, and ends the thread. Blocks until that is done.
    public func stop() {
        queue.withLock { $0.isStopping = true }
        wake.signal()
        while !queue.withLock({ $0.isStopped }) { usleep(1000) }
    }

    private func run(_ writer: consuming SegmentWriter) {
        var writer = writer
        var batch = EventBatch()
        var housekeeping = Housekeeping(retention: retention, store: store)
        while true {
            housekeeping.look(segment: writer.segment)
            sleep(.idle, for: RecorderLimits.housekeeping)
            sleep(.resting, for: RecorderLimits.delay)
            let isStopping = queue.withLock { queue in
                swap(&queue.waiting, &batch)
                return queue.isStopping
            }
            let isDone = isStopping && batch.isEmpty
            writer.write(&batch) { written($0) }
            if isDone {
                writer.finish()
                queue.withLock { $0.isStopped = true }
                return
            }
        }
    }

    /// So many bytes wait no more; told while a batch is written, so that the network need not wait for its end.
    private func written(_ bytes: Int) {
        queue.withLock { queue in
            queue.bytes -= bytes
            queue.lastProgress = Timestamp.now()
            if queue.bytes <= RecorderLimits.queue { isFull.store(false, ordering: .relaxed) }
        }
    }

    private func sleep(_ sleep: Sleep, for nanoseconds: Int64) {
        let isTired = queue.withLock { queue in
            let hasWork =
                queue.isStopping || (sleep == .idle ? !queue.waiting.isEmpty : queue.bytes >= RecorderLimits.urgent)
            queue.sleep = hasWork ? .none : sleep
            return !hasWork
        }
        guard isTired else { return }
        wake.wait(nanoseconds: nanoseconds)
        queue.withLock { $0.sleep = .none }
    }
}

/// Looks after what the store keeps: when the recorder starts, when a segment is full, and from time to time.
private struct Housekeeping {
    let retention: Retention
    let store: Store
    private var last: Timestamp?
    private var segment = 0

    init(retention: Retention, store: Store) {
        self.retention = retention
        self.store = store
    }

    mutating func look(segment current: Int) {
        let now = Timestamp.now()
        let isFull = current > max(1, segment)
        let isDue = last.map { now.since($0) > Retention.interval } ?? true
        segment = current
        guard isFull || isDue else { return }
        last = now
        retention.apply(to: store, at: now, always: isFull)
    }
}

/// What one thread waits on and others signal.
final class WakeUp: Sendable {
    private let readEnd: Int32
    private let writeEnd: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        if pipe(&ends) == 0 {
            for end in ends {
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            }
        }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    func signal() {
        var one: UInt8 = 1
        _ = write(writeEnd, &one, 1)
    }

    /// Waits for a signal; at most so long if a time is given.
    func wait(nanoseconds: Int64?) {
        var descriptors = [pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)]
        guard poll(&descriptors, 1, nanoseconds.map { Int32($0 / 1_000_000) } ?? -1) > 0 else { return }
        var bytes = [UInt8](repeating: 0, count: 64)
        _ = read(readEnd, &bytes, bytes.count)
    }
}

public enum Thread {
    private final class Body {
        let run: () -> Void
        init(_ run: @escaping () -> Void) { self.run = run }
    }

    /// Runs `body` on a thread of its own, which the process does not wait for.
    public static func detach(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let boxed = Unmanaged.passRetained(Body(body)).toOpaque()
        let status = pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
                return nil
            }, boxed)
        if status == 0 { pthread_detach(thread) } else { Unmanaged<Body>.fromOpaque(boxed).release() }
    }
}
