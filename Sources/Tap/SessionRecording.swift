import Capture
import Conversation
import NIOCore

/// What a tapped session tells the recorder. Belongs to the event loop of its two channels. Without a recorder (a store
/// that cannot be written) the conversation goes on all the same.
final class SessionRecording {
    private let recorder: Recorder?
    private let number: UInt32
    private var first: Direction?
    private(set) var isOver = false
    private var lastWords = 0
    private var loop: (any EventLoop)?
    /// How the session ended, kept back while last words may come.
    private var ending: SessionEnd?
    private var whenOver: [() -> Void] = []

    init(_ recorder: Recorder?, _ facts: SessionFacts) {
        self.recorder = recorder
        number = recorder?.open(facts) ?? 0
    }

    var isBehind: Bool { recorder?.isBehind ?? false }

    func said(_ direction: Direction, _ bytes: ByteBuffer) {
        guard ending == nil else { return }
        record(.bytes(direction, bytes))
    }

    func halfClosed(_ direction: Direction) {
        guard ending == nil else { return }
        if first == nil { first = direction }
        record(.halfClosed(direction))
    }

    /// A handshake has ended.
    func tls(_ facts: TLSFacts) {
        guard ending == nil else { return }
        record(.tls(facts))
    }

    func note(_ kind: Note.Kind, _ text: String) {
        record(.note(Note(kind, text)))
    }

    /// The connection of `direction` is gone; the session is over when nothing more can be said.
    func closed(_ direction: Direction) {
        if first == nil { first = direction }
        end(.closed(first: first ?? direction))
    }

    func end(_ end: SessionEnd) {
        guard !isOver, ending == nil else { return }
        ending = end
        guard lastWords > 0, let loop else { return finish() }
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.scheduleTask(in: TapLimits.lastWords) { bound.value.finish() }
    }

    /// So many things may be said yet when the connection is gone; each is answered by `hadLastWord`.
    func awaitLastWords(_ count: Int, on loop: any EventLoop) {
        lastWords += count
        self.loop = loop
    }

    func hadLastWord() {
        lastWords -= 1
        if lastWords == 0, ending != nil { finish() }
    }

    /// Does `body` once all of the session is told.
    func whenOver(_ body: @escaping () -> Void) {
        if isOver { body() } else { whenOver.append(body) }
    }

    private func finish() {
        guard let ending, !isOver else { return }
        record(.closed(ending))
        isOver = true
        whenOver.forEach { $0() }
        whenOver = []
    }

    private func record(_ event: Recorder.Event) {
        guard !isOver else { return }
        recorder?.record(number, event, at: .now())
    }
}
