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

    struct Item: Sendable {
        let session: UInt32
        let time: Timestamp
        let event: Event
    }

    private struct Queue {
        var items: [Item] = []
        var bytes = 0
        var lastProgress = Timestamp.now()
        var isStopping = false
        var isStopped = false
        var nextSession: UInt32 = 0
    }

    private let queue = Mutex(Queue())
    private let wake: WakeUp
    private let discriminator: Atomic<UInt32>
    private let report: @Sendable (String) -> Void
    public let store: Store
    private let retention: Retention

    /// - Parameters:
    ///   - retention: what is kept of the past; looked after by the recorder's thread while it has nothing to write.
    ///   - report: told once, in words, when recording fails, and once when it works again.
    public init(store: Store, retention: Retention = .standard, report: @escaping @Sendable (String) -> Void) {
        self.store = store
        self.retention = retention
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
        let writer = SegmentWriter(
            store: store, id: newID(at: .now()).text, report: report)
        Thread.detach { [self] in run(writer) }
    }

    /// Makes room for a session and tells its beginning.
    public func open(_ facts: SessionFacts) -> UInt32 {
        let (session, isFirst) = queue.withLock { queue in
            queue.nextSession &+= 1
            queue.items.append(Item(session: queue.nextSession, time: facts.started, event: .opened(facts)))
            return (queue.nextSession, queue.items.count == 1)
        }
        if isFirst { wake.signal() }
        return session
    }

    /// Takes an event; returns at once.
    public func record(_ session: UInt32, _ event: Event, at time: Timestamp) {
        let count = if case .bytes(_, let buffer) = event { buffer.readableBytes } else { 0 }
        let mustWake = queue.withLock { queue -> Bool in
            if count > 0, case .bytes(let direction, _) = event, queue.bytes > RecorderLimits.queueHard {
                queue.items.append(Item(session: session, time: time, event: .lost(direction, count: count)))
                return false
            }
            let before = queue.bytes
            queue.bytes += count
            queue.items.append(Item(session: session, time: time, event: event))
            return queue.items.count == 1
                || before < RecorderLimits.urgent && queue.bytes >= RecorderLimits.urgent
        }
        if mustWake { wake.signal() }
    }

    /// True while so much waits that reading from the network should pause. Stops being true after `patience` without
    /// progress: a disk that hangs must not hang the conversation.
    public var isBehind: Bool {
        queue.withLock { queue in
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
        var housekeeping = Housekeeping(retention: retention, store: store)
        while true {
            housekeeping.look(segment: writer.segment)
            let isIdle = queue.withLock { $0.items.isEmpty && !$0.isStopping }
            // Asleep until something happens; then a moment more, so that one write takes what comes together.
            if isIdle { wake.wait(nanoseconds: RecorderLimits.housekeeping) }
            if !queue.withLock({ $0.isStopping }) { wake.wait(nanoseconds: RecorderLimits.delay) }
            let (items, bytes, isStopping) = queue.withLock { queue -> ([Item], Int, Bool) in
                let taken = (queue.items, queue.bytes, queue.isStopping)
                queue.items = []
                return taken
            }
            if !items.isEmpty { writer.write(items) }
            queue.withLock { queue in
                queue.bytes -= bytes
                queue.lastProgress = Timestamp.now()
            }
            if isStopping, items.isEmpty {
                writer.finish()
                queue.withLock { $0.isStopped = true }
                return
            }
        }
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

enum Thread {
    private final class Body {
        let run: () -> Void
        init(_ run: @escaping () -> Void) { self.run = run }
    }

    /// Runs `body` on a thread of its own, which the process does not wait for.
    static func detach(_ body: @escaping @Sendable () -> Void) {
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
