import NIOCore
import NIOPosix

/// What a tap keeps at most, and how long it waits.
public enum TapLimits {
    /// Event loops. Half the cores: the recorder and the peers have work to do as well, and a connection that need not
    /// be handed from one loop to another is there sooner.
    static let threads = max(1, System.coreCount / 2)
    /// Connections that the kernel holds before they are accepted.
    public static let backlog = 1_024
    /// Bytes that are read at once, and so wait to be written to the other side: from, at first, to.
    public static let read = (least: 1_024, first: 4_096, most: 256 << 10)
    /// Bytes that wait to be written to a peer: reading from the other stops at the high mark, and goes on at the low. So
    /// much that a fast peer finds something to read while the next is read for it.
    static let waiting = ChannelOptions.Types.WriteBufferWaterMark(low: 256 << 10, high: 1 << 20)
    /// How long a leg waits before it looks again whether the recorder has caught up.
    static let breath = TimeAmount.milliseconds(1)
    /// How long a session whose connection is gone waits for its child's end and last words.
    static let lastWords = TimeAmount.seconds(2)
    /// Bytes of a line of a child's standard error; a longer one is told in pieces.
    static let standardErrorLine = 4_096
    /// Bytes of stack of a thread that waits for a child.
    static let reaperStack = 256 << 10
}
