import Capture
import Conversation
import NIOCore

/// What a tapped session tells the recorder. Belongs to the event loop of its two channels. Without a recorder (a store
/// that cannot be written) the conversation goes on all the same.
final class SessionRecording {
    private let recorder: Recorder?
    private let number: UInt32
    private var first: Direction?
    private var isOver = false

    init(_ recorder: Recorder?, _ facts: SessionFacts) {
        self.recorder = recorder
        number = recorder?.open(facts) ?? 0
    }

    var isBehind: Bool { recorder?.isBehind ?? false }

    func said(_ direction: Direction, _ bytes: ByteBuffer) {
        record(.bytes(direction, bytes))
    }

    func halfClosed(_ direction: Direction) {
        if first == nil { first = direction }
        record(.halfClosed(direction))
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
        guard !isOver else { return }
        record(.closed(end))
        isOver = true
    }

    private func record(_ event: Recorder.Event) {
        guard !isOver else { return }
        recorder?.record(number, event, at: .now())
    }
}
