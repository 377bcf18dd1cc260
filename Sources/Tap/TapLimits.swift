import NIOCore

/// What a tap keeps at most, and how long it waits.
public enum TapLimits {
    /// Connections that the kernel holds before they are accepted.
    public static let backlog = 1_024
    /// Bytes that are read at once, and so wait to be written to the other side: from, at first, to.
    public static let read = (least: 1_024, first: 4_096, most: 256 << 10)
    /// How long a leg waits before it looks again whether the recorder has caught up.
    static let breath = TimeAmount.milliseconds(1)
    /// How long a session whose connection is gone waits for its child's end and last words.
    static let lastWords = TimeAmount.seconds(2)
    /// Bytes of a line of a child's standard error; a longer one is told in pieces.
    static let standardErrorLine = 4_096
    /// Bytes of stack of a thread that waits for a child.
    static let reaperStack = 256 << 10
}
